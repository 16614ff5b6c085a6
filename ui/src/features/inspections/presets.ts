import { reactive } from "vue";
import { call, onChanged } from "../../backend";
import type { CategoryRow } from "../../backend/generated/CategoryRow";
import { has, say } from "../../i18n";
import { categories as regulation } from "./show";

/** The categories as the office calls and orders them, and until when of its day a finding may be amended. */
export const presets = reactive<{ categories: CategoryRow[]; amendUntil: number }>({ categories: regulation.map((code) => ({ code, label: "", hidden: false })), amendUntil: 1440 });

async function load(): Promise<void> {
  const answer = await call("inspections_presets", {}).catch(() => undefined);
  if (answer) Object.assign(presets, { categories: answer.categories, amendUntil: answer.amend_until_minute });
}
/** Reads them for a screen, and again whenever they change. */
export function usePresets(): typeof presets {
  void load();
  onChanged(["inspections"], () => void load());
  return presets;
}
/** What a category is called: by the office, or by the regulation. */
export function categoryLabel(code: string, label?: string | null): string {
  const called = label || presets.categories.find((c) => c.code === code)?.label;
  if (called) return called;
  const key = `inspections-category-${code}`;
  return has(key) ? say(key) : code;
}
/** The categories to choose from: those in use, and the one that stands there already. */
export const choosable = (now?: string): string[] => presets.categories.filter((c) => !c.hidden || c.code === now).map((c) => c.code);
/** `17:00`, `24:00` of a minute of the day. */
export const closingTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
