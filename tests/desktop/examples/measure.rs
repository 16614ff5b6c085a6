//! `cargo xtask bench window [MINUTES [FINDINGS]]`: the rows of the performance goals that need a window, as ratios to the same
//! screens in Chromium `--app` on the dev host, both in one run.
//!
//! - row 7: from the password accepted to the first list painted and keys taken, and from the start of the process to the
//!   first screen painted
//! - row 8: memory (PSS of all processes of a side) after MINUTES of the same script, and how it grew
//! - frames: the longest frame while the register of findings is scrolled from its newest to its oldest row
//!
//! Prints JSON to stdout; nothing here fails on a time.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a measuring program"
)]
use fantoccini::key::Key;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::BufRead;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How often a side is started; the sides take turns.
const STARTS: usize = 5;
/// How long a thing may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);

/// A child that is told to end, with its own children, when it is dropped.
struct Running(Child);
impl Drop for Running {
    fn drop(&mut self) {
        let _ = Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status();
        let _ = self.0.wait();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Window,
    Chromium,
}

/// One side, started on a data folder that outlives it.
struct Seat {
    client: Client,
    driver: Running,
    host: Option<Running>,
    asked_at_ms: f64,
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn programs() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors().nth(2).unwrap().to_owned()
}

fn now_ms() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs_f64() * 1000.0
}

impl Seat {
    /// Starts a side. The data folder is that of an office of this side alone.
    async fn open(side: Side, data: &Path) -> Seat {
        let (port, native) = (free_port(), free_port());
        let mut host = None;
        let mut command;
        let mut capabilities = serde_json::Map::new();
        match side {
            Side::Window => {
                command = Command::new(
                    std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".into()),
                );
                command.args([
                    "--port",
                    &port.to_string(),
                    "--native-port",
                    &native.to_string(),
                ]);
                let program = programs().join("tongbao-app");
                capabilities.insert("tauri:options".into(), json!({ "application": program }));
            }
            Side::Chromium => {
                let mut devhost = Command::new(programs().join("devhost"));
                devhost.args(["--port", "0", "--data"]).arg(office_of(data));
                let mut child = devhost.stdout(Stdio::piped()).spawn().unwrap();
                let mut line = String::new();
                let out = child.stdout.take().unwrap();
                std::io::BufReader::new(out).read_line(&mut line).unwrap();
                host = Some(Running(child));
                let origin = line.trim().replace("devhost ", "");
                command = Command::new("chromedriver");
                command.arg(format!("--port={port}"));
                let profile = format!("--user-data-dir={}", data.join("profile").display());
                let args = json!([
                    format!("--app={origin}"),
                    profile,
                    "--no-sandbox",
                    "--window-size=1280,720",
                    "--lang=zh-CN"
                ]);
                let options = json!({ "binary": "/usr/bin/chromium", "args": args });
                capabilities.insert("goog:chromeOptions".into(), options);
            }
        }
        let child = command
            .env("TONGBAO_DATA", office_of(data))
            .env("TONGBAO_EXPORTS", data.join("exports"))
            .env("TONGBAO_QUICK_SAMPLE", "1")
            .env("XDG_DATA_HOME", data.join("xdg-data"))
            .env("XDG_CACHE_HOME", data.join("xdg-cache"))
            .env("XDG_CONFIG_HOME", data.join("xdg-config"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let driver = Running(child);
        let ports = if side == Side::Window {
            vec![port, native]
        } else {
            vec![port]
        };
        let start = Instant::now();
        while ports
            .iter()
            .any(|p| TcpStream::connect(("127.0.0.1", *p)).is_err())
        {
            assert!(start.elapsed() < PATIENCE, "the driver does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities);
        let asked_at_ms = now_ms();
        let client = builder
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        let patient = TimeoutConfiguration::new(Some(Duration::from_secs(3600)), None, None);
        client.update_timeouts(patient).await.unwrap();
        Seat {
            client,
            driver,
            host,
            asked_at_ms,
        }
    }

    async fn script(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap()
    }
    /// Waits until a script gives something other than null or false; returns it.
    async fn until(&self, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let value = self
                .client
                .execute(script, vec![])
                .await
                .unwrap_or(Value::Null);
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain: {script}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    async fn click(&self, id: &str) {
        let found = format!(
            "const e = document.querySelector('[data-testid=\"{id}\"]'); if (!e) return false; e.click(); return true"
        );
        self.until(&found).await;
    }
    async fn type_into(&self, id: &str, text: &str) {
        self.until(&format!(
            "return !!document.querySelector('[data-testid=\"{id}\"]')"
        ))
        .await;
        let field = format!("[data-testid=\"{id}\"]");
        let field = self.client.find(Locator::Css(&field)).await.unwrap();
        field.send_keys(text).await.unwrap();
    }
    async fn close(self) {
        let Seat {
            client,
            driver,
            host,
            ..
        } = self;
        let _ = client.close().await;
        drop(driver);
        drop(host);
    }
    /// Adds up the proportional memory of every process of this side, in KiB; the drivers are not of it.
    fn pss_kib(&self) -> u64 {
        let mut of_it: BTreeSet<u32> = BTreeSet::from([self.driver.0.id()]);
        of_it.extend(self.host.as_ref().map(|host| host.0.id()));
        loop {
            let before = of_it.len();
            for entry in std::fs::read_dir("/proc").unwrap().flatten() {
                let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else {
                    continue;
                };
                if parent(pid).is_some_and(|parent| of_it.contains(&parent)) {
                    of_it.insert(pid);
                }
            }
            if of_it.len() == before {
                break;
            }
        }
        of_it
            .iter()
            .filter(|pid| !name(**pid).contains("river"))
            .filter_map(|pid| std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok())
            .filter_map(|text| {
                let line = text.lines().find(|line| line.starts_with("Pss:"))?;
                line.split_whitespace().nth(1)?.parse::<u64>().ok()
            })
            .sum()
    }
}

fn status(pid: u32, field: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    Some(line.split_whitespace().nth(1)?.to_owned())
}
fn parent(pid: u32) -> Option<u32> {
    status(pid, "PPid:")?.parse().ok()
}
fn name(pid: u32) -> String {
    status(pid, "Name:").unwrap_or_default()
}

/// The screen where a person signs in was painted: two frames after its list is there.
const PAINTED: &str = "
    if (!document.querySelector('[data-testid=sign-in-form], [data-testid=open-sample]')) return null;
    if (!window.__painted) { window.__painted = -1; requestAnimationFrame(() => requestAnimationFrame(() => { window.__painted = Date.now(); })); }
    return window.__painted > 0 ? window.__painted : null;";
/// Notes when the first list is painted and its keys are taken; runs in the page, so that no driver stands in between.
const WATCH: &str = "
    window.__usable = 0;
    const look = () => {
      const row = document.querySelector('[data-testid=today-findings] tr');
      const keys = document.querySelector('[data-testid=log-finding]');
      if (row && keys) requestAnimationFrame(() => requestAnimationFrame(() => { window.__usable = performance.now(); }));
      else requestAnimationFrame(look);
    };
    look(); return true;";
const USABLE: &str = "
    const accepted = performance.getEntriesByName('access_sign_in')[0];
    return accepted && window.__usable ? window.__usable - accepted.startTime : null;";

async fn sign_in(seat: &Seat, password: &str) -> f64 {
    seat.click("person-office").await;
    seat.type_into("password", password).await;
    seat.script(WATCH).await;
    seat.type_into("password", &Key::Enter.to_string()).await;
    seat.until(USABLE).await.as_f64().unwrap()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Makes the sample school with many more findings, through the same commands as everybody.
async fn prepare(data: &Path, password: &str, findings: u64) {
    let seat = Seat::open(Side::Chromium, data).await;
    seat.until("return !!document.querySelector('[data-testid=open-sample]')")
        .await;
    let said = seat
        .client
        .execute_async(FILL, vec![json!(password), json!(findings)])
        .await
        .unwrap();
    assert_eq!(said, "filled");
    seat.close().await;
}
const FILL: &str = "
    const [password, count, done] = arguments;
    const headers = { 'content-type': 'application/json' };
    const rpc = async (name, body) => (await (await fetch('/rpc/' + name, { method: 'POST', headers, body: JSON.stringify(body) })).json()).value;
    (async () => {
      await rpc('org_open_sample', {});
      await rpc('access_sign_in', { sign_in_name: 'office', password });
      const { units } = await rpc('org_overview', {});
      const { now } = await rpc('inspections_start', {});
      for (let i = 0; i < count; i++) {
        const text = { category: 'discipline', nature: i % 3 ? 'problem' : 'praise', unit_id: units[i % units.length].id,
          place: (i % 5 + 1) + '楼走廊', matter: '走廊堆放杂物', observed_at: now - i * 700000 };
        await rpc('inspections_log', { text });
      }
      await rpc('access_sign_out', {});
    })().then(() => done('filled'), (e) => done(String(e)));";

/// Copies an office for the other side.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Returns where the window looks for its office below `XDG_DATA_HOME`.
fn office_of(data: &Path) -> PathBuf {
    data.join("xdg-data/cn.tongbao.desk")
}

/// What a clerk does in a minute: looks at today, logs a finding, looks through lists and a document.
async fn round(seat: &Seat) {
    seat.script("location.hash = '#/today'").await;
    seat.until("return !!document.querySelector('[data-testid=today-findings]')")
        .await;
    seat.script("location.hash = '#/findings/new'").await;
    seat.type_into("quick-line", "食堂 二楼地面湿滑").await;
    seat.type_into("quick-line", &Key::Enter.to_string()).await;
    seat.until("return document.querySelector('[data-testid=quick-line]')?.value === ''")
        .await;
    for page in ["#/findings", "#/documents", "#/settings/appearance"] {
        seat.script(&format!("location.hash = '{page}'")).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    seat.script("location.hash = '#/documents'").await;
    seat.until("const row = document.querySelector('[data-testid=documents-row]'); row?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })); return !!row")
        .await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
}

/// Holds Page Down in the register until its end and returns the frames in ms.
const SCROLL: &str = "
    const done = arguments[arguments.length - 1];
    const box = document.querySelector('[data-testid=findings]');
    const frames = []; let last = performance.now(); let n = 0;
    const step = (now) => {
      frames.push(now - last); last = now; box.scrollTop += box.clientHeight * 0.9;
      if (++n < 200) requestAnimationFrame(step); else done(frames.slice(2));
    };
    requestAnimationFrame(step);";

async fn measure(side: Side, data: &Path, password: &str, minutes: u64) -> Value {
    let seat = Seat::open(side, data).await;
    seat.until(PAINTED).await;
    sign_in(&seat, password).await;
    seat.script("location.hash = '#/findings'").await;
    seat.until("return !!document.querySelector('[data-testid=findings-row]')")
        .await;
    let frames = seat.client.execute_async(SCROLL, vec![]).await.unwrap();
    let frames: Vec<f64> = frames
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let longest = frames.iter().copied().fold(0.0, f64::max);
    round(&seat).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let first = seat.pss_kib();
    let began = Instant::now();
    let mut rounds = 0;
    while began.elapsed() < Duration::from_secs(minutes * 60) {
        round(&seat).await;
        rounds += 1;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let last = seat.pss_kib();
    seat.close().await;
    json!({"first_kib": first, "after_kib": last, "growth": last as f64 / first as f64, "rounds": rounds, "minutes": minutes,
           "frames": {"n": frames.len(), "longest_ms": longest, "over_50_ms": frames.iter().filter(|ms| **ms > 50.0).count()}})
}

#[tokio::main]
async fn main() {
    let number = |n: usize, usual: u64| {
        std::env::args()
            .nth(n)
            .map_or(usual, |text| text.parse().unwrap())
    };
    let (minutes, findings) = (number(1, 10), number(2, 40_000));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/school.json");
    let sample: Value = serde_json::from_str(&std::fs::read_to_string(sample).unwrap()).unwrap();
    let password = sample["password"].as_str().unwrap();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let sides = [
        (Side::Window, folders[0].path()),
        (Side::Chromium, folders[1].path()),
    ];
    eprintln!("{findings} findings");
    prepare(sides[1].1, password, findings).await;
    copy(&office_of(sides[1].1), &office_of(sides[0].1));
    let (mut painted, mut usable) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for start in 0..STARTS * 2 {
        let i = start % 2;
        let seat = Seat::open(sides[i].0, sides[i].1).await;
        let at = seat.until(PAINTED).await.as_f64().unwrap();
        painted[i].push(at - seat.asked_at_ms);
        usable[i].push(sign_in(&seat, password).await);
        seat.close().await;
        eprintln!("start {} of {}", start + 1, STARTS * 2);
    }
    let both = |figures: [Vec<f64>; 2]| {
        let [ours, theirs] = figures.map(median);
        json!({"ours_ms": ours, "chromium_ms": theirs, "ratio": ours / theirs})
    };
    let mut out = json!({
        "findings": findings,
        "build": if cfg!(debug_assertions) { "debug" } else { "release" },
        "start": {"row": "7", "goal": "≤ 0.8 ×", "password_accepted_to_usable": both(usable), "process_to_first_screen": both(painted)},
    });
    eprintln!("{minutes} minutes a side");
    let ours = measure(sides[0].0, sides[0].1, password, minutes).await;
    let theirs = measure(sides[1].0, sides[1].1, password, minutes).await;
    let ratio = ours["after_kib"].as_f64().unwrap() / theirs["after_kib"].as_f64().unwrap();
    out["memory"] = json!({"row": "8", "goal": "≤ 0.65 ×, growth ≤ 3 %", "ratio": ratio, "ours": ours, "chromium": theirs});
    println!("{}", serde_json::to_string_pretty(&out).unwrap());
}
