// Printing an issued document: the dialog, an empty tray, the end, again with a reason, the ledger, the settings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSample, samplePassword, signIn, start } from "./host.mjs";
import { printService } from "./ipp.mjs";

let desk;
let service;
before(async () => {
  service = await printService();
  desk = await start({ cups: service.port });
  await openSample(desk.page);
  await signIn(desk.page, "office", await samplePassword());
});
after(async () => {
  await desk?.close();
  service?.close();
});

const going = (state) => desk.page.locator(`[data-testid=print-going][data-state=${state}]`).waitFor();

test("a print is followed to its end, and the next one asks why", async () => {
  const { page } = desk;
  const { printer } = service;
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("documents-view-issued").click();
  await page.getByTestId("documents-row").filter({ hasText: "〔" }).nth(0).click();
  await page.getByTestId("issue-print").waitFor();
  await page.locator("[data-testid=print-lines][data-count='0']").waitFor();
  await page.keyboard.press("Control+p");
  await page.getByTestId("print-printer").waitFor();
  assert.ok((await page.getByTestId("print-printer").innerText()).includes(printer.info));
  await page.getByTestId("print-sheet-board_sheet").click();
  await desk.shot("print-board-sheet");
  await page.getByTestId("print-sheet-archive_copy").click();
  await page.getByTestId("print-more").click();
  await page.getByTestId("print-sides-two_sided").click();
  await page.getByTestId("print-fonts").locator("summary").click();
  await page.getByTestId("font-table").waitFor();
  assert.equal(await page.getByTestId("font-table").locator("tbody tr").count(), 6);
  await desk.shot("print-dialog");
  await page.getByTestId("print-fonts").locator("summary").click();

  printer.reasons = ["media-empty-error"];
  await page.getByTestId("print-send").click();
  await page.locator("[data-testid=print-held-up][data-trouble=out_of_paper]").waitFor();
  await desk.shot("print-empty-tray");
  printer.reasons = ["none"];
  printer.job = 9;
  await going("printed");
  await desk.shot("print-done");
  assert.equal(printer.sent.length, 1);
  assert.ok(printer.sent[0].subarray(0, 5).equals(Buffer.from("%PDF-")));

  await page.getByTestId("print-once-more").click();
  await page.getByTestId("print-again").waitFor();
  assert.equal(await page.getByTestId("print-copies").inputValue(), "2", "the copies of last time");
  await page.getByTestId("print-send").click();
  await page.getByTestId("error-reason").waitFor();
  assert.equal(printer.sent.length, 1, "nothing was sent without a reason");
  await desk.shot("print-again");
  await page.getByTestId("print-reason-1").click();
  printer.job = 5;
  await page.getByTestId("print-send").click();
  await going("printing");
  await page.getByTestId("print-stop").click();
  await going("cancelled");
  await page.keyboard.press("Escape");
  await page.getByTestId("print-dialog").waitFor({ state: "detached" });
  await page.locator("[data-testid=print-lines][data-count='2']").waitFor();
  await desk.shot("print-lines");
  assert.deepEqual(await desk.complaints(), []);
});

test("the ledger and the settings say what there is", async () => {
  const { page } = desk;
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("open-prints").click();
  await page.getByTestId("prints-row").nth(1).waitFor();
  await desk.shot("prints");
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("settings-printing").click();
  await page.getByTestId("queue").waitFor();
  await page.getByTestId("font-table").waitFor();
  await desk.shot("settings-printing");
  await page.getByTestId("settings-appearance").click();
  await page.getByTestId("theme-dark").click();
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("open-prints").click();
  await page.getByTestId("prints").waitFor();
  await desk.shot("prints-dark");
  assert.deepEqual(await desk.complaints(), []);
});

test("a printer that is paused is named before anything is sent", async () => {
  const { page } = desk;
  service.printer.state = 5;
  service.printer.reasons = ["paused"];
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("documents-view-issued").click();
  await page.getByTestId("documents-row").filter({ hasText: "〔" }).nth(1).click();
  await page.getByTestId("issue-print").click();
  await page.getByTestId("print-printer").waitFor();
  await desk.shot("print-paused-dark");
  const before = service.printer.sent.length;
  await page.getByTestId("print-send").click();
  await going("failed");
  assert.equal(service.printer.sent.length, before);
  await desk.shot("print-failed-dark");
  assert.deepEqual(await desk.complaints(), []);
});
