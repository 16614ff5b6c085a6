import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signIn, start } from "./host.mjs";

let desk;
before(async () => (desk = await start()));
after(async () => desk?.close());

const FIRST = "wu-yue-kai-xue-8";
const OWN = "qing-shan-lu-42-hao";

test("an empty form names every fault at once and keeps what was typed", async () => {
  const { page } = desk;
  await page.getByTestId("org-short-name").fill("清河小学");
  await page.getByTestId("step-next").click();
  await page.getByTestId("step-next").click();
  await page.getByTestId("establish").click();
  await page.getByTestId("error-name").waitFor();
  assert.ok(await page.getByTestId("error-series.0.prefix").isVisible());
  assert.equal(await page.getByTestId("org-short-name").inputValue(), "清河小学");
  await desk.shot("first-run-faults");
  await page.getByTestId("step-next").click();
  await page.getByTestId("step-next").click();
  assert.ok(await page.getByTestId("error-people.0.name").isVisible());
  assert.deepEqual(await desk.complaints(), []);
});

test("a new school is founded, its recovery sheets are checked, and the principal chooses a password of their own", async () => {
  const { page } = desk;
  const people = ["周明", "吴英", "郑强", "王芳"];
  for (const [i, name] of people.entries()) {
    await page.getByTestId(`person-${i}-name`).fill(name);
    await page.getByTestId(`person-${i}-sign-in`).fill(`p${i}`);
    await page.getByTestId(`person-${i}-password`).fill(FIRST);
  }
  await page.getByTestId("step-back").click();
  await page.getByTestId("grade-1").fill("2");
  await page.getByTestId("step-back").click();
  await page.getByTestId("org-name").fill("清河县第一小学");
  await page.getByTestId("series-0-prefix").fill("清一小办");
  await page.getByTestId("step-next").click();
  await page.getByTestId("step-next").click();
  await page.getByTestId("establish").click();
  await page.getByTestId("code-0").waitFor({ timeout: 60_000 });
  await desk.shot("first-run-sheets");

  // a mistyped group is noticed; the right one lets us on
  await page.getByTestId("type-back-0").fill("000000");
  await page.getByTestId("sheets-done").click();
  await page.locator(".hint-error").first().waitFor();
  for (const c of [0, 1]) {
    const group = Number(await page.getByTestId(`type-back-${c}`).getAttribute("data-group"));
    const words = await page.getByTestId(`code-${c}`).locator(".code-group").nth(group).evaluate((e) => e.lastChild.textContent.trim());
    assert.match(words, /^\d{6}$/);
    await page.getByTestId(`type-back-${c}`).fill(words);
  }
  await page.getByTestId("sheets-done").click();
  await page.getByTestId("sign-in-form").waitFor();

  await signIn(page, "p0", FIRST);
  await page.getByTestId("choose-password-form").waitFor();
  await page.getByTestId("new-password").fill("12345678901");
  await page.getByTestId("new-password-again").fill("12345678901");
  await page.getByTestId("choose-password").click();
  await page.getByTestId("choose-password-form").getByRole("alert").first().waitFor();
  await page.getByTestId("new-password").fill(OWN);
  await page.getByTestId("new-password-again").fill(OWN);
  await page.getByTestId("choose-password").click();
  await page.getByTestId("nav-today").waitFor();
  assert.equal(await page.getByTestId("office-name").innerText(), "清河小学");

  // the first password opens nothing any more
  await page.getByTestId("lock").click();
  await page.getByTestId("sign-in-form").waitFor();
  await signIn(page, "p0", FIRST);
  await page.getByTestId("sign-in-form").getByRole("alert").first().waitFor();
  assert.equal(await page.getByTestId("nav-today").count(), 0);
  await signIn(page, "p0", OWN);
  await page.getByTestId("nav-today").waitFor();
  assert.deepEqual(await desk.complaints(), []);
});
