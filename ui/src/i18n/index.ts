import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from "@fluent/bundle";
import { shallowRef } from "vue";

export const languages = ["zh-CN", "zh-TW", "en"] as const;
export type Language = (typeof languages)[number];
export type Args = Record<string, string | number>;

// Simplified Chinese is the first language and the fallback; the others come when asked for.
const loaders: Record<Language, () => Promise<{ texts: Record<string, string> }>> = {
  "zh-CN": () => import("./zh-CN"),
  "zh-TW": () => import("./zh-TW"),
  en: () => import("./en"),
};

async function load(language: Language): Promise<FluentBundle> {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const { texts } = await loaders[language]();
  for (const text of Object.values(texts)) bundle.addResource(new FluentResource(text));
  return bundle;
}

let fallback: FluentBundle | undefined;
const current = shallowRef<FluentBundle>();
export const language = shallowRef<Language>("zh-CN");

export async function setLanguage(wanted: Language): Promise<void> {
  fallback ??= await load("zh-CN");
  current.value = wanted === "zh-CN" ? fallback : await load(wanted);
  language.value = wanted;
  document.documentElement.lang = wanted;
  document.title = say("ui-product");
}

/** Says whether the catalogue has a message. */
export function has(key: string): boolean {
  return !!(current.value?.getMessage(key)?.value ?? fallback?.getMessage(key)?.value);
}

/**
 * Writes a message of the catalogue. `key.attribute` reads an attribute.
 * Numbers are set without grouping: 2026 is a year far more often than a sum.
 */
export function say(key: string, args?: Args): string {
  const [id = key, attribute] = key.split(".");
  for (const bundle of [current.value, fallback]) {
    const message = bundle?.getMessage(id);
    const pattern = attribute ? message?.attributes[attribute] : message?.value;
    if (!bundle || !pattern) continue;
    const errors: Error[] = [];
    const variables: Record<string, FluentVariable> = {};
    for (const [name, value] of Object.entries(args ?? {})) variables[name] = typeof value === "number" ? new FluentNumber(value, { useGrouping: false }) : value;
    return bundle.formatPattern(pattern, variables, errors);
  }
  return key;
}
