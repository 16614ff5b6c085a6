import { onBeforeUnmount, onMounted } from "vue";
import { lock } from "./session";

/** Five minutes without a key or a pointer lock the desk (RELIABILITY 4.8). */
export const IDLE_MS = 5 * 60_000;

export function watchIdle(): void {
  let timer = 0;
  const seen = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void lock(), IDLE_MS);
  };
  const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
  onMounted(() => {
    for (const s of signs) document.addEventListener(s, seen, { passive: true });
    seen();
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    for (const s of signs) document.removeEventListener(s, seen);
  });
}
