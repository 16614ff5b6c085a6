/** Writes minutes after midnight as `18:00`. */
export const clockOfMinute = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Reads `18:00`, `18：00`, `1800` or `18` as minutes after midnight; nothing else. */
export function minuteOf(text: string): number | undefined {
  const wide = text.trim().normalize("NFKC");
  const found = /^(\d{1,2})(?::?(\d{2}))?$/.exec(wide);
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  const all = hour * 60 + minute;
  return minute < 60 && all > 0 && all <= 1440 ? all : undefined;
}
