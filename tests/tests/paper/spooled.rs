//! A real CUPS as a child of the test, on a port of its own: what comes out is what was sent, and what goes wrong is said.

use crate::reader::{Ink, Page, Rule, read};
use crate::right::{document, file, listed};
use office::printing::{
    JobNews, Media, PrintJob, PrintService, PrintSettings, Sides, Trouble, job_name,
};
use serde_json::{Value, json};
use spool::{Cups, Server};
use std::fs;
use std::sync::Arc;
use testkit::TestDesk;
use testkit::cups::{PrintShop, eventually};
use testkit::desk::{DUTY, OFFICE, VICE};

fn cups(shop: &PrintShop) -> Cups {
    Cups::at(Server::Loopback(shop.port()))
}
fn desk(shop: &PrintShop) -> TestDesk {
    TestDesk::sample().printing_with(Arc::new(cups(shop)))
}
fn follow(d: &TestDesk, id: &Value, until: impl Fn(&Value) -> bool) -> Value {
    let answer = eventually(|| Some(d.done("printing_follow", json!({"id": id}))).filter(&until));
    answer.unwrap_or_else(|| {
        panic!(
            "waited in vain: {}",
            d.done("printing_follow", json!({"id": id}))
        )
    })
}
fn order(document: &Value, printer: &str, reason: &str) -> Value {
    json!({"document_id": document, "sheet": "archive_copy", "reason": reason,
        "settings": {"printer": printer, "copies": 1, "sides": "one_sided", "media": "a4"}})
}

/// Puts the words of the sent glyphs on the printed ones; each must lie where it was sent to.
fn printed_as_sent(sent: &[Page], printed: &[Page]) -> Vec<Page> {
    assert_eq!(sent.len(), printed.len(), "pages");
    let mut all = Vec::new();
    for (n, (sent, printed)) in sent.iter().zip(printed).enumerate() {
        let mut left: Vec<&Ink> = printed.glyphs.iter().collect();
        let mut page = Page {
            width: printed.width,
            height: printed.height,
            ..Page::default()
        };
        assert_eq!(left.len(), sent.glyphs.len(), "glyphs of page {}", n + 1);
        for glyph in &sent.glyphs {
            // on the left a bitmap is filled up to whole bytes; its other edges are those of the ink
            let off = |ink: &Ink| {
                let edges = [
                    (ink.right, glyph.right),
                    (ink.top, glyph.top),
                    (ink.bottom, glyph.bottom),
                ];
                edges.iter().map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
            };
            let nearest = (0..left.len())
                .min_by(|a, b| off(left[*a]).total_cmp(&off(left[*b])))
                .unwrap();
            let ink = left.swap_remove(nearest);
            let worst = off(ink);
            assert!(
                worst < 0.3,
                "page {}: {} is {worst:.2} mm from where it was sent",
                n + 1,
                glyph.text
            );
            let (dx, dy) = (ink.right - glyph.right, ink.bottom - glyph.bottom);
            page.glyphs.push(Ink {
                x: glyph.x + dx,
                baseline: glyph.baseline + dy,
                left: glyph.left + dx,
                right: ink.right,
                top: ink.top,
                bottom: ink.bottom,
                ..glyph.clone()
            });
        }
        for rule in &sent.rules {
            let same = |r: &&Rule| {
                (r.y - rule.y).abs() < 0.3
                    && (r.left - rule.left).abs() < 0.3
                    && (r.right - rule.right).abs() < 0.3
            };
            let found = printed.rules.iter().find(same);
            let found = found.unwrap_or_else(|| {
                panic!(
                    "page {}: no rule at {:.2} mm: {:?}",
                    n + 1,
                    rule.y,
                    printed.rules
                )
            });
            page.rules.push(Rule {
                red: rule.red,
                ..*found
            });
        }
        all.push(page);
    }
    all
}
#[test]
fn the_printed_page_is_the_sent_page_within_the_standard() {
    let Some(shop) = PrintShop::start() else {
        return;
    };
    shop.pdf_printer("PDF");
    let (data, paper) = document(
        1_650,
        &["自查表", "评分细则"],
        "市教育局督导室，市教师发展中心。",
        false,
    );
    let sent = file(&data);
    let cups = cups(&shop);
    let settings = PrintSettings {
        printer: "PDF".to_owned(),
        copies: 1,
        sides: Sides::OneSided,
        media: Media::A4,
    };
    let name = job_name(uuid::Uuid::from_u128(std::process::id().into()));
    let job = cups
        .send(&PrintJob {
            name: &name,
            settings: &settings,
            pdf: &sent,
        })
        .unwrap();
    let news = eventually(|| {
        cups.news("PDF", job)
            .ok()
            .filter(|n| !matches!(n, JobNews::Running(_)))
    });
    assert_eq!(news, Some(JobNews::Completed));
    assert_eq!(cups.find("PDF", &name), Ok(Some(job)));
    let came_out = shop.printed(&name);
    let came_out = came_out.expect("a file of the PDF printer");
    let printed = fs::read(&came_out).unwrap();
    fs::remove_file(came_out).unwrap();
    let pages = printed_as_sent(&read(&sent), &read(&printed));
    let faults = crate::judge::judge(&pages, &paper);
    assert!(faults.is_empty(), "{}", listed(&faults));
}

#[test]
fn an_empty_tray_is_told_and_filling_it_goes_on() {
    let Some(shop) = PrintShop::start() else {
        return;
    };
    shop.tray("tray");
    let d = desk(&shop);
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["settings"]["printer"], "tray");
    let answer = d.done("printing_print", order(id, "tray", ""));
    let print = &answer["print"]["id"];
    follow(&d, print, |a| a["held_up"] == "out_of_paper");
    shop.put_paper_in();
    let done = follow(&d, print, |a| a["print"]["state"] != "printing");
    assert_eq!(done["print"]["state"], "printed");
    let out = fs::read_dir(shop.tray_folder()).unwrap().flatten();
    let out = out
        .map(|e| e.path())
        .find(|p| p.to_string_lossy().contains("out-"))
        .unwrap();
    assert_eq!(
        office::sha256_hex(&fs::read(out).unwrap()),
        view["pdf_sha256"].as_str().unwrap()
    );
    // again only with a reason
    let e = d.refused("printing_print", order(id, "tray", ""));
    assert_eq!(e.fields[0].message_key, "printing-reason-needed");
    d.done("printing_print", order(id, "tray", "打印不清"));
}

#[test]
fn a_paused_queue_and_a_queue_that_is_gone_send_nothing() {
    let Some(shop) = PrintShop::start() else {
        return;
    };
    shop.tray("tray");
    shop.put_paper_in();
    let d = desk(&shop);
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    shop.admin("cupsdisable", &["tray"]);
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["queues"][0]["trouble"], "paused");
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "paused");
    shop.admin("cupsenable", &["tray"]);
    shop.admin("cupsreject", &["tray"]);
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "paused");
    shop.admin("lpadmin", &["-x", "tray"]);
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "no_queue");
    assert_eq!(d.done("printing_queues", json!({}))["queues"], json!([]));
    assert!(!shop.tray_folder().join("out-1").exists());
    // nothing came out of any of them: no reason is asked
    assert_eq!(
        d.done("printing_start", json!({"document_id": id}))["sheets"][0]["copies_out"],
        0
    );
}

#[test]
fn a_job_that_waits_can_be_stopped() {
    let Some(shop) = PrintShop::start() else {
        return;
    };
    shop.tray("tray");
    let d = desk(&shop);
    let view = d.issued(DUTY, VICE, OFFICE);
    let answer = d.done("printing_print", order(&view["row"]["id"], "tray", ""));
    let print = &answer["print"]["id"];
    follow(&d, print, |a| a["held_up"] == "out_of_paper");
    d.done("printing_cancel", json!({"id": print}));
    let done = follow(&d, print, |a| a["print"]["state"] != "printing");
    assert_eq!(done["print"]["state"], "cancelled");
}

#[test]
fn nobody_listening_is_said_at_once() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let cups = Cups::at(Server::Loopback(port));
    assert_eq!(cups.queues(), Err(Trouble::NoService));
    let socket = Cups::at(Server::Socket("/nowhere/cups.sock".into()));
    assert_eq!(socket.news("tray", 1), Err(Trouble::NoService));
}
