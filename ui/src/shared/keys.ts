import { onBeforeUnmount, onMounted } from "vue";

/** Says whether an input method still holds the key: then it is nobody's shortcut and no Enter. */
export function composing(e: KeyboardEvent): boolean {
  return e.isComposing || e.keyCode === 229;
}

/** Writes a key event as `Ctrl+Shift+N`. */
export function chord(e: KeyboardEvent): string {
  const key = e.key === " " ? "Space" : e.key.length === 1 ? e.key.toUpperCase() : e.key;
  return [e.ctrlKey || e.metaKey ? "Ctrl" : "", e.altKey ? "Alt" : "", e.shiftKey ? "Shift" : "", key].filter(Boolean).join("+");
}

interface Shortcut {
  chord: string;
  run: (e: KeyboardEvent) => void;
  within?: () => Element | null | undefined;
}
const live: Shortcut[] = [];

// after the field itself had its turn: what a menu or a list has used up is no shortcut any more
document.addEventListener(
  "keydown",
  (e) => {
    if (composing(e) || e.defaultPrevented) return;
    const pressed = chord(e);
    const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
    // the youngest wins: a dialog's keys hide those of the page beneath
    for (const s of [...live].reverse()) {
      if (s.chord !== pressed) continue;
      const home = s.within?.();
      if (dialog && !(home && dialog.contains(home))) continue;
      e.preventDefault();
      s.run(e);
      return;
    }
  },
  false,
);

/** Binds keys while the component stands. Bare letters are never bound: they belong to the input method. */
export function useShortcuts(map: Record<string, (e: KeyboardEvent) => void>, within?: () => Element | null | undefined): void {
  const mine = Object.entries(map).map(([chord, run]): Shortcut => (within ? { chord, run, within } : { chord, run }));
  onMounted(() => live.push(...mine));
  onBeforeUnmount(() => {
    for (const s of mine) live.splice(live.indexOf(s), 1);
  });
}
