use super::*;
use hmac::Mac;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::fs;
use tempfile::TempDir;

const ADMINISTRATOR: Uuid = Uuid::from_u128(1);
const DUTY: Uuid = Uuid::from_u128(2);
const PRINCIPAL: Uuid = Uuid::from_u128(3);
const OWN: &str = "梧桐树下七点半又集合";
const FIRST: &str = "k7mf-3qxd-9rtw";
const OTHER: &str = "操场东门-晨读-1962";

/// Random bytes that are the same in every run.
pub(crate) struct Seeded(u64);

impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&Sha256::digest(self.0.to_le_bytes())[..chunk.len()]);
        }
        Ok(())
    }
}

fn account(account_id: Uuid, sign_in_name: &str, administrator: bool) -> NewAccount {
    NewAccount {
        account_id,
        sign_in_name: sign_in_name.to_owned(),
        display_name: format!("{sign_in_name}老师"),
        post: "duty_officer".to_owned(),
        administrator,
    }
}

fn names() -> OfficeNames {
    OfficeNames {
        office_name: "平江市第三小学".to_owned(),
        short_name: "平江三小".to_owned(),
        demo: false,
    }
}

struct Office {
    dir: TempDir,
    created: Created,
    entropy: Seeded,
}

impl Office {
    /// An administrator and a duty officer with their own passwords, a principal who has not been here yet.
    fn new() -> Self {
        Self::seeded(0)
    }

    fn seeded(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut entropy = Seeded(seed << 32);
        let created = Keyring::create(
            dir.path(),
            names(),
            &[
                (
                    account(ADMINISTRATOR, "gao", true),
                    FirstPassword::Chosen(OWN),
                ),
                (account(DUTY, "limei", false), FirstPassword::Chosen(OTHER)),
                (
                    account(PRINCIPAL, "zhou", false),
                    FirstPassword::Initial(FIRST),
                ),
            ],
            Strength::ForTests,
            &mut entropy,
        )
        .unwrap();
        Self {
            dir,
            created,
            entropy,
        }
    }

    fn open(&self) -> Keyring {
        Keyring::open(self.dir.path()).unwrap()
    }

    fn files(&self) -> [Option<Vec<u8>>; 2] {
        self.paths().map(|path| fs::read(path).ok())
    }

    fn paths(&self) -> [PathBuf; 2] {
        let layout = Layout::of(self.dir.path());
        [layout.keyring(), layout.keyring_copy()]
    }

    fn master(&self) -> MasterKey {
        self.created.master.clone()
    }

    /// Rewrites a copy the way somebody with an editor and our source code would: with a right checksum.
    fn forge(&self, path: &Path, change: impl FnOnce(&mut serde_json::Value)) {
        let file = fs::read(path).unwrap();
        let end = file.iter().position(|byte| *byte == b'\n').unwrap();
        let mut value = serde_json::from_slice(&file[end + 1..]).unwrap();
        change(&mut value);
        fs::write(
            path,
            with_first_line(FORMAT, &serde_json::to_vec(&value).unwrap()),
        )
        .unwrap();
    }

    fn forge_both(&self, change: impl Fn(&mut serde_json::Value)) {
        for path in self.paths() {
            self.forge(&path, &change);
        }
    }
}

fn with_first_line(format: u32, body: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(format!("tongbao-keyring {format}\n"));
    hash.update(body);
    let mut file = format!(
        "tongbao-keyring {format} {}\n",
        hexed::encode(&hash.finalize())
    )
    .into_bytes();
    file.extend_from_slice(body);
    file
}

#[test]
fn everybody_opens_the_same_office_with_a_password_of_their_own() {
    let office = Office::new();
    let keyring = office.open();
    let gao = keyring.unlock("gao", OWN).unwrap();
    let limei = keyring.unlock(" ＬｉＭｅｉ ", OTHER).unwrap();
    assert_eq!(gao.master.bytes(), limei.master.bytes());
    assert_eq!(gao.master.bytes(), office.created.master.bytes());
    assert_eq!(limei.account.account_id, DUTY);
    let keys = [
        gao.signing_seed.unwrap().public_key(),
        limei.signing_seed.unwrap().public_key(),
    ];
    assert_ne!(keys[0], keys[1]);
    assert_eq!(
        [gao.account.public_key, limei.account.public_key],
        keys.map(Some)
    );
}

#[test]
fn whoever_made_the_office_is_signed_in() {
    let office = Office::new();
    let signed_in = office.created.signed_in.as_ref().unwrap();
    let again = office.open().unlock("gao", OWN).unwrap();
    assert_eq!(signed_in.account, again.account);
    assert_eq!(
        signed_in.signing_seed.as_ref().unwrap().public_key(),
        again.signing_seed.unwrap().public_key()
    );
}

#[test]
fn names_stand_in_the_clear_and_keys_do_not() {
    let office = Office::new();
    let header = office.open().header();
    assert_eq!(
        (header.office_name.as_str(), header.short_name.as_str()),
        ("平江市第三小学", "平江三小")
    );
    let states: Vec<_> = header
        .accounts
        .iter()
        .map(|a| (a.sign_in_name.as_str(), a.state))
        .collect();
    assert_eq!(
        states,
        [
            ("gao", AccountState::Active),
            ("limei", AccountState::Active),
            ("zhou", AccountState::Initial)
        ]
    );
    let file = office.files()[0].clone().unwrap();
    for secret in [
        office.created.master.bytes().to_vec(),
        hexed::encode(office.created.master.bytes()).into_bytes(),
        office
            .created
            .signed_in
            .as_ref()
            .unwrap()
            .signing_seed
            .as_ref()
            .unwrap()
            .bytes()
            .to_vec(),
        OWN.as_bytes().to_vec(),
        FIRST.as_bytes().to_vec(),
    ] {
        assert!(!file.windows(secret.len()).any(|window| window == secret));
    }
}

#[test]
fn passwords_typed_in_other_widths_are_the_same_password() {
    let office = Office::new();
    office
        .open()
        .unlock("zhou", "ｋ７ｍｆ－３ｑｘｄ－９ｒｔｗ")
        .unwrap();
}

#[test]
fn a_failed_unlock_says_what_was_wrong_and_writes_nothing() {
    let office = Office::new();
    let before = office.files();
    let keyring = office.open();
    assert_eq!(
        keyring.unlock("gao", OTHER).unwrap_err(),
        UnlockError::WrongPassword
    );
    assert_eq!(
        keyring.unlock("gao", "").unwrap_err(),
        UnlockError::WrongPassword
    );
    assert_eq!(
        keyring.unlock("gao", &OWN.repeat(100_000)).unwrap_err(),
        UnlockError::WrongPassword
    );
    assert_eq!(
        keyring.unlock("nobody", OWN).unwrap_err(),
        UnlockError::UnknownAccount
    );
    assert_eq!(
        keyring.unlock_account(Uuid::nil(), OWN).unwrap_err(),
        UnlockError::UnknownAccount
    );
    assert_eq!(office.files(), before);
    assert_eq!(fs::read_dir(office.dir.path()).unwrap().count(), 2);
}

#[test]
fn the_first_password_is_replaced_and_makes_the_signing_key() {
    let mut office = Office::new();
    let mut keyring = office.open();
    let before = keyring.unlock("zhou", FIRST).unwrap();
    assert_eq!(
        (before.account.state, before.signing_seed.is_some()),
        (AccountState::Initial, false)
    );

    let chosen = keyring
        .choose_password(PRINCIPAL, FIRST, OWN, &mut office.entropy)
        .unwrap();
    assert_eq!(chosen.account.state, AccountState::Active);

    let keyring = office.open();
    assert_eq!(
        keyring.unlock("zhou", FIRST).unwrap_err(),
        UnlockError::WrongPassword
    );
    let after = keyring.unlock("zhou", OWN).unwrap();
    let public_key = after.signing_seed.unwrap().public_key();
    assert_eq!(chosen.signing_seed.unwrap().public_key(), public_key);
    assert_eq!(after.account.public_key, Some(public_key));
    assert_eq!(after.master.bytes(), office.created.master.bytes());
}

#[test]
fn a_changed_password_keeps_the_signing_key() {
    let mut office = Office::new();
    let before = office.open().unlock("limei", OTHER).unwrap().account;
    office
        .open()
        .change_password(DUTY, OTHER, "银杏叶又黄了八次半呢", &mut office.entropy)
        .unwrap();
    let keyring = office.open();
    assert_eq!(
        keyring.unlock("limei", OTHER).unwrap_err(),
        UnlockError::WrongPassword
    );
    let after = keyring.unlock("limei", "银杏叶又黄了八次半呢").unwrap();
    assert_eq!(
        after.signing_seed.map(|seed| seed.public_key()),
        before.public_key
    );
    assert_eq!(after.account, before);
}

#[test]
fn a_reset_takes_the_signing_key_away() {
    let mut office = Office::new();
    let old = office
        .open()
        .unlock("limei", OTHER)
        .unwrap()
        .account
        .public_key;
    office
        .open()
        .reset_password(&office.master(), DUTY, FIRST, &mut office.entropy)
        .unwrap();
    let reset = office.open().unlock("limei", FIRST).unwrap();
    assert_eq!(
        (reset.account.state, reset.account.public_key),
        (AccountState::Initial, None)
    );
    assert!(reset.signing_seed.is_none());
    let new = office
        .open()
        .choose_password(DUTY, FIRST, OTHER, &mut office.entropy)
        .unwrap();
    assert_ne!(new.account.public_key, old);
}

#[test]
fn every_refused_change_leaves_both_files_as_they_were() {
    let mut office = Office::new();
    let before = office.files();
    let mut keyring = office.open();
    let master = office.master();
    let entropy = &mut office.entropy;
    use ChangeKeyringError as E;

    let weak = keyring.add_account(
        &master,
        &account(Uuid::from_u128(9), "sun", false),
        "sun123",
        entropy,
    );
    assert!(matches!(weak, Err(E::PasswordRefused(problems)) if problems.len() == 2));
    let weak = keyring.choose_password(PRINCIPAL, FIRST, "平江三小-平江三小-1", entropy);
    assert!(
        matches!(weak, Err(E::PasswordRefused(p)) if p == [PasswordProblem::ContainsOfficeName])
    );
    let taken = keyring.add_account(
        &master,
        &account(Uuid::from_u128(9), "ＧＡＯ", false),
        FIRST,
        entropy,
    );
    assert!(matches!(taken, Err(E::NameTaken { .. })));
    let empty = keyring.add_account(
        &master,
        &account(Uuid::from_u128(9), " 　", false),
        FIRST,
        entropy,
    );
    assert!(matches!(empty, Err(E::NameEmpty)));
    let twice = keyring.add_account(&master, &account(DUTY, "sun", false), FIRST, entropy);
    assert!(matches!(twice, Err(E::AccountExists)));
    assert!(matches!(
        keyring.update_account(&master, &account(DUTY, "gao", false)),
        Err(E::NameTaken { .. })
    ));
    assert!(matches!(
        keyring.update_account(&master, &account(ADMINISTRATOR, "gao", false)),
        Err(E::LastAdministrator)
    ));
    assert!(matches!(
        keyring.remove_account(&master, ADMINISTRATOR),
        Err(E::LastAdministrator)
    ));
    assert!(matches!(
        keyring.remove_account(&master, Uuid::nil()),
        Err(E::UnknownAccount)
    ));
    assert!(matches!(
        keyring.reset_password(&master, Uuid::nil(), FIRST, entropy),
        Err(E::UnknownAccount)
    ));
    assert!(matches!(
        keyring.choose_password(DUTY, OTHER, OWN, entropy),
        Err(E::NotInitial)
    ));
    assert!(matches!(
        keyring.change_password(PRINCIPAL, FIRST, OWN, entropy),
        Err(E::StillInitial)
    ));
    assert!(matches!(
        keyring.change_password(DUTY, OTHER, OTHER, entropy),
        Err(E::SamePassword)
    ));
    assert!(matches!(
        keyring.choose_password(PRINCIPAL, FIRST, FIRST, entropy),
        Err(E::SamePassword)
    ));
    assert!(matches!(
        keyring.change_password(DUTY, OWN, FIRST, entropy),
        Err(E::Unlock(UnlockError::WrongPassword))
    ));
    let again = Keyring::create(office.dir.path(), names(), &[], Strength::ForTests, entropy);
    assert!(matches!(again, Err(E::KeyringExists)));
    assert_eq!(office.files(), before);
    assert_eq!(keyring.header(), office.open().header());
}

#[test]
fn a_new_office_has_an_administrator() {
    let dir = tempfile::tempdir().unwrap();
    let accounts = [(account(DUTY, "limei", false), FirstPassword::Chosen(OTHER))];
    let made = Keyring::create(
        dir.path(),
        names(),
        &accounts,
        Strength::ForTests,
        &mut Seeded(0),
    );
    assert!(matches!(made, Err(ChangeKeyringError::LastAdministrator)));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn people_come_are_renamed_and_go() {
    let mut office = Office::new();
    let master = office.master();
    let mut keyring = office.open();
    let sun = Uuid::from_u128(9);
    keyring
        .add_account(
            &master,
            &account(sun, "sun", false),
            FIRST,
            &mut office.entropy,
        )
        .unwrap();
    assert!(office.open().unlock("sun", FIRST).is_ok());
    keyring
        .update_account(&master, &account(sun, "sunli", true))
        .unwrap();
    assert_eq!(
        office.open().unlock("sun", FIRST).unwrap_err(),
        UnlockError::UnknownAccount
    );
    assert!(
        office
            .open()
            .unlock("sunli", FIRST)
            .unwrap()
            .account
            .administrator
    );
    keyring.remove_account(&master, ADMINISTRATOR).unwrap();
    assert_eq!(
        office.open().unlock("gao", OWN).unwrap_err(),
        UnlockError::UnknownAccount
    );
    assert!(
        !fs::read_to_string(&office.paths()[0])
            .unwrap()
            .contains("gao老师")
    );
    let renamed = OfficeNames {
        office_name: "平江市实验小学".to_owned(),
        short_name: "实小".to_owned(),
        demo: false,
    };
    keyring.rename_office(&master, renamed).unwrap();
    assert_eq!(office.open().header().office_name, "平江市实验小学");
    assert!(office.open().unlock("sunli", FIRST).is_ok());
    assert_eq!(office.open().header().revision, 5);
}

#[test]
fn the_master_key_of_another_office_changes_nothing() {
    let mut office = Office::new();
    let stranger = Office::seeded(7).master();
    let before = office.files();
    let mut keyring = office.open();
    let reset = keyring.reset_password(&stranger, DUTY, FIRST, &mut office.entropy);
    assert!(matches!(reset, Err(ChangeKeyringError::WrongMaster)));
    assert!(matches!(
        keyring.heal(&stranger),
        Err(ChangeKeyringError::WrongMaster)
    ));
    assert_eq!(office.files(), before);
}

#[test]
fn only_test_offices_are_weak() {
    assert!(Office::new().open().header().weak);
    let dir = tempfile::tempdir().unwrap();
    let accounts = [(
        account(ADMINISTRATOR, "gao", true),
        FirstPassword::Chosen(OWN),
    )];
    Keyring::create(
        dir.path(),
        names(),
        &accounts,
        Strength::Standard,
        &mut Seeded(0),
    )
    .unwrap();
    let keyring = Keyring::open(dir.path()).unwrap();
    assert!(!keyring.header().weak);
    assert_eq!(keyring.sealed.body.work, slot::FLOOR);
    assert_eq!(
        (
            slot::FLOOR.memory_kib,
            slot::FLOOR.passes,
            slot::FLOOR.lanes
        ),
        (65_536, 3, 4)
    );
    assert!(keyring.unlock("gao", OWN).is_ok());
    assert_eq!(
        keyring.unlock("gao", OTHER).unwrap_err(),
        UnlockError::WrongPassword
    );
}

// Recovery sheets.

#[test]
fn either_sheet_resets_an_administrator_and_the_use_is_remembered() {
    for sheet in [1_u8, 2] {
        let mut office = Office::new();
        let code = office.created.recovery_codes[usize::from(sheet) - 1].clone();
        let code = RecoveryCode::parse(&code.to_string()).unwrap();
        let mut keyring = office.open();
        let access = keyring.open_recovery(&code).unwrap();
        assert_eq!(access.sheet(), sheet);
        access
            .reset_administrator(
                &mut keyring,
                ADMINISTRATOR,
                FIRST,
                1_000,
                &mut office.entropy,
            )
            .unwrap();

        let mut keyring = office.open();
        assert_eq!(
            keyring.unlock("gao", OWN).unwrap_err(),
            UnlockError::WrongPassword
        );
        assert_eq!(
            keyring.unlock("gao", FIRST).unwrap().account.state,
            AccountState::Initial
        );
        assert_eq!(
            keyring.recovery_uses(),
            [RecoveryUse {
                sheet,
                account_id: ADMINISTRATOR,
                at_ms: 1_000,
                audited: false
            }]
        );

        keyring
            .mark_recovery_uses_audited(&office.master())
            .unwrap();
        let mut keyring = office.open();
        assert!(
            matches!(keyring.recovery_uses(), [used] if used.audited),
            "it stays until there are new sheets"
        );

        let new = keyring
            .replace_recovery_codes(&office.master(), &mut office.entropy)
            .unwrap();
        let keyring = office.open();
        assert_eq!(keyring.recovery_uses(), []);
        for old in &office.created.recovery_codes {
            assert_eq!(
                keyring.open_recovery(old).unwrap_err(),
                UnlockError::WrongPassword
            );
        }
        assert_eq!(keyring.open_recovery(&new[1]).unwrap().sheet(), 2);
    }
}

#[test]
fn a_sheet_resets_nobody_but_an_administrator() {
    let mut office = Office::new();
    let before = office.files();
    for account_id in [DUTY, PRINCIPAL] {
        let mut keyring = office.open();
        let access = keyring
            .open_recovery(&office.created.recovery_codes[0])
            .unwrap();
        let reset =
            access.reset_administrator(&mut keyring, account_id, FIRST, 0, &mut office.entropy);
        assert!(matches!(reset, Err(ChangeKeyringError::NotAdministrator)));
    }
    assert_eq!(office.files(), before);
}

#[test]
fn a_wrong_code_opens_nothing() {
    let office = Office::new();
    let stranger = Office::seeded(7);
    let error = office
        .open()
        .open_recovery(&stranger.created.recovery_codes[0])
        .unwrap_err();
    assert_eq!(error, UnlockError::WrongPassword);
}

#[test]
fn marking_somebody_as_administrator_by_hand_does_not_help_a_thief_with_a_sheet() {
    let office = Office::new();
    office.forge_both(|file| file["body"]["accounts"][1]["administrator"] = true.into());
    let error = office
        .open()
        .open_recovery(&office.created.recovery_codes[0])
        .unwrap_err();
    assert_eq!(error, UnlockError::Altered);
}

// Damage and tampering.

#[test]
fn every_flipped_bit_of_either_copy_is_found_and_made_good() {
    let office = Office::new();
    let [Some(main), Some(copy)] = office.files() else {
        panic!("both are there")
    };
    assert_eq!(main, copy);
    let header = office.open().header();
    let [main_path, copy_path] = office.paths();
    for bit in 0..main.len() * 8 {
        let mut bent = main.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert!(
            matches!(file::parse(&bent), Copy::Damaged),
            "bit {bit} of byte {}",
            bit / 8
        );
        // The disk is slow: every bit is parsed, every 97th goes the whole way.
        if bit % 97 != 0 {
            continue;
        }
        let bent_main = bit % 2 == 0;
        fs::write(if bent_main { &main_path } else { &copy_path }, &bent).unwrap();
        let mut keyring = office.open();
        let expected = if bent_main {
            Copies::MainDamaged
        } else {
            Copies::BackupDamaged
        };
        assert_eq!(
            (keyring.copies(), keyring.header()),
            (expected, header.clone())
        );
        let unlocked = keyring.unlock("gao", OWN).unwrap();
        assert_eq!(unlocked.copies, expected);
        assert_eq!(keyring.heal(&unlocked.master).unwrap(), expected);
        assert_eq!(office.files(), [Some(main.clone()), Some(main.clone())]);
        assert_eq!(office.open().copies(), Copies::BothGood);
    }
}

#[test]
fn a_file_cut_short_or_grown_at_any_place_is_damaged() {
    let office = Office::new();
    let main = office.files()[0].clone().unwrap();
    for length in 0..main.len() {
        assert!(
            matches!(file::parse(&main[..length]), Copy::Damaged),
            "{length}"
        );
    }
    assert!(matches!(
        file::parse(&[main.as_slice(), b"\n"].concat()),
        Copy::Damaged
    ));
    assert!(matches!(file::parse(&main), Copy::Good(_)));
}

#[test]
fn with_both_copies_damaged_nothing_opens_and_nothing_is_written() {
    let office = Office::new();
    for path in office.paths() {
        let mut bent = fs::read(&path).unwrap();
        bent[200] ^= 4;
        fs::write(&path, bent).unwrap();
    }
    let before = office.files();
    assert!(matches!(
        Keyring::open(office.dir.path()),
        Err(OpenKeyringError::Damaged)
    ));
    assert_eq!(office.files(), before);
}

#[test]
fn a_missing_copy_is_made_again_and_two_missing_ones_are_not() {
    let office = Office::new();
    for (place, expected) in [(0, Copies::MainDamaged), (1, Copies::BackupDamaged)] {
        fs::remove_file(&office.paths()[place]).unwrap();
        assert_eq!(office.open().heal(&office.master()).unwrap(), expected);
        assert_eq!(office.open().copies(), Copies::BothGood);
    }
    for path in office.paths() {
        fs::remove_file(path).unwrap();
    }
    assert!(matches!(
        Keyring::open(office.dir.path()),
        Err(OpenKeyringError::Missing)
    ));
    assert_eq!(office.files(), [None, None]);
}

#[test]
fn a_newer_form_is_named_and_a_bent_version_is_damage() {
    let office = Office::new();
    let newer = with_first_line(2, br#"{"a form":"of the future"}"#);
    fs::write(&office.paths()[0], &newer).unwrap();
    match Keyring::open(office.dir.path()) {
        Err(OpenKeyringError::TooNew { found: 2, max: 1 }) => {}
        other => panic!("{other:?}"),
    }
    let bent = String::from_utf8(office.files()[1].clone().unwrap())
        .unwrap()
        .replacen("keyring 1 ", "keyring 3 ", 1);
    assert!(matches!(file::parse(bent.as_bytes()), Copy::Damaged));
}

#[test]
fn after_a_stop_between_the_two_writes_the_newer_copy_counts() {
    let mut office = Office::new();
    let old = office.files()[0].clone().unwrap();
    office
        .open()
        .reset_password(&office.master(), DUTY, FIRST, &mut office.entropy)
        .unwrap();
    for (place, expected) in [(1, Copies::BackupOlder), (0, Copies::MainOlder)] {
        fs::write(&office.paths()[place], &old).unwrap();
        let mut keyring = office.open();
        assert_eq!(keyring.copies(), expected);
        assert_eq!(
            keyring.unlock("limei", OTHER).unwrap_err(),
            UnlockError::WrongPassword,
            "the old password does not live on in the old copy"
        );
        let unlocked = keyring.unlock("limei", FIRST).unwrap();
        keyring.heal(&unlocked.master).unwrap();
        assert_eq!(office.open().copies(), Copies::BothGood);
    }
}

#[test]
fn a_change_that_cannot_write_the_second_copy_has_happened_and_says_so() {
    let mut office = Office::new();
    let copy = office.paths()[1].clone();
    fs::remove_file(&copy).unwrap();
    fs::create_dir_all(copy.join("in the way")).unwrap();
    let mut keyring = office.open();
    keyring
        .change_password(DUTY, OTHER, FIRST, &mut office.entropy)
        .unwrap();
    assert_eq!(keyring.copies(), Copies::BackupOlder);
    fs::remove_dir_all(&copy).unwrap();
    assert!(office.open().unlock("limei", FIRST).is_ok());
}

#[test]
fn a_change_that_cannot_write_the_first_copy_has_not_happened() {
    let mut office = Office::new();
    let main = office.paths()[0].clone();
    fs::remove_file(&main).unwrap();
    fs::create_dir_all(main.join("in the way")).unwrap();
    let mut keyring = Keyring {
        dir: office.dir.path().to_owned(),
        ..office.created.keyring
    };
    let changed = keyring.change_password(DUTY, OTHER, FIRST, &mut office.entropy);
    assert!(matches!(changed, Err(ChangeKeyringError::Folder(error)) if error.path == main));
    assert!(keyring.unlock("limei", OTHER).is_ok());
    assert_eq!(
        keyring.unlock("limei", FIRST).unwrap_err(),
        UnlockError::WrongPassword
    );
    fs::remove_dir_all(&main).unwrap();
    assert!(
        Keyring::open(office.dir.path())
            .unwrap()
            .unlock("limei", OTHER)
            .is_ok()
    );
}

type Forgery = fn(&mut serde_json::Value);

/// What a thief who can write the folder, and knows nothing, might do to both copies.
fn forgeries() -> Vec<(&'static str, Forgery)> {
    vec![
        ("another office name", |file| {
            file["body"]["office_name"] = "别的学校".into();
        }),
        ("another person's name", |file| {
            file["body"]["accounts"][0]["display_name"] = "冒名".into();
        }),
        ("a person made administrator", |file| {
            file["body"]["accounts"][1]["administrator"] = true.into();
        }),
        ("another post", |file| {
            file["body"]["accounts"][1]["post"] = "principal".into();
        }),
        ("another public key", |file| {
            file["body"]["accounts"][0]["public_key"] = "00".repeat(32).into();
        }),
        ("sign-in names swapped", |file| {
            let name = file["body"]["accounts"][1]["sign_in_name"].take();
            file["body"]["accounts"][1]["sign_in_name"] =
                file["body"]["accounts"][0]["sign_in_name"].take();
            file["body"]["accounts"][0]["sign_in_name"] = name;
        }),
        ("slots swapped", |file| {
            let holder = file["body"]["slots"][1]["holder"].take();
            file["body"]["slots"][1]["holder"] = file["body"]["slots"][0]["holder"].take();
            file["body"]["slots"][0]["holder"] = holder;
        }),
        ("a slot taken for somebody else's", |file| {
            file["body"]["slots"][0]["holder"]["account_id"] = DUTY.to_string().into();
            file["body"]["slots"].as_array_mut().unwrap().remove(1);
        }),
        ("a slot taken for a recovery slot", |file| {
            file["body"]["slots"][0]["holder"] =
                serde_json::json!({"kind": "recovery", "sheet": 1});
        }),
        ("cheaper work", |file| {
            file["body"]["slots"][0]["kdf"]["work"]["memory_kib"] = 16.into();
        }),
        ("another salt", |file| {
            file["body"]["slots"][0]["kdf"]["salt"] = "00".repeat(16).into();
        }),
        ("another generation", |file| {
            file["body"]["epoch"] = 2.into();
        }),
        ("another office id", |file| {
            file["body"]["vault_id"] = Uuid::nil().to_string().into();
        }),
        ("another slot id", |file| {
            file["body"]["slots"][0]["slot_id"] = Uuid::nil().to_string().into();
        }),
        ("an account taken away", |file| {
            drop(file["body"]["accounts"].as_array_mut().unwrap().remove(2));
        }),
        ("a slot taken away", |file| {
            drop(file["body"]["slots"].as_array_mut().unwrap().remove(2));
        }),
        ("cheaper work for slots to come", |file| {
            file["body"]["work"]["passes"] = 2.into();
        }),
        ("a made-up use of a sheet", |file| {
            let made_up =
                serde_json::json!({"sheet": 1, "account_id": DUTY, "at_ms": 5, "audited": true});
            file["body"]["recovery_uses"]
                .as_array_mut()
                .unwrap()
                .push(made_up);
        }),
        ("a later revision", |file| {
            file["body"]["revision"] = 99.into();
        }),
        ("another check", |file| file["mac"] = "00".repeat(32).into()),
    ]
}

#[test]
fn every_forgery_with_a_right_checksum_is_found_at_unlock() {
    for (name, change) in forgeries() {
        let office = Office::new();
        office.forge_both(change);
        let keyring = office.open();
        for (account_id, password) in [(ADMINISTRATOR, OWN), (DUTY, OTHER)] {
            let error = keyring
                .unlock_account(account_id, password)
                .expect_err(name);
            assert!(
                matches!(error, UnlockError::Altered | UnlockError::WrongPassword),
                "{name}: {error:?}"
            );
        }
        assert!(
            matches!(keyring.unlock("gao", OTHER), Err(error) if error != UnlockError::UnknownAccount),
            "{name}"
        );
    }
}

#[test]
fn a_slot_moved_between_accounts_opens_nothing() {
    let office = Office::new();
    office.forge_both(|file| {
        let holder = file["body"]["slots"][1]["holder"].take();
        file["body"]["slots"][1]["holder"] = file["body"]["slots"][0]["holder"].take();
        file["body"]["slots"][0]["holder"] = holder;
    });
    let keyring = office.open();
    assert_eq!(
        keyring.unlock_account(DUTY, OWN).unwrap_err(),
        UnlockError::WrongPassword
    );
    assert_eq!(
        keyring.unlock_account(ADMINISTRATOR, OTHER).unwrap_err(),
        UnlockError::WrongPassword
    );
}

#[test]
fn a_slot_of_another_office_opens_nothing() {
    let office = Office::new();
    let stranger = Office::seeded(7);
    let slots: serde_json::Value =
        serde_json::to_value(&stranger.open().sealed.body.slots).unwrap();
    office.forge_both(|file| file["body"]["slots"] = slots.clone());
    assert_eq!(
        office.open().unlock("gao", OWN).unwrap_err(),
        UnlockError::WrongPassword
    );
}

#[test]
fn one_forged_copy_is_replaced_by_the_true_one() {
    for (place, revision) in [(0, 1), (0, 99), (1, 99)] {
        let office = Office::new();
        let good = office.files()[1 - place].clone();
        office.forge(&office.paths()[place], |file| {
            file["body"]["accounts"][0]["display_name"] = "冒名".into();
            file["body"]["revision"] = revision.into();
        });
        let mut keyring = office.open();
        let unlocked = keyring.unlock("gao", OWN).unwrap();
        assert_eq!(
            (unlocked.copies, unlocked.account.display_name.as_str()),
            (Copies::MainAltered, "gao老师")
        );
        assert_eq!(keyring.heal(&unlocked.master).unwrap(), Copies::MainAltered);
        assert_eq!(office.files(), [good.clone(), good]);
        assert_eq!(keyring.header(), office.open().header());
    }
}

#[test]
fn a_password_can_be_chosen_while_one_copy_is_forged() {
    let mut office = Office::new();
    office.forge(&office.paths()[0], |file| {
        file["body"]["office_name"] = "别的学校".into();
    });
    office
        .open()
        .choose_password(PRINCIPAL, FIRST, OWN, &mut office.entropy)
        .unwrap();
    assert_eq!(office.open().header().office_name, "平江市第三小学");
    assert!(office.open().unlock("zhou", OWN).is_ok());
}

#[test]
fn impossible_work_is_damage_and_never_stops_the_machine() {
    for (field, value) in [
        ("memory_kib", 4_000_000_000_u64),
        ("memory_kib", 0),
        ("passes", 1_000_000),
        ("lanes", 0),
        ("lanes", 60_000),
    ] {
        let office = Office::new();
        office.forge_both(|file| file["body"]["slots"][0]["kdf"]["work"][field] = value.into());
        assert!(
            matches!(
                Keyring::open(office.dir.path()),
                Err(OpenKeyringError::Damaged)
            ),
            "{field} {value}"
        );
    }
}

#[test]
fn a_file_too_large_for_a_keyring_is_not_read_into_memory() {
    let office = Office::new();
    for path in office.paths() {
        fs::File::create(path).unwrap().set_len(1 << 40).unwrap();
    }
    assert!(matches!(
        Keyring::open(office.dir.path()),
        Err(OpenKeyringError::Damaged)
    ));
}

#[test]
fn the_mac_covers_every_field_of_the_body() {
    let office = Office::new();
    let master = office.master();
    let body = office.open().sealed.body;
    let mut mac = master.keyring_mac();
    mac.update(&serde_json_canonicalizer::to_vec(&body).unwrap());
    assert_eq!(
        serde_json::to_value(body.seal(&master)).unwrap()["mac"],
        hexed::encode(&mac.finalize().into_bytes()).as_str()
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
        let read = matches!(file::parse(&bytes), Copy::Damaged);
        prop_assert!(read);
    }

    #[test]
    fn any_body_under_a_right_checksum_is_read_without_a_panic(body: Vec<u8>, format in 0..4_u32) {
        let read = file::parse(&with_first_line(format, &body));
        let good = matches!(read, Copy::Good(_));
        prop_assert!(!good);
    }

    #[test]
    fn any_text_can_be_a_name(name in "\\PC{1,40}", person in "\\PC{0,40}") {
        let mut office = Office::new();
        let id = Uuid::from_u128(9);
        let mut new = account(id, &name, false);
        new.display_name = person;
        match office.open().add_account(&office.master(), &new, FIRST, &mut office.entropy) {
            Ok(()) => prop_assert_eq!(office.open().unlock(&name, FIRST).unwrap().account.display_name, new.display_name),
            Err(ChangeKeyringError::NameEmpty) => prop_assert!(fold_name(&name).is_empty()),
            Err(ChangeKeyringError::PasswordRefused(problems)) => {
                prop_assert_eq!(problems, vec![PasswordProblem::ContainsSignInName]);
            }
            Err(ChangeKeyringError::NameTaken { .. }) => prop_assert!(["gao", "limei", "zhou"].contains(&&*fold_name(&name))),
            Err(error) => panic!("{error:?}"),
        }
    }
}
