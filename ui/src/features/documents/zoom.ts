import { ref, type Ref } from "vue";
import { useShortcuts } from "../../shared/keys";

const STEPS = [40, 50, 60, 70, 78, 91, 105, 125, 150, 180, 220];

/** How large the pages stand: percent of their real size, or a whole page. */
export function useZoom(first: "page" | "width" | number): { zoom: Ref<"page" | "width" | number>; change: (how: "in" | "out" | "page") => void } {
  const zoom = ref<"page" | "width" | number>(first);
  function change(how: "in" | "out" | "page") {
    if (how === "page") {
      zoom.value = zoom.value === "page" ? first : "page";
      return;
    }
    const now = typeof zoom.value === "number" ? zoom.value : how === "in" ? 60 : 78;
    zoom.value = (how === "in" ? STEPS.find((s) => s > now) : STEPS.filter((s) => s < now).at(-1)) ?? now;
  }
  useShortcuts({ "Ctrl+=": () => change("in"), "Ctrl++": () => change("in"), "Ctrl+Shift++": () => change("in"), "Ctrl+-": () => change("out"), "Ctrl+0": () => change("page") });
  return { zoom, change };
}
