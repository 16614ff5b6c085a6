import { reactive } from "vue";
import { asApiError, call } from "../../backend";
import type { Category } from "../../backend/generated/Category";
import type { FollowupFilter } from "../../backend/generated/FollowupFilter";
import type { Nature } from "../../backend/generated/Nature";
import type { RegisterColumn } from "../../backend/generated/RegisterColumn";
import type { SavedFilterRow } from "../../backend/generated/SavedFilterRow";
import { showTrouble, toast } from "../../shared/notice";
import { say } from "../../i18n";

/** What the register is filtered by. */
export interface Register {
  from: string;
  to: string;
  /** `class:ID` or `unit:ID`. */
  whom: string;
  category: Category | "";
  nature: Nature | "";
  text: string;
  person: string;
  followup: FollowupFilter | "";
  source: "duty" | "supervision" | "";
}
/** Every column there is, in the order of the register. */
export const allColumns: RegisterColumn[] = ["day", "time", "whom", "people", "place", "category", "matter", "detail", "measure", "nature", "followup", "requirement", "responsible", "due", "inspector", "supervisors", "stated", "corrections", "photos"];
const usual: RegisterColumn[] = ["day", "time", "whom", "place", "category", "matter", "nature", "followup", "inspector", "stated"];
/** The name under which a person's columns are kept beside their filters. */
const COLUMNS = "*";

interface Kept {
  filter?: Partial<Register>;
  columns?: RegisterColumn[];
}
function read(row: SavedFilterRow): Kept {
  try {
    const kept = JSON.parse(row.filter) as Kept;
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** The filters and columns that a person keeps; `filter` is the one in use. */
export function useRegister(filter: Register, empty: () => Register) {
  const register = reactive({
    saved: [] as SavedFilterRow[],
    columns: [...usual],
    take(rows: SavedFilterRow[]) {
      register.saved = rows.filter((r) => r.name !== COLUMNS);
      const own = rows.find((r) => r.name === COLUMNS);
      const kept = own ? (read(own).columns ?? []).filter((c) => allColumns.includes(c)) : [];
      if (kept.length) register.columns = kept;
    },
    async save(name: string) {
      try {
        register.take((await call("inspections_save_filter", { name, filter: JSON.stringify({ filter, columns: register.columns }) })).filters);
        toast(say("inspections-filter-saved", { name }));
      } catch (error) {
        showTrouble(asApiError(error));
      }
    },
    use(row: SavedFilterRow) {
      const kept = read(row);
      Object.assign(filter, empty(), kept.filter);
      const columns = (kept.columns ?? []).filter((c) => allColumns.includes(c));
      if (columns.length) register.columns = columns;
    },
    isAt(row: SavedFilterRow): boolean {
      return JSON.stringify({ ...empty(), ...read(row).filter }) === JSON.stringify({ ...empty(), ...filter });
    },
    async discard(row: SavedFilterRow) {
      try {
        register.take((await call("inspections_discard_filter", { id: row.id })).filters);
      } catch (error) {
        showTrouble(asApiError(error));
      }
    },
    async choose(columns: RegisterColumn[]) {
      register.columns = columns;
      try {
        await call("inspections_save_filter", { name: COLUMNS, filter: JSON.stringify({ columns }) });
      } catch (error) {
        showTrouble(asApiError(error));
      }
    },
  });
  void call("inspections_filters", {})
    .then((answer) => register.take(answer.filters))
    .catch((error: unknown) => showTrouble(asApiError(error)));
  return register;
}
