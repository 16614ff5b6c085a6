import { onBeforeUnmount, onMounted, reactive } from "vue";
import { asApiError, call, type ApiError } from "../../backend";
import type { Content } from "../../backend/generated/Content";
import { beforeLeaving } from "../../shared/session";

export const AUTOSAVE_MS = 800;
const RETRY_MS = 5_000;

export interface Autosave {
  ver: number;
  savedAt: number;
  busy: boolean;
  dirty: boolean;
  error: ApiError | undefined;
  /** A newer text is there: nothing more is sent until somebody chose. */
  stale: boolean;
  touch: () => void;
  flush: () => Promise<void>;
  /** Goes on from another version: after a choice, or after the text was read anew. */
  resume: (ver: number, at: number, dirty: boolean) => void;
}

// What could not be saved waits here for the same person, through locks and other pages, as long as the window stands.
const unsaved = new Map<string, { content: Content; ver: number }>();
export function takeUnsaved(account: string, id: string): { content: Content; ver: number } | undefined {
  return unsaved.get(`${account}/${id}`);
}

/** Saves what is typed 0.8 s after the last key, when the window loses the focus, and before the desk is locked. */
export function useAutosave(options: { account: string; id: string; ver: number; savedAt: number; content: () => Content; onStale: () => void }): Autosave {
  const key = `${options.account}/${options.id}`;
  let timer = 0;
  let turn = 0;
  let way: Promise<void> | undefined;

  async function sendOnce(): Promise<void> {
    const sent = turn;
    const content = options.content();
    unsaved.set(key, { content, ver: save.ver });
    save.busy = true;
    try {
      const reply = await call("documents_save", { id: options.id, ver: save.ver, content });
      save.ver = reply.ver;
      save.savedAt = reply.saved_at;
      save.error = undefined;
      if (sent === turn) {
        save.dirty = false;
        unsaved.delete(key);
      }
    } catch (thrown) {
      const error = asApiError(thrown);
      save.error = error;
      if (error.code === "stale") {
        save.stale = true;
        options.onStale();
      } else if (error.code === "busy" || error.code === "environment") timer = window.setTimeout(() => void flush(), RETRY_MS);
    } finally {
      save.busy = false;
    }
  }
  async function flush(): Promise<void> {
    clearTimeout(timer);
    while (save.dirty && !save.stale) {
      way ??= sendOnce().finally(() => (way = undefined));
      await way;
      if (save.error) return;
    }
  }
  const save: Autosave = reactive({
    ver: options.ver,
    savedAt: options.savedAt,
    busy: false,
    dirty: false,
    error: undefined,
    stale: false,
    touch() {
      turn++;
      save.dirty = true;
      clearTimeout(timer);
      if (!save.stale) timer = window.setTimeout(() => void flush(), AUTOSAVE_MS);
    },
    flush,
    resume(ver: number, at: number, dirty: boolean) {
      save.ver = ver;
      save.savedAt = at;
      save.stale = false;
      save.error = undefined;
      save.dirty = dirty;
      if (dirty) save.touch();
      else unsaved.delete(key);
    },
  });

  const away = () => void flush();
  const hidden = () => document.visibilityState === "hidden" && void flush();
  const held = (e: BeforeUnloadEvent) => {
    if (!save.dirty) return;
    void flush();
    e.preventDefault();
  };
  const forget = beforeLeaving(flush);
  onMounted(() => {
    window.addEventListener("blur", away);
    window.addEventListener("beforeunload", held);
    document.addEventListener("visibilitychange", hidden);
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    forget();
    if (save.dirty) unsaved.set(key, { content: options.content(), ver: save.ver });
    window.removeEventListener("blur", away);
    window.removeEventListener("beforeunload", held);
    document.removeEventListener("visibilitychange", hidden);
  });
  return save;
}
