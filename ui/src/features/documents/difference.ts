import type { Block } from "../../backend/generated/Block";
import type { Content } from "../../backend/generated/Content";
import { numbersOf } from "./numbers";

/** 花脸稿 — what was struck out and what was written in between two texts of one document. */
export interface Piece {
  how: "same" | "added" | "struck";
  text: string;
}
export interface Line {
  /** `title`, `recipients`, a block kind, `attachments`, `copy_to`, `series`. */
  role: string;
  number: string;
  how: "same" | "changed" | "added" | "struck";
  pieces: Piece[];
}

/** Chinese is compared sign by sign; letters and figures by the word. */
function words(text: string): string[] {
  return text.match(/[A-Za-z]+|\d+(?:\.\d+)?|[\s\S]/gu) ?? [];
}
// Beyond this many pairs the middle is shown as replaced: it was rewritten.
const PAIRS_MAX = 4_000_000;

export function difference(before: string, after: string): Piece[] {
  if (before === after) return before ? [{ how: "same", text: before }] : [];
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const out: Piece[] = [];
  const add = (how: Piece["how"], text: string) => {
    const last = out.at(-1);
    if (!text) return;
    if (last?.how === how) last.text += text;
    else out.push({ how, text });
  };
  add("same", a.slice(0, head).join(""));
  const x = a.slice(head, a.length - tail);
  const y = b.slice(head, b.length - tail);
  if (x.length * y.length > PAIRS_MAX) {
    add("struck", x.join(""));
    add("added", y.join(""));
  } else {
    const width = y.length + 1;
    const longest = new Uint16Array((x.length + 1) * width);
    for (let i = x.length - 1; i >= 0; i--)
      for (let j = y.length - 1; j >= 0; j--) longest[i * width + j] = x[i] === y[j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    let i = 0;
    let j = 0;
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && x[i] === y[j]) {
        add("same", x[i++] ?? "");
        j++;
      } else if (j >= y.length || (i < x.length && (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))) add("struck", x[i++] ?? "");
      else add("added", y[j++] ?? "");
    }
  }
  add("same", a.slice(a.length - tail).join(""));
  return settle(out);
}
/** A single sign that happens to be the same between two changes belongs to the change: whole words are struck and written. */
function settle(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  let struck = "";
  let added = "";
  const close = () => {
    if (struck) out.push({ how: "struck", text: struck });
    if (added) out.push({ how: "added", text: added });
    struck = added = "";
  };
  pieces.forEach((p, i) => {
    const between = i > 0 && i < pieces.length - 1;
    if (p.how === "struck") struck += p.text;
    else if (p.how === "added") added += p.text;
    else if (between && [...p.text].length < 2 && !/[。；，、：]/u.test(p.text)) {
      struck += p.text;
      added += p.text;
    } else {
      close();
      out.push(p);
    }
  });
  close();
  return out;
}

const whole = (how: "added" | "struck", text: string): Piece[] => (text ? [{ how, text }] : []);
function line(role: string, number: string, before: string | undefined, after: string | undefined): Line | undefined {
  if (!before && !after) return undefined;
  if (before === undefined) return { role, number, how: "added", pieces: whole("added", after ?? "") };
  if (after === undefined) return { role, number, how: "struck", pieces: whole("struck", before) };
  const pieces = difference(before, after);
  return { role, number, how: pieces.every((p) => p.how === "same") ? "same" : "changed", pieces };
}

/** What a block says, in one line: a table cell by cell, a picture by the beginning of its hash. */
function said(b: Block): string {
  if (b.table) return [b.text, ...[b.table.head, ...b.table.rows].map((r) => r.join("｜"))].filter(Boolean).join("\n");
  if (b.image) return `${b.text} #${b.image.sha256.slice(0, 8)}`.trim();
  return b.kind === "page_break" ? "⸺" : b.text;
}

/** Compares two texts of one document: blocks are the same block if they bear the same id. */
export function compare(before: Content, after: Content): Line[] {
  const out: (Line | undefined)[] = [];
  if (before.series !== after.series) out.push(line("series", "", before.series, after.series));
  out.push(line("title", "", before.title.join(""), after.title.join("")), line("recipients", "", before.recipients, after.recipients));
  const had = new Map(before.blocks.map((b) => [b.id, b]));
  const has = new Set(after.blocks.map((b) => b.id));
  const oldNumbers = new Map(numbersOf(before.blocks).map((n, i) => [before.blocks[i]?.id, n]));
  const numbers = numbersOf(after.blocks);
  // a struck block is shown where it stood: behind the last one before it that is still there
  const struckAfter = new Map<string, Block[]>();
  let anchor = "";
  for (const b of before.blocks) {
    if (has.has(b.id)) anchor = b.id;
    else struckAfter.set(anchor, [...(struckAfter.get(anchor) ?? []), b]);
  }
  const struck = (id: string) => {
    for (const b of struckAfter.get(id) ?? []) out.push(line(b.kind, oldNumbers.get(b.id) ?? "", said(b), undefined));
  };
  struck("");
  after.blocks.forEach((b, i) => {
    const old = had.get(b.id);
    const made = line(b.kind, numbers[i] ?? "", old && said(old), said(b));
    if (made && old && old.kind !== b.kind && made.how === "same") made.how = "changed";
    out.push(made);
    struck(b.id);
  });
  for (let i = 0; i < Math.max(before.attachments.length, after.attachments.length); i++) out.push(line("attachments", "", before.attachments[i], after.attachments[i]));
  out.push(line("copy_to", "", before.copy_to, after.copy_to));
  return out.filter((l): l is Line => !!l);
}
/** How many places changed. */
export const changesOf = (lines: Line[]) => lines.filter((l) => l.how !== "same").length;
