import { reactive } from "vue";
import type { ApiError } from "../backend";

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}
export const toasts = reactive<Toast[]>([]);
let next = 1;

/** Shows a line at the foot of the window for six seconds. */
export function toast(text: string, action?: Toast["action"]): void {
  const id = next++;
  // two at a time: the page beneath is what people work on
  if (toasts.length > 1) toasts.shift();
  toasts.push(action ? { id, text, action } : { id, text });
  setTimeout(() => closeToast(id), 6_000);
}
export function closeToast(id: number): void {
  const at = toasts.findIndex((t) => t.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

export interface Choice {
  id: string;
  label: string;
  primary?: boolean;
}
export interface Question {
  title: string;
  text?: string;
  choices: Choice[];
  /** A reason to be written; the primary choice waits for it when `required`. */
  input?: { label: string; required?: boolean; value?: string };
}
export interface Answer {
  id: string;
  input: string;
}
interface Asked extends Question {
  answer: (a: Answer | undefined) => void;
}
export const asked = reactive<{ now?: Asked | undefined }>({});

/** Asks one question and waits. Esc answers nothing. For what cannot be taken back, and for two texts of one thing. */
export function ask(question: Question): Promise<Answer | undefined> {
  asked.now?.answer(undefined);
  return new Promise((resolve) => {
    asked.now = {
      ...question,
      answer: (a) => {
        asked.now = undefined;
        resolve(a);
      },
    };
  });
}

/** An error that belongs to no field and no panel: shown over the page until it is put away. */
export const trouble = reactive<{ now?: ApiError | undefined }>({});
export function showTrouble(error: ApiError): void {
  trouble.now = error;
}
