//! Findings after they were logged: photos, putting right, corrections, the register, and what the office sets.
use crate::attachments::attach;
use api::ErrorCode;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, DUTY2, HEAD, OFFICE, PRINCIPAL, TEACHER, VICE};

/// A problem of the 总务处 to be put right by the 22nd.
fn problem(d: &TestDesk) -> Value {
    let mut f = d.finding(
        "总务处",
        "problem",
        "走廊灯不亮",
        "教学楼二楼走廊灯两盏不亮。",
    );
    f["text"]["rectification"] =
        json!({"requirement": "换好", "responsible": "尹秋实", "due_on": "2026-11-22"});
    f
}
fn sound(d: &TestDesk) {
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}

#[test]
fn photos_keep_their_order_and_may_change_until_the_finding_closes() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let ids: Vec<Value> = (1..=3).map(|n| attach(&d, n)).collect();
    let mut f = d.finding("总务处", "praise", "花坛整洁", "");
    f["text"]["photos"] = json!([ids[2], ids[0]]);
    let row = d.done("inspections_log", f.clone());
    assert_eq!(row["text"]["photos"], json!([ids[2], ids[0]]));
    f["text"]["photos"] = json!([ids[1], ids[2]]);
    let amended = d.done(
        "inspections_amend",
        json!({"id": row["id"], "ver": row["ver"], "text": f["text"]}),
    );
    assert_eq!(amended["text"]["photos"], json!([ids[1], ids[2]]));
    f["text"]["photos"] = json!(vec![ids[0].clone(); 10]);
    assert_eq!(
        d.refused("inspections_log", f.clone()).fields[0].message_key,
        "attachments-too-many"
    );
    f["text"]["photos"] = json!(["018f0000-0000-7000-8000-000000000000"]);
    assert_eq!(d.refused("inspections_log", f).code, ErrorCode::NotFound);
    sound(&d);
}

#[test]
fn a_problem_is_replied_to_and_closed_by_somebody_else() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let row = d.done("inspections_log", problem(&d));
    let id = row["id"].clone();
    assert_eq!(row["followup"], "open");
    let step = |steps: i64, text: &str| json!({"id": id, "steps": steps, "text": text});
    d.sit(VICE);
    assert_eq!(
        d.refused("inspections_confirm", step(0, "")).message_key,
        "inspections-step-no-reply"
    );
    d.sit(OFFICE);
    assert_eq!(
        d.refused("inspections_reply", step(0, " ")).fields[0].path,
        "text"
    );
    let photo = attach(&d, 40);
    let mut with_photo = step(0, "灯已换好。");
    with_photo["photos"] = json!([photo]);
    let h = d.done("inspections_reply", with_photo);
    assert_eq!(h["row"]["followup"], "replied");
    assert_eq!(h["steps"][0]["photos"], json!([photo]));
    // nobody confirms the own reply
    let e = d.refused("inspections_confirm", step(1, ""));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "inspections-step-own-reply")
    );
    d.sit(DUTY);
    assert_eq!(
        d.refused("inspections_confirm", step(0, "")).code,
        ErrorCode::Stale,
        "somebody replied since"
    );
    let h = d.done("inspections_reopen", step(1, "还有一盏不亮。"));
    assert_eq!(h["row"]["followup"], "open");
    d.sit(OFFICE);
    d.done("inspections_reply", step(2, "第二盏也换好了。"));
    d.sit(DUTY);
    let h = d.done("inspections_confirm", step(3, ""));
    assert_eq!(h["row"]["followup"], "closed");
    let done: Vec<&str> = h["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["action"].as_str().unwrap())
        .collect();
    assert_eq!(done, ["reply", "reopen", "reply", "confirm"]);
    assert!(
        h["steps"][3]["name"]
            .as_str()
            .is_some_and(|n| !n.is_empty())
    );
    let list = |which: &str| {
        let rows = d.done("inspections_list", json!({"followup": which, "limit": 200}));
        rows["rows"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["id"] == id)
    };
    assert!(list("closed") && !list("open") && !list("replied") && !list("overdue"));
    sound(&d);
}

#[test]
fn what_is_not_put_right_in_time_is_overdue_until_it_is_closed() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let id = d.done("inspections_log", problem(&d))["id"].take();
    let overdue = || {
        let rows = d.done(
            "inspections_list",
            json!({"followup": "overdue", "limit": 200}),
        );
        rows["rows"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["id"] == id)
    };
    assert!(!overdue());
    d.clock().pass_seconds(3 * 86_400);
    d.sit(DUTY);
    assert!(overdue());
    d.done(
        "inspections_reply",
        json!({"id": id, "steps": 0, "text": "已换好。"}),
    );
    assert!(overdue(), "a reply closes nothing");
    d.sit(OFFICE);
    d.done("inspections_confirm", json!({"id": id, "steps": 1}));
    assert!(!overdue());
}

#[test]
fn who_answers_for_something_else_neither_sees_nor_replies() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let id = d.done("inspections_log", problem(&d))["id"].take();
    for who in [TEACHER, ADMIN] {
        d.sit(who);
        for name in [
            "inspections_reply",
            "inspections_confirm",
            "inspections_reopen",
        ] {
            let e = d.refused(name, json!({"id": id, "steps": 0, "text": "好"}));
            assert!(
                matches!(e.code, ErrorCode::Denied | ErrorCode::NotFound),
                "{who} {name}: {e:?}"
            );
        }
    }
    d.sit(HEAD);
    assert_eq!(
        d.refused("inspections_confirm", json!({"id": id, "steps": 0}))
            .code,
        ErrorCode::Denied
    );
}

#[test]
fn a_closed_finding_is_corrected_and_what_was_written_stays() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let row = d.done("inspections_log", problem(&d));
    let id = row["id"].clone();
    let mut text = row["text"].clone();
    text["matter"] = json!("走廊灯一盏不亮");
    let correct = |corrections: i64, text: &Value, reason: &str| json!({"id": id, "corrections": corrections, "text": text, "reason": reason});
    assert_eq!(
        d.refused("inspections_correct", correct(0, &text, "数错"))
            .code,
        ErrorCode::Denied,
        "it may still be amended"
    );
    d.clock().pass_seconds(8 * 3600);
    d.sit(DUTY);
    let shown = d.done("inspections_finding", json!({"id": id}));
    assert_eq!(
        (&shown["can_amend"], &shown["can_correct"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        d.refused(
            "inspections_amend",
            json!({"id": id, "ver": 1, "text": text})
        )
        .code,
        ErrorCode::Denied
    );
    let e = d.refused("inspections_correct", correct(0, &row["text"], ""));
    let paths: Vec<&str> = e.fields.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(paths, ["reason", "matter"], "a reason, and a change");
    text["observed_at"] = json!(0);
    let corrected = d.done("inspections_correct", correct(0, &text, "数错了"));
    assert_eq!(corrected["text"]["matter"], "走廊灯一盏不亮");
    assert_eq!(corrected["text"]["observed_at"], row["text"]["observed_at"]);
    assert_eq!(
        d.refused("inspections_correct", correct(0, &text, "再改"))
            .code,
        ErrorCode::Stale
    );
    let h = d.done("inspections_history", json!({"id": id}));
    assert_eq!(h["as_written"]["matter"], "走廊灯不亮");
    assert_eq!(h["corrections"][0]["reason"], "数错了");
    assert_eq!(h["corrections"][0]["text"]["matter"], "走廊灯一盏不亮");
    d.sit(DUTY2);
    assert_eq!(
        d.refused("inspections_correct", correct(1, &row["text"], "我来"))
            .code,
        ErrorCode::Denied
    );
    // the register and a draft read the corrected text
    d.sit(OFFICE);
    let found = d.done("inspections_list", json!({"text": "一盏不亮"}));
    assert_eq!(found["rows"][0]["id"], id);
    let draft = d.draft("circular", std::slice::from_ref(&id));
    assert!(draft["content"]["blocks"].to_string().contains("一盏不亮"));
    sound(&d);
}

#[test]
fn a_finding_closes_when_what_states_it_is_submitted() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let row = d.done("inspections_log", problem(&d));
    let view = d.draft("circular", std::slice::from_ref(&row["id"]));
    let open = || d.done("inspections_finding", json!({"id": row["id"]}))["can_amend"] == true;
    assert!(open(), "a draft settles nothing");
    let sent = d.done(
        "documents_submit",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
    );
    assert!(!open());
    d.done(
        "documents_recall",
        json!({"id": sent["row"]["id"], "ver": sent["row"]["ver"]}),
    );
    assert!(open());
}

#[test]
fn the_office_sets_the_hour_at_which_findings_close() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let id = d.done("inspections_log", problem(&d))["id"].take();
    assert_eq!(
        d.refused("inspections_set_closing", json!({"minute": 1020}))
            .code,
        ErrorCode::Denied
    );
    d.sit(OFFICE);
    for wrong in [0, 719, 1441] {
        let e = d.refused("inspections_set_closing", json!({"minute": wrong}));
        assert_eq!(e.fields[0].message_key, "inspections-closing-out-of-range");
    }
    let set = d.done("inspections_set_closing", json!({"minute": 1020}));
    assert_eq!(set["amend_until_minute"], 1020);
    let open = || d.done("inspections_finding", json!({"id": id}))["can_amend"] == true;
    assert!(open(), "16:50");
    d.clock().pass_seconds(600);
    assert!(!open(), "17:00");
    sound(&d);
}

#[test]
fn categories_are_renamed_put_away_and_added_and_nothing_filed_is_lost() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let presets = d.done("inspections_presets", json!({}));
    let mut all = presets["categories"].as_array().unwrap().clone();
    assert_eq!(all.len(), 8);
    all[6]["label"] = json!("食堂");
    all[7]["hidden"] = json!(true);
    all.insert(1, json!({"label": "校车", "hidden": false}));
    let after = d.done("inspections_arrange_categories", json!({"categories": all}));
    let own = after["categories"][1].clone();
    assert_eq!(
        (&own["code"], &own["label"]),
        (&json!("own_1"), &json!("校车"))
    );
    let mut f = d.finding("总务处", "note", "校车准点到校", "");
    f["text"]["category"] = own["code"].clone();
    let row = d.done("inspections_log", f.clone());
    assert_eq!(row["category_label"], "校车");
    let mut g = d.finding("总务处", "note", "午餐留样齐全", "");
    g["text"]["category"] = json!("nutrition");
    let canteen = d.done("inspections_log", g);
    assert_eq!(canteen["category_label"], "食堂");
    let draft = d.draft("circular", &[row["id"].clone(), canteen["id"].clone()]);
    let text = draft["content"]["blocks"].to_string();
    assert!(
        text.contains("校车准点") && text.contains("\"校车\"") && text.contains("\"食堂\""),
        "{text}"
    );
    let listed = d.done("inspections_list", json!({"category": "own_1"}));
    assert_eq!(listed["rows"].as_array().unwrap().len(), 1);
    f["text"]["category"] = json!("own_9");
    assert_eq!(
        d.refused("inspections_log", f.clone()).fields[0].message_key,
        "inspections-category-unknown"
    );
    f["text"]["category"] = json!("nonsense");
    assert_eq!(
        d.refused("inspections_log", f).message_key,
        "error-request-malformed"
    );
    let fewer = json!({"categories": after["categories"].as_array().unwrap()[1..]});
    let e = d.refused("inspections_arrange_categories", fewer);
    assert_eq!(e.fields[0].message_key, "inspections-category-left-out");
    sound(&d);
}

#[test]
fn a_supervision_result_names_who_supervised_and_when_it_was_announced() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let text = d.finding("总务处", "problem", "消防通道堆物", "")["text"].take();
    let body = json!({"text": text, "supervisors": ["高建平", "周雅琴"]});
    assert_eq!(
        d.refused("inspections_supervise", body.clone()).code,
        ErrorCode::Denied
    );
    d.sit(VICE);
    let e = d.refused(
        "inspections_supervise",
        json!({"text": text, "supervisors": []}),
    );
    assert_eq!(e.fields[0].path, "supervisors");
    let before = d.done("today_overview", json!({}));
    let row = d.done("inspections_supervise", body);
    assert_eq!(row["supervisors"], json!(["高建平", "周雅琴"]));
    let after = d.done("today_overview", json!({}));
    assert_eq!(
        before["unreported"], after["unreported"],
        "the same-day rule is of the duty inspection"
    );
    let only = |supervision: bool| {
        let rows = d.done(
            "inspections_list",
            json!({"supervision": supervision, "limit": 200}),
        );
        rows["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["id"] == row["id"])
            .count()
    };
    assert_eq!((only(true), only(false)), (1, 0));
    let at = d.clock().now();
    assert_eq!(
        d.refused(
            "inspections_announce",
            json!({"id": row["id"], "announced_at": at + 3_600_000})
        )
        .fields[0]
            .path,
        "announced_at"
    );
    let announced = d.done(
        "inspections_announce",
        json!({"id": row["id"], "announced_at": at}),
    );
    assert_eq!(announced["announced_at"], json!(at));
    let plain = d.log("总务处", "praise", "维修及时", "");
    let e = d.refused(
        "inspections_announce",
        json!({"id": plain, "announced_at": at}),
    );
    assert_eq!(e.message_key, "inspections-no-supervision");
    let draft = d.draft("circular", std::slice::from_ref(&row["id"]));
    assert!(draft["content"]["blocks"].to_string().contains("消防通道"));
    sound(&d);
}

#[test]
fn everybody_keeps_filters_of_their_own() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let kept = d.done(
        "inspections_save_filter",
        json!({"name": "食堂", "filter": "{\"text\":\"食堂\"}"}),
    );
    assert_eq!(kept["filters"].as_array().unwrap().len(), 1);
    let kept = d.done(
        "inspections_save_filter",
        json!({"name": "食堂", "filter": "{}"}),
    );
    assert_eq!(kept["filters"][0]["filter"], "{}");
    let id = kept["filters"][0]["id"].clone();
    assert_eq!(
        d.refused(
            "inspections_save_filter",
            json!({"name": "", "filter": "{}"})
        )
        .fields[0]
            .path,
        "name"
    );
    d.sit(DUTY2);
    assert_eq!(
        d.done("inspections_filters", json!({}))["filters"],
        json!([])
    );
    assert_eq!(
        d.refused("inspections_discard_filter", json!({"id": id}))
            .code,
        ErrorCode::NotFound
    );
    d.sit(DUTY);
    assert_eq!(
        d.done("inspections_discard_filter", json!({"id": id}))["filters"],
        json!([])
    );
    sound(&d);
}

#[test]
fn the_register_is_exported_as_seen_and_the_audit_knows() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let mut f = d.finding(
        "总务处",
        "problem",
        "=cmd|' /C calc'!A0",
        "含\"引号\"，还有\n换行",
    );
    f["text"]["measure"] = json!({"milli": -9500, "unit": "℃"});
    d.done("inspections_log", f);
    let today = testkit::desk::SAMPLE_DAY;
    let request = |format: &str| json!({"filter": {"from": today, "to": today, "text": "cmd"}, "columns": ["day", "matter", "detail", "measure", "category"], "format": format});
    let made = d.done("inspections_export", request("csv"));
    assert_eq!(made["rows"], 1);
    let file = d.pages_dir().join(made["file"].as_str().unwrap());
    let text = std::fs::read_to_string(file).unwrap();
    assert_eq!(
        text,
        format!(
            "\u{feff}\"日期\",\"事项\",\"具体情况\",\"数量\",\"类别\"\r\n\"{today}\",\"'=cmd|' /C calc'!A0\",\"含\"\"引号\"\"，还有\n换行\",\"'-9.5 ℃\",\"综合值日情况\"\r\n"
        )
    );
    let made = d.done("inspections_export", request("xlsx"));
    let book = std::fs::read(d.pages_dir().join(made["file"].as_str().unwrap())).unwrap();
    assert!(book.starts_with(b"PK"));
    let nothing = json!({"filter": {"from": "2001-01-01", "to": "2001-01-01"}, "columns": ["day"], "format": "csv"});
    assert_eq!(
        d.refused("inspections_export", nothing).message_key,
        "inspections-export-nothing"
    );
    d.sit(DUTY);
    assert_eq!(
        d.refused("inspections_export", request("csv")).code,
        ErrorCode::Denied
    );
    d.sit(PRINCIPAL);
    let log = d.done("audit_list", json!({}));
    let exports = log["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|r| r["action"] == "inspections.export")
        .count();
    assert_eq!(exports, 2);
    sound(&d);
}
