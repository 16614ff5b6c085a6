import { reactive } from "vue";

const saving = new Set<() => Promise<void>>();

/** Registers what must be kept before the desk is locked or left; returns how to take it back. */
export function beforeLeaving(save: () => Promise<void>): () => void {
  saving.add(save);
  return () => saving.delete(save);
}
/** Keeps everything half-typed. A failure to keep one text does not hold back the others. */
export async function keepEverything(): Promise<void> {
  await Promise.allSettled([...saving].map((save) => save()));
}

/** Where this window stands: shown counts, and today as the office's clock has it. */
export const desk = reactive({ today: "", waiting: 0 });
