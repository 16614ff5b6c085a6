// Writing with tables, attachments and breaks, by keyboard alone, under the policy of the packaged window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSample, samplePassword, signIn, start } from "./host.mjs";

let desk;
before(async () => {
  desk = await start();
  await openSample(desk.page);
  await signIn(desk.page, "office", await samplePassword());
});
after(async () => desk?.close());

async function begin(kind, head = "red") {
  const { page } = desk;
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("new-document").click();
  await page.getByTestId(`new-${kind}`).check();
  await page.getByTestId(`new-${head}-head`).check();
  await page.getByTestId("new-begin").click();
  await page.getByTestId("draft-save-state").waitFor();
}
const paste = (text) =>
  desk.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
const kindsOf = () => desk.page.locator("[data-testid=draft-row]").evaluateAll((rows) => rows.map((r) => r.dataset.kind));
const cells = () => desk.page.locator(".edit-table textarea").evaluateAll((boxes) => boxes.map((b) => b.value));
const saved = () => desk.page.locator("[data-testid=draft-save-state][data-state=saved]").waitFor();

test("a table is written by keyboard alone, undone and kept", async () => {
  const { page } = desk;
  await begin("notice");
  await page.keyboard.type("请各班于11月27日前上交自查表。");
  await page.getByTestId("draft-insert").click();
  await page.keyboard.press("Enter");
  for (const text of ["班级", "人数", "备注"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  for (const text of ["三（2）班", "41", ""]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("四（1）班");
  assert.deepEqual(await cells(), ["班级", "人数", "备注", "三（2）班", "41", "", "四（1）班", "", ""]);
  // Alt+↑ moves the row, Alt+Shift+Delete removes the column, Enter goes down and makes a row
  await page.keyboard.press("Alt+ArrowUp");
  assert.deepEqual((await cells()).slice(3, 5), ["四（1）班", ""]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("五（3）班");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Alt+Shift+Delete");
  assert.deepEqual(await cells(), ["班级", "人数", "四（1）班", "", "三（2）班", "41", "五（3）班", ""]);
  await page.keyboard.press("Control+z");
  assert.equal((await cells()).length, 12);
  await page.keyboard.press("Control+y");
  assert.equal((await cells()).length, 8);
  await saved();
  await page.reload();
  await page.getByTestId("nav-documents").click();
  await page.locator("[data-testid=documents-row]").first().click();
  await page.getByTestId("draft-save-state").waitFor();
  assert.deepEqual(await cells(), ["班级", "人数", "四（1）班", "", "三（2）班", "41", "五（3）班", ""]);
});

test("pasted text becomes blocks with computed numbers, pasted cells become a table", async () => {
  const { page } = desk;
  await begin("notice", "plain");
  await paste("现将有关事项通知如下：\n一、总体要求\n（一）提高认识\n　　各班要高度重视，见附件。\n1.按时上交\n附件：1.自查表\n2.评分细则");
  assert.deepEqual(await kindsOf(), ["p", "h1", "h2", "p", "h3"]);
  assert.deepEqual(await page.locator("[data-testid=draft-row]").evaluateAll((rows) => rows.map((r) => r.dataset.number)), ["", "一、", "（一）", "", "1."]);
  assert.equal(await page.getByTestId("draft-block-1").inputValue(), "总体要求");
  assert.equal(await page.getByTestId("draft-attachment-1").inputValue(), "评分细则");
  await page.keyboard.press("Enter");
  await paste("序号\t班级\t得分\n1\t三（2）班\t90\n2\t\"四（1）\n班\"\t92\n");
  assert.deepEqual(await kindsOf(), ["p", "h1", "h2", "p", "h3", "table", "p"]);
  assert.deepEqual(await cells(), ["序号", "班级", "得分", "1", "三（2）班", "90", "2", "四（1）班", "92"]);
  // cells over cells: the table grows
  await page.getByTestId("draft-table-5-cell-2-1").focus();
  await paste("五（3）班\t95\t良\n六（1）班\t97\t优");
  assert.deepEqual((await cells()).slice(8), ["2", "五（3）班", "95", "良", "", "六（1）班", "97", "优"]);
  assert.equal(await page.locator("[data-testid=draft-red-head]").isChecked(), false);
  await saved();
});

test("an attachment has pages of its own and the page follows the caret", async () => {
  const { page } = desk;
  await begin("inspection_result");
  assert.deepEqual(await kindsOf(), ["p", "h1", "p", "h1", "p"]);
  await page.keyboard.type("11月20日，校委会对食堂进行了督查，情况见附件。");
  await page.getByTestId("draft-insert").click();
  await page.getByTestId("draft-insert-attachment").click();
  await page.keyboard.type("督查记录");
  await page.keyboard.press("Enter");
  await page.keyboard.type("留样柜温度正常。");
  await page.waitForFunction(() => document.querySelector("[data-testid=draft-pages]")?.textContent.includes("第 2 页"));
  assert.ok((await page.getByTestId("draft-own-attachment-0").innerText()).includes("督查记录"));
  await desk.shot("draft-attachment");
  await page.getByTestId("draft-title-0").focus();
  await page.waitForFunction(() => document.querySelector("[data-testid=draft-pages]")?.textContent.includes("第 1 页"));
  // a page break is a stop for the keyboard and goes by Delete
  await page.getByTestId("draft-block-0").focus();
  await page.getByTestId("draft-insert").click();
  await page.getByTestId("draft-insert-page_break").click();
  assert.equal((await kindsOf())[1], "page_break");
  await page.getByTestId("draft-block-1").focus();
  await page.keyboard.press("Delete");
  assert.ok(!(await kindsOf()).includes("page_break"));
  await saved();
});

test("a check leads to its block, whatever the block is", async () => {
  const { page } = desk;
  await begin("commendation");
  await page.keyboard.type("四（2）班表现突出。");
  await page.getByTestId("draft-insert").click();
  await page.getByTestId("draft-insert-table").click();
  await page.keyboard.type("电话");
  await page.keyboard.press("Enter");
  await page.keyboard.type("13812345678");
  const check = page.locator("[data-code=phone-number]");
  await check.waitFor();
  assert.ok((await check.innerText()).includes("138…78"));
  await page.getByTestId("draft-title-0").focus();
  await check.click();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "draft-block-1");
  await page.getByTestId("draft-submit").click();
  await page.getByTestId("draft-error").waitFor();
  await desk.shot("draft-table-check");
  assert.deepEqual(await desk.complaints(), []);
});
