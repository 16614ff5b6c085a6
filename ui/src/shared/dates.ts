import { say } from "../i18n";

// China has one time zone, eight hours east of UTC: a desk whose own clock zone is wrong still shows the office's day.
const ZONE_MS = 8 * 3_600_000;

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
}

export function civil(at: number): Civil {
  const d = new Date(at + ZONE_MS);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), hour: d.getUTCHours(), minute: d.getUTCMinutes(), weekday: d.getUTCDay() };
}

const two = (n: number) => String(n).padStart(2, "0");

/** `2026-11-23` of an instant. */
export function dayOf(at: number): string {
  const c = civil(at);
  return `${c.year}-${two(c.month)}-${two(c.day)}`;
}
/** `08:05` of an instant. */
export function clockOf(at: number): string {
  const c = civil(at);
  return `${two(c.hour)}:${two(c.minute)}`;
}
/** The instant of a civil day and clock time, or nothing if either is no date or no time. */
export function instantOf(day: string, clock: string): number | undefined {
  const d = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const c = /^(\d{1,2})[:：](\d{2})$/.exec(clock.trim());
  if (!d || !c || Number(c[1]) > 23 || Number(c[2]) > 59) return undefined;
  const at = Date.UTC(Number(d[1]), Number(d[2]) - 1, Number(d[3]), Number(c[1]), Number(c[2])) - ZONE_MS;
  return dayOf(at) === day ? at : undefined;
}
/** Moves a civil day by whole days. */
export function shiftDay(day: string, days: number): string {
  const [y = 1970, m = 1, d = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(y, m - 1, d + days)).toISOString().slice(0, 10);
}

function parts(day: string) {
  const [y = 1970, m = 1, d = 1] = day.split("-").map(Number);
  return { year: String(y), month: String(m), day: String(d), weekday: new Date(Date.UTC(y, m - 1, d)).getUTCDay() };
}
/** 2026年11月23日 */
export const fullDate = (day: string) => say("ui-date-full", parts(day));
/** 11月23日 */
export const shortDate = (day: string) => say("ui-date-short", parts(day));
/** 星期一 */
export const weekday = (day: string) => say(`ui-weekday-${parts(day).weekday}`);
/** 08:05 today, 11月20日 16:40 otherwise. */
export function moment(at: number, today: string): string {
  const day = dayOf(at);
  if (day === today) return clockOf(at);
  if (day.slice(0, 4) === today.slice(0, 4)) return `${shortDate(day)} ${clockOf(at)}`;
  return `${fullDate(day)} ${clockOf(at)}`;
}
/** A moment with its day always in words: 今日 09:20, 11月20日 16:40. */
export function momentWithDay(at: number, today: string): string {
  return dayOf(at) === today ? say("ui-today-at", { time: clockOf(at) }) : moment(at, today);
}
/** 2026年11月 */
export const monthName = (day: string) => say("ui-date-month", parts(day));
