//! Long lists come in windows: nothing twice, nothing left out, and filters say what they say.
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::TestDesk;
use testkit::desk::{DUTY, OFFICE, SAMPLE_DAY};

/// Every row, fetched `limit` at a time.
fn all(d: &TestDesk, name: &str, query: &Value, limit: usize) -> Vec<Value> {
    let mut query = query.clone();
    query["limit"] = json!(limit);
    let mut rows = Vec::new();
    loop {
        let window = d.done(name, query.clone());
        let got = window["rows"].as_array().expect("rows");
        assert!(got.len() <= limit);
        rows.extend(got.iter().cloned());
        if window["next"].is_null() {
            return rows;
        }
        assert_eq!(got.len(), limit, "only a full window has a next one");
        query["after"] = window["next"].clone();
    }
}
fn distinct(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(|r| r["id"].to_string()).collect()
}

#[test]
fn small_windows_show_the_same_rows_as_a_large_one() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    // several at the same instant: the id decides
    for n in 0..9 {
        d.log("总务处", "note", &format!("同一时刻第{n}件"), "");
    }
    for name in ["inspections_list", "documents_list"] {
        let whole = all(&d, name, &json!({}), 200);
        assert!(whole.len() > 4, "{name}: {}", whole.len());
        assert_eq!(distinct(&whole).len(), whole.len(), "{name}: none twice");
        for limit in [1, 2, 7] {
            assert_eq!(all(&d, name, &json!({}), limit), whole, "{name} by {limit}");
        }
    }
}

#[test]
fn each_filter_keeps_exactly_what_it_names() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    d.log("总务处", "praise", "修好玻璃", "百分之100%完成_好");
    let whole = all(&d, "inspections_list", &json!({}), 200);
    let keeps = |query: Value, test: &dyn Fn(&Value) -> bool| {
        let found = all(&d, "inspections_list", &query, 200);
        let wanted: Vec<Value> = whole.iter().filter(|r| test(r)).cloned().collect();
        assert_eq!(found, wanted, "{query}");
        assert!(!found.is_empty(), "{query}");
    };
    for nature in ["praise", "problem", "note"] {
        keeps(json!({"nature": nature}), &|r| {
            r["text"]["nature"] == nature
        });
    }
    keeps(json!({"from": SAMPLE_DAY}), &|r| {
        r["inspected_on"] == SAMPLE_DAY
    });
    keeps(json!({"to": "2026-11-18"}), &|r| {
        r["inspected_on"]
            .as_str()
            .is_some_and(|on| on <= "2026-11-18")
    });
    keeps(json!({"text": "玻璃"}), &|r| {
        r.to_string().contains("玻璃")
    });
    // signs that a database would read as patterns are just signs
    for sign in ["100%", "成_好"] {
        keeps(json!({"text": sign}), &|r| r.to_string().contains(sign));
    }
    let none = all(&d, "inspections_list", &json!({"text": "%_%"}), 200);
    assert_eq!(none, Vec::<Value>::new());
    let quoted = all(&d, "inspections_list", &json!({"text": "' OR 1=1 --"}), 200);
    assert_eq!(quoted, Vec::<Value>::new());
}

#[test]
fn a_day_without_a_submitted_bulletin_waits_until_it_has_one() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    d.clock().set("2026-11-23", "10:00");
    let day = |d: &TestDesk| {
        let today = d.done("today_overview", json!({}));
        let days = today["unreported"].as_array().unwrap().clone();
        days.into_iter().find(|u| u["on"] == "2026-11-23")
    };
    assert_eq!(day(&d), None);
    let finding = d.log("总务处", "praise", "维修及时", "总务处当天修好门锁1把。");
    let waits = day(&d).unwrap();
    assert_eq!(
        (&waits["findings"], &waits["overdue"], &waits["draft"]),
        (&json!(1), &json!(false), &json!(null))
    );
    let view = d.draft("circular", &[finding]);
    assert_eq!(
        day(&d).unwrap()["draft"]["id"],
        view["row"]["id"],
        "a draft is named but is not enough"
    );
    d.done(
        "documents_submit",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
    );
    assert_eq!(day(&d), None);
    d.log("总务处", "note", "晚间巡查", "总务处晚间巡查1次。");
    d.clock().set("2026-11-24", "00:00");
    assert_eq!(
        day(&d).unwrap()["overdue"],
        true,
        "R-025: by 24:00 of the day"
    );
}
