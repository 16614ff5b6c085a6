import { reactive } from "vue";
import type { FindingText } from "../../backend/generated/FindingText";
import type { PersonRef } from "../../backend/generated/PersonRef";

export interface Pending {
  line: string;
  text: FindingText;
  touched: Set<keyof FindingText>;
  settled: Map<string, PersonRef | null>;
  reset: () => void;
}

const empty = (): FindingText => ({ category: "duty_general", nature: "problem", unit_id: null, class_group_id: null, place: "", matter: "", detail: "", people: [], measure: null, rectification: null, observed_at: Date.now(), photos: [] });

const all = new Map<string, Pending>();

/** What one person is typing for one finding: kept in memory across pages and locks, for that person only. */
export function pending(account: string, finding: string): Pending {
  const key = `${account}/${finding}`;
  let found = all.get(key);
  if (!found) {
    const made: Pending = reactive({
      line: "",
      text: empty(),
      touched: new Set<keyof FindingText>(),
      settled: new Map<string, PersonRef | null>(),
      reset() {
        made.line = "";
        Object.assign(made.text, empty());
        made.touched.clear();
        made.settled.clear();
      },
    });
    all.set(key, made);
    found = made;
  }
  return found;
}
