//! `cargo xtask bench`: what the product does at every key and at every save, as ratios to something measured in the same run.
//!
//! Prints JSON to stdout. Nothing here fails on a time; what was not measured says so.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a measuring program"
)]
use api::{Desk, DeskConfig};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Machine;
impl office::Clock for Machine {
    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        i64::try_from(since.as_millis()).unwrap()
    }
}

fn at(sorted: &[Duration], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100].as_secs_f64() * 1000.0
}
fn summary(mut times: Vec<Duration>) -> Value {
    times.sort();
    json!({"n": times.len(), "p50_ms": at(&times, 50), "p95_ms": at(&times, 95), "max_ms": at(&times, 100)})
}
fn call(desk: &Desk, name: &str, body: Value) -> Value {
    desk.call(name, body)
        .unwrap_or_else(|e| panic!("{name}: {e:?}"))
        .value
}

fn main() {
    let fonts = std::env::args().nth(1).map(PathBuf::from);
    let fonts = fonts.or_else(|| std::env::var_os("TONGBAO_FONTS").map(PathBuf::from));
    let fonts = fonts.unwrap_or_else(|| "assets/fonts".into());
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::new(DeskConfig {
        office_dir: dir.path().join("bench.tongbao"),
        font_dirs: vec![fonts],
        export_dir: dir.path().join("out"),
        clock: Arc::new(Machine),
        program: "bench".into(),
        host_account: "bench".into(),
        quick_sample: true,
    });
    let began = Instant::now();
    call(&desk, "org_open_sample", json!({}));
    let password = call(&desk, "access_status", json!({}))["desk"]["sample_password"].clone();
    let t = Instant::now();
    call(
        &desk,
        "access_sign_in",
        json!({"sign_in_name": "office", "password": password}),
    );
    let unlocked = t.elapsed();
    let mut out = json!({"sample_ms": began.elapsed().as_millis() as u64, "unlock_quick_ms": unlocked.as_secs_f64() * 1000.0});
    out["preview"] = preview(&desk, dir.path());
    out["save_finding"] = saves(&desk, dir.path());
    println!("{}", serde_json::to_string_pretty(&out).unwrap());
}

/// Four pages of a notice, edited at every key.
fn preview(desk: &Desk, dir: &Path) -> Value {
    let document = call(
        desk,
        "documents_draft",
        json!({"kind": "notice", "finding_ids": []}),
    );
    let mut content = document["content"].clone();
    content["title"] = json!(["临江市实验小学", "关于做好冬季校园安全工作的通知"]);
    content["recipients"] = json!("各处室、年级组：");
    let text = "各处室、各年级组要高度重视冬季校园安全工作，把消防设施、用电线路、取暖设备、楼道照明和食堂燃气作为检查重点，逐项登记，逐项整改，责任到人，限期办结，并于每周五下班前把检查情况报办公室汇总。";
    let blocks: Vec<Value> = (0..24).map(|i| json!({"id": format!("b{i}"), "kind": if i % 6 == 0 { "h1" } else { "p" }, "text": if i % 6 == 0 { "检查内容" } else { text }, "finding_ids": []})).collect();
    content["blocks"] = json!(blocks);
    let first = call(
        desk,
        "documents_preview",
        json!({"content": content, "page": 0}),
    );
    let pages = first["pages"].as_i64().unwrap();
    let (mut keys, mut bytes) = (Vec::new(), 0);
    for i in 0..200 {
        // a key in the paragraph that stands on the page being looked at
        content["blocks"][3]["text"] = json!(format!("{text}{}", "字".repeat(i % 20 + 1)));
        let body = json!({"content": content, "page": 0});
        let t = Instant::now();
        let reply = call(desk, "documents_preview", body);
        keys.push(t.elapsed());
        bytes = reply["svg"].as_str().unwrap().len();
    }
    let mut value = summary(keys);
    value["pages"] = json!(pages);
    value["svg_bytes"] = json!(bytes);
    value["goal"] = json!("p95 ≤ 16 ms; ≥ 100 × soffice --convert-to pdf of the same text");
    let plain: String = blocks
        .iter()
        .map(|b| format!("{}\n", b["text"].as_str().unwrap()))
        .collect();
    value["soffice"] = soffice(dir, &plain);
    if let Some(rival) = value["soffice"]["median_ms"].as_f64() {
        value["ratio_p95"] = json!(rival / value["p95_ms"].as_f64().unwrap());
        value["ratio_p50"] = json!(rival / value["p50_ms"].as_f64().unwrap());
    }
    value
}
fn soffice(dir: &Path, text: &str) -> Value {
    let file = dir.join("notice.txt");
    std::fs::write(&file, text).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", dir.join("lo").display());
    let mut times = Vec::new();
    // the first run makes the profile and is not counted
    for i in 0..6 {
        let t = Instant::now();
        let run = Command::new("soffice")
            .args([
                profile.as_str(),
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
            ])
            .arg(dir)
            .arg(&file)
            .output();
        match run {
            Ok(o) if o.status.success() && dir.join("notice.pdf").exists() => {
                if i > 0 {
                    times.push(t.elapsed());
                }
            }
            _ => return json!({"skipped": "soffice is not installed"}),
        }
    }
    times.sort();
    json!({"n": times.len(), "median_ms": at(&times, 50)})
}

/// A finding saved durably (row, audit, index, encrypted) beside one bare FULL commit, in turn.
fn saves(desk: &Desk, dir: &Path) -> Value {
    let bare = rusqlite::Connection::open(dir.join("bare.db")).unwrap();
    bare.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);").unwrap();
    let org = call(desk, "org_overview", json!({}));
    let unit = &org["units"][0]["id"];
    let matter = "楼道堆放课桌椅六套，影响疏散通行";
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for i in 0..300 {
        let now = call(desk, "inspections_start", json!({}))["now"].clone();
        let body = json!({"text": {"category": "discipline", "nature": "problem", "unit_id": unit, "matter": matter, "place": "三楼走廊", "observed_at": now}});
        let t = Instant::now();
        call(desk, "inspections_log", body);
        let a = t.elapsed();
        let t = Instant::now();
        bare.execute("INSERT INTO t (a, b) VALUES (?1, ?2)", (matter, "三楼走廊"))
            .unwrap();
        let b = t.elapsed();
        if i >= 20 {
            ours.push(a);
            theirs.push(b);
        }
    }
    let (ours, theirs) = (summary(ours), summary(theirs));
    let ratio = |k: &str| ours[k].as_f64().unwrap() / theirs[k].as_f64().unwrap();
    json!({"ours": ours, "bare_full_commit": theirs, "ratio_p95": ratio("p95_ms"), "ratio_p50": ratio("p50_ms"), "goal": "p95 ≤ 1.6 ×"})
}
