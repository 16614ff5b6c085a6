import { computed, reactive, shallowRef, watch } from "vue";
import { languages, setLanguage, type Language } from "../i18n";

export const themes = ["system", "light", "dark", "high-contrast"] as const;
export const textSizes = [100, 115, 130, 150, 175] as const;
export type Theme = (typeof themes)[number];
type Shown = Exclude<Theme, "system">;
export type TextSize = (typeof textSizes)[number];

interface Appearance {
  theme: Theme;
  text: TextSize;
  language: Language;
}

const KEPT = "tongbao.appearance";

function read(): Appearance {
  const found: Appearance = { theme: "light", text: 100, language: "zh-CN" };
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Appearance>;
    if (themes.includes(kept.theme as Theme)) found.theme = kept.theme as Theme;
    if (typeof kept.text === "number") found.text = nearestSize(kept.text);
    if (languages.includes(kept.language as Language)) found.language = kept.language as Language;
  } catch {
    // an unreadable setting is no reason not to start
  }
  return found;
}

/** How the desk looks on this computer. Holds nothing of the office. */
export const appearance = reactive(read());
export const textScale = computed(() => appearance.text / 100);

/** The nearest size there is: 125 was one once. */
export function nearestSize(percent: number): TextSize {
  return textSizes.reduce((best, size) => (Math.abs(size - percent) < Math.abs(best - percent) ? size : best));
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");
const system = shallowRef<Shown>("light");
function readSystem() {
  system.value = contrast.matches ? "high-contrast" : dark.matches ? "dark" : "light";
}
readSystem();
dark.addEventListener("change", readSystem);
contrast.addEventListener("change", readSystem);

/** 遮名: covers whatever may show a person's name while a visitor stands at the desk. */
export const privacy = reactive({ on: false });

export async function applyAppearance(): Promise<void> {
  const root = document.documentElement;
  watch(
    () => ({ ...appearance, system: system.value }),
    (now) => {
      root.dataset.theme = now.theme === "system" ? now.system : now.theme;
      root.dataset.text = String(now.text);
      localStorage.setItem(KEPT, JSON.stringify(appearance));
    },
    { immediate: true },
  );
  watch(
    () => privacy.on,
    (on) => (root.dataset.privacy = on ? "on" : "off"),
    { immediate: true },
  );
  await setLanguage(appearance.language);
  watch(() => appearance.language, setLanguage);
}
