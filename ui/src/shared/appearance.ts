import { computed, reactive, watch } from "vue";
import { languages, setLanguage, type Language } from "../i18n";

export const themes = ["light", "dark", "high-contrast"] as const;
export const textSizes = [100, 125, 150, 175] as const;
export type Theme = (typeof themes)[number];
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
    if (textSizes.includes(kept.text as TextSize)) found.text = kept.text as TextSize;
    if (languages.includes(kept.language as Language)) found.language = kept.language as Language;
  } catch {
    // an unreadable setting is no reason not to start
  }
  return found;
}

/** How the desk looks on this computer. Holds nothing of the office. */
export const appearance = reactive(read());
export const textScale = computed(() => appearance.text / 100);

/** 遮名: covers whatever may show a person's name while a visitor stands at the desk. */
export const privacy = reactive({ on: false });

export async function applyAppearance(): Promise<void> {
  const root = document.documentElement;
  watch(
    () => ({ ...appearance }),
    (now) => {
      root.dataset.theme = now.theme;
      root.dataset.text = String(now.text);
      localStorage.setItem(KEPT, JSON.stringify(now));
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
