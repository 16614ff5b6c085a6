import { onBeforeUnmount, reactive, watch } from "vue";
import { asApiError, call, type ApiError } from "../../backend";
import type { CheckView } from "../../backend/generated/CheckView";
import type { ClueView } from "../../backend/generated/ClueView";
import type { Content } from "../../backend/generated/Content";
import type { Doubt } from "../../backend/generated/Doubt";
import type { MaskChoice } from "../../backend/generated/MaskChoice";
import type { MaskDecision } from "../../backend/generated/MaskDecision";
import type { MaskView } from "../../backend/generated/MaskView";
import type { Posting } from "../../backend/generated/Posting";

/** Which of the two copies of a document is looked at: 存档稿 with every name, 张贴稿 with pupils' names masked. */
export type Copy = "archive" | "board";

export interface Masks {
  ready: boolean;
  masks: MaskView[];
  clues: ClueView[];
  checks: CheckView[];
  error: ApiError | undefined;
}
const PAUSE_MS = 350;

/** Whose names a text under the hand hides on the board; asked for when the writer pauses. */
export function useMasks(content: () => Content): Masks {
  const state: Masks = reactive({ ready: false, masks: [], clues: [], checks: [], error: undefined });
  let timer = 0;
  let turn = 0;
  async function ask() {
    const mine = ++turn;
    try {
      const reply = await call("documents_masks", { content: content() });
      if (mine !== turn) return;
      Object.assign(state, { ready: true, masks: reply.masks, clues: reply.clues, checks: reply.checks, error: undefined });
    } catch (thrown) {
      if (mine !== turn) return;
      state.error = asApiError(thrown);
    }
  }
  watch(
    content,
    () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), state.ready ? PAUSE_MS : 0);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    turn++;
    clearTimeout(timer);
  });
  return state;
}

/** One name of a text, wherever it stands: what is decided about it once. */
export interface NameRow {
  key: string;
  name: string;
  word: string;
  to: string;
  count: number;
  doubt: Doubt | null;
  choice: MaskChoice | null;
  reason: string;
  asks: boolean;
  block: string | null;
}
/** The names of the last answer with what is decided now: an answer is always a moment late. */
export function namesOf(masks: MaskView[], decisions?: MaskDecision[]): NameRow[] {
  const rows = new Map<string, NameRow>();
  for (const m of masks) {
    const key = `${m.name}\n${m.word}`;
    const row = rows.get(key);
    if (row) row.count++;
    else {
      const now = decisions ? (decisions.find((d) => d.name === m.name && d.word === m.word) ?? { choice: null, reason: "" }) : m;
      rows.set(key, { key, name: m.name, word: m.word, to: m.to, count: 1, doubt: m.doubt, choice: now.choice, reason: now.reason, asks: m.doubt !== null && now.choice === null, block: m.block_id });
    }
  }
  // what is in doubt stands first, and stays there once it is decided
  return [...rows.values()].sort((a, b) => Number(b.doubt !== null) - Number(a.doubt !== null));
}
/** The pupils whose names are meant: those that are none are not counted. */
export function pupilsOf(masks: MaskView[], decisions?: MaskDecision[]): NameRow[] {
  const seen = new Set<string>();
  return namesOf(masks, decisions).filter((r) => r.choice !== "not_pupil" && !seen.has(r.name) && seen.add(r.name));
}
/** The posting with another decision about a name; masking a certain name needs none. */
export function decided(posting: Posting, row: NameRow, choice: MaskChoice, reason: string): Posting {
  const others = posting.decisions.filter((d) => d.name !== row.name || d.word !== row.word);
  const usual = choice === "mask" && row.doubt === null;
  return { ...posting, decisions: usual ? others : [...others, { name: row.name, word: row.word, choice, reason }] };
}
