//! Heads and homeroom teachers: they see what they answer for, and nothing else by any way.
use api::ErrorCode;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, GRADE, HEAD, OFFICE, PRINCIPAL, SAMPLE_DAY, TEACHER, VICE};

fn rows(d: &TestDesk, query: Value) -> Vec<Value> {
    d.done("inspections_list", query)["rows"]
        .as_array()
        .unwrap()
        .clone()
}
fn all(d: &TestDesk) -> Vec<Value> {
    rows(d, json!({"limit": 200}))
}

#[test]
fn a_homeroom_teacher_lists_the_findings_of_the_own_class() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let whole = all(&d);
    let of_class: Vec<_> = whole
        .iter()
        .filter(|r| r["class_name"] == "三(2)班")
        .collect();
    d.sit(TEACHER);
    let seen = all(&d);
    assert!(!seen.is_empty() && seen.len() < whole.len());
    assert_eq!(
        seen.iter().map(|r| &r["id"]).collect::<Vec<_>>(),
        of_class.iter().map(|r| &r["id"]).collect::<Vec<_>>()
    );
    // a filter narrows, it never widens
    let elsewhere = whole.iter().find(|r| r["unit_name"] == "食堂").unwrap();
    let unit = &elsewhere["text"]["unit_id"];
    assert!(rows(&d, json!({"unit_id": unit})).is_empty());
}

#[test]
fn a_head_of_grade_lists_the_grade_and_its_classes_a_head_of_unit_the_unit() {
    let d = TestDesk::sample();
    d.sit(GRADE);
    let seen = all(&d);
    assert!(seen.iter().any(|r| r["class_name"] == "三(2)班"));
    for r in &seen {
        let class = r["class_name"].as_str().unwrap_or_default();
        assert!(
            r["unit_name"] == "三年级组" || class.starts_with("三("),
            "{r}"
        );
    }
    d.sit(HEAD);
    let seen = all(&d);
    assert!(!seen.is_empty());
    assert!(seen.iter().all(|r| r["unit_name"] == "总务处"));
}

#[test]
fn what_is_not_in_the_own_charge_cannot_be_opened_or_written_up() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let canteen = d.log("食堂", "problem", "留样柜温度超标", "");
    let logistics = d.log("总务处", "problem", "灯坏", "");
    d.sit(TEACHER);
    let e = d.refused("inspections_finding", json!({"id": canteen}));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Denied, "error-denied")
    );
    d.refused("inspections_log", d.finding("食堂", "note", "试", ""));
    d.sit(HEAD);
    d.refused("inspections_finding", json!({"id": canteen}));
    d.done("inspections_finding", json!({"id": logistics}));
    let draft = d.draft("circular", &[canteen.clone(), logistics.clone()]);
    let stated = draft["content"]["blocks"].to_string();
    assert!(stated.contains(logistics.as_str().unwrap()), "{stated}");
    assert!(!stated.contains(canteen.as_str().unwrap()), "{stated}");
    // today shows what falls into the own charge, too
    let today = d.done("today_overview", json!({}));
    for r in today["findings"].as_array().unwrap() {
        assert_eq!(r["unit_name"], "总务处");
    }
}

#[test]
fn a_deputy_principal_approves_and_does_not_read_the_audit() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    d.sit(VICE);
    let waiting = d.done("today_overview", json!({}))["waiting"].take();
    assert!(
        waiting.as_array().unwrap().iter().any(|r| r["id"] == id),
        "{waiting}"
    );
    let approved = d.approve(VICE, &id, &ver).unwrap();
    assert_eq!(approved["row"]["state"], "approved");
    assert_eq!(
        d.refused("audit_list", json!({})).message_key,
        "error-denied"
    );
}

#[test]
fn who_approves_cannot_administrate_as_well() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let staff = d.done("org_overview", json!({}))["staff"].take();
    let person = staff
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["name"] == "钱卫东")
        .unwrap();
    for leader in ["principal", "deputy_principal"] {
        let e = d.refused(
            "access_open_account",
            json!({"staff_id": person["id"], "sign_in_name": "qian", "roles": ["administrator", leader], "initial_password": "liang-shan-po-108"}),
        );
        assert_eq!(e.fields[0].message_key, "access-roles-clash");
    }
}

/// Within the day and by the office's own hour; a submitted bulletin clears it.
#[test]
fn an_inspection_without_a_bulletin_is_late_after_the_hour_of_the_office() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let today = |d: &TestDesk| {
        let all = d.done("today_overview", json!({}))["unreported"].take();
        let all = all.as_array().unwrap().clone();
        all.into_iter().find(|u| u["on"] == SAMPLE_DAY)
    };
    d.log("总务处", "problem", "灯坏", "");
    let due = |d: &TestDesk| today(d).unwrap()["due_at"].as_i64().unwrap();
    assert_eq!(domain::calendar::clock_time(due(&d)), "18:00");
    assert_eq!(today(&d).unwrap()["late"], false);
    // the principal sets an earlier hour: it is past
    d.sit(PRINCIPAL);
    assert!(today(&d).is_some(), "it stands on the principal's list");
    d.done("today_set_rule", json!({"by_minute": 16 * 60 + 30}));
    assert_eq!(d.done("today_rule", json!({}))["by_minute"], 990);
    let late = today(&d).unwrap();
    assert_eq!(
        (&late["late"], &late["overdue"]),
        (&json!(true), &json!(false))
    );
    // outside the day, and by others: refused
    for odd in [0, 1441, -5] {
        let e = d.refused("today_set_rule", json!({"by_minute": odd}));
        assert_eq!(e.fields[0].message_key, "today-rule-out-of-day");
    }
    d.sit(DUTY);
    d.refused("today_set_rule", json!({"by_minute": 1080}));
    assert_eq!(d.done("today_rule", json!({}))["by_minute"], 990);
    // whoever sees a part of the day is not asked for the whole
    d.sit(HEAD);
    assert!(today(&d).is_none());
    // handed in: nothing is due any more
    d.sit(OFFICE);
    let all = d.done(
        "inspections_list",
        json!({"from": SAMPLE_DAY, "limit": 200}),
    );
    let ids: Vec<Value> = all["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].clone())
        .collect();
    let draft = d.draft("circular", &ids);
    d.done(
        "documents_submit",
        json!({"id": draft["row"]["id"], "ver": draft["row"]["ver"]}),
    );
    assert!(today(&d).is_none());
    d.sit(ADMIN);
    assert_eq!(d.done("audit_verify", json!({}))["ok"], true);
}

#[test]
fn the_matrix_is_read_in_one_command_with_its_conditions() {
    let d = TestDesk::sample();
    d.sit(TEACHER);
    let seen = d.done("access_permissions", json!({}));
    let roles: Vec<&str> = seen["roles"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let cell = |permission: &str, role: &str| {
        let rows = seen["permissions"].as_array().unwrap();
        let row = rows.iter().find(|r| r["permission"] == permission).unwrap();
        row["when"][roles.iter().position(|r| *r == role).unwrap()].clone()
    };
    assert_eq!(cell("audit.read", "homeroom_teacher"), json!([]));
    assert_eq!(
        cell("inspections.read", "homeroom_teacher"),
        json!([{"own": null, "open": null, "in_charge": true, "states": []}])
    );
    assert_eq!(
        cell("documents.approve", "deputy_principal"),
        json!([{"own": false, "open": null, "in_charge": null, "states": ["submitted"]}])
    );
    assert_eq!(
        cell("documents.read", "duty_officer")
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn every_permission_has_its_words() {
    for language in ["zh-CN", "zh-TW", "en"] {
        let file = format!(
            "{}/../assets/i18n/{language}/access-permissions.ftl",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(file).unwrap();
        for row in domain::access::MATRIX {
            let room = row.name.split('.').next().unwrap();
            for key in [
                format!("access-may-{} = ", row.name.replace('.', "-")),
                format!("access-room-{room} = "),
            ] {
                assert!(
                    text.lines().any(|l| l.starts_with(&key)),
                    "{language}/access-permissions.ftl lacks {key}"
                );
            }
        }
    }
}

#[test]
fn what_is_overdue_stands_in_today_of_whom_it_concerns() {
    let d = TestDesk::sample();
    let due = |who: &str| {
        d.sit(who);
        d.done("today_overview", json!({}))["rectifications_due"]
            .as_array()
            .unwrap()
            .clone()
    };
    let mine = due(TEACHER);
    assert!(
        mine.iter()
            .any(|r| r["text"]["rectification"]["due_on"].as_str() < Some(SAMPLE_DAY)),
        "{mine:?}"
    );
    assert!(mine.iter().all(|r| r["class_name"] == "三(2)班"));
    let all = due(OFFICE);
    assert!(all.len() > mine.len());
    let days: Vec<&str> = all
        .iter()
        .filter_map(|r| r["text"]["rectification"]["due_on"].as_str())
        .collect();
    assert!(days.iter().all(|on| *on <= SAMPLE_DAY));
    assert!(days.windows(2).all(|w| w[0] >= w[1]), "the nearest first");
}
