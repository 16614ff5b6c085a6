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

const lock = async () => {
  await desk.page.getByTestId("lock").click();
  await desk.page.getByTestId("sign-in-form").waitFor();
};
const stateOf = (id, state) => desk.page.locator(`[data-testid=${id}][data-state=${state}]`).waitFor();
/** Opens the waiting document with this title from the list of today. */
const openWaiting = async (title) => {
  await desk.page.getByTestId("nav-today").click();
  await desk.page.getByTestId("panel-waiting").locator("a", { hasText: title }).first().click();
};

test("what is sent back returns to its drafter with the remarks, and nobody approves their own draft", async () => {
  const { page } = desk;
  await signIn(page, "office", password);
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("new-document").click();
  await page.getByTestId("new-notice").check();
  await page.getByTestId("new-begin").click();
  await page.getByTestId("draft-save-state").waitFor();
  const title = "关于冬季用电安全的通知";
  await page.getByTestId("draft-title-0").fill(title);
  await page.getByTestId("draft-submit").click();
  // an empty text is refused, and what was typed stays
  await page.getByTestId("draft-error").waitFor();
  assert.ok((await page.getByTestId("draft-heading").innerText()).includes(title));
  await page.getByTestId("draft-block-0").fill("各班放学前关闭教室电源，由班主任检查。");
  await page.getByTestId("draft-submit").click();
  await stateOf("review-state", "submitted");
  assert.equal(await page.getByTestId("approve-password").count(), 0, "no approval of one's own draft");
  await lock();

  await signIn(page, "principal", password);
  await openWaiting(title);
  await stateOf("review-state", "submitted");
  await page.getByTestId("review-send-back").click();
  await page.getByTestId("send-back-remarks").fill("请写明检查的时间。");
  await page.getByTestId("send-back-confirm").click();
  await page.getByTestId("send-back-confirm").waitFor({ state: "detached" });
  await lock();

  await signIn(page, "office", password);
  await openWaiting(title);
  await page.getByTestId("draft-returned").waitFor();
  assert.ok((await page.getByTestId("draft-returned").innerText()).includes("请写明检查的时间"));
  await desk.shot("sent-back");
  assert.deepEqual(await desk.complaints(), []);
});
