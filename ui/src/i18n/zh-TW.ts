export const texts = import.meta.glob("../../../assets/i18n/zh-TW/*.ftl", { query: "?raw", import: "default", eager: true }) as Record<string, string>;
