//! The program as an administrator runs it: what comes out, on which stream, with which exit code.
#![allow(clippy::unwrap_used, reason = "helpers of tests stop where tests stop")]

use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

fn tongbao(args: &[&str], stdin: &str) -> Output {
    run(args, stdin, &[])
}
/// Runs the program with more in its environment.
fn run(args: &[&str], stdin: &str, environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongbao"))
        .args(args)
        .envs(environment.iter().copied())
        .env(
            "TONGBAO_FONTS",
            testkit::desk::font_dirs()
                .pop()
                .expect("the test is set up"),
        )
        .env_remove("TONGBAO_PASSWORD")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test is set up");
    // a program that does not read its input may be gone already
    let _ = child
        .stdin
        .take()
        .expect("the test is set up")
        .write_all(stdin.as_bytes());
    child.wait_with_output().expect("the test is set up")
}
fn answer(o: &Output) -> Value {
    assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
    serde_json::from_slice(&o.stdout).expect("one JSON value")
}
/// The exit code and the error on the last line of stderr; nothing but an answer may stand on stdout.
fn error(o: &Output) -> (i32, Value) {
    let text = String::from_utf8(o.stderr.clone()).expect("the test is set up");
    let e: Value = serde_json::from_str(text.lines().last().expect("a line"))
        .unwrap_or_else(|_| panic!("{text}"));
    assert!(
        e["message"]
            .as_str()
            .is_some_and(|m| !m.is_empty() && *m != e["message_key"]),
        "{e}"
    );
    assert!(
        e["report_id"].as_str().is_some_and(|r| !r.is_empty()),
        "{e}"
    );
    (o.status.code().expect("the test is set up"), e)
}
/// The demo, run once.
fn demo() -> &'static (TempDir, Value) {
    static DEMO: OnceLock<(TempDir, Value)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let dir = tempfile::tempdir().expect("the test is set up");
        let out = tongbao(
            &[
                "demo",
                "--out",
                dir.path().to_str().expect("the test is set up"),
            ],
            "",
        );
        let summary = answer(&out);
        (dir, summary)
    })
}
/// A copy of the demo's office, so that tests do not wait for each other.
fn office() -> (TempDir, String) {
    let dir = tempfile::tempdir().expect("the test is set up");
    let to = dir.path().join("office.tongbao");
    testkit::desk::copy(&demo().0.path().join("office.tongbao"), &to);
    let path = to.to_str().expect("the test is set up").to_owned();
    (dir, path)
}
fn with_password(rest: &str) -> String {
    format!("{}\n{rest}", testkit::desk::sample_password())
}

#[test]
fn the_demo_leaves_numbered_pages_and_a_summary_that_agrees_with_them() {
    let (dir, summary) = demo();
    let written: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("summary.json")).unwrap()).unwrap();
    assert_eq!(written, *summary);
    assert_eq!(summary["accounts"].as_array().unwrap().len(), 11);
    let documents = summary["documents"].as_array().unwrap();
    assert!(
        documents.len() >= 5,
        "three of the sample and two of the day"
    );
    for d in documents {
        let file = Path::new(d["pdf"].as_str().unwrap());
        let stem = file.file_stem().unwrap().to_str().unwrap();
        assert_eq!(
            stem.strip_prefix(d["number"].as_str().unwrap()),
            Some("（存档稿）"),
            "named by the number and which copy it is, and nothing else"
        );
        assert_eq!(
            office::sha256_hex(&std::fs::read(file).unwrap()),
            d["pdf_sha256"].as_str().unwrap()
        );
        assert_eq!(d["content_sha256"].as_str().unwrap().len(), 64);
        assert!(d["pages"].as_i64().unwrap() >= 1);
    }
    let sheets = summary["board_sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), documents.len(), "each has its sheet to post");
    for s in sheets {
        let bytes = std::fs::read(s["pdf"].as_str().unwrap()).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(s["pdf_sha256"], office::sha256_hex(&bytes));
        assert_eq!(s["code"].as_str().map(str::len), Some(11));
    }
    assert!(summary["ms"].as_i64().unwrap() > 0);
}

#[test]
fn the_demo_is_not_played_over_an_office_that_is_there() {
    let (dir, _) = demo();
    let before = std::fs::read(dir.path().join("office.tongbao/keyring")).unwrap();
    let (code, e) = error(&tongbao(
        &["demo", "--out", dir.path().to_str().unwrap()],
        "",
    ));
    assert_eq!((code, &e["message_key"]), (1, &json!("office-occupied")));
    assert_eq!(
        std::fs::read(dir.path().join("office.tongbao/keyring")).unwrap(),
        before
    );
}

#[test]
fn every_command_is_listed_with_its_schemas() {
    let list = answer(&tongbao(&["commands", "--json"], ""));
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), api::COMMANDS.len());
    for c in list {
        for key in ["name", "feature", "kind", "permission"] {
            assert!(c[key].is_string(), "{c}");
        }
        assert!(["read", "sensitive_read", "write"].contains(&c["kind"].as_str().unwrap()));
        assert!(c["request"].is_object() && c["response"].is_object());
    }
}

#[test]
fn a_command_is_called_as_a_person_with_a_request_on_stdin() {
    let (_dir, office) = office();
    let call = |name: &str, who: &str, request: &str| {
        tongbao(
            &[
                "call",
                name,
                "--office",
                &office,
                "--as",
                who,
                "--password-fd",
                "0",
            ],
            &with_password(request),
        )
    };
    let list = answer(&call(
        "documents_list",
        "office",
        r#"{"states": ["issued"]}"#,
    ));
    assert_eq!(
        list["rows"].as_array().unwrap().len(),
        demo().1["documents"].as_array().unwrap().len()
    );
    answer(&call("today_overview", "duty", ""));
    let (code, e) = error(&call("audit_list", "duty", "{}"));
    assert_eq!(
        (code, &e["code"]),
        (1, &json!("denied")),
        "the same permissions as in the window"
    );
    let (code, e) = error(&call("org_add_unit", "office", r#"{"name": ""}"#));
    assert_eq!(
        (code, &e["code"], &e["fields"][0]["path"]),
        (1, &json!("invalid"), &json!("name"))
    );
    assert!(e["fields"][0]["message"].is_string());
    let (code, e) = error(&call("org_add_unit", "office", "{\"name\": \n x}"));
    assert_eq!(
        (code, &e["message_key"], &e["args"]["line"]),
        (1, &json!("cli-not-json"), &json!(2))
    );
    let (code, e) = error(&tongbao(
        &[
            "call",
            "today_overview",
            "--office",
            &office,
            "--as",
            "duty",
            "--password-fd",
            "0",
        ],
        "wrong-password\n{}",
    ));
    assert_eq!(
        (code, &e["message_key"]),
        (1, &json!("access-wrong-password"))
    );
}

#[test]
fn what_needs_no_person_is_asked_without_one() {
    let (dir, office) = office();
    let status = answer(&tongbao(
        &["call", "access_status", "--office", &office],
        "",
    ));
    assert_eq!(status["desk"]["state"], "locked");
    let nowhere = dir.path().join("nowhere");
    let status = answer(&tongbao(
        &[
            "call",
            "access_status",
            "--office",
            nowhere.to_str().unwrap(),
        ],
        "{}",
    ));
    assert_eq!(status["desk"]["state"], "no_office");
    assert!(!nowhere.exists());
}

#[test]
fn a_line_that_is_not_understood_exits_with_2() {
    let lines: [&[&str]; 8] = [
        &[],
        &["nonsense"],
        &["call"],
        &["call", "no_such_command", "--office", "x"],
        &["call", "today_overview", "--office", "x"],
        &["demo"],
        &["render", "official_document"],
        &["render", "no_such_template", "x.json", "-o", "x.pdf"],
    ];
    for args in lines {
        let out = tongbao(args, "");
        if args.is_empty() {
            assert_eq!(out.status.code(), Some(2));
            continue;
        }
        assert_eq!(error(&out).0, 2, "{args:?}");
        assert!(out.stdout.is_empty());
    }
    assert!(tongbao(&["--help"], "").status.success());
    assert!(tongbao(&["--version"], "").status.success());
}

#[test]
fn errors_are_said_in_the_language_asked_for() {
    let words = |language: &str| {
        error(&tongbao(
            &["call", "x", "--office", "x", "--language", language],
            "",
        ))
        .1["message"]
            .clone()
    };
    assert!(words("zh-CN") != words("zh-TW") && words("zh-TW") != words("en"));
}

#[test]
fn each_sample_is_rendered_and_a_misfit_names_its_field() {
    let dir = tempfile::tempdir().unwrap();
    let list = answer(&tongbao(&["render", "--list"], ""));
    let pdf = dir.path().join("page.pdf");
    for t in list.as_array().unwrap() {
        let name = t["name"].as_str().unwrap();
        let out = answer(&tongbao(
            &["render", name, "-", "-o", pdf.to_str().unwrap()],
            &t["sample"].to_string(),
        ));
        let bytes = std::fs::read(&pdf).unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{name}");
        assert_eq!(
            office::sha256_hex(&bytes),
            out["pdf_sha256"].as_str().unwrap()
        );
        std::fs::remove_file(&pdf).unwrap();
    }
    let data = dir.path().join("data.json");
    std::fs::write(&data, r#"{"org": "x", "body": [{"t": "h9", "s": "x"}]}"#).unwrap();
    let (code, e) = error(&tongbao(
        &[
            "render",
            "official_document",
            data.to_str().unwrap(),
            "-o",
            pdf.to_str().unwrap(),
        ],
        "",
    ));
    assert_eq!((code, &e["message_key"]), (1, &json!("cli-data-misfit")));
    assert!(
        e["fields"][0]["path"].as_str().unwrap().contains("body"),
        "{e}"
    );
    assert!(!pdf.exists());
    let mut rare = list[0]["sample"].clone();
    rare["body"] = json!([{"t": "p", "s": "\u{10FFFD}"}]);
    let (code, e) = error(&tongbao(
        &[
            "render",
            "official_document",
            "-",
            "-o",
            pdf.to_str().unwrap(),
        ],
        &rare.to_string(),
    ));
    assert_eq!(
        (code, &e["message_key"], &e["args"]["characters"]),
        (
            1,
            &json!("documents-characters-missing"),
            &json!("\u{10FFFD}")
        )
    );
}

#[test]
fn an_office_that_adds_up_is_verified_and_its_signers_are_known_from_paper() {
    let (dir, office) = office();
    let good = answer(&tongbao(&["verify", &office], ""));
    assert_eq!((&good["ok"], &good["findings"]), (&json!(true), &json!([])));
    let accounts = answer(&tongbao(
        &[
            "call",
            "access_accounts",
            "--office",
            &office,
            "--as",
            "admin",
            "--password-fd",
            "0",
        ],
        &with_password("{}"),
    ));
    let all: Vec<&str> = accounts["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|a| a["fingerprint"].as_str())
        .collect();
    let trust = dir.path().join("trust.txt");
    std::fs::write(&trust, all.join("\n")).unwrap();
    let verify = |trust: &Path| {
        tongbao(
            &[
                "verify",
                &office,
                "--trust",
                trust.to_str().unwrap(),
                "--as",
                "principal",
            ],
            "",
        )
    };
    assert_eq!(answer(&verify(&trust))["ok"], true);
    std::fs::write(&trust, "").unwrap();
    let out = verify(&trust);
    assert_eq!(error(&out).0, 1);
    let bad: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(bad["ok"], false);
    assert!(
        bad["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["code"] == "signer_not_trusted"),
        "{bad}"
    );
    std::fs::write(&trust, "not a fingerprint").unwrap();
    let (code, e) = error(&verify(&trust));
    assert_eq!(
        (code, &e["fields"][0]["message_key"]),
        (1, &json!("cli-not-a-fingerprint"))
    );
}

#[test]
fn a_folder_that_cannot_be_verified_is_an_answer_not_a_crash() {
    let verified = |path: &Path| {
        let out = tongbao(&["verify", path.to_str().unwrap()], "");
        assert_eq!(error(&out).0, 1);
        let v: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(v["ok"], false);
        v["findings"][0]["code"].as_str().unwrap().to_owned()
    };
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(verified(&dir.path().join("nowhere")), "folder_missing");
    std::fs::write(dir.path().join("photo.txt"), "x").unwrap();
    assert_eq!(verified(dir.path()), "folder_foreign");
    let (_dir, office) = office();
    let office = Path::new(&office);
    let db = office.join("office.db");
    let whole = std::fs::read(&db).unwrap();
    for at in [20, whole.len() / 2, whole.len() - 100] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        std::fs::write(&db, flipped).unwrap();
        assert_eq!(verified(office), "file_damaged", "byte {at}");
    }
    std::fs::write(&db, &whole[..100]).unwrap();
    assert_eq!(verified(office), "file_damaged");
    std::fs::write(&db, &whole).unwrap();
    for name in ["keyring", "keyring.bak"] {
        std::fs::write(office.join(name), "tongbao-keyring 9 x").unwrap();
    }
    assert!(["file_damaged", "file_too_new"].contains(&verified(office).as_str()));
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongbao"))
        .args(["commands", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert!(
        out.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
}

/// Runs with a word in the environment that stops a debug build dead at a named step, as a power cut would.
fn tongbao_until(step: &str, args: &[&str], stdin: &str) -> Output {
    let out = run(args, stdin, &[("TONGBAO_STOP_AT", step)]);
    assert_eq!(out.status.code(), None, "{step}: it was to be stopped");
    out
}
fn names(dir: &Path) -> Vec<String> {
    let mut all: Vec<String> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    all.sort();
    all
}
fn findings(office: &str) -> usize {
    let out = tongbao(
        &[
            "call",
            "inspections_list",
            "--office",
            office,
            "--as",
            "principal",
            "--password-fd",
            "0",
        ],
        &with_password(r#"{"limit": 200}"#),
    );
    answer(&out)["rows"].as_array().unwrap().len()
}

#[test]
fn a_backup_goes_to_a_folder_and_makes_an_office_elsewhere() {
    let (dir, office) = office();
    let to = dir.path().join("copies");
    let to = to.to_str().unwrap();
    let made = answer(&tongbao(&["backup", &office, "--to", to], ""));
    let file = made["file"].as_str().unwrap();
    assert_eq!(
        made["sha256"],
        office::sha256_hex(&std::fs::read(file).unwrap())
    );
    assert!(made["seq"].as_i64().unwrap() > 100);
    let new = dir.path().join("new.tongbao");
    let new = new.to_str().unwrap();
    let restored = answer(&tongbao(&["restore", file, "--to", new], ""));
    assert_eq!(
        (&restored["sha256"], &restored["seq"]),
        (&made["sha256"], &made["seq"])
    );
    assert_eq!(answer(&tongbao(&["verify", new], ""))["ok"], true);
    assert_eq!(findings(new), findings(&office));
    // never over something, never from something else
    let (code, e) = error(&tongbao(&["restore", file, "--to", new], ""));
    assert_eq!((code, &e["message_key"]), (1, &json!("office-occupied")));
    let whole = std::fs::read(file).unwrap();
    std::fs::write(file, &whole[..whole.len() / 2]).unwrap();
    let newer = dir.path().join("newer.tongbao");
    let (code, e) = error(&tongbao(
        &["restore", file, "--to", newer.to_str().unwrap()],
        "",
    ));
    assert_eq!(
        (code, &e["message_key"]),
        (1, &json!("backup-file-damaged"))
    );
    assert!(!newer.exists());
}

#[test]
fn a_backup_that_is_stopped_at_any_step_leaves_office_and_earlier_backups_whole() {
    let (dir, office) = office();
    let to = dir.path().join("copies");
    let to_text = to.to_str().unwrap().to_owned();
    let first = answer(&tongbao(&["backup", &office, "--to", &to_text], ""));
    let kept = std::fs::read(first["file"].as_str().unwrap()).unwrap();
    for step in [
        "backup.copied",
        "backup.packed",
        "backup.checked",
        "backup.named",
    ] {
        let before = names(&to).len();
        tongbao_until(step, &["backup", &office, "--to", &to_text], "");
        assert_eq!(
            names(&to)
                .iter()
                .filter(|n| n.ends_with(".tongbao-backup"))
                .count(),
            if step == "backup.named" {
                before + 1
            } else {
                1
            },
            "{step}: half a copy never bears a whole one's name"
        );
        assert_eq!(answer(&tongbao(&["verify", &office], ""))["ok"], true);
        assert!(std::fs::read(first["file"].as_str().unwrap()).unwrap() == kept);
        // the next one sweeps what was left
        let next = answer(&tongbao(&["backup", &office, "--to", &to_text], ""));
        assert!(
            names(&to).iter().all(|n| n.ends_with(".tongbao-backup")),
            "{step}: {:?}",
            names(&to)
        );
        let new = dir.path().join(format!("{step}.tongbao"));
        answer(&tongbao(
            &[
                "restore",
                next["file"].as_str().unwrap(),
                "--to",
                new.to_str().unwrap(),
            ],
            "",
        ));
        for name in names(&to) {
            if to.join(&name) != Path::new(first["file"].as_str().unwrap()) {
                std::fs::remove_file(to.join(name)).unwrap();
            }
        }
    }
}

#[test]
fn a_restore_that_is_stopped_at_any_step_ends_as_one_office_or_the_other() {
    for step in [
        "restore.prepared",
        "restore.noted",
        "restore.log-gone",
        "restore.database",
        "restore.keyring",
    ] {
        let (dir, office) = office();
        let to = dir.path().join("copies");
        let made = answer(&tongbao(
            &["backup", &office, "--to", to.to_str().unwrap()],
            "",
        ));
        let then = findings(&office);
        let typed = tongbao(
            &[
                "call",
                "inspections_recognise",
                "--office",
                &office,
                "--as",
                "duty",
                "--password-fd",
                "0",
            ],
            &with_password(r#"{"line": "三2 走廊地面有积水"}"#),
        );
        let logged = tongbao(
            &[
                "call",
                "inspections_log",
                "--office",
                &office,
                "--as",
                "duty",
                "--password-fd",
                "0",
            ],
            &with_password(&json!({"text": answer(&typed)["text"]}).to_string()),
        );
        answer(&logged);
        let request = json!({"file": made["file"], "password": testkit::desk::sample_password(), "accept_loss": true});
        tongbao_until(
            step,
            &[
                "call",
                "backup_restore",
                "--office",
                &office,
                "--as",
                "admin",
                "--password-fd",
                "0",
            ],
            &with_password(&request.to_string()),
        );
        let now = findings(&office);
        let wanted = if step == "restore.prepared" {
            then + 1
        } else {
            then
        };
        assert_eq!(now, wanted, "{step}");
        assert_eq!(
            answer(&tongbao(&["verify", &office], ""))["ok"],
            true,
            "{step}"
        );
        assert!(
            !names(Path::new(&office))
                .iter()
                .any(|n| n.starts_with(".restoring") || n == "restore"),
            "{step}: {:?}",
            names(Path::new(&office))
        );
    }
}

#[test]
fn a_sample_that_is_stopped_while_it_is_made_leaves_the_place_free() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("office.tongbao");
    let args = [
        "call",
        "org_open_sample",
        "--office",
        office.to_str().unwrap(),
    ];
    tongbao_until("create.filled", &args, "");
    assert!(!office.exists());
    assert_eq!(names(dir.path()).len(), 1, "{:?}", names(dir.path()));
    answer(&tongbao(&args, ""));
    assert_eq!(
        names(dir.path()),
        ["office.tongbao"],
        "the leftover is swept"
    );
}
