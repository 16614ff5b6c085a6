import { computed, shallowRef, type ComputedRef, type ShallowRef } from "vue";
import type { Block } from "../../backend/generated/Block";
import type { BlockKind } from "../../backend/generated/BlockKind";
import type { Content } from "../../backend/generated/Content";
import type { Image } from "../../backend/generated/Image";
import type { Table } from "../../backend/generated/Table";
import { isText, levels, readAttachment, readLine } from "./numbers";
import { cellField, cellOf, looksLikeTable, newTable, readCells, tableOf, textOfCell, withCell, type Cell } from "./tables";

/** Where the caret stands: `title.0`, `recipients`, `block.<id>`, `cell.<id>.<row>.<column>`, `attachments.0`, `copy_to`. */
export interface Place {
  field: string;
  from: number;
  to?: number;
}
interface Mark {
  content: Content;
  place: Place | undefined;
}
/** Changes of one run are undone together. */
interface Run {
  tag: string;
  at: number;
}

export const TITLE_LINES = 5;
const UNDO_MARKS = 500;
const RUN_MS = 1_200;

/** An id for a new block: stable within the document, unknown to any other. */
export function newBlockId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}
const block = (kind: BlockKind, text: string, findings: string[] = []): Block => ({ id: newBlockId(), kind, text, finding_ids: findings });
const union = (a: string[], b: string[]) => [...a, ...b.filter((id) => !a.includes(id))];

export interface Draft {
  content: ShallowRef<Content>;
  /** Where the caret has to go after the last change; the editor puts it there. */
  wanted: ShallowRef<Place | undefined>;
  canUndo: ComputedRef<boolean>;
  canRedo: ComputedRef<boolean>;
  /** Replaces the text without a trace in the undo list: for what was read from the office. */
  load: (content: Content) => void;
  /** One undoable change of anything. */
  change: (next: Partial<Content>, before?: Place, after?: Place, tag?: string) => void;
  type: (field: string, text: string, before: Place, tag: string) => void;
  textOf: (field: string) => string;
  split: (id: string, from: number, to: number) => void;
  splitTitle: (line: number, from: number, to: number) => boolean;
  joinBack: (id: string) => boolean;
  joinNext: (id: string) => boolean;
  joinTitle: (line: number) => boolean;
  level: (id: string, kind: BlockKind, at: number) => void;
  shift: (id: string, step: 1 | -1, at: number) => void;
  move: (id: string, step: 1 | -1, at: number) => boolean;
  paste: (id: string, from: number, to: number, text: string) => void;
  remove: (id: string) => void;
  addAfter: (id: string | undefined, kind: BlockKind, text: string, findings: string[]) => string;
  /** Puts a block of another sort behind this one, or at the end. */
  insert: (id: string | undefined, kind: "table" | "page_break" | "attachment") => void;
  /** Puts an image behind this block, or at the end. */
  insertImage: (id: string | undefined, image: Image) => void;
  /** Changes a table; the caret goes to `to`. */
  table: (id: string, next: (table: Table) => Table, from: Place | undefined, to: Cell) => void;
  /** Changes what an image shows or says; undoable. */
  patch: (id: string, patch: Partial<Block>) => void;
  link: (id: string, finding: string) => void;
  unlink: (id: string, finding: string) => void;
  /** `here` is where the caret stands now: redoing brings it back there. */
  undo: (here?: Place) => void;
  redo: (here?: Place) => void;
}

/** 文稿 under the hand: immutable texts, so that undo is going back to an earlier one. */
export function useDraft(initial: Content, now: () => number): Draft {
  const content = shallowRef(initial);
  const wanted = shallowRef<Place>();
  const past = shallowRef<Mark[]>([]);
  const future = shallowRef<Mark[]>([]);
  let run: Run | undefined;

  function change(next: Partial<Content>, before?: Place, after?: Place, tag?: string) {
    const at = now();
    const sameRun = tag !== undefined && run?.tag === tag && at - run.at < RUN_MS && past.value.length > 0;
    if (!sameRun) past.value = [...past.value.slice(1 - UNDO_MARKS), { content: content.value, place: before }];
    run = tag === undefined ? undefined : { tag, at };
    future.value = [];
    content.value = { ...content.value, ...next };
    if (after) wanted.value = { ...after };
  }
  const at = (id: string) => content.value.blocks.findIndex((b) => b.id === id);
  function withBlock(i: number, patch: Partial<Block>): Block[] {
    return content.value.blocks.map((b, j) => (j === i ? { ...b, ...patch } : b));
  }
  const caret = (id: string, from: number): Place => ({ field: `block.${id}`, from });

  function textOf(field: string): string {
    const [what = "", which = ""] = field.split(".");
    const c = content.value;
    if (what === "block") return c.blocks.find((b) => b.id === which)?.text ?? "";
    const cell = cellOf(field);
    if (cell) {
      const table = c.blocks.find((b) => b.id === cell.id)?.table;
      return table ? textOfCell(table, cell) : "";
    }
    if (what === "title") return c.title[Number(which)] ?? "";
    if (what === "attachments") return c.attachments[Number(which)] ?? "";
    return what === "recipients" ? c.recipients : c.copy_to;
  }
  function withLine(lines: string[], i: number, text: string): string[] {
    const next = lines.slice();
    while (next.length <= i) next.push("");
    next[i] = text;
    return next;
  }
  function type(field: string, text: string, before: Place, tag: string) {
    if (textOf(field) === text) return;
    const [what = "", which = ""] = field.split(".");
    const c = content.value;
    const run = `${tag}:${field}`;
    const cell = cellOf(field);
    const table = cell && c.blocks[at(cell.id)]?.table;
    if (cell && table) change({ blocks: withBlock(at(cell.id), { table: withCell(table, cell, text) }) }, before, undefined, run);
    else if (what === "block") change({ blocks: withBlock(at(which), { text }) }, before, undefined, run);
    else if (what === "title") change({ title: withLine(c.title, Number(which), text) }, before, undefined, run);
    else if (what === "attachments") change({ attachments: withLine(c.attachments, Number(which), text) }, before, undefined, run);
    else if (what === "recipients") change({ recipients: text }, before, undefined, run);
    else change({ copy_to: text }, before, undefined, run);
  }

  /** Enter: what stands behind the caret becomes a block of the same level; behind a whole first-level heading begins a paragraph. */
  function split(id: string, from: number, to: number) {
    const i = at(id);
    const b = content.value.blocks[i];
    if (!b) return;
    const behind = block(!isText(b.kind) || (b.kind === "h1" && b.text && to >= b.text.length) ? "p" : b.kind, b.text.slice(to));
    const blocks = content.value.blocks.slice();
    blocks.splice(i, 1, { ...b, text: b.text.slice(0, from) }, behind);
    change({ blocks }, caret(id, from), caret(behind.id, 0));
  }
  function splitTitle(line: number, from: number, to: number): boolean {
    const title = withLine(content.value.title, line, textOf(`title.${line}`));
    if (title.length >= TITLE_LINES) return false;
    const text = title[line] ?? "";
    title.splice(line, 1, text.slice(0, from), text.slice(to));
    change({ title }, { field: `title.${line}`, from }, { field: `title.${line + 1}`, from: 0 });
    return true;
  }
  /** Backspace at the beginning: joins with the block before. */
  function joinBack(id: string): boolean {
    const i = at(id);
    const b = content.value.blocks[i];
    const before = content.value.blocks[i - 1];
    if (b?.kind === "attachment") {
      // the title becomes text again
      change({ blocks: withBlock(i, { kind: "p" }) }, caret(id, 0), caret(id, 0));
      return true;
    }
    if (!b || !before || !isText(b.kind)) return false;
    if (before.kind === "page_break") {
      change({ blocks: content.value.blocks.filter((x) => x !== before) }, caret(id, 0), caret(id, 0));
      return true;
    }
    if (!isText(before.kind)) return false;
    const blocks = content.value.blocks.slice();
    // an empty block before leaves no trace, so that its level does not stick to the text that stays
    const kept = before.text ? before : { ...b, id: before.id };
    blocks.splice(i - 1, 2, { ...kept, text: before.text + b.text, finding_ids: union(before.finding_ids, b.finding_ids) });
    change({ blocks }, caret(id, 0), caret(before.id, before.text.length));
    return true;
  }
  function joinNext(id: string): boolean {
    const next = content.value.blocks[at(id) + 1];
    return !!next && isText(next.kind) && joinBack(next.id);
  }
  function joinTitle(line: number): boolean {
    if (line < 1 || line >= content.value.title.length) return false;
    const title = content.value.title.slice();
    const before = title[line - 1] ?? "";
    title.splice(line - 1, 2, before + (title[line] ?? ""));
    change({ title }, { field: `title.${line}`, from: 0 }, { field: `title.${line - 1}`, from: before.length });
    return true;
  }
  function level(id: string, kind: BlockKind, from: number) {
    const i = at(id);
    const now = content.value.blocks[i]?.kind;
    if (!now || now === kind || !isText(now)) return;
    change({ blocks: withBlock(i, { kind }) }, caret(id, from), caret(id, from));
  }
  function shift(id: string, step: 1 | -1, from: number) {
    const b = content.value.blocks[at(id)];
    const kind = b && isText(b.kind) ? levels[levels.indexOf(b.kind) + step] : undefined;
    if (kind) level(id, kind, from);
  }
  function move(id: string, step: 1 | -1, from: number): boolean {
    const i = at(id);
    const b = content.value.blocks[i];
    const other = content.value.blocks[i + step];
    if (!b || !other) return false;
    const blocks = content.value.blocks.slice();
    blocks[i] = other;
    blocks[i + step] = b;
    change({ blocks }, caret(id, from), caret(id, from));
    return true;
  }
  /** Several lines become several blocks; the first goes on in this one. */
  function paste(id: string, from: number, to: number, text: string) {
    const i = at(id);
    const b = content.value.blocks[i];
    if (!b) return;
    const head = b.text.slice(0, from);
    const tail = b.text.slice(to);
    if (b.kind === "table" || b.kind === "image") {
      // a title is one line
      const flat = text.split(/[\r\n\t\u2028\u2029]+/u).map((l) => l.trim()).filter(Boolean).join(" ");
      change({ blocks: withBlock(i, { text: head + flat + tail }) }, { field: `block.${id}`, from, to }, caret(id, from + flat.length));
      return;
    }
    if (looksLikeTable(text)) return pasteTable(i, from, to, text);
    const names: string[] = [];
    const lines: string[] = [];
    for (const line of text.split(/\r\n|\r|\n|\u2028|\u2029/u).map((l) => l.replace(/\t+/gu, " ")).filter((l) => l.trim())) {
      // 附件：1.… and the names below it go where names of attachments stand
      const name = lines.length ? readAttachment(line, names.length > 0) : undefined;
      if (name) names.push(name);
      else lines.push(line);
    }
    const made: Block[] = lines.map((line, n) => {
      const read = readLine(line);
      return n === 0 ? { ...b, kind: head || !isText(b.kind) || read.kind === "p" ? b.kind : read.kind, text: head + (head ? line.trim() : read.text) } : block(read.kind, read.text);
    });
    const last = made.at(-1);
    if (!last) return;
    const end = last.text.length;
    made[made.length - 1] = { ...last, text: last.text + tail };
    const blocks = content.value.blocks.slice();
    blocks.splice(i, 1, ...made);
    change({ blocks, ...(names.length ? { attachments: [...content.value.attachments, ...names] } : {}) }, { field: `block.${id}`, from, to }, caret(last.id, end));
  }
  /** Cells of a spreadsheet become a table behind this block, or in its place when it is empty. */
  function pasteTable(i: number, from: number, to: number, text: string) {
    const b = content.value.blocks[i];
    if (!b) return;
    const made: Block = { ...block("table", ""), table: tableOf(readCells(text)) };
    const blocks = content.value.blocks.slice();
    const empty = isText(b.kind) && !b.text && !b.finding_ids.length;
    const after = block("p", b.text.slice(to));
    if (empty) blocks.splice(i, 1, made);
    else blocks.splice(i, 1, { ...b, text: b.text.slice(0, from) }, made);
    const at = blocks.indexOf(made);
    if (after.text || at === blocks.length - 1) blocks.splice(at + 1, 0, after);
    change({ blocks }, { field: `block.${b.id}`, from, to }, { field: cellField(made.id, { row: 0, column: 0 }), from: 0 });
  }
  function insert(id: string | undefined, kind: "table" | "page_break" | "attachment") {
    const blocks = content.value.blocks.slice();
    const made: Block = kind === "table" ? { ...block(kind, ""), table: newTable() } : block(kind, "");
    // an attachment begins behind everything
    const i = kind === "attachment" || id === undefined ? blocks.length - 1 : at(id);
    const here = blocks[i];
    const place = id === undefined ? undefined : caret(id, 0);
    if (here && isText(here.kind) && !here.text && !here.finding_ids.length && kind !== "page_break" && (kind === "table" || i > 0)) blocks.splice(i, 1, made);
    else blocks.splice(i + 1, 0, made);
    const j = blocks.indexOf(made);
    const room = block("p", "");
    if (j === blocks.length - 1) blocks.push(room);
    const next = blocks[j + 1];
    const to: Place = kind === "table" ? { field: cellField(made.id, { row: 0, column: 0 }), from: 0 } : kind === "attachment" || !next ? caret(made.id, 0) : caret(next.id, 0);
    change({ blocks }, place, to);
  }
  function insertImage(id: string | undefined, image: Image) {
    const blocks = content.value.blocks.slice();
    const made: Block = { ...block("image", ""), image };
    const i = id === undefined ? blocks.length - 1 : at(id);
    const here = blocks[i];
    if (here && isText(here.kind) && !here.text && !here.finding_ids.length) blocks.splice(i, 1, made);
    else blocks.splice(i + 1, 0, made);
    if (blocks.at(-1) === made) blocks.push(block("p", ""));
    change({ blocks }, id === undefined ? undefined : caret(id, 0), caret(made.id, 0));
  }
  function table(id: string, next: (t: Table) => Table, from: Place | undefined, to: Cell) {
    const i = at(id);
    const old = content.value.blocks[i]?.table;
    if (!old) return;
    const made = next(old);
    const row = Math.max(0, Math.min(to.row, made.rows.length));
    const column = Math.max(0, Math.min(to.column, made.head.length - 1));
    const place = { field: cellField(id, { row, column }), from: textOfCell(made, { row, column }).length };
    if (made === old) wanted.value = place;
    else change({ blocks: withBlock(i, { table: made }) }, from, place);
  }
  function patch(id: string, with_: Partial<Block>) {
    const i = at(id);
    // the hand stays on the tool it used
    if (i >= 0) change({ blocks: withBlock(i, with_) }, caret(id, 0));
  }
  function remove(id: string) {
    const i = at(id);
    const near = content.value.blocks[i - 1] ?? content.value.blocks[i + 1];
    change({ blocks: content.value.blocks.filter((b) => b.id !== id) }, caret(id, 0), near ? caret(near.id, near.text.length) : { field: "recipients", from: content.value.recipients.length });
  }
  function addAfter(id: string | undefined, kind: BlockKind, text: string, findings: string[]): string {
    const made = block(kind, text, findings);
    const i = id === undefined ? -1 : at(id);
    const here = content.value.blocks[i];
    const blocks = content.value.blocks.slice();
    // an empty paragraph is filled instead of being left behind
    if (here && !here.text && here.kind === "p" && text) {
      made.id = here.id;
      made.finding_ids = union(here.finding_ids, findings);
      blocks.splice(i, 1, made);
    } else blocks.splice(i < 0 ? blocks.length : i + 1, 0, made);
    change({ blocks }, id === undefined ? undefined : caret(id, here?.text.length ?? 0), caret(made.id, text.length));
    return made.id;
  }
  function link(id: string, finding: string) {
    const i = at(id);
    const b = content.value.blocks[i];
    if (b && !b.finding_ids.includes(finding)) change({ blocks: withBlock(i, { finding_ids: [...b.finding_ids, finding] }) }, caret(id, b.text.length), caret(id, b.text.length));
  }
  function unlink(id: string, finding: string) {
    const i = at(id);
    const b = content.value.blocks[i];
    if (b) change({ blocks: withBlock(i, { finding_ids: b.finding_ids.filter((f) => f !== finding) }) }, caret(id, b.text.length), caret(id, b.text.length));
  }

  function turn(from: ShallowRef<Mark[]>, to: ShallowRef<Mark[]>, here: Place | undefined) {
    const mark = from.value.at(-1);
    if (!mark) return;
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, { content: content.value, place: here ?? mark.place }];
    content.value = mark.content;
    run = undefined;
    if (mark.place) wanted.value = { ...mark.place };
  }
  return {
    content,
    wanted,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    load(next) {
      content.value = next;
      past.value = [];
      future.value = [];
      run = undefined;
    },
    change,
    type,
    textOf,
    split,
    splitTitle,
    joinBack,
    joinNext,
    joinTitle,
    level,
    shift,
    move,
    paste,
    remove,
    addAfter,
    insert,
    insertImage,
    table,
    patch,
    link,
    unlink,
    undo: (here) => turn(past, future, here),
    redo: (here) => turn(future, past, here),
  };
}
