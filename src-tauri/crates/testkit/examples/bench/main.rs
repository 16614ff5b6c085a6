//! `cargo xtask bench [ROW …]`: rows of the performance goals, as ratios to something measured in the same run.
//!
//! Prints JSON to stdout. Nothing here fails on a time; what was not measured says so. The rows that need a window are
//! measured by `tests/desktop/examples/measure.rs`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a measuring program"
)]
mod lists;
mod preview;
mod save;
mod script;

use api::{Desk, DeskConfig};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::FixedClock;

/// One office to measure in, and its clock.
pub(crate) struct Bench {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) dir: tempfile::TempDir,
}

impl Bench {
    /// Makes the sample school and sits down as the office.
    fn open(fonts: &Path) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-23", "09:00"));
        let desk = Desk::new(DeskConfig {
            office_dir: dir.path().join("bench.tongbao"),
            font_dirs: vec![fonts.to_owned()],
            export_dir: dir.path().join("out"),
            print_service: Arc::new(office::printing::NoPrintService),
            clock: Arc::clone(&clock) as Arc<dyn office::Clock>,
            program: "bench".into(),
            host_account: "bench".into(),
            quick_sample: true,
        });
        let bench = Bench { desk, clock, dir };
        bench.call("org_open_sample", json!({}));
        let password = bench.call("access_status", json!({}))["desk"]["sample_password"].clone();
        bench.call(
            "access_sign_in",
            json!({"sign_in_name": "office", "password": password}),
        );
        bench
    }
    pub(crate) fn call(&self, name: &str, body: Value) -> Value {
        let reply = self.desk.call(name, body);
        reply.unwrap_or_else(|e| panic!("{name}: {e:?}")).value
    }
    /// Calls and says how long it took.
    pub(crate) fn timed(&self, name: &str, body: Value) -> (Value, Duration) {
        let t = Instant::now();
        let value = self.call(name, body);
        (value, t.elapsed())
    }
}

pub(crate) fn at(sorted: &[Duration], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100].as_secs_f64() * 1000.0
}
pub(crate) fn summary(mut times: Vec<Duration>) -> Value {
    times.sort();
    json!({"n": times.len(), "p50_ms": at(&times, 50), "p95_ms": at(&times, 95), "max_ms": at(&times, 100)})
}
/// Divides one figure of two summaries.
pub(crate) fn ratio(ours: &Value, theirs: &Value, figure: &str) -> Value {
    json!(ours[figure].as_f64().unwrap() / theirs[figure].as_f64().unwrap())
}

/// What can be measured: the row of the goals, its name, how.
type Row = (&'static str, &'static str, fn(&Bench) -> Value);
const ROWS: &[Row] = &[
    ("2", "preview", preview::measure),
    ("6", "save", save::measure),
    ("12", "script", script::measure),
    ("lists", "lists", lists::measure),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let fonts =
        std::env::var_os("TONGBAO_FONTS").map_or_else(|| "assets/fonts".into(), PathBuf::from);
    let mut out = json!({"build": if cfg!(debug_assertions) { "debug" } else { "release" }});
    for (row, name, measure) in ROWS {
        if wanted.is_empty() || wanted.iter().any(|w| w == row || w == name) {
            eprintln!("{row} {name} …");
            out[*name] = measure(&Bench::open(&fonts));
            out[*name]["row"] = json!(row);
        }
    }
    println!("{}", serde_json::to_string_pretty(&out).unwrap());
}
