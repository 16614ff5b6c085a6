// Every screen as a picture, and what a picture does not show: contrast, names for a screen reader, nothing wider than
// the window, no key where a word should stand.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSample, root, samplePassword, signIn, start } from "./host.mjs";

let desk;
let axe;
let password;
const faults = [];
// a Friday afternoon: the day's findings wait for their circular and the clock runs
const AFTERNOON = Date.parse("2026-11-20T16:50:00+08:00");
before(async () => {
  desk = await start({ now: AFTERNOON });
  axe = await readFile(join(root, "ui/node_modules/axe-core/axe.min.js"), "utf8");
  password = await samplePassword();
});
after(async () => desk?.close());

/** What is wrong with the screen that is shown, as far as its boxes tell. */
function measure() {
  const wide = document.documentElement.scrollWidth > window.innerWidth + 1 ? `${document.documentElement.scrollWidth} px wide in a window of ${window.innerWidth}` : "";
  const keys = document.body.innerText.match(/(?<![\w/-])(?:ui|access|org|inspections|documents|today|audit|error|terms|print|compose|check|attachments|postings|backup|printing|masking)-[a-z][a-z0-9_-]+/g) ?? [];
  const shown = (e) => e.getClientRects().length && !e.closest(".sr-only, .skip");
  // a word cut by its own box without an ellipsis, or by a box around it that cannot be scrolled
  const cuts = (e) => {
    const own = getComputedStyle(e);
    // on a box in a line neither clipping nor an ellipsis has any effect
    if (own.display !== "inline" && e.scrollWidth > e.clientWidth + 2 && own.overflowX !== "visible") return own.textOverflow !== "ellipsis";
    const right = e.getBoundingClientRect().right;
    for (let box = e.parentElement; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (["auto", "scroll"].includes(style.overflowX) && !e.classList.contains("clip")) return false;
      if (style.textOverflow === "ellipsis" && style.display !== "inline") return false;
      if (style.overflowX !== "visible" && right > box.getBoundingClientRect().right + 2) return true;
    }
    return false;
  };
  const words = [...document.querySelectorAll("button, a, label, h1, h2, .tag, kbd, .meta, .st, .note, .note > span")].filter(shown);
  const cut = words.filter(cuts).map((e) => (e.dataset.testid ?? "") + " " + e.innerText.slice(0, 30));
  // what hangs over the edge of the window
  const out = [...document.querySelectorAll("button, input, select, textarea, a")]
    .filter((e) => {
      const r = e.getBoundingClientRect();
      if (!shown(e) || !r.width || r.right <= window.innerWidth + 1) return false;
      // inside a box that scrolls sideways it can be reached
      for (let box = e.parentElement; box; box = box.parentElement) if (["auto", "scroll"].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return false;
      return true;
    })
    .map((e) => e.dataset.testid ?? e.innerText.slice(0, 30));
  // controls below the window that no box around them lets one scroll to
  const below = [...document.querySelectorAll("button, input, select, textarea, a")]
    .filter((e) => {
      const r = e.getBoundingClientRect();
      if (!shown(e) || !r.height || r.bottom <= window.innerHeight + 1) return false;
      for (let box = e.parentElement; box; box = box.parentElement) if (["auto", "scroll"].includes(getComputedStyle(box).overflowY)) return false;
      return true;
    })
    .map((e) => e.dataset.testid ?? e.innerText.slice(0, 30));
  // two controls that lie on each other: the middle of each must be its own
  const covered = [...document.querySelectorAll("button, a, input, select")]
    .filter((e) => {
      const r = e.getBoundingClientRect();
      const [x, y] = [r.left + r.width / 2, r.top + r.height / 2];
      if (!shown(e) || !r.width || x < 0 || y < 0 || x >= window.innerWidth || y >= window.innerHeight || document.querySelector("dialog[open], .toast")) return false;
      // scrolled out of sight is not covered
      for (let box = e.parentElement; box; box = box.parentElement) {
        const b = box.getBoundingClientRect();
        if (getComputedStyle(box).overflowY !== "visible" && (y < b.top || y > b.bottom || x < b.left || x > b.right)) return false;
      }
      const top = document.elementFromPoint(x, y);
      if (!top || e.contains(top) || top.contains(e) || top.closest("label")?.contains(e)) return false;
      return !!top.closest("button, a, input, select") && getComputedStyle(e).pointerEvents !== "none";
    })
    .map((e) => e.dataset.testid ?? e.innerText.slice(0, 30));
  return { wide, keys, cut, out, below, covered };
}

/** Reads the screen that is shown; collects what is wrong with it. `contrast` is what words must have: 4.5 or 7. */
async function look(name, { contrast = 0 } = {}) {
  const { page } = desk;
  await page.waitForTimeout(250);
  await desk.shot(name);
  for (const [what, found] of Object.entries(await page.evaluate(measure))) if (found.length) faults.push(`${name}: ${what}: ${found}`);
  if (!contrast) return;
  // evaluated by the debugger and not by the page, so the content policy stays as it is
  await page.evaluate(axe);
  const result = await page.evaluate(
    (strict) => window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21aa"], rules: { "color-contrast-enhanced": { enabled: strict } } }),
    contrast === 7,
  );
  for (const v of result.violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
    faults.push(`${name}: axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? ""}`).join(" | ")}`);
  }
}

/** The rooms of whoever sits here, each with what shows that it is there. A room that the person has not is left out. */
const rooms = [
  ["today", "/today", "panel-findings"],
  ["findings", "/findings", "findings-count"],
  ["finding", "/findings/new", "quick-line"],
  ["documents", "/documents", "new-document"],
  ["postings", "/postings", "wall"],
  ["verify", "/postings/verify", "verify-code"],
  ["boards", "/settings/boards", "board-new"],
  ["settings", "/settings/appearance", "theme"],
  ["rules", "/settings/rules", "same-day-by"],
  ["inspections", "/settings/inspections", "closing"],
  ["permissions", "/settings/permissions", "permissions"],
  ["categories", "/settings/inspections", "closing"],
  ["printers", "/settings/printing", "queues-reread"],
];
const go = (path) => desk.page.evaluate((to) => (location.hash = `#${to}`), path);
const drawn = () => desk.page.waitForFunction(() => [...document.images].some((i) => i.naturalWidth > 0));
let draft;
let submitted;

async function everyRoom(suffix, how) {
  const { page } = desk;
  for (const [name, path, sign] of rooms) {
    await go(path);
    await page.getByTestId(sign).waitFor();
    if (name === "finding") {
      await page.getByTestId("quick-line").fill("三2 走廊地面有积水");
      await page.getByTestId("chips").waitFor();
    }
    await look(`${name}-${suffix}`, how);
    if (name === "finding") await page.getByTestId("quick-line").fill("");
    if (name === "documents") {
      await page.getByTestId("new-document").click();
      await page.getByTestId("new-begin").waitFor();
      await look(`new-document-${suffix}`, how);
      await page.getByTestId("new-cancel").click();
    }
  }
  if (draft) {
    await go(draft);
    await page.getByTestId("draft-preview").waitFor();
    await drawn();
    await look(`draft-${suffix}`, how);
  }
  if (submitted) {
    await go(submitted);
    await page.getByTestId("review-state").waitFor();
    await drawn();
    await look(`review-${suffix}`, how);
  }
}
async function dress({ theme, text, language }) {
  const { page } = desk;
  await go("/settings/appearance");
  for (const [what, value] of Object.entries({ theme, "text-size": text, language })) {
    if (value) await page.getByTestId(`${what}-${value}`).click();
  }
  await page.waitForTimeout(150);
}
const size = (width, height) => desk.page.setViewportSize({ width, height });
async function lock() {
  await desk.page.getByTestId("lock").click();
  await desk.page.getByTestId("sign-in-form").waitFor();
}

test("the first run reads well in every dress", async () => {
  const { page } = desk;
  for (const [suffix, dressed, how] of [
    ["dark", { theme: "dark", text: 100 }, { contrast: 4.5 }],
    ["high-contrast", { theme: "high-contrast", text: 100 }, { contrast: 7 }],
    ["175", { theme: "light", text: 175 }, { contrast: 4.5 }],
    ["light", { theme: "light", text: 100 }, { contrast: 4.5 }],
  ]) {
    await page.evaluate((worn) => localStorage.setItem("tongbao.appearance", JSON.stringify({ ...worn, language: "zh-CN" })), dressed);
    await page.reload();
    await page.getByTestId("open-sample").waitFor();
    await look(`first-run-${suffix}`, how);
    await page.getByTestId("step-next").click();
    await page.getByTestId("grade-1").waitFor();
    await look(`first-run-classes-${suffix}`, how);
    await page.getByTestId("step-next").click();
    await page.getByTestId("person-0-name").waitFor();
    await look(`first-run-people-${suffix}`, how);
  }
});

test("every screen of the office reads well in every dress", async () => {
  const { page } = desk;
  await openSample(page);
  await look("sign-in", { contrast: 4.5 });
  await signIn(page, "office", password);
  await page.getByTestId("write-up").click();
  await page.getByTestId("draft-preview").waitFor();
  await drawn();
  draft = new URL(page.url()).hash.slice(1);
  await go("/documents?view=open");
  const waits = page.locator("[data-testid=documents-row]", { hasText: "待审" }).first();
  await waits.waitFor();
  await waits.click();
  await page.getByTestId("review-state").waitFor();
  submitted = new URL(page.url()).hash.slice(1);
  await everyRoom("light", { contrast: 4.5 });
  await size(1920, 1080);
  await everyRoom("light-1920");
  await size(1280, 720);
  await dress({ theme: "dark" });
  await everyRoom("dark", { contrast: 4.5 });
  await dress({ theme: "high-contrast" });
  await everyRoom("high-contrast", { contrast: 7 });
  await dress({ theme: "light", text: "150" });
  await everyRoom("150");
  await dress({ text: "175" });
  await everyRoom("175", { contrast: 4.5 });
  await dress({ text: "100", language: "en" });
  await everyRoom("en");
  await dress({ language: "zh-TW" });
  await everyRoom("zh-TW");
  await dress({ language: "zh-CN" });
  await lock();
});

test("the dress of the system is followed", async () => {
  const { page } = desk;
  await signIn(page, "office", password);
  await dress({ theme: "system" });
  const worn = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.emulateMedia({ colorScheme: "light", contrast: "more" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "high-contrast");
  await page.emulateMedia({ colorScheme: null, contrast: null });
  await dress({ theme: "light" });
  assert.equal(await worn(), "light");
  await lock();
});

test("the screens of the principal and of the administrator read well", async () => {
  const { page } = desk;
  for (const [suffix, dressed, how] of [
    ["light", { theme: "light", text: "100" }, { contrast: 4.5 }],
    ["dark", { theme: "dark", text: "100" }, { contrast: 4.5 }],
    ["high-contrast", { theme: "high-contrast", text: "100" }, { contrast: 7 }],
    ["175", { theme: "light", text: "175" }, { contrast: 4.5 }],
  ]) {
    await signIn(page, "principal", password);
    await dress(dressed);
    await go("/today");
    await page.getByTestId("panel-waiting").locator("a").first().waitFor();
    await look(`today-principal-${suffix}`, how);
    await page.getByTestId("panel-waiting").locator("a").first().click();
    await page.getByTestId("approve-password").waitFor();
    await drawn();
    await look(`approve-${suffix}`, how);
    await page.getByTestId("nav-audit").click();
    await page.getByTestId("audit-verify").waitFor();
    await look(`audit-${suffix}`, how);
    await lock();
    await look(`locked-${suffix}`, how);
    await signIn(page, "admin", password);
    await dress(dressed);
    await page.getByTestId("settings-people").click();
    await page.getByTestId("account-open").waitFor();
    await look(`people-${suffix}`, how);
    await page.getByTestId("account-open").click();
    await page.getByTestId("account-role-homeroom_teacher").waitFor();
    await look(`account-${suffix}`, how);
    await page.keyboard.press("Escape");
    await page.getByTestId("settings-backup").click();
    await page.getByTestId("backup-now").waitFor();
    await look(`backup-${suffix}`, how);
    await lock();
  }
});

test("the page of what is approved and of what is issued reads well", async () => {
  const { page } = desk;
  await signIn(page, "principal", password);
  await dress({ theme: "light", text: "100" });
  await go(submitted);
  await page.getByTestId("approve-password").fill(password);
  await page.getByTestId("approve-confirm").click();
  await page.locator("[data-testid=review-state][data-state=approved]").or(page.getByTestId("panel-waiting")).first().waitFor();
  await lock();
  await signIn(page, "office", password);
  const issue = submitted.replace("/review", "/issue");
  const dresses = [
    ["dark", { theme: "dark", text: "100" }, { contrast: 4.5 }],
    ["high-contrast", { theme: "high-contrast", text: "100" }, { contrast: 7 }],
    ["175", { theme: "light", text: "175" }, { contrast: 4.5 }],
    ["light", { theme: "light", text: "100" }, { contrast: 4.5 }],
  ];
  for (const stage of ["approved", "issued"]) {
    for (const [suffix, dressed, how] of dresses) {
      await dress(dressed);
      await go(issue);
      await page.getByTestId("issue-heading").waitFor();
      await drawn();
      await look(`${stage}-${suffix}`, how);
    }
    if (stage === "approved") {
      await page.getByTestId("issue-confirm").click();
      await page.getByTestId("issue-save-pdf").waitFor({ timeout: 60_000 });
    }
  }
  await lock();
});

test("a homeroom teacher sees the own class, and why", async () => {
  const { page } = desk;
  await signIn(page, "teacher", password);
  await dress({ theme: "light", text: "100" });
  await go("/today");
  await page.getByTestId("panel-findings").waitFor();
  assert.equal(await page.getByTestId("log-finding").count(), 0);
  await look("today-teacher", { contrast: 4.5 });
  await go("/findings");
  await page.getByTestId("findings-count").waitFor();
  await look("findings-teacher", { contrast: 4.5 });
  await go("/settings/permissions");
  await page.getByTestId("may-inspections.read").waitFor();
  assert.match(await page.getByTestId("may-inspections.read").innerText(), /所辖的/);
  await lock();
});

test("nothing was cut, covered, out of reach or too pale", async () => {
  assert.deepEqual(faults, []);
  assert.deepEqual(await desk.complaints(), []);
});
