// Starts the dev host on a fresh folder and a browser on its pages, under the policy of the packaged window.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
// the browser driver is a module of the screens
const modules = createRequire(join(root, "ui/package.json"));
const { chromium } = modules("playwright-core");
const target = process.env.CARGO_TARGET_DIR ? resolve(root, process.env.CARGO_TARGET_DIR) : join(root, "target");
const shots = join(root, "out/shots");

/** Starts both; `close()` ends them and removes the folder. */
export async function start({ now, cups } = {}) {
  const data = await mkdtemp(join(tmpdir(), "tongbao"));
  const args = ["--data", data, "--port", "0", ...(now ? ["--now", String(now)] : []), ...(cups ? ["--cups", String(cups)] : [])];
  const host = spawn(join(target, "debug/devhost"), args, { stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise((done, failed) => {
    host.once("error", failed);
    host.once("exit", (code) => failed(new Error(`devhost ended with ${code}`)));
    createInterface({ input: host.stdout }).once("line", (line) => done(line.replace("devhost ", "")));
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // as root (in a container) Chromium refuses its own sandbox
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error}`));
  // a refused request is part of some journeys and shows as a failed resource
  page.on("console", (m) => m.type() === "error" && !m.text().startsWith("Failed to load resource") && complaints.push(`console: ${m.text()}`));
  await page.goto(origin);
  return {
    page,
    data,
    origin,
    /** What the content policy and the scripts complained of so far. */
    async complaints() {
      const seen = await page.evaluate(() => [...(window.__violations ?? ["no counter of violations"]), ...(window.__errors ?? [])]);
      return [...complaints, ...seen];
    },
    async shot(name) {
      await mkdir(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
    async close() {
      await browser.close();
      const ended = new Promise((done) => host.once("exit", done));
      host.removeAllListeners("exit");
      host.once("exit", () => {});
      host.kill("SIGTERM");
      await Promise.race([ended, new Promise((done) => setTimeout(done, 2_000))]);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The password of every account of the sample school. */
export async function samplePassword() {
  return JSON.parse(await readFile(join(root, "assets/sample/school.json"), "utf8")).password;
}

export async function openSample(page) {
  await page.getByTestId("open-sample").click();
  await page.getByTestId("sign-in-form").waitFor({ timeout: 120_000 });
}

export async function signIn(page, name, password) {
  await page.getByTestId(`person-${name}`).click();
  await page.getByTestId("password").fill(password);
  await page.getByTestId("sign-in").click();
}
