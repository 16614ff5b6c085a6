//! Row 6: a finding saved durably (row, audit, index, encrypted) beside one bare FULL commit.
use crate::{Bench, ratio, summary};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Saves in turn, each side first as often as the other.
pub(crate) fn measure(bench: &Bench) -> Value {
    let bare = rusqlite::Connection::open(bench.dir.path().join("bare.db")).unwrap();
    bare.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);").unwrap();
    let org = bench.call("org_overview", json!({}));
    let unit = &org["units"][0]["id"];
    let matter = "楼道堆放课桌椅六套，影响疏散通行";
    let ours = || {
        let now = bench.clock.now();
        let body = json!({"text": {"category": "discipline", "nature": "problem", "unit_id": unit, "matter": matter, "place": "三楼走廊", "observed_at": now}});
        bench.timed("inspections_log", body).1
    };
    let theirs = || {
        let t = Instant::now();
        bare.execute("INSERT INTO t (a, b) VALUES (?1, ?2)", (matter, "三楼走廊"))
            .unwrap();
        t.elapsed()
    };
    let (mut a, mut b): (Vec<Duration>, Vec<Duration>) = (Vec::new(), Vec::new());
    for i in 0..520 {
        let pair = if i % 2 == 0 {
            let first = ours();
            (first, theirs())
        } else {
            let first = theirs();
            (ours(), first)
        };
        if i >= 20 {
            a.push(pair.0);
            b.push(pair.1);
        }
    }
    let (a, b) = (summary(a), summary(b));
    json!({"ratio_p95": ratio(&a, &b, "p95_ms"), "ratio_p50": ratio(&a, &b, "p50_ms"), "goal": "p95 ≤ 1.6 ×", "ours": a, "bare_full_commit": b})
}
