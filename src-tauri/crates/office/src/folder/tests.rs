use super::*;
use crate::keyring::{FirstPassword, NewAccount, OfficeNames, Strength, SystemEntropy};
use std::fs;
use uuid::Uuid;

fn fill(layout: &Layout, entropy: &mut dyn Entropy) -> Result<(), &'static str> {
    let gao = NewAccount {
        account_id: Uuid::from_u128(1),
        sign_in_name: "gao".to_owned(),
        display_name: "高老师".to_owned(),
        post: "administrator".to_owned(),
        administrator: true,
    };
    let names = OfficeNames {
        office_name: "平江市第三小学".to_owned(),
        short_name: "平江三小".to_owned(),
        demo: false,
    };
    let accounts = [(gao, FirstPassword::Chosen("梧桐树下七点半又集合"))];
    Keyring::create(layout.dir(), names, &accounts, Strength::ForTests, entropy)
        .map_err(|_| "keyring")?;
    fs::write(layout.database(), [7; 8192]).map_err(|_| "database")
}

fn make(dir: &Path) -> Result<(), CreateFolderError<&'static str>> {
    create(dir, &mut SystemEntropy, fill)
}

fn names_in(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn inspect_after(spoil: impl FnOnce(&Layout)) -> Inspection {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("三小.tongbao");
    make(&office).unwrap();
    spoil(&Layout::of(&office));
    inspect(&office).unwrap()
}

#[test]
fn a_new_office_is_there_whole_and_can_be_signed_in_to() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("新的/三小.tongbao");
    make(&office).unwrap();
    assert_eq!(
        names_in(&office),
        [
            "attachments",
            "backups",
            "keyring",
            "keyring.bak",
            "office.db"
        ]
    );
    assert_eq!(names_in(office.parent().unwrap()), ["三小.tongbao"]);
    match inspect(&office).unwrap() {
        Inspection::Ready {
            header,
            copies: Copies::BothGood,
        } => assert_eq!(header.short_name, "平江三小"),
        other => panic!("{other:?}"),
    }
    assert!(
        Keyring::open(&office)
            .unwrap()
            .unlock("gao", "梧桐树下七点半又集合")
            .is_ok()
    );
}

#[test]
fn an_empty_folder_is_filled_and_anything_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("三小.tongbao");
    fs::create_dir(&office).unwrap();
    assert_eq!(inspect(&office).unwrap(), Inspection::Missing);
    make(&office).unwrap();
    let before = fs::read(office.join("keyring")).unwrap();
    assert!(matches!(make(&office), Err(CreateFolderError::Occupied(_))));
    assert_eq!(fs::read(office.join("keyring")).unwrap(), before);
    let file = dir.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(matches!(make(&file), Err(CreateFolderError::Occupied(_))));
    assert_eq!(fs::read(&file).unwrap(), b"text");
}

#[test]
fn a_failure_half_way_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("三小.tongbao");
    let failed = create(&office, &mut SystemEntropy, |layout, entropy| {
        fill(layout, entropy)?;
        Err::<(), _>("the database would not open")
    });
    assert!(matches!(
        failed,
        Err(CreateFolderError::Fill("the database would not open"))
    ));
    assert_eq!(names_in(dir.path()), Vec::<String>::new());
    fs::create_dir(&office).unwrap();
    let occupied = create(&office, &mut SystemEntropy, |layout, entropy| {
        fs::write(office.join("somebody else's"), "work").map_err(|_| "write")?;
        fill(layout, entropy)
    });
    assert!(matches!(occupied, Err(CreateFolderError::Occupied(_))));
    assert_eq!(names_in(dir.path()), ["三小.tongbao"]);
    assert_eq!(names_in(&office), ["somebody else's"]);
}

#[test]
fn a_sync_folder_is_refused_before_anything_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("坚果云/三小.tongbao");
    assert!(matches!(
        make(&office),
        Err(CreateFolderError::Place(PlaceRefusal::SyncFolder {
            product: "坚果云",
            ..
        }))
    ));
    assert_eq!(names_in(dir.path()), Vec::<String>::new());
}

#[test]
fn inspection_tells_what_is_wrong() {
    use Damage::{
        DatabaseMissing, DatabasePlain, DatabaseTruncated, KeyringMissing, KeyringSpoiled,
    };
    let spoil_keyring = |layout: &Layout, text: &str| {
        fs::write(layout.keyring(), text).unwrap();
        fs::write(layout.keyring_copy(), text).unwrap();
    };
    type Spoil<'a> = Box<dyn FnOnce(&Layout) + 'a>;
    let cases: Vec<(Spoil<'_>, Damage)> = vec![
        (
            Box::new(|l| fs::remove_file(l.database()).unwrap()),
            DatabaseMissing,
        ),
        (
            Box::new(|l| fs::write(l.database(), [7; 4095]).unwrap()),
            DatabaseTruncated,
        ),
        (
            Box::new(|l| fs::write(l.database(), "").unwrap()),
            DatabaseTruncated,
        ),
        (
            Box::new(|l| fs::write(l.database(), [PLAIN_DATABASE, &[0; 8192]].concat()).unwrap()),
            DatabasePlain,
        ),
        (Box::new(|l| spoil_keyring(l, "garbage")), KeyringSpoiled),
        (Box::new(|l| spoil_keyring(l, "")), KeyringSpoiled),
        (
            Box::new(|l| {
                fs::remove_file(l.keyring()).unwrap();
                fs::remove_file(l.keyring_copy()).unwrap();
            }),
            KeyringMissing,
        ),
    ];
    for (spoil, what) in cases {
        assert_eq!(inspect_after(spoil), Inspection::Damaged { what });
    }
}

#[test]
fn one_spoiled_copy_of_the_keyring_stops_nobody() {
    let found = inspect_after(|layout| fs::write(layout.keyring(), "garbage").unwrap());
    assert!(
        matches!(
            found,
            Inspection::Ready {
                copies: Copies::MainDamaged,
                ..
            }
        ),
        "{found:?}"
    );
}

#[test]
fn a_keyring_alone_is_a_damaged_office_even_when_spoiled() {
    let found = inspect_after(|layout| {
        fs::remove_file(layout.database()).unwrap();
        for path in [layout.keyring(), layout.keyring_copy()] {
            let mut bytes = fs::read(&path).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(path, bytes).unwrap();
        }
    });
    assert_eq!(
        found,
        Inspection::Damaged {
            what: Damage::KeyringSpoiled
        }
    );
}

#[test]
fn other_folders_and_files_are_no_offices() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(
        inspect(&dir.path().join("nowhere")).unwrap(),
        Inspection::Missing
    );
    assert_eq!(inspect(dir.path()).unwrap(), Inspection::Missing);
    fs::write(dir.path().join("photo.jpg"), "jpeg").unwrap();
    assert_eq!(inspect(dir.path()).unwrap(), Inspection::NotAnOffice);
    assert_eq!(
        inspect(&dir.path().join("photo.jpg")).unwrap(),
        Inspection::NotAnOffice
    );
    fs::write(
        dir.path().join("office.db"),
        [PLAIN_DATABASE, &[0; 8192]].concat(),
    )
    .unwrap();
    assert_eq!(inspect(dir.path()).unwrap(), Inspection::NotAnOffice);
    fs::write(dir.path().join("keyring"), "somebody's notes").unwrap();
    fs::remove_file(dir.path().join("office.db")).unwrap();
    assert_eq!(inspect(dir.path()).unwrap(), Inspection::NotAnOffice);
}

#[test]
fn inspection_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("三小.tongbao");
    make(&office).unwrap();
    fs::write(office.join("keyring"), "garbage").unwrap();
    let before = names_in(&office);
    inspect(&office).unwrap();
    assert_eq!(names_in(&office), before);
    assert_eq!(fs::read(office.join("keyring")).unwrap(), b"garbage");
}

#[test]
fn the_guard_asks_for_room_and_for_what_is_to_be_written() {
    let dir = tempfile::tempdir().unwrap();
    assert!(enough_space(dir.path()).is_ok());
    match enough_space_for(dir.path(), 1 << 60) {
        Err(SpaceError::NotEnough { free, needed }) => {
            assert!(free < needed && needed == (1 << 60) + FREE_SPACE_GUARD);
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        enough_space(&dir.path().join("nowhere")),
        Err(SpaceError::Unknown(_))
    ));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_may_look_inside() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("三小.tongbao");
    make(&office).unwrap();
    for (path, mode) in [
        ("", 0o700),
        ("attachments", 0o700),
        ("keyring", 0o600),
        ("keyring.bak", 0o600),
    ] {
        let found = fs::metadata(office.join(path))
            .unwrap()
            .permissions()
            .mode()
            & 0o777;
        assert_eq!(found, mode, "{path}");
    }
}
