import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { asApiError, call, onChanged, type ApiError } from "../../backend";
import type { BoardView } from "../../backend/generated/BoardView";
import type { PostingRow } from "../../backend/generated/PostingRow";
import type { PostingsBoardsResponse } from "../../backend/generated/PostingsBoardsResponse";
import { dayOf } from "../../shared/dates";
import { ask, showTrouble, toast } from "../../shared/notice";
import { say } from "../../i18n";

/** The boards, read again whenever something is hung or taken down. */
export function useBoards(): { all: ShallowRef<PostingsBoardsResponse | undefined>; inUse: ComputedRef<BoardView[]>; today: ComputedRef<string>; failed: Ref<ApiError | undefined>; load: () => Promise<void> } {
  const all = shallowRef<PostingsBoardsResponse>();
  const failed = ref<ApiError>();
  async function load() {
    try {
      all.value = await call("postings_boards", {});
      failed.value = undefined;
    } catch (error) {
      failed.value = asApiError(error);
    }
  }
  void load();
  onChanged(["postings", "documents"], () => void load());
  return { all, inUse: computed(() => (all.value?.boards ?? []).filter((b) => !b.retired)), today: computed(() => all.value?.today ?? dayOf(Date.now())), failed, load };
}

/** Confirms that a sheet came down; before its time the reason is asked for. Returns whether it is down. */
export async function takeDown(row: PostingRow): Promise<boolean> {
  let reason = "";
  if (!row.due) {
    const answer = await ask({ title: say("postings-early-title", { board: row.board_name }), text: say("postings-early-why", { title: row.sheet.title, until: row.until_on }), input: { label: say("postings-early-reason"), required: true }, choices: [{ id: "down", label: say("postings-early"), primary: true }] });
    if (!answer) return false;
    reason = answer.input;
  }
  try {
    await call("postings_take_down", { posting_id: row.id, reason });
    toast(say("postings-down", { title: row.sheet.title, board: row.board_name }));
    return true;
  } catch (error) {
    showTrouble(asApiError(error));
    return false;
  }
}
