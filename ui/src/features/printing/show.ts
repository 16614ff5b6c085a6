import type { IconName } from "../../shared/icons/icons";
import type { PrintRow } from "../../backend/generated/PrintRow";
import { has, say } from "../../i18n";

/** A typeface by the name people know; one the catalogue does not know by its own. */
export function face(name: string): string {
  const key = `documents-face-${name.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return has(key) ? say(key) : name;
}
/** A print's result: picture, tone and word. */
export function stateLook(row: PrintRow): { icon: IconName; tone: "done" | "wait" | "blue" | "plain"; label: string } {
  if (row.state === "printed") return { icon: "okc", tone: "done", label: say("printing-state-printed") };
  if (row.state === "failed") return { icon: "warn", tone: "wait", label: row.trouble ? say(`printing-trouble-${row.trouble}`) : say("printing-state-failed") };
  if (row.state === "cancelled") return { icon: "ban", tone: "plain", label: say("printing-state-cancelled") };
  return { icon: "clock", tone: "blue", label: say(`printing-state-${row.state}`) };
}
