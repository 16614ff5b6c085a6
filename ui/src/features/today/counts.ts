import { reactive } from "vue";
import { asApiError, call, onChanged } from "../../backend";
import type { TodayOverviewResponse } from "../../backend/generated/TodayOverviewResponse";
import { showTrouble } from "../../shared/notice";
import { may } from "../access/session";

/** What the navigation counts, and the overview it was counted from. */
export const counts = reactive<{ waiting: number; documents: number; postings: number; overview: TodayOverviewResponse | undefined }>({ waiting: 0, documents: 0, postings: 0, overview: undefined });

export async function refreshCounts(): Promise<void> {
  if (!may("inspections.read")) return;
  try {
    const overview = await call("today_overview", {});
    counts.overview = overview;
    counts.documents = overview.waiting.length;
    counts.postings = overview.take_down.length;
    counts.waiting = overview.waiting.length + overview.unreported.length + overview.rectifications_due.length + overview.take_down.length;
  } catch (error) {
    const known = asApiError(error);
    if (known.code !== "denied") showTrouble(known);
  }
}

/** Forgets what one person was shown before the next one comes. */
export function forgetCounts(): void {
  Object.assign(counts, { waiting: 0, documents: 0, postings: 0, overview: undefined });
}

/** Counts now, and again whenever something changed that is counted. */
export function startCounts(): void {
  forgetCounts();
  void refreshCounts();
  onChanged(["inspections", "documents", "org", "today", "postings"], () => void refreshCounts());
}
