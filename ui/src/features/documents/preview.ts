import { onBeforeUnmount, reactive, watch } from "vue";
import { asApiError, call, type ApiError } from "../../backend";
import type { CheckView } from "../../backend/generated/CheckView";
import type { Content } from "../../backend/generated/Content";

export interface LivePreview {
  page: number;
  pages: number;
  address: string;
  checks: CheckView[];
  missing: string[];
  substitutes: string[];
  error: ApiError | undefined;
  /** How far down the page the followed block begins, in thousandths. */
  spot: number | null;
  /** Asks for another page of the same text. */
  turn: (page: number) => void;
  /** Shows the page where a block begins; page by page again after `turn`. */
  follow: (block: string) => void;
}

/**
 * The page as it will print, one frame after each key. One request is on its way at a time; when it is back,
 * only the latest text is asked for. The pictures are blobs: an old one is let go when the next has taken its place.
 */
export function useLivePreview(content: () => Content, board: () => boolean = () => false): LivePreview {
  let wanted = false;
  let flying = false;
  let gone = false;
  let retry = 0;
  let old = "";
  let followed: string | undefined;

  async function ask() {
    if (flying || gone) return;
    flying = true;
    wanted = false;
    try {
      const onBoard = board();
      const reply = await call("documents_preview", { content: content(), page: onBoard ? 0 : view.page, ...(followed === undefined || onBoard ? {} : { at: followed }) });
      const shown = onBoard ? await call("documents_board_preview", { content: content(), page: view.page }) : reply;
      if (gone) return;
      const made = URL.createObjectURL(new Blob([shown.svg], { type: "image/svg+xml" }));
      if (old) URL.revokeObjectURL(old);
      // the picture before this one stays until this one has loaded
      old = view.address;
      view.address = made;
      view.pages = shown.pages;
      if (!wanted) view.page = shown.page;
      view.spot = onBoard ? null : reply.spot;
      view.checks = reply.checks;
      view.missing = reply.missing_characters;
      view.substitutes = reply.substitutes;
      view.error = undefined;
    } catch (thrown) {
      if (gone) return;
      view.error = asApiError(thrown);
      if (view.error.code === "busy") retry = window.setTimeout(soon, 500);
    } finally {
      flying = false;
      if (wanted) soon();
    }
  }
  let frame = 0;
  function soon() {
    wanted = true;
    if (flying || frame || gone) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      void ask();
    });
  }
  const view: LivePreview = reactive({
    page: 0,
    pages: 0,
    address: "",
    checks: [],
    missing: [],
    substitutes: [],
    error: undefined,
    spot: null,
    follow(block: string) {
      if (followed === block) return;
      followed = block;
      soon();
    },
    turn(page: number) {
      followed = undefined;
      view.page = Math.max(0, Math.min(page, Math.max(0, view.pages - 1)));
      soon();
    },
  });
  watch(content, soon, { immediate: true, flush: "sync" });
  watch(board, () => view.turn(0));
  onBeforeUnmount(() => {
    gone = true;
    cancelAnimationFrame(frame);
    clearTimeout(retry);
    if (view.address) URL.revokeObjectURL(view.address);
    if (old) URL.revokeObjectURL(old);
  });
  return view;
}
