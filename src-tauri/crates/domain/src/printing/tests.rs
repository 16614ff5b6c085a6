use super::*;

fn print(sheet: SheetKind, copies: i64, state: PrintState) -> Print {
    Print {
        id: Uuid::nil(),
        document_id: Uuid::nil(),
        number: String::new(),
        sheet,
        by_account: Uuid::nil(),
        name: String::new(),
        post: String::new(),
        at: 0,
        seq: 0,
        settings: settings("HP", copies),
        pages: 1,
        sha256: String::new(),
        reason: String::new(),
        state,
        ver: 1,
    }
}
fn settings(printer: &str, copies: i64) -> PrintSettings {
    PrintSettings {
        printer: printer.to_owned(),
        copies,
        sides: Sides::OneSided,
        media: Media::A4,
    }
}

#[test]
fn the_second_print_of_an_issued_sheet_needs_a_reason() {
    use SheetKind::{ArchiveCopy, BoardSheet, Draft};
    let printed = PrintState::Printed { at: 1 };
    let earlier = [
        print(ArchiveCopy, 2, printed),
        print(ArchiveCopy, 1, PrintState::Sending),
        print(Draft, 3, printed),
    ];
    assert_eq!(copies_out(&earlier, ArchiveCopy), 3);
    assert!(check_reason(&earlier, ArchiveCopy, " ").is_err());
    assert!(check_reason(&earlier, ArchiveCopy, "补给档案室一份").is_ok());
    assert!(check_reason(&earlier, BoardSheet, "").is_ok());
    assert!(check_reason(&earlier, Draft, "").is_ok());
}

#[test]
fn a_print_of_which_no_paper_came_out_needs_no_reason_after() {
    let failed = |trouble| PrintState::Failed { trouble, at: 1 };
    for (state, asks) in [
        (PrintState::Sending, true),
        (PrintState::Printing { job: 7 }, true),
        (PrintState::Printed { at: 1 }, true),
        (PrintState::Cancelled { at: 1 }, false),
        (failed(Trouble::NoService), false),
        (failed(Trouble::NoQueue), false),
        (failed(Trouble::Paused), false),
        (failed(Trouble::Aborted), true),
        (failed(Trouble::Unknown), true),
    ] {
        let earlier = [print(SheetKind::ArchiveCopy, 1, state)];
        let refused = check_reason(&earlier, SheetKind::ArchiveCopy, "").is_err();
        assert_eq!(refused, asks, "{state:?}");
    }
}

#[test]
fn all_faults_of_the_settings_come_at_once() {
    let paths = |s: PrintSettings, reason: &str| -> Vec<String> {
        s.check(reason)
            .err()
            .map(|p| p.0.into_iter().map(|p| p.path).collect())
            .unwrap_or_default()
    };
    assert!(paths(settings("HP", 1), "").is_empty());
    assert!(paths(settings("HP", COPIES_MAX), "").is_empty());
    assert_eq!(
        paths(settings("", 0), &"因".repeat(REASON_MAX + 1)),
        ["printer", "copies", "reason"]
    );
    assert_eq!(
        paths(settings("HP\n", -1), "一\u{202e}二"),
        ["printer", "copies", "reason"]
    );
    assert_eq!(paths(settings("HP", COPIES_MAX + 1), ""), ["copies"]);
}

#[test]
fn what_has_ended_stays_ended() {
    let news = [
        (JobNews::Running(None), None),
        (JobNews::Running(Some(Trouble::OutOfPaper)), None),
        (JobNews::Completed, Some("printed")),
        (JobNews::Aborted(Trouble::Aborted), Some("failed")),
        (JobNews::Cancelled, Some("cancelled")),
    ];
    for (news, code) in news {
        let running = print(SheetKind::ArchiveCopy, 1, PrintState::Printing { job: 1 });
        assert_eq!(running.after(news, 9).map(PrintState::code), code);
        for ended in [
            PrintState::Printed { at: 1 },
            PrintState::Cancelled { at: 1 },
            PrintState::Failed {
                trouble: Trouble::NoQueue,
                at: 1,
            },
        ] {
            let ended = print(SheetKind::ArchiveCopy, 1, ended);
            assert_eq!(ended.after(news, 9), None);
            assert!(ended.accepted(3).is_err());
        }
    }
}

#[test]
fn stored_codes_are_read_back() {
    for kind in SheetKind::ALL {
        assert_eq!(SheetKind::from_code(kind.code()), Some(kind));
    }
    for sides in Sides::ALL {
        assert_eq!(Sides::from_code(sides.code()), Some(sides));
    }
    for media in Media::ALL {
        assert_eq!(Media::from_code(media.code()), Some(media));
    }
    for trouble in Trouble::ALL {
        assert_eq!(Trouble::from_code(trouble.code()), Some(trouble));
    }
}
