import { reactive, watch } from "vue";
import { call, onChanged } from "../../backend";
import type { FindingRow } from "../../backend/generated/FindingRow";
import { whom, writeMeasure } from "../inspections/show";
import { say } from "../../i18n";

export interface Facts {
  /** The findings known here, by id. */
  known: Record<string, FindingRow>;
  /** The findings of the day the document reports, oldest first. */
  ofDay: FindingRow[];
  failed: boolean;
}

/** The findings of a day, and those a document rests on whatever their day. */
export function useFacts(day: () => string, linked: () => string[]): Facts {
  const facts: Facts = reactive({ known: {}, ofDay: [], failed: false });
  const asked = new Set<string>();
  async function loadDay() {
    const on = day();
    if (!on) return;
    try {
      const answer = await call("inspections_list", { from: on, to: on, limit: 200 });
      if (on !== day()) return;
      facts.ofDay = answer.rows.slice().reverse();
      for (const r of answer.rows) facts.known[r.id] = r;
      facts.failed = false;
    } catch {
      facts.failed = true;
    }
    void loadLinked();
  }
  async function loadLinked() {
    for (const id of linked()) {
      if (facts.known[id] || asked.has(id)) continue;
      asked.add(id);
      try {
        facts.known[id] = await call("inspections_finding", { id });
      } catch {
        facts.failed = true;
      }
    }
  }
  watch(day, () => void loadDay(), { immediate: true });
  watch(
    () => linked().join(),
    () => void loadLinked(),
  );
  onChanged(["inspections"], () => {
    asked.clear();
    void loadDay();
  });
  return facts;
}

// on paper: full-width brackets, and no blanks between figures and Chinese
const onPaper = (text: string) => text.replace(/\(([^()]*)\)/g, "（$1）").replace(/(?<=[\d\p{Script=Han}℃%]) (?=[\d\p{Script=Han}℃%])/gu, "");
const closed = (text: string) => (/[。！？；]$/u.test(text) ? text : `${text}。`);

/** One finding as a sentence of a document: who or where, what, who answers for it and until when. */
export function sentence(row: FindingRow): string {
  const t = row.text;
  const head = [whom(row), t.place].filter((part, i, all) => part && !t.matter.includes(part) && all.indexOf(part) === i).join("");
  const people = row.class_name || row.unit_name ? t.people.map((p) => p.name).filter((n) => !t.matter.includes(n)) : [];
  const measure = writeMeasure(t.measure).replace(" ", "");
  let text = `${head}${people.join("、")}${t.matter}${measure && !t.matter.replaceAll(" ", "").includes(measure) ? measure : ""}`;
  text = closed(text);
  if (t.detail.trim()) text += closed(t.detail.trim());
  const r = t.rectification;
  if (r) text += say("documents-finding-rectify", { name: r.responsible, month: Number(r.due_on.slice(5, 7)), day: Number(r.due_on.slice(8)), requirement: r.requirement ? `${r.requirement.replace(/[。；]$/u, "")}` : say("documents-finding-rectify-plain") });
  return onPaper(text);
}

/** The other documents that state a finding. */
export const statedElsewhere = (row: FindingRow, documentId: string) => row.stated_in.filter((s) => s.document_id !== documentId);
