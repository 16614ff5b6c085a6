import { say } from "../../i18n";
import type { BackupRow } from "../../backend/generated/BackupRow";
import type { IconName } from "../../shared/icons/icons";

/** 4.2 MB */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
/** How the state of a file is shown: a word, an icon, a tone. */
export function condition(row: BackupRow): { label: string; icon: IconName; tone: string } {
  switch (row.condition) {
    case "good":
      return { label: say("backup-good"), icon: "okc", tone: "st-done" };
    case "damaged":
      return { label: say("backup-damaged"), icon: "warn", tone: "st-red" };
    default:
      return { label: say(`backup-${row.condition}`), icon: "ban", tone: "st-wait" };
  }
}
