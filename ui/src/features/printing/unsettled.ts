import { onBeforeUnmount, watch, type Ref } from "vue";
import { call } from "../../backend";
import type { PrintRow } from "../../backend/generated/PrintRow";

/** Asks every few seconds after prints that are not over, while their lines are looked at. What is new comes as a change. */
export function useUnsettled(rows: Ref<PrintRow[]>): void {
  let timer = 0;
  async function ask() {
    for (const row of rows.value.filter((r) => r.ended_at === null).slice(0, 20)) {
      try {
        await call("printing_follow", { id: row.id });
      } catch {
        // whoever may not print this one sees its line as it is; the next look tells
      }
    }
    wait();
  }
  function wait() {
    clearTimeout(timer);
    if (rows.value.some((r) => r.ended_at === null)) timer = window.setTimeout(() => void ask(), 3_000);
  }
  watch(rows, wait);
  onBeforeUnmount(() => clearTimeout(timer));
}
