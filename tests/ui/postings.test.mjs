// Boards: a sheet is hung after issue, seen on the drawn board, verified by its code, taken down.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSample, samplePassword, signIn, start } from "./host.mjs";

let desk;
let password;
before(async () => {
  desk = await start();
  password = await samplePassword();
  await openSample(desk.page);
});
after(async () => desk?.close());

test("what hangs is drawn, what is due comes down with Enter, a code opens its page", async () => {
  const { page } = desk;
  await signIn(page, "office", password);
  await page.getByTestId("nav-postings").click();
  await page.getByTestId("wall").waitFor();
  const pins = page.locator(".pin");
  const before = await pins.count();
  assert.ok(before >= 6, `${before} sheets hang`);
  assert.ok((await page.locator(".pin-late").count()) >= 1, "one hangs too long");
  await page.locator(".pin").first().click();
  const code = (await page.getByTestId("picked").locator("dd.num").innerText()).slice(0, 11);
  await desk.shot("postings");

  // by its code to the frozen page, and what a person found
  await page.keyboard.press("F6");
  await page.getByTestId("verify-code").fill(code.toLowerCase().replaceAll(" ", ""));
  await page.keyboard.press("Enter");
  await page.getByTestId("verify-paper-page-1").waitFor();
  await page.getByTestId("verify-same").click();
  await page.getByTestId("verify-checks").locator("li").first().waitFor();
  await desk.shot("verify");
  // a wrong character, as a scanner would never send it
  await page.getByTestId("verify-code").fill("7K");
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=verify-result][data-key=postings-hint-length]").waitFor();
  await desk.shot("verify-wrong");

  // the morning round
  await page.getByTestId("nav-postings").click();
  await page.getByTestId("slip-open").click();
  await page.getByTestId("slip-paper-page-1").waitFor();
  await desk.shot("slip");
  await page.keyboard.press("Escape");
  const due = await page.getByTestId("due-list").locator(".due-done").count();
  assert.ok(due >= 1);
  await page.getByTestId("due-list").locator(".due-done").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((n) => document.querySelectorAll(".due-done").length === n - 1, due);
  await page.waitForFunction((n) => document.querySelectorAll(".pin").length < n, before);

  // before its time only with a reason
  await page.locator(".pin").first().click();
  await page.getByTestId("picked-down").click();
  await page.getByTestId("ask-down").click();
  assert.equal(await page.getByTestId("ask-input").count(), 1, "without a reason it stays");
  await page.getByTestId("ask-input").fill("墙面粉刷");
  await page.getByTestId("ask-down").click();
  await page.getByTestId("ask-input").waitFor({ state: "detached" });

  // hung again through the form
  await page.getByTestId("post-open").click();
  await page.getByTestId("post-sheet").waitFor();
  await desk.shot("post-dialog");
  await page.getByTestId("post-send").click();
  await page.getByTestId("error-board_ids").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("postings-show-table").click();
  await page.getByTestId("postings-list").waitFor();
  await desk.shot("postings-table");
  assert.deepEqual(await desk.complaints(), []);
});

test("boards are kept in the settings, and one too small for a page is none", async () => {
  const { page } = desk;
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("settings-boards").click();
  await page.getByTestId("board-new").click();
  await page.getByTestId("board-name").fill("传达室小栏");
  await page.getByTestId("board-width").fill("200");
  await page.getByTestId("board-height").fill("400");
  await page.getByTestId("board-save").click();
  await page.getByTestId("error-width_mm").waitFor();
  await page.getByTestId("board-width").fill("680");
  await page.getByTestId("board-save").click();
  await page.getByTestId("board-row-传达室小栏").waitFor();
  await desk.shot("boards");
  assert.deepEqual(await desk.complaints(), []);
});
