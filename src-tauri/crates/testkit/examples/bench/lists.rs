//! 2,000 findings a year over 20 years: does a list stay as quick as it was?
use crate::{Bench, summary};
use serde_json::{Value, json};

const A_YEAR: usize = 2_000;
const YEARS: usize = 20;
const SECONDS_A_YEAR: i64 = 365 * 86_400;
/// How often each question is asked.
const TIMES: usize = 40;

/// Logs the findings through the same command as everybody, and asks the same questions after 1, 5 and 20 years.
pub(crate) fn measure(bench: &Bench) -> Value {
    let org = bench.call("org_overview", json!({}));
    let units = org["units"].as_array().unwrap();
    let matters = [
        "走廊堆放杂物",
        "早读秩序良好",
        "灯具损坏两处",
        "餐桌擦拭不净",
        "集合迟到三人",
    ];
    let mut answers = json!({});
    for year in 1..=YEARS {
        for i in 0..A_YEAR {
            bench.clock.pass_seconds(SECONDS_A_YEAR / A_YEAR as i64);
            let body = json!({"text": {
                "category": "discipline", "nature": if i % 3 == 0 { "praise" } else { "problem" },
                "unit_id": units[i % units.len()]["id"], "place": format!("{}楼走廊", i % 5 + 1),
                "matter": matters[i % matters.len()], "observed_at": bench.clock.now()}});
            bench.call("inspections_log", body);
        }
        if [1, 5, YEARS].contains(&year) {
            answers[(year * A_YEAR).to_string()] = ask(bench);
        }
    }
    let (few, many) = (
        &answers[A_YEAR.to_string()],
        &answers[(YEARS * A_YEAR).to_string()],
    );
    let growth: serde_json::Map<String, Value> = few
        .as_object()
        .unwrap()
        .keys()
        .map(|question| {
            (
                question.clone(),
                crate::ratio(&many[question], &few[question], "p50_ms"),
            )
        })
        .collect();
    json!({"records": answers, "growth_p50": growth, "goal": "list ≤ 1.3 × from fewest to most"})
}

fn ask(bench: &Bench) -> Value {
    let questions = [
        ("newest", json!({})),
        ("one_nature", json!({"nature": "praise"})),
        ("common_word", json!({"text": "走廊"})),
    ];
    let mut out = json!({});
    for (name, body) in questions {
        let times = (0..TIMES)
            .map(|_| bench.timed("inspections_list", body.clone()).1)
            .collect();
        out[name] = summary(times);
    }
    out["today"] = summary(
        (0..TIMES)
            .map(|_| bench.timed("today_overview", json!({})).1)
            .collect(),
    );
    out
}
