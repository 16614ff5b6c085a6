// Every screen as a picture, and what a picture does not show: contrast, names for a screen reader, nothing wider than
// the window, no key where a word should stand.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSample, root, samplePassword, signIn, start } from "./host.mjs";

let desk;
let axe;
before(async () => {
  desk = await start();
  axe = await readFile(join(root, "ui/node_modules/axe-core/axe.min.js"), "utf8");
});
after(async () => desk?.close());

const faults = [];

/** Reads the screen that is shown; collects what is wrong with it. */
async function look(name) {
  const { page } = desk;
  await page.waitForTimeout(400);
  await desk.shot(name);
  const seen = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth + 1 ? `${document.documentElement.scrollWidth} px wide in a window of ${window.innerWidth}` : "";
    const keys = document.body.innerText.match(/(?<![\w/-])(?:ui|access|org|inspections|documents|today|audit|error|terms|print|compose|check)-[a-z][a-z0-9_-]+/g) ?? [];
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
    const cut = [...document.querySelectorAll("button, a, label, h1, h2, .tag, kbd, .meta, .st")]
      .filter((e) => e.getClientRects().length && cuts(e))
      .map((e) => (e.dataset.testid ?? "") + " " + e.innerText.slice(0, 30));
    // what hangs over the edge of the window
    const out = [...document.querySelectorAll("button, input, select, textarea, a")]
      .filter((e) => {
        const r = e.getBoundingClientRect();
        return r.width && r.right > window.innerWidth + 1;
      })
      .map((e) => e.dataset.testid ?? e.innerText.slice(0, 30));
    return { wide, keys, cut, out };
  });
  for (const [what, found] of Object.entries(seen)) if (found.length) faults.push(`${name}: ${what}: ${found}`);
  // evaluated by the debugger and not by the page, so the content policy stays as it is
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
  for (const v of result.violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
    faults.push(`${name}: axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? ""}`).join(" | ")}`);
  }
}

async function everyRoom(suffix) {
  const { page } = desk;
  await page.getByTestId("nav-today").click();
  await page.getByTestId("panel-findings").waitFor();
  await look(`today-${suffix}`);
  await page.getByTestId("nav-findings").click();
  await page.getByTestId("findings-count").waitFor();
  await look(`findings-${suffix}`);
  await page.keyboard.press("F2");
  await page.getByTestId("quick-line").fill("三2 走廊地面有积水");
  await page.getByTestId("chips").waitFor();
  await look(`finding-${suffix}`);
  await page.getByTestId("quick-line").fill("");
  await page.keyboard.press("Escape");
  await page.getByTestId("nav-documents").click();
  await page.locator("[data-testid^=documents-view-]").first().waitFor();
  await look(`documents-${suffix}`);
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("theme").waitFor();
  await look(`settings-${suffix}`);
}

test("every screen reads well, light and dark, at both sizes", async () => {
  const { page } = desk;
  const password = await samplePassword();
  await look("first-run");
  await openSample(page);
  await look("sign-in");
  await signIn(page, "office", password);
  await page.getByTestId("nav-today").waitFor();
  await everyRoom("light");

  // a draft of today's findings, the whole desk of the writer
  await page.getByTestId("nav-today").click();
  await page.getByTestId("write-up").click();
  await page.getByTestId("draft-preview").waitFor();
  await page.waitForFunction(() => [...document.images].some((i) => i.naturalWidth > 0));
  const draft = new URL(page.url()).hash;
  await look("draft-light");
  await page.setViewportSize({ width: 1920, height: 1080 });
  await look("draft-light-1920");
  await page.getByTestId("nav-today").click();
  await look("today-light-1920");
  await page.setViewportSize({ width: 1280, height: 720 });

  await page.getByTestId("nav-settings").click();
  await page.getByTestId("theme-dark").click();
  await everyRoom("dark");
  await page.evaluate((hash) => (location.hash = hash), draft);
  await page.getByTestId("draft-preview").waitFor();
  await look("draft-dark");

  await page.getByTestId("nav-settings").click();
  await page.getByTestId("theme-light").click();
  await page.getByTestId("text-size-150").click();
  await everyRoom("150");
  await page.getByTestId("text-size-100").click();
  await page.getByTestId("language-en").click();
  await everyRoom("en");
  await page.getByTestId("language-zh-TW").click();
  await everyRoom("zh-TW");
  await page.getByTestId("language-zh-CN").click();

  // the principal's review and the records
  await page.getByTestId("lock").click();
  await page.getByTestId("sign-in-form").waitFor();
  await signIn(page, "principal", password);
  await page.getByTestId("nav-today").click();
  await page.getByTestId("panel-waiting").locator("a").first().click();
  await page.getByTestId("approve-password").waitFor();
  await page.waitForFunction(() => [...document.images].some((i) => i.naturalWidth > 0));
  await look("review");
  await page.getByTestId("nav-audit").click();
  await page.getByTestId("audit-verify").waitFor();
  await look("audit");
  await page.getByTestId("lock").click();
  await page.getByTestId("sign-in-form").waitFor();
  await signIn(page, "admin", password);
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("settings-people").click();
  await page.getByTestId("account-open").waitFor();
  await look("people");

  assert.deepEqual(faults, []);
  assert.deepEqual(await desk.complaints(), []);
});
