// The administrator's page of backups, a restore with what it would lose, a full disk, and an office made of a backup.
import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSample, samplePassword, signIn, start } from "./host.mjs";

let desk;
let empty;
let password;
before(async () => {
  desk = await start();
  password = await samplePassword();
  await openSample(desk.page);
});
after(async () => {
  await desk?.close();
  await empty?.close();
});

async function sit(name) {
  const { page } = desk;
  if (await page.getByTestId("lock").count()) {
    await page.getByTestId("who").click();
    await page.getByTestId("sign-out").click();
  }
  await page.getByTestId("sign-in-form").waitFor();
  await signIn(page, name, password);
  await page.getByTestId("nav-settings").waitFor();
}
async function openBackups() {
  await desk.page.getByTestId("nav-settings").click();
  await desk.page.getByTestId("settings-backup").click();
  await desk.page.getByTestId("backup-now").waitFor();
}

test("a backup is made, and a second place gets its copy", async () => {
  const { page } = desk;
  await sit("admin");
  await openBackups();
  await desk.shot("backup-none");
  await page.getByTestId("backup-now").click();
  await page.locator("[data-testid^=backup-row-]").first().waitFor();
  const usb = join(desk.data, "usb");
  await page.getByTestId("plan-second").fill(usb);
  await page.getByTestId("plan-keep").click();
  await page.getByTestId("error-second_place").waitFor();
  await mkdir(usb);
  await page.getByTestId("plan-keep").click();
  await page.getByTestId("backup-place-second").click();
  await page.locator("[data-testid^=backup-row-]").first().waitFor();
  assert.equal((await readdir(usb)).filter((n) => n.endsWith(".tongbao-backup")).length, 1);
  await page.getByTestId("backup-place-here").click();
  await desk.shot("backup-light");
  assert.deepEqual(await desk.complaints(), []);
});

test("a restore shows what would be lost, and the office comes back as it was", async () => {
  const { page } = desk;
  await sit("duty");
  await page.getByTestId("backup-age").waitFor();
  await desk.shot("backup-today");
  await page.keyboard.press("F2");
  await page.getByTestId("quick-line").fill("三2 走廊地面有积水");
  await page.getByTestId("chips").waitFor();
  await page.keyboard.press("Enter");
  await page.getByTestId("quick-line").and(page.locator(":focus")).waitFor();
  await page.waitForFunction(() => document.querySelector("[data-testid=quick-line]").value === "");
  await sit("admin");
  await openBackups();
  await page.locator("[data-testid^=restore-]").last().click();
  await page.getByTestId("restore-lost").waitFor();
  await desk.shot("backup-restore");
  assert.ok(await page.getByTestId("restore-send").isDisabled());
  await page.getByTestId("restore-accept").check();
  await page.getByTestId("restore-password").fill("bu-dui-de-mima");
  await page.getByTestId("restore-send").click();
  await page.getByTestId("error-note").waitFor();
  await page.getByTestId("restore-password").fill(password);
  await page.getByTestId("restore-send").click();
  await page.getByTestId("sign-in-form").waitFor();
  await desk.shot("backup-restored");
  await sit("admin");
  await openBackups();
  assert.equal(await page.locator("[data-testid^=backup-row-]").count(), 2);
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("theme-dark").click();
  await openBackups();
  await page.locator("[data-testid^=backup-row-]").first().waitFor();
  await desk.shot("backup-dark");
  await page.locator("[data-testid^=restore-]").first().click();
  await page.getByTestId("restore-password").waitFor();
  await desk.shot("backup-restore-dark");
  await page.keyboard.press("Escape");
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("theme-light").click();
  assert.deepEqual(await desk.complaints(), []);
});

test("a nearly full disk says so, and lets people read", async () => {
  const { page } = desk;
  const told = join(desk.data, "free-bytes-of-tests");
  await writeFile(told, String(100 * 1024 * 1024));
  await sit("office");
  await page.getByTestId("read-only").waitFor();
  await page.getByTestId("panel-findings").waitFor();
  await desk.shot("backup-read-only");
  await rm(told);
  await page.getByTestId("nav-documents").click();
  await page.getByTestId("read-only").waitFor({ state: "detached" });
  assert.deepEqual(await desk.complaints(), []);
});

test("on a new computer a backup makes the office", async () => {
  empty = await start();
  const { page } = empty;
  await page.getByTestId("find-backup-open").click();
  await page.getByTestId("find-folder").fill(join(desk.data, "usb"));
  await page.getByTestId("find-look").click();
  await page.locator("[data-testid^=found-]").first().click();
  await page.getByTestId("find-password").fill(password);
  await empty.shot("backup-find");
  await page.getByTestId("find-restore").click();
  await page.getByTestId("sign-in-form").waitFor();
  await signIn(page, "office", password);
  await page.getByTestId("nav-today").waitFor();
  assert.deepEqual(await empty.complaints(), []);
});
