// Findings with photos, putting right, corrections, the register with its filters and columns, the office's categories.
import assert from "node:assert/strict";
import { deflateSync, crc32 } from "node:zlib";
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

/** A PNG photo of two colours, made here so that no picture has to be kept in the tree. */
function photo(width, height, colour) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) lines.set((x + y) % 40 < 20 ? colour : [236, 232, 220], y * (1 + width * 3) + 1 + x * 3);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))]);
}
const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });
const leave = async (page) => {
  await page.getByTestId("who").click();
  await page.getByTestId("sign-out").click();
  await page.getByTestId("sign-in-form").waitFor();
};

test("a finding is logged with photos; what is no photo is told and nothing is lost", async () => {
  const { page } = desk;
  await signIn(page, "duty", password);
  await page.getByTestId("panel-findings").waitFor();
  await page.keyboard.press("F2");
  await page.getByTestId("quick-line").fill("总务处 走廊灯不亮 2盏");
  await page.getByTestId("chip-unit").waitFor();
  await page.getByTestId("photos-file").setInputFiles([file("1.png", photo(160, 120, [60, 110, 70])), file("2.png", photo(120, 160, [150, 90, 40]))]);
  await page.getByTestId("photos-1").waitFor();
  await page.getByTestId("photos-file").setInputFiles([file("名单.docx", Buffer.from("PK-none")), file("图.svg", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))]);
  await page.getByTestId("photos-refused").waitFor();
  const told = await page.getByTestId("photos-refused").innerText();
  assert.match(told, /这不是图片/);
  assert.match(told, /SVG/);
  assert.equal(await page.locator("[data-testid^=photos-][data-testid$=-open]").count(), 2);
  await page.getByTestId("finding-nature-problem").click();
  await page.getByTestId("finding-rectify-today").click();
  await page.getByTestId("finding-responsible").fill("尹秋实");
  await page.getByTestId("finding-requirement").fill("换好两盏灯");
  await desk.shot("finding-photos");
  await page.getByTestId("photos-0-open").click();
  await page.getByTestId("photo-viewer").waitFor();
  await page.locator(".photo-large img").waitFor();
  await desk.shot("finding-photo-large");
  await page.keyboard.press("ArrowRight");
  await page.getByTestId("photo-close").click();
  await page.getByTestId("finding-save-close").click();
  await page.getByTestId("findings-count").waitFor();
  assert.deepEqual(await desk.complaints(), []);
});

test("what must be put right is replied to with a photo, and closed by somebody else", async () => {
  const { page } = desk;
  await page.getByTestId("findings-row").filter({ hasText: "灯不亮" }).first().click();
  await page.getByTestId("followup-reply").click();
  await page.getByTestId("step-text").fill("两盏灯都换好了。");
  await page.getByTestId("step-photos-file").setInputFiles([file("3.png", photo(140, 100, [40, 80, 150]))]);
  await page.getByTestId("step-photos-0").waitFor();
  await page.getByTestId("step-send").click();
  await page.getByTestId("step-reply").waitFor();
  await page.locator("[data-testid^=step-photos-] img").first().waitFor();
  await desk.shot("finding-followup");
  await page.getByTestId("followup-confirm").click();
  await page.getByTestId("step-send").click();
  await page.getByTestId("error-note").waitFor();
  assert.match(await page.getByTestId("error-note").innerText(), /由别人销号/);
  const address = page.url();
  await leave(page);
  await signIn(page, "office", password);
  await page.getByTestId("panel-findings").waitFor();
  await page.goto(address);
  await page.getByTestId("followup-confirm").click();
  await page.getByTestId("step-send").click();
  await page.locator("[data-testid=followup-state][data-state=closed]").waitFor();
  await desk.shot("finding-closed");
  assert.deepEqual(await desk.complaints(), []);
});

test("the register is filtered, the filter kept, the columns chosen, the file written", async () => {
  const { page } = desk;
  await page.getByTestId("nav-findings").click();
  await page.getByTestId("findings-count").waitFor();
  await desk.shot("register");
  await page.getByTestId("filter-followup").selectOption("closed");
  await page.waitForTimeout(500);
  const closed = await page.getByTestId("findings-row").allInnerTexts();
  assert.ok(closed.length >= 1 && closed.every((t) => t.includes("已销号")), closed.join("\n"));
  await page.getByTestId("filter-save").click();
  await page.getByTestId("ask-input").fill("已办结");
  await page.getByTestId("ask-save").click();
  await page.getByTestId("saved-已办结").waitFor();
  await page.getByTestId("register-columns").click();
  await page.getByTestId("column-photos").check();
  await page.getByTestId("column-responsible").check();
  await desk.shot("register-columns");
  await page.keyboard.press("Escape");
  await page.getByTestId("filter-clear").click();
  await page.getByTestId("saved-已办结").click();
  await page.waitForTimeout(500);
  assert.equal(await page.getByTestId("filter-followup").inputValue(), "closed");
  await page.getByTestId("register-export").click();
  await page.getByTestId("export-xlsx").click();
  await page.locator(".toast").filter({ hasText: "检查台账" }).waitFor();
  await desk.shot("register-exported");
  assert.deepEqual(await desk.complaints(), []);
});

test("a closed finding is corrected: the old text stands beside the new", async () => {
  const { page } = desk;
  await page.getByTestId("filter-clear").click();
  await page.waitForTimeout(500);
  // the oldest row was seen on an earlier day
  await page.getByTestId("findings").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByTestId("finding-correct").click();
  await page.getByTestId("correct-reason").fill("地点写错");
  await page.getByTestId("finding-place").fill("综合楼一层");
  await desk.shot("finding-correcting");
  await page.getByTestId("finding-save").click();
  await page.getByTestId("correction").waitFor();
  assert.match(await page.getByTestId("correction").innerText(), /综合楼一层/);
  await desk.shot("finding-corrected");
  assert.deepEqual(await desk.complaints(), []);
});

test("a supervision result names the supervisors; the office names its categories", async () => {
  const { page } = desk;
  await page.getByTestId("nav-findings").click();
  await page.getByTestId("log-supervision").click();
  await page.getByTestId("supervisors").fill("高建平、周雅琴");
  await page.getByTestId("quick-line").fill("总务处 消防通道堆物");
  await page.getByTestId("chip-unit").waitFor();
  await desk.shot("supervision");
  await page.getByTestId("finding-save").click();
  await page.getByTestId("findings-count").waitFor();
  assert.equal(await page.getByTestId("filter-source").inputValue(), "supervision");
  await page.getByTestId("findings-row").first().click();
  await page.getByTestId("announce").click();
  await page.getByText("公布").first().waitFor();
  await page.getByTestId("nav-settings").click();
  await page.getByTestId("settings-inspections").click();
  await page.getByTestId("category-6-label").fill("食堂");
  await page.getByTestId("category-add").click();
  await page.getByTestId("category-8-label").fill("校车");
  await page.getByTestId("category-8-up").click();
  await desk.shot("settings-inspections");
  await page.getByTestId("categories-save").click();
  await page.locator(".toast").filter({ hasText: "类别已保存" }).waitFor();
  await page.keyboard.press("F2");
  await page.getByTestId("finding-category").waitFor();
  const options = await page.getByTestId("finding-category").locator("option").allInnerTexts();
  assert.ok(options.includes("校车") && options.includes("食堂") && !options.includes("营养改善计划"), options.join());
  assert.deepEqual(await desk.complaints(), []);
});
