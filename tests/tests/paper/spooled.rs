//! A real CUPS as a child of the test, on a port of its own: what comes out is what was sent, and what goes wrong is said.

use crate::reader::{Ink, Page, Rule, read};
use crate::right::{document, file, listed};
use office::printing::{
    JobNews, Media, PrintJob, PrintService, PrintSettings, Sides, Trouble, job_name,
};
use serde_json::{Value, json};
use spool::{Cups, Server};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use testkit::TestDesk;
use testkit::desk::{DUTY, OFFICE, VICE};

const CUPSD: &str = "/usr/sbin/cupsd";
const PROGRAMS: &str = "/usr/lib/cups";
const PDF_PRINTER: &str = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd";

/// A tray that says it is empty until a file called `paper` lies beside it; then it keeps what it is sent.
const TRAY: &str = r#"#!/bin/sh
if [ $# -eq 0 ]; then echo 'direct tray:/ "Unknown" "Tray"'; exit 0; fi
tray="${DEVICE_URI#tray:}"
if [ ! -e "$tray/paper" ]; then echo 'STATE: +media-empty-error' >&2; fi
while [ ! -e "$tray/paper" ]; do sleep 0.1; done
echo 'STATE: -media-empty-error' >&2
if [ $# -ge 6 ]; then cat "$6" > "$tray/out-$1"; else cat > "$tray/out-$1"; fi
"#;

/// A print service that ends with the test.
struct Service {
    child: Child,
    port: u16,
    folder: TempDir,
}
impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
impl Service {
    /// Starts one; nothing where the machine cannot, and then says so.
    fn start() -> Option<Self> {
        let missing = [CUPSD, PDF_PRINTER, "/usr/sbin/lpadmin"]
            .into_iter()
            .find(|needed| !Path::new(needed).exists());
        let root = Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|o| o.stdout.starts_with(b"0\n"));
        let why = match (missing, root) {
            (Some(missing), _) => format!("there is no {missing}"),
            (None, false) => "only root may run a print service of its own".to_owned(),
            (None, true) => String::new(),
        };
        if !why.is_empty() {
            // past the capture of the test runner: a test that did not run says so
            let line = format!("SKIPPED: printing with a real CUPS: {why}\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        // its filters run as another account
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for name in [
            "root",
            "cache",
            "state",
            "spool",
            "log",
            "tray",
            "programs",
            "programs/backend",
        ] {
            fs::create_dir(at(name)).unwrap();
        }
        fs::create_dir(at("tmp")).unwrap();
        fs::set_permissions(at("tmp"), fs::Permissions::from_mode(0o1777)).unwrap();
        fs::set_permissions(at("tray"), fs::Permissions::from_mode(0o1777)).unwrap();
        for entry in fs::read_dir(PROGRAMS).unwrap().flatten() {
            if entry.file_name() != "backend" {
                symlink(entry.path(), at("programs").join(entry.file_name())).unwrap();
            }
        }
        symlink(
            Path::new(PROGRAMS).join("backend/cups-pdf"),
            at("programs/backend/cups-pdf"),
        )
        .unwrap();
        fs::write(at("programs/backend/tray"), TRAY).unwrap();
        fs::set_permissions(
            at("programs/backend/tray"),
            fs::Permissions::from_mode(0o755),
        )
        .unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let rules = "<Location />\nOrder allow,deny\nAllow 127.0.0.1\n</Location>\n<Policy default>\n<Limit All>\nOrder allow,deny\nAllow 127.0.0.1\n</Limit>\n</Policy>\n";
        fs::write(
            at("cupsd.conf"),
            format!("Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\nPreserveJobHistory Yes\n{rules}"),
        )
        .unwrap();
        let places = [
            ("ServerRoot", "root"),
            ("CacheDir", "cache"),
            ("StateDir", "state"),
            ("RequestRoot", "spool"),
            ("TempDir", "tmp"),
            ("ServerBin", "programs"),
            ("ErrorLog", "log/error"),
            ("AccessLog", "log/access"),
            ("PageLog", "log/page"),
        ];
        let places: String = places
            .iter()
            .map(|(key, name)| format!("{key} {}\n", at(name).display()))
            .collect();
        fs::write(
            at("files.conf"),
            format!("{places}SystemGroup root\nSandboxing relaxed\n"),
        )
        .unwrap();
        let child = Command::new(CUPSD)
            .arg("-f")
            .arg("-c")
            .arg(at("cupsd.conf"))
            .arg("-s")
            .arg(at("files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let service = Service {
            child,
            port,
            folder,
        };
        assert!(
            eventually(|| service.cups().queues().is_ok().then_some(())).is_some(),
            "cupsd does not answer"
        );
        Some(service)
    }
    fn cups(&self) -> Cups {
        Cups::at(Server::Loopback(self.port))
    }
    #[track_caller]
    fn admin(&self, program: &str, args: &[&str]) {
        let done = Command::new(program)
            .args(args)
            .env("CUPS_SERVER", format!("127.0.0.1:{}", self.port))
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{program}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    /// Sets up a queue that keeps what it is sent, byte by byte.
    fn tray(&self, name: &str) {
        let uri = format!("tray:{}", self.folder.path().join("tray").display());
        self.admin("lpadmin", &["-p", name, "-E", "-v", &uri, "-m", "raw"]);
    }
    fn put_paper_in(&self) {
        fs::write(self.folder.path().join("tray/paper"), "").unwrap();
    }
    fn desk(&self) -> TestDesk {
        TestDesk::sample().printing_with(Arc::new(self.cups()))
    }
}
/// Waits for something that another program does; half a minute is given up.
fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    for _ in 0..300 {
        if let Some(found) = look() {
            return Some(found);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    None
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
/// Where a PDF printer leaves its files: with the person who prints, or with nobody.
fn output_folders() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join("PDF"));
    home.into_iter()
        .chain([PathBuf::from("/var/spool/cups-pdf/ANONYMOUS")])
        .collect()
}

#[test]
fn the_printed_page_is_the_sent_page_within_the_standard() {
    let Some(service) = Service::start() else {
        return;
    };
    service.admin(
        "lpadmin",
        &["-p", "PDF", "-E", "-v", "cups-pdf:/", "-P", PDF_PRINTER],
    );
    let (data, paper) = document(
        1_650,
        &["自查表", "评分细则"],
        "市教育局督导室，市教师发展中心。",
        false,
    );
    let sent = file(&data);
    let cups = service.cups();
    let settings = PrintSettings {
        printer: "PDF".to_owned(),
        copies: 1,
        sides: Sides::OneSided,
        media: Media::A4,
    };
    let name = job_name(uuid::Uuid::now_v7());
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
    let came_out = eventually(|| {
        let entries = output_folders()
            .into_iter()
            .filter_map(|f| fs::read_dir(f).ok())
            .flatten()
            .flatten();
        let mut paths = entries.map(|e| e.path());
        paths.find(|p| {
            p.file_name()
                .is_some_and(|n| n.to_string_lossy().contains(&name))
        })
    });
    let came_out = came_out.expect("a file of the PDF printer");
    let printed = fs::read(&came_out).unwrap();
    fs::remove_file(came_out).unwrap();
    let pages = printed_as_sent(&read(&sent), &read(&printed));
    let faults = crate::judge::judge(&pages, &paper);
    assert!(faults.is_empty(), "{}", listed(&faults));
}

#[test]
fn an_empty_tray_is_told_and_filling_it_goes_on() {
    let Some(service) = Service::start() else {
        return;
    };
    service.tray("tray");
    let d = service.desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["settings"]["printer"], "tray");
    let answer = d.done("printing_print", order(id, "tray", ""));
    let print = &answer["print"]["id"];
    follow(&d, print, |a| a["held_up"] == "out_of_paper");
    service.put_paper_in();
    let done = follow(&d, print, |a| a["print"]["state"] != "printing");
    assert_eq!(done["print"]["state"], "printed");
    let out = fs::read_dir(service.folder.path().join("tray"))
        .unwrap()
        .flatten();
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
    let Some(service) = Service::start() else {
        return;
    };
    service.tray("tray");
    service.put_paper_in();
    let d = service.desk();
    let view = d.issued(DUTY, VICE, OFFICE);
    let id = &view["row"]["id"];
    service.admin("cupsdisable", &["tray"]);
    let begin = d.done("printing_start", json!({"document_id": id}));
    assert_eq!(begin["queues"][0]["trouble"], "paused");
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "paused");
    service.admin("cupsenable", &["tray"]);
    service.admin("cupsreject", &["tray"]);
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "paused");
    service.admin("lpadmin", &["-x", "tray"]);
    let answer = d.done("printing_print", order(id, "tray", ""));
    assert_eq!(answer["print"]["trouble"], "no_queue");
    assert_eq!(d.done("printing_queues", json!({}))["queues"], json!([]));
    assert!(!service.folder.path().join("tray/out-1").exists());
    // nothing came out of any of them: no reason is asked
    assert_eq!(
        d.done("printing_start", json!({"document_id": id}))["sheets"][0]["copies_out"],
        0
    );
}

#[test]
fn a_job_that_waits_can_be_stopped() {
    let Some(service) = Service::start() else {
        return;
    };
    service.tray("tray");
    let d = service.desk();
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
