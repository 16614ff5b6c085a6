//! A real data folder, real passwords, a clock that stands where the test puts it.
use super::*;
use crate::keyring::{Strength, SystemEntropy, Wait};
use crate::org::{Founding, FoundingAccount, FoundingPerson, found};
use domain::org::{NumberSeries, OfficeProfile};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const NOW: i64 = 1_790_000_000_000;
const PASSWORD: &str = "梧桐树下七点半又集合";
const FIRST: &str = "k7mf-3qxd-9rtw";

struct School {
    dir: TempDir,
    codes: [RecoveryCode; 2],
    throttle: Throttle,
}

impl School {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let person = |name: &str, sign_in_name: &str, role| FoundingPerson {
            name: name.to_owned(),
            post: "老师".to_owned(),
            unit: String::new(),
            account: Some(FoundingAccount {
                sign_in_name: sign_in_name.to_owned(),
                roles: vec![role],
                password: PASSWORD.to_owned(),
                chosen: true,
            }),
        };
        let founding = Founding {
            profile: OfficeProfile {
                name: "平江市第三小学".to_owned(),
                short_name: "平江三小".to_owned(),
                demo: false,
                series: vec![NumberSeries {
                    prefix: "平三小".to_owned(),
                    purpose: "通报".to_owned(),
                    start_after: None,
                }],
                recipients: "各处室：".to_owned(),
            },
            units: vec![("办公室".to_owned(), None)],
            class_groups: Vec::new(),
            people: vec![
                person("高远", "gao", Role::Administrator),
                person("李梅", "limei", Role::Office),
                person("周校长", "zhou", Role::Principal),
            ],
            students: Vec::new(),
        };
        let codes = found(
            &dir.path().join("三小.tongbao"),
            &founding,
            Strength::ForTests,
            NOW,
            &mut SystemEntropy,
        )
        .unwrap();
        School {
            dir,
            codes,
            throttle: Throttle::default(),
        }
    }
    fn office(&self) -> PathBuf {
        self.dir.path().join("三小.tongbao")
    }
    fn sign_in_at(
        &mut self,
        sign_in_name: &str,
        password: &str,
        now: i64,
    ) -> Result<(Office, Session), OfficeError> {
        let dir = self.office();
        Office::sign_in(
            opening(&dir, now),
            &mut self.throttle,
            sign_in_name,
            password,
        )
    }
    fn sign_in(
        &mut self,
        sign_in_name: &str,
        password: &str,
    ) -> Result<(Office, Session), OfficeError> {
        self.sign_in_at(sign_in_name, password, NOW)
    }
    fn recover(&self, sign_in_name: &str) -> Result<(), OfficeError> {
        recover(
            opening(&self.office(), NOW + 5),
            &self.codes[0].to_string(),
            sign_in_name,
            FIRST,
        )
    }
    /// Every file with its content.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.office())
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.is_file())
            .map(|p| (p.clone(), fs::read(p).unwrap()))
            .collect();
        files.sort();
        files
    }
    /// Opens the database as somebody does who has the data key and no scruples.
    fn tamper(&mut self, sql: &str) {
        let (office, _) = self.sign_in("gao", PASSWORD).unwrap();
        let key = office.master.database_key_hex();
        drop(office);
        #[expect(clippy::disallowed_methods, reason = "the thief does not ask store")]
        let db = rusqlite::Connection::open(self.office().join("office.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key=\"x'{}'\"; {sql}", *key))
            .unwrap();
    }
    fn findings(&mut self) -> Vec<String> {
        let (office, session) = self.sign_in("gao", PASSWORD).unwrap();
        let verified = office
            .verify(
                Call {
                    session: &session,
                    now: NOW,
                },
                None,
            )
            .unwrap();
        verified.findings.into_iter().map(|f| f.code).collect()
    }
}

fn opening(dir: &Path, now: i64) -> Opening<'_> {
    let holder = Holder {
        pid: 7,
        program: "tongbao".to_owned(),
        since_ms: now,
        host_account: "office".to_owned(),
    };
    Opening {
        dir,
        now,
        holder,
        entropy: Box::new(SystemEntropy),
    }
}

fn actions(office: &Office, session: &Session) -> Vec<String> {
    let page = office
        .audit_page(Call { session, now: NOW }, None, None, 1_000)
        .unwrap();
    page.into_iter().rev().map(|(row, _)| row.action).collect()
}

#[test]
fn a_wrong_password_changes_no_file_and_five_cost_half_a_minute() {
    let mut school = School::new();
    let before = school.files();
    for _ in 0..5 {
        assert!(matches!(
            school.sign_in("gao", "梧桐树下七点半不集合"),
            Err(OfficeError::WrongPassword)
        ));
    }
    assert!(matches!(
        school.sign_in("gao", PASSWORD),
        Err(OfficeError::Wait { seconds: 30 })
    ));
    assert_eq!(
        school.throttle.check("GAO", NOW + 29_000),
        Err(Wait { seconds: 1 })
    );
    assert_eq!(school.files(), before);
    assert!(school.sign_in_at("gao", PASSWORD, NOW + 30_000).is_ok());
    assert_eq!(school.throttle, Throttle::default());
}

#[test]
fn a_second_program_is_told_who_has_the_office_open() {
    let mut school = School::new();
    let first = school.sign_in("gao", PASSWORD).unwrap();
    match school.sign_in("limei", PASSWORD) {
        Err(OfficeError::Held(Some(holder))) => {
            assert_eq!((holder.pid, holder.program.as_str()), (7, "tongbao"));
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("two writers"),
    }
    assert!(
        matches!(school.recover("gao"), Err(OfficeError::Held(_))),
        "the one inside would write over it"
    );
    drop(first);
    assert!(school.sign_in("limei", PASSWORD).is_ok());
}

#[test]
fn a_folder_without_its_parts_opens_nothing_and_gets_none_back() {
    for (gone, problem) in [
        ("office.db", "office-damaged"),
        ("both keyrings", "office-damaged"),
        ("everything", "office-missing"),
    ] {
        let mut school = School::new();
        match gone {
            "office.db" => fs::remove_file(school.office().join(gone)).unwrap(),
            "both keyrings" => ["keyring", "keyring.bak"]
                .iter()
                .for_each(|name| fs::remove_file(school.office().join(name)).unwrap()),
            _ => fs::remove_dir_all(school.office()).unwrap(),
        }
        let count = fs::read_dir(school.office())
            .map(Iterator::count)
            .unwrap_or(0);
        match school.sign_in("gao", PASSWORD) {
            Err(OfficeError::NoOffice(found)) => assert_eq!(found, problem, "{gone}"),
            Err(other) => panic!("{gone}: {other:?}"),
            Ok(_) => panic!("{gone}: opened"),
        }
        assert_eq!(
            fs::read_dir(school.office())
                .map(Iterator::count)
                .unwrap_or(0),
            count,
            "{gone}"
        );
    }
}

#[test]
fn the_database_of_another_office_does_not_open() {
    let mut school = School::new();
    let other = School::new();
    fs::copy(
        other.office().join("office.db"),
        school.office().join("office.db"),
    )
    .unwrap();
    assert!(school.sign_in("gao", PASSWORD).is_err());
    assert_eq!(
        fs::read(school.office().join("office.db")).unwrap(),
        fs::read(other.office().join("office.db")).unwrap()
    );
}

#[test]
fn a_spoiled_copy_of_the_keyring_is_made_good_and_noted_once() {
    let mut school = School::new();
    fs::write(school.office().join("keyring"), "spoiled").unwrap();
    let (office, session) = school.sign_in("gao", PASSWORD).unwrap();
    assert_eq!(
        actions(&office, &session).last().map(String::as_str),
        Some("access.heal_keyring")
    );
    drop(office);
    assert_eq!(
        fs::read(school.office().join("keyring")).unwrap(),
        fs::read(school.office().join("keyring.bak")).unwrap()
    );
    let (office, session) = school.sign_in("gao", PASSWORD).unwrap();
    assert_eq!(
        actions(&office, &session)
            .iter()
            .filter(|a| *a == "access.heal_keyring")
            .count(),
        1
    );
}

#[test]
fn a_used_recovery_sheet_stands_in_the_audit_once_and_asks_for_new_sheets() {
    let mut school = School::new();
    assert!(school.recover("limei").is_err(), "only administrators");
    school.recover("ＧＡＯ").unwrap();
    assert!(matches!(
        school.sign_in("gao", PASSWORD),
        Err(OfficeError::WrongPassword)
    ));

    let (mut office, mut session) = school.sign_in("gao", FIRST).unwrap();
    assert!(session.must_choose_password());
    office
        .choose_password(&mut session, NOW, FIRST, PASSWORD)
        .unwrap();
    assert!(office.recovery_sheets_are_due());
    drop(office);

    let (mut office, session) = school.sign_in("gao", PASSWORD).unwrap();
    assert_eq!(
        actions(&office, &session)
            .iter()
            .filter(|a| *a == "access.recover")
            .count(),
        1
    );
    let new = office
        .replace_recovery_codes(Call {
            session: &session,
            now: NOW,
        })
        .unwrap()
        .value;
    assert!(!office.recovery_sheets_are_due());
    drop(office);
    assert!(
        school.recover("gao").is_err(),
        "the old sheet opens nothing"
    );
    school.codes = new;
    school.recover("gao").unwrap();
}

#[test]
fn recovery_codes_are_replaced_by_administrators_only() {
    let mut school = School::new();
    let (mut office, session) = school.sign_in("zhou", PASSWORD).unwrap();
    assert!(matches!(
        office.replace_recovery_codes(Call {
            session: &session,
            now: NOW
        }),
        Err(OfficeError::Denied(_))
    ));
}

#[test]
fn an_honest_office_verifies() {
    let mut school = School::new();
    for name in ["gao", "limei", "zhou"] {
        school.sign_in(name, PASSWORD).unwrap();
    }
    assert_eq!(school.findings(), Vec::<String>::new());
}

#[test]
fn who_edits_the_database_past_the_program_is_found_out() {
    let forget = "DROP TRIGGER audit_events_stay; DROP TRIGGER audit_events_stay_whole; PRAGMA foreign_keys=OFF;";
    let cases = [
        (
            "UPDATE staff SET name = '冒名' WHERE name = '李梅'".to_owned(),
            "row_altered",
        ),
        (
            "DELETE FROM units WHERE name = '办公室'".to_owned(),
            "row_missing",
        ),
        (
            format!("{forget} DELETE FROM audit_events WHERE seq = 3"),
            "entry_missing",
        ),
        (
            format!("{forget} UPDATE audit_events SET action = 'org.nothing' WHERE seq = 3"),
            "entry_edited",
        ),
        (
            format!("{forget} UPDATE audit_events SET at_ms = at_ms - 86400000 WHERE seq = 3"),
            "entry_edited",
        ),
    ];
    for (sql, code) in cases {
        let mut school = School::new();
        school.tamper(&sql);
        assert!(school.findings().iter().any(|found| found == code), "{sql}");
    }
}

#[test]
fn the_database_itself_refuses_to_forget() {
    let mut school = School::new();
    for sql in [
        "DELETE FROM audit_events",
        "UPDATE audit_events SET action = 'x'",
        "DELETE FROM audit_payloads",
    ] {
        let (office, _) = school.sign_in("gao", PASSWORD).unwrap();
        let key = office.master.database_key_hex();
        drop(office);
        #[expect(clippy::disallowed_methods, reason = "the thief does not ask store")]
        let db = rusqlite::Connection::open(school.office().join("office.db")).unwrap();
        let refused = db
            .execute_batch(&format!("PRAGMA key=\"x'{}'\"; {sql}", *key))
            .unwrap_err();
        assert!(
            refused.to_string().contains("append-only"),
            "{sql}: {refused}"
        );
    }
}
