//! Heads and homeroom teachers: they see what they answer for, and nothing else by any way.
use api::ErrorCode;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, GRADE, HEAD, OFFICE, TEACHER, VICE};

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
