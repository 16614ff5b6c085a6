import { shallowRef, type ShallowRef } from "vue";
import { call } from "../../backend";
import type { Copy } from "./posting";

/** The pages of a stored document, the first one first; each is shown as soon as it is there. */
export function useStoredPages(): { pages: ShallowRef<string[]>; total: ShallowRef<number>; load: (id: string, copy?: Copy) => Promise<void> } {
  const pages = shallowRef<string[]>([]);
  const total = shallowRef(0);
  let turn = 0;
  async function load(id: string, copy: Copy = "archive") {
    const mine = ++turn;
    const made: string[] = [];
    for (let page = 0; page === 0 || page < total.value; page++) {
      const answer = await call(copy === "board" ? "documents_board_page" : "documents_page", { id, page });
      if (mine !== turn) return;
      total.value = answer.pages;
      made.push(answer.svg);
      // what is on the screen stays until its successor is there
      if (made.length >= pages.value.length) pages.value = made.slice();
    }
    pages.value = made;
  }
  return { pages, total, load };
}
