import { reactive } from "vue";
import { call, onChanged } from "../../backend";
import type { BackupStatusResponse } from "../../backend/generated/BackupStatusResponse";

/** When the office was last copied, and whether the disk still takes anything. */
export const safety = reactive<{ now: BackupStatusResponse | undefined }>({ now: undefined });

const EVERY_MS = 30_000;

async function refresh(): Promise<void> {
  try {
    safety.now = await call("backup_status", {});
  } catch {
    // asked again in half a minute; whatever is wrong shows where something is done
  }
}

/** Asks now, whenever something was written, and every half minute; ends with what it returns. */
export function watchSafety(): () => void {
  safety.now = undefined;
  void refresh();
  const ticking = window.setInterval(() => void refresh(), EVERY_MS);
  const end = onChanged(["backup", "inspections", "documents", "org"], () => void refresh());
  return () => {
    clearInterval(ticking);
    end();
  };
}
/** Another page was opened: what it may do should be true. */
export const lookAgain = () => void refresh();
