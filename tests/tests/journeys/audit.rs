//! Who did what, when: complete, in order, and not to be changed behind the program's back.
use domain::access::{Actor, AmendFinding, Circumstance, ReadFindings, Role, grant};
use serde_json::{Value, json};
use store::{Db, Stamp};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, OFFICE, PRINCIPAL, SAMPLE_DAY, sample_password};
use uuid::Uuid;

fn entries(d: &TestDesk) -> Vec<Value> {
    let mut all = Vec::new();
    let mut query = json!({});
    loop {
        let page = d.done("audit_list", query.clone());
        all.extend(page["rows"].as_array().expect("the test is set up").clone());
        if page["next_seq"].is_null() {
            return all;
        }
        query["before_seq"] = page["next_seq"].clone();
    }
}
/// Opens the database with the key that the principal's password unlocks: what a determined person can do.
fn by_hand(d: &TestDesk) -> Db {
    let keyring = office::keyring::Keyring::open(&d.office_dir()).expect("the test is set up");
    let unlocked = keyring
        .unlock(PRINCIPAL, &sample_password())
        .expect("the test is set up");
    Db::open(
        &d.office_dir().join("office.db"),
        &unlocked.master.database_key_hex(),
    )
    .expect("the test is set up")
}
fn codes(d: &TestDesk) -> Vec<String> {
    d.sit(PRINCIPAL);
    let verified = d.done("audit_verify", json!({}));
    assert_eq!(
        verified["ok"],
        verified["findings"]
            .as_array()
            .expect("the test is set up")
            .is_empty()
    );
    verified["findings"]
        .as_array()
        .expect("the test is set up")
        .iter()
        .map(|f| f["code"].as_str().expect("the test is set up").to_owned())
        .collect()
}

#[test]
fn the_audit_tells_the_whole_day_without_a_gap() {
    let d = TestDesk::sample();
    let issued = d.issued(DUTY, PRINCIPAL, OFFICE);
    d.done("documents_save_pdf", json!({"id": issued["row"]["id"]}));
    d.sit(ADMIN);
    let all = entries(&d);
    let seqs: Vec<i64> = all.iter().map(|e| e["seq"].as_i64().unwrap()).collect();
    let wanted: Vec<i64> = (1..=seqs[0]).rev().collect();
    assert_eq!(seqs, wanted, "newest first, each once");
    let of = d.done("audit_list", json!({"object_id": issued["row"]["id"]}));
    let told: Vec<(&str, bool)> = of["rows"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|e| {
            (
                e["action"].as_str().unwrap(),
                e["signed"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("documents.draft", false),
            ("documents.submit", true),
            ("documents.approve", true),
            ("documents.issue", true),
            ("documents.freeze_page", false),
            ("documents.save_pdf", true),
        ]
    );
    let verified = d.done("audit_verify", json!({}));
    assert_eq!(
        (&verified["ok"], &verified["entries"], &verified["on"]),
        (&json!(true), &json!(seqs[0]), &json!(SAMPLE_DAY))
    );
}

#[test]
fn a_finding_changed_behind_the_program_is_found_out() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let id = d.log("总务处", "problem", "走廊堆放杂物", "堆放纸箱3个。");
    d.leave();
    assert_eq!(codes(&d), Vec::<String>::new());
    d.leave();
    let actor = Actor {
        account_id: Uuid::nil(),
        staff_id: Uuid::nil(),
        roles: vec![Role::Office],
        session_id: Uuid::nil(),
    };
    let id = id.as_str().unwrap().parse().unwrap();
    {
        let mut db = by_hand(&d);
        let read = grant::<ReadFindings>(&actor, Circumstance::default()).unwrap();
        let amend = grant::<AmendFinding>(
            &actor,
            Circumstance {
                open: true,
                ..Circumstance::default()
            },
        )
        .unwrap();
        let mut finding = store::inspections::finding(db.rd(), &read, id).unwrap();
        finding.text.matter = "一切良好".to_owned();
        let tail = store::audit::tail(db.rd()).unwrap().unwrap();
        let tx = db.begin().unwrap();
        store::inspections::amend(
            &tx,
            &amend,
            Stamp {
                ver: finding.ver,
                seq: tail.seq,
            },
            &finding,
        )
        .unwrap();
        tx.commit().unwrap();
    }
    assert_eq!(codes(&d), ["row_altered"]);
}
#[test]
fn a_clock_set_back_is_written_down_where_it_happened() {
    let d = TestDesk::sample();
    d.clock().set("2026-11-19", "08:00");
    d.sit(DUTY);
    d.leave();
    d.sit(ADMIN);
    let all = entries(&d);
    let suspect: Vec<&Value> = all.iter().filter(|e| e["clock_suspect"] == true).collect();
    assert_eq!(suspect.len(), 1, "{suspect:?}");
    assert_eq!(
        (&suspect[0]["action"], &suspect[0]["at"]),
        (&json!("access.sign_in"), &json!(d.clock().now()))
    );
    assert_eq!(
        d.done("audit_verify", json!({}))["ok"],
        true,
        "a wrong clock is no forgery"
    );
}
