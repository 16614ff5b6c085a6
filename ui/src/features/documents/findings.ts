import { reactive, watch } from "vue";
import { call, onChanged } from "../../backend";
import type { FindingRow } from "../../backend/generated/FindingRow";
import composing from "../../../../assets/presets/composing.txt?raw";
import { clockOf } from "../../shared/dates";

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

// Papers are always Chinese: the sentences of the office, not of the screen's language.
const phrases = new Map(
  composing
    .split("\n")
    .filter((l) => l.includes("=") && !l.startsWith("#"))
    .map((l) => [l.slice(0, l.indexOf("=")).trim(), l.slice(l.indexOf("=") + 1).trim()]),
);
function phrase(key: string, args: Record<string, string>): string {
  return (phrases.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? "");
}
// on paper: full-width brackets in class names, and no blanks
const onPaper = (text: string) => text.replace(/\((\d+)\)班/g, "（$1）班").replace(/\s+/gu, "");
const closed = (text: string) => {
  const bare = text.trim().replace(/[。.；;，,、]+$/u, "");
  return /[！？!?]$/u.test(bare) ? bare : `${bare}。`;
};

/** One finding as it is written into a text: who or where, what, who answers for it and until when. */
export function sentence(row: FindingRow, homeroom: string | null): string {
  const t = row.text;
  const told = onPaper(t.detail.trim() || t.matter);
  const subject = onPaper(row.class_name ?? row.unit_name ?? "");
  const names = t.people.map((p) => p.name);
  const named = names.some((n) => told.includes(n));
  const head = subject && !told.includes(subject.replace(/组$/u, "")) ? subject : "";
  const people = !named && !t.detail.trim() ? names.filter((n) => n !== t.rectification?.responsible).join("、") : "";
  const joint = (head || people) && t.detail.trim() ? "：" : "";
  let text = closed(`${head}${people}${joint}${told}`);
  if (t.nature !== "problem") return text;
  const time = clockOf(t.observed_at).replace(/^0/, "");
  text = (t.place.trim() ? phrase("problem-seen", { time, place: onPaper(t.place) }) : phrase("problem-seen-no-place", { time })) + text;
  const r = t.rectification;
  if (r?.responsible.trim()) text += phrase("problem-responsible", { name: r.responsible.trim() });
  else if (homeroom) text += phrase("problem-responsible-homeroom", { name: homeroom });
  if (r?.requirement.trim()) text += phrase("problem-requirement", { text: closed(onPaper(r.requirement)) });
  if (r) text += phrase("problem-due", { day: `${Number(r.due_on.slice(5, 7))}月${Number(r.due_on.slice(8))}日` });
  return text;
}

/** The other documents that state a finding. */
export const statedElsewhere = (row: FindingRow, documentId: string) => row.stated_in.filter((s) => s.document_id !== documentId);
