//! Printing: written down before it is sent, followed to its end, and again only with a reason.

use office::printing::{JobNews, PrintJob, PrintService, Queue, Trouble};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, DUTY2, OFFICE, VICE};

/// What a tray has seen, and what the printer says next.
#[derive(Default)]
struct Tray {
    refuses: Option<Trouble>,
    forgets: bool,
    news: Option<JobNews>,
    names: Vec<String>,
    pdfs: Vec<Vec<u8>>,
    copies: Vec<i64>,
}
/// A printer of the test: it keeps what it is sent.
#[derive(Default)]
struct TestPrinter(Mutex<Tray>);
impl TestPrinter {
    fn tray(&self) -> std::sync::MutexGuard<'_, Tray> {
        self.0.lock().unwrap()
    }
}
impl PrintService for TestPrinter {
    fn queues(&self) -> Result<Vec<Queue>, Trouble> {
        let queue = |name: &str, is_default| Queue {
            name: name.to_owned(),
            label: format!("{name} 打印机"),
            is_default,
            two_sided: is_default,
            a3: false,
            trouble: None,
        };
        Ok(vec![queue("A", false), queue("B", true)])
    }
    fn send(&self, job: &PrintJob<'_>) -> Result<i64, Trouble> {
        let mut tray = self.tray();
        if let Some(trouble) = tray.refuses {
            return Err(trouble);
        }
        tray.names.push(job.name.to_owned());
        tray.pdfs.push(job.pdf.to_vec());
        tray.copies.push(job.settings.copies);
        Ok(i64::try_from(tray.names.len()).unwrap())
    }
    fn find(&self, _: &str, name: &str) -> Result<Option<i64>, Trouble> {
        let tray = self.tray();
        if tray.forgets {
            return Ok(None);
        }
        let at = tray.names.iter().position(|n| n == name);
        Ok(at.map(|at| i64::try_from(at + 1).unwrap()))
    }
    fn news(&self, _: &str, _: i64) -> Result<JobNews, Trouble> {
        self.tray().news.ok_or(Trouble::NoService)
    }
    fn cancel(&self, _: &str, _: i64) -> Result<(), Trouble> {
        self.tray().news = Some(JobNews::Cancelled);
        Ok(())
    }
}
fn desk() -> (TestDesk, Arc<TestPrinter>) {
    let printer = Arc::new(TestPrinter::default());
    let service: Arc<dyn PrintService> = printer.clone();
    (TestDesk::sample().printing_with(service), printer)
}
fn order(id: &Value, sheet: &str, copies: i64, reason: &str) -> Value {
    json!({"document_id": id, "sheet": sheet, "reason": reason,
        "settings": {"printer": "B", "copies": copies, "sides": "two_sided", "media": "a4"}})
}
fn ledger(d: &TestDesk, id: &Value) -> Vec<Value> {
    let rows = d.done("printing_list", json!({"document_id": id}))["rows"].take();
    rows.as_array().unwrap().clone()
}

#[test]
fn what_is_sent_is_the_frozen_page_and_stands_in_the_ledger() {
    let (d, printer) = desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["settings"]["printer"], "B", "the machine's default");
    assert_eq!(begin["settings"]["copies"], 1);
    assert_eq!(begin["sheets"][0]["sheet"], "archive_copy");
    assert_eq!(begin["sheets"][0]["reason_needed"], false);

    let answer = d.done("printing_print", order(id, "archive_copy", 2, ""));
    assert_eq!(answer["print"]["state"], "printing");
    assert_eq!(answer["print"]["sha256"], view["pdf_sha256"]);
    {
        let tray = printer.tray();
        assert_eq!(
            office::sha256_hex(&tray.pdfs[0]),
            view["pdf_sha256"].as_str().unwrap()
        );
        assert_eq!(tray.copies, [2]);
        let title = view["row"]["title"].as_str().unwrap();
        assert!(
            tray.names[0].is_ascii() && !tray.names[0].contains(title),
            "{:?}",
            tray.names
        );
    }
    printer.tray().news = Some(JobNews::Running(Some(Trouble::OutOfPaper)));
    let print = json!({"id": answer["print"]["id"]});
    let held = d.done("printing_follow", print.clone());
    assert_eq!(
        (&held["print"]["state"], &held["held_up"]),
        (&json!("printing"), &json!("out_of_paper"))
    );
    printer.tray().news = Some(JobNews::Completed);
    let done = d.done("printing_follow", print.clone());
    assert_eq!(done["print"]["state"], "printed");
    // over is over, whatever the service says later
    printer.tray().news = Some(JobNews::Cancelled);
    assert_eq!(
        d.done("printing_follow", print)["print"]["state"],
        "printed"
    );

    let rows = ledger(&d, id);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["number"], view["row"]["number"]);
    assert_eq!(rows[0]["title"], view["row"]["title"]);
    assert_eq!(rows[0]["settings"]["copies"], 2);
    d.sit(ADMIN);
    let verified = d.done("audit_verify", json!({}));
    assert_eq!(verified["findings"], json!([]));
    let entries = d.done("audit_list", json!({"object_id": answer["print"]["id"]}));
    let actions: Vec<&str> = entries["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        ["printing.finish", "printing.accept", "printing.print"]
    );
}

#[test]
fn printing_again_needs_a_reason_and_remembers_the_settings() {
    let (d, printer) = desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    d.done("printing_print", order(id, "archive_copy", 3, ""));
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["settings"]["copies"], 3);
    assert_eq!(begin["settings"]["sides"], "two_sided");
    assert_eq!(begin["sheets"][0]["copies_out"], 3);
    assert_eq!(begin["sheets"][0]["reason_needed"], true);
    let e = d.refused("printing_print", order(id, "archive_copy", 1, "  "));
    assert_eq!(e.fields[0].message_key, "printing-reason-needed");
    assert_eq!(printer.tray().pdfs.len(), 1, "nothing was sent");
    assert_eq!(ledger(&d, id).len(), 1);
    d.done("printing_print", order(id, "archive_copy", 1, "补发存档"));
    assert_eq!(ledger(&d, id)[0]["reason"], "补发存档");
}

#[test]
fn a_printer_that_refuses_leaves_a_line_and_no_debt() {
    let (d, printer) = desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    for trouble in [Trouble::NoService, Trouble::NoQueue, Trouble::Paused] {
        printer.tray().refuses = Some(trouble);
        let answer = d.done("printing_print", order(id, "archive_copy", 1, ""));
        assert_eq!(answer["print"]["state"], "failed");
        assert_eq!(answer["print"]["trouble"], trouble.code());
    }
    printer.tray().refuses = None;
    // no paper came out, so no reason is asked
    let answer = d.done("printing_print", order(id, "archive_copy", 1, ""));
    let states: Vec<Value> = ledger(&d, id).iter().map(|r| r["state"].clone()).collect();
    assert_eq!(states, ["printing", "failed", "failed", "failed"]);
    let stopped = d.done("printing_cancel", json!({"id": answer["print"]["id"]}));
    assert_eq!(stopped["print"]["state"], "cancelled");
}

#[test]
fn a_desk_without_a_print_service_says_so_and_saves_the_pdf() {
    let d = TestDesk::sample();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["trouble"], "no_service");
    let answer = d.done("printing_print", order(id, "archive_copy", 1, ""));
    assert_eq!(answer["print"]["trouble"], "no_service");
    d.done("documents_save_pdf", json!({"id": id}));
}

#[test]
fn what_is_not_issued_prints_as_a_draft_only() {
    let (d, printer) = desk();
    for (state, id, _) in super::documents_in_every_state(&d) {
        d.sit(OFFICE);
        let begin = d.done("printing_start", json!({"document_id": id}));
        let own: &[&str] = if state == "issued" {
            &["archive_copy", "board_sheet"]
        } else {
            &["draft"]
        };
        let offered = begin["sheets"].as_array().unwrap().iter();
        let offered: Vec<&str> = offered.map(|s| s["sheet"].as_str().unwrap()).collect();
        assert_eq!(offered, own, "{state}");
        for other in ["archive_copy", "board_sheet", "draft"] {
            if !own.contains(&other) {
                d.refused("printing_print", order(&id, other, 1, ""));
            }
        }
        for sheet in own {
            let sent = printer.tray().pdfs.len();
            d.done("printing_print", order(&id, sheet, 1, ""));
            assert_eq!(printer.tray().pdfs.len(), sent + 1);
        }
        if own == ["draft"] {
            // as often as one likes
            d.done("printing_print", order(&id, "draft", 1, ""));
        }
    }
}

#[test]
fn a_duty_officer_prints_own_drafts_and_nothing_else() {
    let (d, _) = desk();
    for (state, id, _) in super::documents_in_every_state(&d) {
        d.sit(DUTY);
        let begun = d.call("printing_start", json!({"document_id": id}));
        assert_eq!(begun.is_ok(), state != "issued", "{state}");
        d.sit(DUTY2);
        d.refused("printing_start", json!({"document_id": id}));
        d.sit(ADMIN);
        d.refused("printing_print", order(&id, "draft", 1, ""));
    }
    d.sit(DUTY);
    let rows = d.done("printing_list", json!({}));
    assert_eq!(rows["rows"], json!([]));
    d.sit(ADMIN);
    d.refused("printing_list", json!({}));
}

#[test]
fn drafts_of_others_are_not_in_the_ledger_of_a_duty_officer() {
    let (d, _) = desk();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    d.done("printing_print", order(&view["row"]["id"], "draft", 1, ""));
    assert_eq!(
        d.done("printing_list", json!({}))["rows"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    d.sit(DUTY2);
    assert_eq!(d.done("printing_list", json!({}))["rows"], json!([]));
    d.sit(OFFICE);
    assert_eq!(
        d.done("printing_list", json!({}))["rows"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // the line outlives the draft
    d.sit(DUTY);
    d.done(
        "documents_discard",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
    );
    d.sit(OFFICE);
    assert_eq!(d.done("printing_list", json!({}))["rows"][0]["title"], "");
}

#[test]
fn bad_settings_are_refused_with_every_fault_and_write_nothing() {
    let (d, printer) = desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    let e = d.refused(
        "printing_print",
        json!({"document_id": id, "sheet": "archive_copy", "reason": "因".repeat(201),
            "settings": {"printer": " ", "copies": 0, "sides": "one_sided", "media": "a3"}}),
    );
    let paths: Vec<&str> = e.fields.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(paths, ["printer", "copies", "reason"]);
    assert!(ledger(&d, id).is_empty() && printer.tray().pdfs.is_empty());
}

#[test]
fn the_faces_in_use_are_told_with_what_they_stand_in_for() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let fonts = d.done("printing_fonts", json!({}))["fonts"].take();
    let fonts = fonts.as_array().unwrap();
    assert_eq!(fonts.len(), 6);
    for font in fonts {
        assert!(!font["used"].as_str().unwrap().is_empty());
        if font["role"] == "rare" {
            assert_eq!(
                (&font["wanted"], &font["stand_in"]),
                (&Value::Null, &json!(false))
            );
        } else {
            assert!(font["wanted"].is_string(), "{font}");
        }
    }
}

#[test]
fn the_board_sheet_is_printed_as_frozen_on_its_own_paper_and_counted_by_itself() {
    let (d, printer) = desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    d.done("printing_print", order(id, "archive_copy", 1, ""));
    let begin = d.done("printing_start", json!({"document_id": id}));
    let board = &begin["sheets"][1];
    assert_eq!(
        (&board["sheet"], &board["reason_needed"]),
        (&json!("board_sheet"), &json!(false))
    );
    let mut wrong = order(id, "board_sheet", 1, "");
    wrong["settings"]["media"] = if board["media"] == "a4" { "a3" } else { "a4" }.into();
    let e = d.refused("printing_print", wrong);
    assert_eq!(e.fields[0].message_key, "printing-wrong-paper");
    let mut right = order(id, "board_sheet", 1, "");
    right["settings"]["media"] = board["media"].clone();
    d.done("printing_print", right);
    let saved = d.done("documents_save_board_pdf", json!({"id": id}));
    let sent = printer.tray().pdfs.last().cloned().unwrap();
    assert_eq!(saved["sha256"], office::sha256_hex(&sent));
}
