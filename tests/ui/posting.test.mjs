// 张贴稿: whose names are hidden is seen while writing, decided before submitting, frozen with the number.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { openSample, samplePassword, signIn, start } from "./host.mjs";

let desk;
let password;
before(async () => {
  password = await samplePassword();
  desk = await start();
  await openSample(desk.page);
});
after(() => desk?.close());

const stateOf = (id, state) => desk.page.locator(`[data-testid="${id}"][data-state="${state}"]`).waitFor();
const lock = async () => {
  await desk.page.getByTestId("lock").click();
  await desk.page.getByTestId("sign-in-form").waitFor();
};
const dark = async (on) => {
  await desk.page.evaluate((on) => (document.documentElement.dataset.theme = on ? "dark" : "light"), on);
  await desk.page.waitForTimeout(400);
};
const pictureOf = (id) => desk.page.getByTestId(id).first().getAttribute("src");

test("names are masked on the board, decided where they are in doubt, and the sheet is frozen with its code", async () => {
  const { page } = desk;
  await signIn(page, "duty", password);
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("new-document").click();
  await page.getByTestId("new-circular").check();
  await page.getByTestId("new-begin").click();
  await page.getByTestId("draft-save-state").waitFor();
  const title = "关于校园秩序情况的通报";
  await page.getByTestId("draft-title-1").fill(title);
  await page.getByTestId("draft-block-0").fill("一（1）班班长田可馨拾到水杯交到门卫室，吴若兰帮助同学打扫走廊。秦朗在音乐教室整理乐器，方志刚老师到场指导。");
  await page.getByTestId("posting-asks").waitFor();
  const names = await page.getByTestId("posting-pane").locator("[data-name]").evaluateAll((all) => all.map((e) => e.dataset.name));
  assert.deepEqual(names, ["秦朗", "田可馨", "吴若兰"], "what must be decided stands first; the teacher is not there");
  await page.locator('[data-testid^="posting-clue-"][data-kind="role"]').waitFor();
  await desk.shot("posting-draft");
  await dark(true);
  await desk.shot("posting-draft-dark");
  await dark(false);

  // it does not go out undecided
  await page.getByTestId("draft-submit").click();
  await page.getByTestId("draft-error").waitFor();
  await page.getByTestId("draft-error-close").click();
  await page.getByTestId("posting-choice-0").selectOption("keep");
  await page.getByTestId("posting-reason-0").fill("市级表彰，家长已书面同意。");
  await page.waitForTimeout(600);
  assert.equal(await page.getByTestId("posting-reason-0").inputValue(), "市级表彰，家长已书面同意。", "an answer that comes late takes nothing back");
  await desk.shot("posting-reason");
  await page.locator('[data-name="秦朗"] select').selectOption("not_pupil");
  await page.getByTestId("posting-count").waitFor();

  // both copies can be looked at while writing
  const archive = await pictureOf("draft-preview-page");
  await page.getByTestId("draft-copy-board").click();
  await page.waitForFunction((old) => document.querySelector('[data-testid="draft-preview-page"]').src !== old, archive);
  await page.getByTestId("posting-paper-a3").click();
  await page.waitForTimeout(600);
  await desk.shot("posting-board-page");
  await page.getByTestId("draft-submit").click();
  await stateOf("review-state", "submitted");
  await lock();

  await signIn(page, "principal", password);
  await page.getByTestId("nav-today").click();
  await page.getByTestId("panel-waiting").locator("a", { hasText: title }).first().click();
  await stateOf("review-state", "submitted");
  const said = await page.getByTestId("review-board-names").innerText();
  assert.ok(said.includes("田××") && said.includes("吴××") && !said.includes("可馨"), said);
  await page.getByTestId("review-copy-board").click();
  await page.waitForTimeout(600);
  await desk.shot("posting-review");
  await dark(true);
  await desk.shot("posting-review-dark");
  await dark(false);
  await page.getByTestId("approve-password").fill(password);
  await page.getByTestId("approve-confirm").click();
  await page.getByTestId("approve-confirm").waitFor({ state: "detached" }).catch(() => {});
  await lock();

  await signIn(page, "office", password);
  await page.getByTestId("nav-today").click();
  await page.getByTestId("panel-waiting").locator("a", { hasText: title }).first().click();
  await stateOf("issue-state", "approved");
  await page.getByTestId("issue-confirm").click();
  await stateOf("issue-state", "issued");
  const code = await page.getByTestId("issue-board-code").innerText();
  assert.match(code, /^[0-9A-HJKMNP-TV-Y]{3} [0-9A-HJKMNP-TV-Y]{3} [0-9A-HJKMNP-TV-Y]{3}$/);
  await page.getByTestId("issue-save-board-pdf").click();
  const file = await page.getByTestId("issue-board-saved").getAttribute("data-file");
  assert.ok(file.endsWith("（张贴稿）.pdf"), file);
  await page.waitForTimeout(400);
  await desk.shot("posting-issued");
  await dark(true);
  await desk.shot("posting-issued-dark");
  await dark(false);
  assert.deepEqual(await desk.complaints(), []);
});
