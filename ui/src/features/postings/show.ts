import type { BoardView } from "../../backend/generated/BoardView";
import type { BoardPaper } from "../../backend/generated/BoardPaper";
import type { PostingRow } from "../../backend/generated/PostingRow";
import type { Standing } from "../../backend/generated/Standing";
import type { IconName } from "../../shared/icons/icons";
import { moment } from "../../shared/dates";
import { say } from "../../i18n";

/** Width and height of a paper in millimetres (ISO 216). */
export function sizeOf(paper: BoardPaper): [number, number] {
  return paper === "a3" ? [297, 420] : [210, 297];
}
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How long it hangs: its first day, so many days, its last day, or so many days too long. */
export function stands(row: PostingRow, today: string): string {
  if (row.overdue_days > 0) return say("postings-overdue", { days: row.overdue_days });
  if (row.due) return say("postings-last-day");
  const days = daysBetween(row.posted_on, today);
  return days > 0 ? say("postings-hangs-days", { days }) : say("postings-hangs-since-today");
}
export function standsLook(row: PostingRow): { tone: "red" | "wait" | "done" | "plain"; icon: IconName } {
  if (row.down) return { tone: "plain", icon: "okc" };
  if (row.overdue_days > 0) return { tone: "red", icon: "warn" };
  return row.due ? { tone: "wait", icon: "clock" } : { tone: "done", icon: "pin" };
}
/** What a board holds and still takes. */
export function roomOf(board: BoardView): string {
  const used = board.hanging.reduce((n, p) => n + p.spots.length, 0);
  const fits = board.capacity_a3 ? say("postings-fits-both", { a4: board.capacity_a4, a3: board.capacity_a3 }) : say("postings-fits-a4", { a4: board.capacity_a4 });
  const left = board.free_a4.length ? say("postings-room-left", { used, free: board.free_a4.length }) : say("postings-room-none", { used });
  return `${fits}　${left}`;
}
export const checkedAt = (board: BoardView, today: string) => (board.checked_at === null ? "" : say("postings-checked-at", { time: moment(board.checked_at, today) }));

export function standingLook(standing: Standing): { note: string; icon: IconName } {
  if (standing === "valid") return { note: "note-done", icon: "okc" };
  if (standing === "corrected" || standing === "expired") return { note: "note-wait", icon: "clock" };
  if (standing === "withdrawn") return { note: "note-red", icon: "ban" };
  return { note: "note-wait", icon: "warn" };
}
