//! Sitting down, locking, coming back; what a person set stays theirs.
use serde_json::json;
use testkit::TestDesk;
use testkit::desk::{CLERK, DUTY, OFFICE, sample_password};

#[test]
fn a_locked_desk_names_who_locked_it_and_opens_for_anyone_with_a_password() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let finding = d.log("总务处", "praise", "维修及时", "当天修好门锁。");
    d.done("access_lock", json!({}));
    let status = d.done("access_status", json!({}));
    assert_eq!(
        (&status["desk"]["state"], &status["desk"]["last"]),
        (&json!("locked"), &json!(DUTY))
    );
    assert_eq!(
        d.refused("inspections_finding", json!({"id": finding}))
            .message_key,
        "error-not-signed-in",
        "nothing is read while it is locked"
    );
    d.sit(OFFICE);
    assert_eq!(
        d.done("inspections_finding", json!({"id": finding}))["id"],
        finding
    );
    d.leave();
    assert_eq!(
        d.done("access_status", json!({}))["desk"]["last"],
        json!(null),
        "who signs out is not remembered"
    );
}

#[test]
fn nobody_sits_down_on_somebody_elses_chair() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let e = d.refused(
        "access_sign_in",
        json!({"sign_in_name": OFFICE, "password": sample_password()}),
    );
    assert_eq!(e.message_key, "access-already-signed-in");
    assert_eq!(
        d.refused("org_open_sample", json!({})).message_key,
        "access-already-signed-in"
    );
}

#[test]
fn how_a_person_likes_the_screen_is_theirs_alone() {
    let d = TestDesk::sample();
    d.sit(CLERK);
    let liked = json!({"theme": "high-contrast", "text_percent": 150, "language": "zh-TW", "preedit": false});
    d.done("access_prefer", liked.clone());
    d.sit(OFFICE);
    let session = d.done("access_status", json!({}))["desk"]["session"].clone();
    assert_eq!(session["preferences"]["text_percent"], 100);
    d.sit(CLERK);
    let session = d.done("access_status", json!({}))["desk"]["session"].clone();
    assert_eq!(session["preferences"], liked);
    let odd = json!({"theme": "light", "text_percent": 110, "language": "zh-CN", "preedit": true});
    assert_eq!(
        d.refused("access_prefer", odd).fields[0].path,
        "text_percent"
    );
}

#[test]
fn a_changed_password_is_the_one_that_opens() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let change = |from: &str, to: &str| {
        d.call(
            "access_choose_password",
            json!({"password": from, "new_password": to}),
        )
    };
    assert_eq!(
        change("wrong-password", "xiaotian-dengta-77")
            .unwrap_err()
            .message_key,
        "access-wrong-password"
    );
    assert!(
        !change(&sample_password(), "short")
            .unwrap_err()
            .fields
            .is_empty()
    );
    change(&sample_password(), "xiaotian-dengta-77").unwrap();
    d.leave();
    let sign_in = |password: &str| {
        d.call(
            "access_sign_in",
            json!({"sign_in_name": DUTY, "password": password}),
        )
    };
    assert_eq!(
        sign_in(&sample_password()).unwrap_err().message_key,
        "access-wrong-password"
    );
    sign_in("xiaotian-dengta-77").unwrap();
}

#[test]
fn what_was_written_goes_into_the_one_file_once_nobody_calls() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let log = d.office_dir().join("office.db-wal");
    let waiting = || std::fs::metadata(&log).map_or(0, |file| file.len());
    d.log(
        "总务处",
        "praise",
        "维修及时",
        "总务处当天修好教学楼二楼门锁1把。",
    );
    assert!(waiting() > 0, "a save is durable in the log");
    d.desk().tend();
    assert!(waiting() > 0, "somebody may still be typing");
    d.clock().pass_seconds(2);
    d.desk().tend();
    assert_eq!(waiting(), 0, "the desk was idle");
    // an hour back is no reason to wait an hour
    d.log(
        "总务处",
        "praise",
        "维修及时",
        "总务处当天修好教学楼二楼门锁1把。",
    );
    d.clock().pass_seconds(-3600);
    d.desk().tend();
    assert_eq!(waiting(), 0, "the clock went back");
}
