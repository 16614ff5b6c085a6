import type { Align } from "../../backend/generated/Align";
import type { Table } from "../../backend/generated/Table";

export const COLUMNS_MAX = 12;
export const ROWS_MAX = 500;

/** A cell: row 0 is the head. */
export interface Cell {
  row: number;
  column: number;
}
export const cellField = (id: string, cell: Cell) => `cell.${id}.${cell.row}.${cell.column}`;
/** Reads `cell.<id>.<row>.<column>`. */
export function cellOf(field: string): (Cell & { id: string }) | undefined {
  const [what, id, row, column] = field.split(".");
  return what === "cell" && id ? { id, row: Number(row), column: Number(column) } : undefined;
}

export function newTable(columns = 3, rows = 2): Table {
  const empty = () => Array.from({ length: columns }, () => "");
  return { head: empty(), rows: Array.from({ length: rows }, empty), align: Array.from({ length: columns }, (): Align => "left") };
}
export const textOfCell = (t: Table, { row, column }: Cell): string => (row ? t.rows[row - 1]?.[column] : t.head[column]) ?? "";
const put = (cells: string[], at: number, text: string) => cells.map((c, i) => (i === at ? text : c));
export function withCell(t: Table, { row, column }: Cell, text: string): Table {
  return row ? { ...t, rows: t.rows.map((r, i) => (i === row - 1 ? put(r, column, text) : r)) } : { ...t, head: put(t.head, column, text) };
}
/** A row behind `row`; behind the head it becomes the first. */
export function addRow(t: Table, row: number): Table {
  if (t.rows.length >= ROWS_MAX) return t;
  const rows = t.rows.slice();
  rows.splice(row, 0, t.head.map(() => ""));
  return { ...t, rows };
}
/** The head stays: it is emptied instead. */
export function dropRow(t: Table, row: number): Table {
  return row ? { ...t, rows: t.rows.filter((_, i) => i !== row - 1) } : { ...t, head: t.head.map(() => "") };
}
export function addColumn(t: Table, column: number): Table {
  if (t.head.length >= COLUMNS_MAX) return t;
  const into = <T>(cells: T[], what: T) => [...cells.slice(0, column + 1), what, ...cells.slice(column + 1)];
  return { head: into(t.head, ""), rows: t.rows.map((r) => into(r, "")), align: into(t.align, t.align[column] ?? "left") };
}
export function dropColumn(t: Table, column: number): Table {
  if (t.head.length < 2) return t;
  const out = <T>(cells: T[]) => cells.filter((_, i) => i !== column);
  return { head: out(t.head), rows: t.rows.map(out), align: out(t.align) };
}
const swap = <T>(list: T[], a: number, b: number) => list.map((x, i) => (i === a ? (list[b] as T) : i === b ? (list[a] as T) : x));
export function moveRow(t: Table, row: number, by: 1 | -1): Table {
  const to = row + by;
  if (row < 1 || to < 1 || to > t.rows.length) return t;
  return { ...t, rows: swap(t.rows, row - 1, to - 1) };
}
export function moveColumn(t: Table, column: number, by: 1 | -1): Table {
  const to = column + by;
  if (to < 0 || to >= t.head.length) return t;
  return { head: swap(t.head, column, to), rows: t.rows.map((r) => swap(r, column, to)), align: swap(t.align, column, to) };
}
export const alignColumn = (t: Table, column: number, align: Align): Table => ({ ...t, align: t.align.map((a, i) => (i === column ? align : a)) });

/** Cells as spreadsheets put them on the clipboard: tabs, lines, quotes around what holds either. */
export function readCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const close = () => {
    // lines of a cell become one: without a blank between Chinese signs
    rows.at(-1)?.push(cell.replace(/([\u2e80-\u9fff\uff00-\uffef])\s*[\r\n\u2028\u2029]+\s*(?=[\u2e80-\u9fff\uff00-\uffef])/gu, "$1").replace(/\s*[\r\n\u2028\u2029]+\s*/gu, " ").trim());
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && !cell) quoted = true;
    else if (c === "\t") close();
    else if (c === "\n" || c === "\u2028" || c === "\u2029") {
      close();
      rows.push([]);
    } else if (c !== "\r") cell += c;
  }
  close();
  return rows.filter((r) => r.some((x) => x));
}
/** Says whether pasted text is a table: at least two lines of at least two cells. */
export const looksLikeTable = (text: string) => text.split(/\r?\n/u).filter((l) => l.includes("\t")).length > 1;
/** The first line is the head. */
export function tableOf(cells: string[][]): Table {
  const columns = Math.min(COLUMNS_MAX, Math.max(1, ...cells.map((r) => r.length)));
  const even = (r: string[]) => Array.from({ length: columns }, (_, i) => r[i] ?? "");
  const rows = cells.slice(1, ROWS_MAX + 1).map(even);
  const numeric = (i: number) => rows.length > 0 && rows.every((r) => /^-?[\d.,%]*$/u.test(r[i] ?? "")) && rows.some((r) => r[i]);
  return { head: even(cells[0] ?? []), rows, align: Array.from({ length: columns }, (_, i): Align => (numeric(i) ? "right" : "left")) };
}
/** Writes cells from a place on; the table grows as far as it may. */
export function fill(t: Table, at: Cell, cells: string[][]): Table {
  let next = t;
  const width = at.column + Math.max(...cells.map((r) => r.length));
  while (next.head.length < Math.min(width, COLUMNS_MAX)) next = addColumn(next, next.head.length - 1);
  while (next.rows.length < Math.min(at.row + cells.length - 1, ROWS_MAX)) next = addRow(next, next.rows.length);
  cells.forEach((r, i) => r.forEach((text, j) => (next = withCell(next, { row: at.row + i, column: at.column + j }, text))));
  return next;
}
