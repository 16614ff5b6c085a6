import type { FindingRow } from "../../backend/generated/FindingRow";
import type { Nature } from "../../backend/generated/Nature";
import type { Category } from "../../backend/generated/Category";
import type { FollowupState } from "../../backend/generated/FollowupState";
import type { Measure } from "../../backend/generated/Measure";
import type { IconName } from "../../shared/icons/icons";

export const natures: Nature[] = ["praise", "problem", "note"];
export const categories: Category[] = ["duty_general", "key_work", "teaching", "discipline", "student_activity", "living_service", "nutrition", "unit_routine"];

/** A nature's picture and tone; the word always stands beside it. */
export function natureLook(nature: Nature): { icon: IconName; tone: string } {
  if (nature === "praise") return { icon: "star", tone: "st-done" };
  if (nature === "problem") return { icon: "warn", tone: "st-wait" };
  return { icon: "info", tone: "st-none" };
}
/** Whom a finding concerns, in the shortest words: class, unit, or the first people. */
export function whom(row: FindingRow): string {
  if (row.class_name) return row.class_name;
  if (row.unit_name) return row.unit_name;
  return row.text.people
    .slice(0, 2)
    .map((p) => p.name)
    .join(" ");
}
/** Reads `3 人`, `9.5℃`: a number with at most three decimals and its unit. */
export function readMeasure(text: string): Measure | null | undefined {
  if (!text.trim()) return null;
  const m = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?\s*(\S{1,10})$/u.exec(text.trim());
  if (!m) return undefined;
  const milli = Number(m[2]) * 1000 + Number((m[3] ?? "").padEnd(3, "0"));
  return { milli: m[1] ? -milli : milli, unit: m[4] ?? "" };
}
export function writeMeasure(m: Measure | null | undefined): string {
  return m ? `${m.milli / 1000} ${m.unit}` : "";
}
/** How far putting right has come, as a picture and a tone; the word always stands beside it. */
export function followupLook(state: FollowupState, late: boolean): { icon: IconName; tone: string } {
  if (state === "closed") return { icon: "okc", tone: "st-done" };
  if (late) return { icon: "warn", tone: "st-red" };
  return state === "replied" ? { icon: "half", tone: "st-wait" } : { icon: "ring", tone: "st-wait" };
}
