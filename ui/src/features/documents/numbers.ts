import type { Block } from "../../backend/generated/Block";
import type { BlockKind } from "../../backend/generated/BlockKind";

export const levels: BlockKind[] = ["h1", "h2", "h3", "h4", "p"];
/** Says whether a block is a line of text that joins and changes its level. */
export const isText = (kind: BlockKind) => levels.includes(kind);

const DIGITS = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/** 一 … 九十九; beyond that the figures are read one by one. */
export function chineseNumber(n: number): string {
  if (n > 99) return [...String(n)].map((d) => DIGITS[Number(d)]).join("");
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return (tens > 1 ? DIGITS[tens] : "") + (tens ? "十" : "") + (ones ? DIGITS[ones] : "");
}

/** The numbers 一、（一）1.（1） before each block, as the page sets them; nothing before paragraphs. They begin anew in an attachment. */
export function numbersOf(blocks: readonly Pick<Block, "kind">[]): string[] {
  const at = [0, 0, 0, 0];
  return blocks.map(({ kind }) => {
    const depth = levels.indexOf(kind);
    if (kind === "attachment") at.fill(0);
    if (depth < 0 || depth > 3) return "";
    const n = (at[depth] = (at[depth] ?? 0) + 1);
    at.fill(0, depth + 1);
    if (depth === 0) return `${chineseNumber(n)}、`;
    if (depth === 1) return `（${chineseNumber(n)}）`;
    return depth === 2 ? `${n}.` : `（${n}）`;
  });
}

/** How wide a number stands in front of its text, in widths of a character. */
export function numberWidth(number: string): number {
  let width = 0;
  for (const c of number) width += /[\d.]/.test(c) ? 0.58 : 1;
  return number ? width + (/\.$/.test(number) ? 0.3 : 0) : 0;
}

const TYPED: [RegExp, BlockKind][] = [
  [/^[一二三四五六七八九十]{1,3}、\s*/u, "h1"],
  [/^[（(][一二三四五六七八九十]{1,3}[)）]\s*/u, "h2"],
  [/^\d{1,2}[.．、](?!\d)\s*/u, "h3"],
  [/^[（(]\d{1,2}[)）]\s*/u, "h4"],
];
/** Reads a pasted line: a typed number becomes a level, because numbers are computed here; indents fall away. */
export function readLine(line: string): { kind: BlockKind; text: string } {
  const text = line.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, "");
  for (const [pattern, kind] of TYPED) if (pattern.test(text)) return { kind, text: text.replace(pattern, "") };
  return { kind: "p", text };
}
/** Reads a pasted line that lists attachments: `附件：1.…`, and below it `2.…`; gives the name. */
export function readAttachment(line: string, listed: boolean): string | undefined {
  const first = /^[\s\u3000]*附件[:：]\s*(?:\d{1,2}[.．、]\s*)?(.+)$/u.exec(line)?.[1];
  const next = listed ? /^[\s\u3000]*\d{1,2}[.．、]\s*(.+)$/u.exec(line)?.[1] : undefined;
  return (first ?? next)?.trim();
}
