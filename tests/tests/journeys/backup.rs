//! Copies of the office: opened before they count, made when they are due, and put back without losing anything unseen.
use api::ErrorCode;
use domain::audit::{ObjectKind, ObjectRef};
use office::folder::Layout;
use office::keyring::Keyring;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use testkit::TestDesk;
use testkit::desk::{ADMIN, CLERK, DUTY, OFFICE, PRINCIPAL, sample_password};

/// Every row of every kind of record, as the audit would commit to it.
fn dump(dir: &Path) -> BTreeMap<String, Value> {
    let unlocked = Keyring::open(dir)
        .expect("a keyring")
        .unlock(ADMIN, &sample_password())
        .expect("a password");
    let db = store::Db::open_reader(
        &Layout::of(dir).database(),
        &unlocked.master.database_key_hex(),
    )
    .expect("a database");
    let mut all = BTreeMap::new();
    for kind in ObjectKind::ALL {
        for id in store::ids(db.rd(), kind).expect("rows") {
            let image = store::image(db.rd(), ObjectRef::new(kind, id)).expect("a row");
            all.insert(format!("{} {id}", kind.code()), json!(image));
        }
    }
    all
}
fn make(d: &TestDesk) -> PathBuf {
    let made = d.done("backup_make", json!({}));
    PathBuf::from(made["file"].as_str().expect("a file"))
}
fn log(d: &TestDesk, matter: &str) -> Value {
    d.log("总务处", "praise", matter, "当天修好门锁1把。")
}
fn restore(file: &Path, accept: bool) -> Value {
    json!({"file": file, "password": sample_password(), "accept_loss": accept})
}
fn leftovers(place: &Path) -> Vec<String> {
    std::fs::read_dir(place)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| !n.ends_with(".tongbao-backup") && n != "second.json")
        .collect()
}
fn backups_dir(d: &TestDesk) -> PathBuf {
    d.office_dir().join("backups")
}
fn count(d: &TestDesk) -> usize {
    std::fs::read_dir(backups_dir(d))
        .unwrap()
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().ends_with(".tongbao-backup"))
        .count()
}

#[test]
fn what_is_restored_is_the_office_of_that_moment_and_there_is_a_way_back() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let file = make(&d);
    let then = dump(&d.office_dir());
    d.sit(DUTY);
    log(&d, "第一件");
    log(&d, "第二件");
    d.sit(OFFICE);
    d.draft("notice", &[]);
    d.sit(ADMIN);
    let later = dump(&d.office_dir());
    assert_ne!(then, later);

    // what would be lost is shown by kind, and nothing is lost unseen
    let seen = d.done("backup_inspect", json!({"file": file}));
    assert_eq!(seen["relation"], "older");
    let lost: Vec<(&str, i64)> = seen["lost"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| {
            (
                w["object_kind"].as_str().unwrap(),
                w["records"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(lost, [("document", 1), ("finding", 2)]);
    assert_eq!(seen["lost_since"], d.clock().now());
    let e = d.refused("backup_restore", restore(&file, false));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "backup-would-lose")
    );
    let mut wrong = restore(&file, true);
    wrong["password"] = json!("bu-dui-de-mima");
    assert_eq!(
        d.refused("backup_restore", wrong).message_key,
        "access-wrong-password"
    );
    let mut wrong = restore(&file, true);
    wrong["password_then"] = json!("bu-dui-de-mima");
    let e = d.refused("backup_restore", wrong);
    assert_eq!(e.fields[0].path, "password_then");
    assert_eq!(dump(&d.office_dir()), later, "nothing was changed so far");

    let done = d.done("backup_restore", restore(&file, true));
    assert_eq!(
        d.done("access_status", json!({}))["desk"]["state"],
        "locked",
        "everybody is signed out"
    );
    assert_eq!(dump(&d.office_dir()), then);
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
    let actions = d.done("audit_list", json!({}))["rows"].to_string();
    assert!(actions.contains("backup.restore"), "{actions}");

    // the safety copy is a backup like any other
    d.sit(ADMIN);
    let safety = backups_dir(&d).join(done["safety_copy"].as_str().unwrap());
    assert_eq!(
        d.done("backup_inspect", json!({"file": safety}))["relation"],
        "newer"
    );
    d.done("backup_restore", restore(&safety, false));
    assert_eq!(dump(&d.office_dir()), later);
    assert_eq!(leftovers(&backups_dir(&d)), [] as [String; 0]);
    let inside = std::fs::read_dir(d.office_dir()).unwrap().flatten();
    assert!(
        !inside
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .any(|n| n.starts_with(".restoring") || n == "restore"),
        "nothing is left of the restores"
    );
}

#[test]
fn two_lines_that_parted_are_both_counted() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let first = make(&d);
    d.sit(DUTY);
    log(&d, "甲");
    d.sit(ADMIN);
    let second = make(&d);
    d.done("backup_restore", restore(&first, true));
    d.sit(DUTY);
    log(&d, "乙");
    log(&d, "丙");
    d.sit(ADMIN);
    let seen = d.done("backup_inspect", json!({"file": second}));
    assert_eq!(seen["relation"], "diverged");
    assert_eq!(
        (&seen["lost"][0]["records"], &seen["gained"][0]["records"]),
        (&json!(2), &json!(1))
    );
}

#[test]
fn a_copy_cut_short_flipped_foreign_or_newer_is_refused_and_named() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let file = make(&d);
    let whole = std::fs::read(&file).unwrap();
    let spoilt = d.pages_dir().with_extension("tongbao-backup");
    let refused = |bytes: &[u8]| {
        std::fs::write(&spoilt, bytes).unwrap();
        let looked = d.refused("backup_inspect", json!({"file": spoilt}));
        let restored = d.refused("backup_restore", restore(&spoilt, true));
        assert_eq!(looked.message_key, restored.message_key);
        looked.message_key
    };
    let before = dump(&d.office_dir());
    for part in 0..16 {
        let at = part * (whole.len() - 1) / 15;
        let key = refused(&whole[..at]);
        let wanted = if at == 0 || at >= 15 {
            "backup-file-damaged"
        } else {
            "backup-file-foreign"
        };
        assert_eq!(key, wanted, "cut at {at}");
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        let key = refused(&flipped);
        assert!(
            key == "backup-file-damaged" || (at < 15 && key == "backup-file-foreign"),
            "{key}: flipped at {at}"
        );
    }
    assert_eq!(refused(b"PK\x03\x04 something else"), "backup-file-foreign");
    let newer = [b"tongbao-backup 9".as_slice(), &whole[16..]].concat();
    assert_eq!(refused(&newer), "office-too-new");
    let gone = d.refused(
        "backup_inspect",
        json!({"file": d.pages_dir().join("none")}),
    );
    assert_eq!(gone.message_key, "backup-file-missing");
    // named in the list, too
    std::fs::write(
        backups_dir(&d).join("tongbao-half.tongbao-backup"),
        &whole[..5000],
    )
    .unwrap();
    let listed = d.done("backup_overview", json!({}))["here"].take();
    let conditions: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["condition"].as_str().unwrap())
        .collect();
    assert_eq!(conditions, ["good", "damaged"]);
    assert_eq!(dump(&d.office_dir()), before);
}

#[test]
fn another_offices_backup_is_refused() {
    let d = TestDesk::sample();
    let other = TestDesk::empty();
    other.done("org_open_sample", json!({}));
    other.sit(ADMIN);
    let file = make(&other);
    d.sit(ADMIN);
    let e = d.refused("backup_inspect", json!({"file": file}));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "backup-other-office")
    );
}

#[test]
fn backups_are_made_when_they_are_due_and_not_else() {
    let d = TestDesk::sample();
    d.desk().tick();
    assert_eq!(count(&d), 0, "nobody is signed in");
    d.sit(DUTY);
    d.desk().tick();
    d.desk().tick();
    assert_eq!(count(&d), 1, "the first of the day");
    d.clock().pass_seconds(2 * 60 * 60);
    d.desk().tick();
    assert_eq!(count(&d), 1, "nothing changed");
    log(&d, "两小时以后");
    d.desk().tick();
    assert_eq!(count(&d), 2);
    log(&d, "刚备份过");
    d.desk().tick();
    assert_eq!(count(&d), 2, "not within the hour");
    d.clock().set("2026-11-21", "08:00");
    d.desk().tick();
    assert_eq!(count(&d), 3, "the first of the next day");
    let status = d.done("backup_status", json!({}));
    assert_eq!(
        (&status["age_days"], &status["second"]),
        (&json!(0), &json!("not_chosen"))
    );
    d.clock().set("2026-11-24", "08:00");
    assert_eq!(d.done("backup_status", json!({}))["age_days"], 3);
}

#[test]
fn the_plan_says_how_many_are_kept() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let mut plan = d.done("backup_overview", json!({}))["plan"].take();
    plan["all_days"] = json!(1);
    plan["daily"] = json!(2);
    plan["weekly"] = json!(0);
    plan["monthly"] = json!(0);
    d.done("backup_plan", plan.clone());
    for day in 20..=24 {
        d.clock().set(&format!("2026-11-{day}"), "09:00");
        d.sit(ADMIN);
        d.desk().tick();
    }
    assert_eq!(count(&d), 2);
    for (field, value) in [("every_minutes", 0), ("daily", 0), ("monthly", 9999)] {
        let mut wrong = plan.clone();
        wrong[field] = json!(value);
        assert_eq!(d.refused("backup_plan", wrong).fields[0].path, field);
    }
}

#[test]
fn a_second_place_that_is_gone_is_said_and_gets_its_copy_later() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let first = make(&d);
    let usb = d.pages_dir().with_file_name("usb");
    let mut plan = d.done("backup_overview", json!({}))["plan"].take();
    for (place, key) in [
        (usb.clone(), "backup-second-not-a-folder"),
        (PathBuf::from("usb"), "backup-second-not-a-folder"),
        (backups_dir(&d), "backup-second-inside"),
    ] {
        plan["second_place"] = json!(place);
        let e = d.refused("backup_plan", plan.clone());
        assert_eq!(e.fields[0].message_key, key);
    }
    std::fs::create_dir(&usb).unwrap();
    plan["second_place"] = json!(usb);
    d.done("backup_plan", plan);
    std::fs::remove_dir_all(&usb).unwrap();
    let made = d.done("backup_make", json!({}));
    assert_eq!(made["second"], "failed");
    let status = d.done("backup_status", json!({}));
    assert_eq!(status["second_failure"], "backup-second-missing");
    assert_eq!(status["age_days"], 0, "the backup here is good");
    std::fs::create_dir(&usb).unwrap();
    d.clock().pass_seconds(61);
    d.desk().tick();
    let overview = d.done("backup_overview", json!({}));
    assert_eq!(overview["status"]["second"], "good");
    let there = PathBuf::from(overview["second"][0]["file"].as_str().unwrap());
    assert!(
        std::fs::read(&there).unwrap() == std::fs::read(made["file"].as_str().unwrap()).unwrap()
    );
    d.clock().set("2026-12-20", "08:00");
    assert_eq!(d.done("backup_status", json!({}))["second"], "late");
    // it restores from there as well, and the place of this machine stays
    d.sit(ADMIN);
    d.done("backup_restore", restore(&there, true));
    d.sit(ADMIN);
    d.done("backup_restore", restore(&first, true));
    d.sit(ADMIN);
    assert_eq!(
        d.done("backup_overview", json!({}))["plan"]["second_place"],
        json!(usb)
    );
}

#[test]
fn where_there_is_no_office_a_backup_makes_one() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    log(&d, "在备份里");
    d.sit(ADMIN);
    let file = make(&d);
    let new = TestDesk::empty();
    let folder = file.parent().unwrap();
    let found = new.done("backup_found", json!({"folder": folder}));
    assert_eq!(found["rows"][0]["file"], json!(file));
    let seen = new.done("backup_look", json!({"file": file}));
    let accounts = seen["accounts"].as_array().unwrap();
    assert!(accounts.iter().any(|a| a["sign_in_name"] == DUTY));
    let wrong = json!({"file": file, "sign_in_name": DUTY, "password": "bu-dui-de-mima"});
    assert_eq!(
        new.refused("backup_restore_here", wrong).message_key,
        "access-wrong-password"
    );
    assert!(!new.office_dir().exists());
    let right = json!({"file": file, "sign_in_name": DUTY, "password": sample_password()});
    new.done("backup_restore_here", right.clone());
    assert_eq!(dump(&new.office_dir()), dump(&d.office_dir()));
    // an office that opens is not replaced through this door
    assert_eq!(
        new.refused("backup_restore_here", right).message_key,
        "backup-needs-administrator"
    );
    let admin = json!({"file": file, "sign_in_name": ADMIN, "password": sample_password()});
    assert_eq!(
        new.refused("backup_restore_here", admin).message_key,
        "backup-office-opens"
    );
    new.sit(DUTY);
    assert_eq!(
        new.refused("backup_look", json!({"file": file}))
            .message_key,
        "access-already-signed-in"
    );
}

#[test]
fn a_damaged_office_is_put_aside_and_comes_back_from_its_own_backups() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    make(&d);
    let whole = dump(&d.office_dir());
    d.leave();
    let database = d.office_dir().join("office.db");
    let bytes = std::fs::read(&database).unwrap();
    // once too short to be one, once only unreadable
    for spoilt in [
        bytes[..1000].to_vec(),
        [&bytes[..100], &vec![7; bytes.len() - 100]].concat(),
    ] {
        std::fs::write(&database, &spoilt).unwrap();
        let e = d.refused(
            "access_sign_in",
            json!({"sign_in_name": ADMIN, "password": sample_password()}),
        );
        assert_eq!(e.message_key, "office-damaged");
        let found = d.done("backup_found", json!({}));
        let mut body = json!({"file": found["rows"][0]["file"], "sign_in_name": CLERK, "password": sample_password()});
        assert_eq!(
            d.refused("backup_restore_here", body.clone()).message_key,
            "backup-needs-administrator"
        );
        body["sign_in_name"] = json!(ADMIN);
        d.clock().pass_seconds(5);
        d.done("backup_restore_here", body);
        assert_eq!(dump(&d.office_dir()), whole);
        let aside = std::fs::read_dir(d.office_dir())
            .unwrap()
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().starts_with("damaged-"))
            .any(|e| std::fs::read(e.path().join("office.db")).is_ok_and(|b| b == spoilt));
        assert!(aside, "the damaged file is kept");
        d.sit(ADMIN);
        d.leave();
    }
}

/// Says how much room there is on the disk of a desk.
fn free(d: &TestDesk, mebibytes: Option<u64>) {
    let told = d.office_dir().with_file_name("free-bytes-of-tests");
    match mebibytes {
        Some(n) => std::fs::write(told, (n * 1024 * 1024).to_string()).unwrap(),
        None => std::fs::remove_file(told).unwrap(),
    }
}

#[test]
fn a_nearly_full_disk_is_read_from_and_not_written_to() {
    let d = TestDesk::sample();
    let issued = d.issued(DUTY, PRINCIPAL, OFFICE);
    d.leave();
    let before = dump(&d.office_dir());
    // room for a note, then not even that
    for room in [100, 0] {
        free(&d, Some(room));
        d.sit(OFFICE);
        assert_eq!(d.done("backup_status", json!({}))["read_only"], true);
        assert!(
            !d.done("inspections_list", json!({}))["rows"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        d.done(
            "documents_page",
            json!({"id": issued["row"]["id"], "page": 0}),
        );
        d.done("today_overview", json!({}));
        for (name, body) in [
            (
                "inspections_log",
                d.finding("总务处", "praise", "写不进", ""),
            ),
            (
                "documents_draft",
                json!({"kind": "notice", "finding_ids": []}),
            ),
            ("backup_make", json!({})),
        ] {
            let e = d.refused(name, body);
            assert_eq!(
                (e.code, e.message_key.as_str()),
                (ErrorCode::Environment, "error-disk-full"),
                "{name}"
            );
        }
        d.desk().tick();
        let saved = d.call("documents_save_pdf", json!({"id": issued["row"]["id"]}));
        assert_eq!(saved.is_ok(), room > 0, "handed out only with its note");
        d.leave();
        assert_eq!(dump(&d.office_dir()), before);
        assert_eq!((count(&d), leftovers(&backups_dir(&d))), (0, Vec::new()));
    }
    // space returns while somebody reads: they go on writing, and their coming is noted after all
    d.sit(DUTY);
    free(&d, None);
    assert_eq!(d.done("backup_status", json!({}))["read_only"], false);
    log(&d, "又写得进");
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
    let rows = d.done("audit_list", json!({}))["rows"].take();
    let actions: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .take(4)
        .map(|r| r["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "access.sign_in",
            "access.sign_out",
            "inspections.log",
            "access.sign_in"
        ]
    );
}
