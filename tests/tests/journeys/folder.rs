//! Folders that are not what they should be: told apart, never written, never replaced by an empty office.
use api::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use testkit::TestDesk;
use testkit::desk::{DUTY, OFFICE, PRINCIPAL, sample_password};

fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir)
        .expect("the test is set up")
        .flatten()
    {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.insert(
                entry.path(),
                std::fs::read(entry.path()).expect("the test is set up"),
            );
        }
    }
    all
}
fn flip(path: &Path, at: usize) {
    let mut bytes = std::fs::read(path).expect("the test is set up");
    bytes[at] ^= 0x55;
    std::fs::write(path, bytes).expect("the test is set up");
}
fn sign_in() -> Value {
    json!({"sign_in_name": PRINCIPAL, "password": sample_password()})
}
fn problem(d: &TestDesk) -> Value {
    let status = d.done("access_status", json!({}));
    assert_eq!(status["desk"]["state"], "no_office");
    status["desk"]["problem"]["message_key"].clone()
}
/// The folder can neither be signed in to nor be replaced, and stays as it is.
fn stays_shut(d: &TestDesk, key: &str, code: ErrorCode) {
    let before = files(&d.office_dir());
    assert_eq!(problem(d), key);
    let e = d.refused("access_sign_in", sign_in());
    assert_eq!((e.code, e.message_key.as_str()), (code, key));
    assert_eq!(
        d.refused("org_open_sample", json!({})).code,
        ErrorCode::Refused,
        "no office is made over it"
    );
    assert!(files(&d.office_dir()) == before, "nothing was written");
}

#[test]
fn where_nothing_is_there_is_no_office_and_none_is_made() {
    let d = TestDesk::empty();
    assert_eq!(problem(&d), Value::Null);
    let e = d.refused("access_sign_in", sign_in());
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Environment, "office-missing")
    );
    assert!(!d.office_dir().exists());
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let d = TestDesk::empty();
    std::fs::create_dir(d.office_dir()).unwrap();
    std::fs::write(d.office_dir().join("照片.txt"), "不是通报台的").unwrap();
    stays_shut(&d, "office-foreign", ErrorCode::Environment);
    std::fs::write(
        d.office_dir().join("office.db"),
        b"SQLite format 3\0 of another program",
    )
    .unwrap();
    stays_shut(&d, "office-foreign", ErrorCode::Environment);
}

#[test]
fn a_database_cut_short_gone_or_replaced_is_damage() {
    let database = |d: &TestDesk| d.office_dir().join("office.db");
    let d = TestDesk::sample();
    let whole = std::fs::read(database(&d)).unwrap();
    std::fs::write(database(&d), &whole[..1000]).unwrap();
    stays_shut(&d, "office-damaged", ErrorCode::Environment);
    std::fs::remove_file(database(&d)).unwrap();
    stays_shut(&d, "office-damaged", ErrorCode::Environment);
    let mut plain = b"SQLite format 3\0".to_vec();
    plain.resize(whole.len(), 0);
    std::fs::write(database(&d), plain).unwrap();
    stays_shut(&d, "office-damaged", ErrorCode::Environment);
    std::fs::write(database(&d), whole).unwrap();
    d.done("access_sign_in", sign_in());
}

#[test]
fn a_flipped_byte_anywhere_in_the_database_is_noticed() {
    let made = TestDesk::sample();
    let size = std::fs::read(made.office_dir().join("office.db"))
        .unwrap()
        .len();
    for part in 0..12 {
        let at = 40 + part * (size - 80) / 11;
        let d = TestDesk::sample();
        flip(&d.office_dir().join("office.db"), at);
        match d.call("access_sign_in", sign_in()) {
            Err(e) => assert_eq!(
                (e.code, e.message_key.as_str()),
                (ErrorCode::Environment, "office-damaged"),
                "byte {at}"
            ),
            Ok(_) => match d.call("audit_verify", json!({})) {
                Err(e) => assert_eq!(
                    (e.code, e.message_key.as_str()),
                    (ErrorCode::Environment, "office-damaged"),
                    "byte {at}"
                ),
                Ok(verified) => {
                    assert_eq!(verified["ok"], false, "byte {at} of {size}");
                    let codes: Vec<&str> = verified["findings"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter_map(|f| f["code"].as_str())
                        .collect();
                    assert!(codes.contains(&"file_damaged"), "byte {at}: {codes:?}");
                }
            },
        }
    }
}

#[test]
fn pages_cut_off_the_end_of_the_database_are_noticed() {
    let d = TestDesk::sample();
    let path = d.office_dir().join("office.db");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 8 * 4096]).unwrap();
    match d.call("access_sign_in", sign_in()) {
        Err(e) => assert_eq!(e.code, ErrorCode::Environment, "{e:?}"),
        Ok(_) => match d.call("audit_verify", json!({})) {
            Err(e) => assert_eq!(e.code, ErrorCode::Environment, "{e:?}"),
            Ok(verified) => assert_eq!(verified["ok"], false),
        },
    }
}

#[test]
fn one_spoiled_keyring_is_healed_by_its_copy_and_two_are_damage() {
    let d = TestDesk::sample();
    let (keyring, copy) = (
        d.office_dir().join("keyring"),
        d.office_dir().join("keyring.bak"),
    );
    let whole = std::fs::read(&keyring).unwrap();
    flip(&keyring, whole.len() / 2);
    d.done("access_sign_in", sign_in());
    d.leave();
    assert!(
        std::fs::read(&keyring).unwrap() == whole,
        "it is whole again"
    );
    flip(&keyring, whole.len() / 2);
    flip(&copy, whole.len() / 3);
    stays_shut(&d, "office-damaged", ErrorCode::Environment);
    std::fs::remove_file(&keyring).unwrap();
    std::fs::remove_file(&copy).unwrap();
    stays_shut(&d, "office-damaged", ErrorCode::Environment);
}

#[test]
fn a_newer_office_is_not_opened() {
    let d = TestDesk::sample();
    let body = br#"{"form":"of the future"}"#;
    let mut hashed = b"tongbao-keyring 2\n".to_vec();
    hashed.extend_from_slice(body);
    let mut newer = format!("tongbao-keyring 2 {}\n", office::sha256_hex(&hashed)).into_bytes();
    newer.extend_from_slice(body);
    for name in ["keyring", "keyring.bak"] {
        std::fs::write(d.office_dir().join(name), &newer).unwrap();
    }
    stays_shut(&d, "office-too-new", ErrorCode::FileTooNew);
}

#[test]
fn a_second_writer_is_told_who_has_the_office() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let second = d.second();
    let e = second.refused("access_sign_in", sign_in());
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Busy, "office-held-by")
    );
    let message = api::words::say(api::access::Language::ZhCn, &e.message_key, &e.args);
    assert!(
        message.contains("tongbao-tests")
            && message.contains("tester")
            && message.contains(&std::process::id().to_string()),
        "{message}"
    );
    d.log("总务处", "praise", "维修及时", "当天修好门锁。");
    d.leave();
    second.done("access_sign_in", sign_in());
    assert_eq!(
        d.refused("access_sign_in", sign_in()).args["program"],
        api::wire::Arg::Text("second-desk".to_owned())
    );
}

#[test]
fn what_was_saved_is_there_after_the_program_was_killed() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let view = d.draft("notice", &[]);
    let mut content = view["content"].clone();
    content["blocks"] =
        json!([{"id": "b1", "kind": "p", "text": "断电前写的。", "finding_ids": []}]);
    d.done(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": content}),
    );
    // a copy of the folder as it lies there now is what a killed program leaves behind
    let left = TestDesk::empty();
    testkit::desk::copy(&d.office_dir(), &left.office_dir());
    left.sit(OFFICE);
    assert_eq!(
        left.done("documents_document", json!({"id": view["row"]["id"]}))["content"],
        content
    );
    left.sit(PRINCIPAL);
    assert_eq!(left.done("audit_verify", json!({}))["findings"], json!([]));
}

/// Needs a disk of its own: `mount -t tmpfs -o size=260m tmpfs DIR`, then
/// `TONGBAO_SMALL_DISK=DIR cargo test --test journeys full_disk -- --ignored`.
#[test]
#[ignore = "needs a small disk: TONGBAO_SMALL_DISK"]
fn a_full_disk_changes_nothing_and_says_so() {
    let disk = PathBuf::from(
        std::env::var_os("TONGBAO_SMALL_DISK")
            .expect("TONGBAO_SMALL_DISK names a disk of about 260 MiB"),
    );
    let d = TestDesk::sample_at(&disk);
    d.sit(DUTY);
    d.log("总务处", "praise", "维修及时", "当天修好门锁。");
    std::fs::write(disk.join("ballast"), vec![1; 80 * 1024 * 1024]).unwrap();
    let e = d.refused(
        "inspections_log",
        d.finding("总务处", "praise", "第二件", ""),
    );
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Environment, "error-disk-full")
    );
    // to the last byte: whoever comes now still reads
    d.leave();
    let mut rest = std::fs::File::create(disk.join("rest")).unwrap();
    while std::io::Write::write_all(&mut rest, &[1; 4096]).is_ok() {}
    d.sit(OFFICE);
    assert_eq!(d.done("backup_status", json!({}))["read_only"], true);
    d.done("inspections_list", json!({}));
    let e = d.refused("backup_make", json!({}));
    assert_eq!(e.message_key, "error-disk-full");
    d.leave();
    drop(rest);
    std::fs::remove_file(disk.join("rest")).unwrap();
    std::fs::remove_file(disk.join("ballast")).unwrap();
    d.sit(DUTY);
    d.log("总务处", "praise", "第二件", "");
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}
