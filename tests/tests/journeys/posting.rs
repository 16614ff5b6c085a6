//! What hangs on the board: without the names of children, with a code by which it is known again.
use api::ErrorCode;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{DUTY, OFFICE, PRINCIPAL};

/// Drafts a circular of one typed paragraph as the duty officer: `(id, ver, content)`.
fn written(d: &TestDesk, text: &str) -> (Value, Value, Value) {
    d.sit(DUTY);
    let view = d.draft("circular", &[]);
    let mut content = view["content"].clone();
    content["title"] = json!(["关于校园秩序情况的", "通报"]);
    content["blocks"] = json!([{"id": "b1", "kind": "p", "text": text, "finding_ids": []}]);
    let id = view["row"]["id"].clone();
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": view["row"]["ver"], "content": content}),
    );
    (id, saved["ver"].clone(), content)
}
fn issued(d: &TestDesk, id: &Value, ver: &Value) -> Value {
    d.sit(DUTY);
    let sent = d.done("documents_submit", json!({"id": id, "ver": ver}));
    let approved = d
        .approve(PRINCIPAL, id, &sent["row"]["ver"])
        .expect("approved");
    d.sit(OFFICE);
    d.done(
        "documents_issue",
        json!({"id": id, "ver": approved["row"]["ver"]}),
    )
}
fn names(v: &Value) -> Vec<(&str, &str)> {
    let all = v["masks"].as_array().expect("a list");
    all.iter()
        .map(|m| (m["from"].as_str().unwrap(), m["to"].as_str().unwrap()))
        .collect()
}

#[test]
fn the_sheet_on_the_board_hides_the_names_that_the_page_in_the_archive_keeps() {
    let d = TestDesk::sample();
    let (id, ver, content) = written(&d, "一（1）班田可馨拾到水杯交到门卫室，方志刚老师表扬。");
    let before = d.done("documents_masks", json!({"content": content}));
    assert_eq!(
        names(&before),
        [("田可馨", "田××")],
        "staff keep their names"
    );
    assert_eq!(before["masks"][0]["block_id"], "b1");
    let drafted = d.done(
        "documents_board_preview",
        json!({"content": content, "page": 0}),
    );
    assert!(drafted["svg"].as_str().unwrap().contains("<svg"));

    let view = issued(&d, &id, &ver);
    let posting = d.done("documents_posting", json!({"id": id}));
    assert_eq!(names(&posting), [("田可馨", "田××")]);
    let sheet = &posting["sheet"];
    assert_eq!(
        (sheet["paper"].as_str(), sheet["pages"].as_i64()),
        (Some("a4"), Some(1))
    );
    assert_eq!(
        sheet["code"].as_str().map(str::len),
        Some(11),
        "three times three"
    );

    let archived = d.done("documents_save_pdf", json!({"id": id}));
    let posted = d.done("documents_save_board_pdf", json!({"id": id}));
    let number = view["row"]["number"].as_str().unwrap();
    assert_eq!(archived["file"], format!("{number}（存档稿）.pdf"));
    assert_eq!(posted["file"], format!("{number}（张贴稿）.pdf"));
    let bytes = std::fs::read(d.pages_dir().join(posted["file"].as_str().unwrap())).unwrap();
    assert_eq!(
        office::sha256_hex(&bytes),
        sheet["pdf_sha256"].as_str().unwrap()
    );
    assert_eq!(posted["sha256"], sheet["pdf_sha256"]);

    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["ok"], true);
}

#[test]
fn what_only_looks_like_a_name_is_decided_before_the_text_is_submitted() {
    let d = TestDesk::sample();
    // the sample has a teacher and a pupil called 秦朗
    let (id, ver, mut content) = written(&d, "秦朗在音乐教室整理乐器。");
    let refused = d.refused("documents_submit", json!({"id": id, "ver": ver}));
    assert_eq!(refused.code, ErrorCode::Invalid);
    assert_eq!(
        refused.fields[0].message_key,
        "documents-check-mask-namesake"
    );

    content["posting"] = json!({"paper": "a3", "form": "some_pupil", "decisions": [
        {"name": "秦朗", "word": "", "choice": "keep", "reason": ""},
    ]});
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": ver, "content": content}),
    );
    let refused = d.refused("documents_submit", json!({"id": id, "ver": saved["ver"]}));
    assert_eq!(refused.fields[0].message_key, "documents-check-mask-reason");

    content["posting"]["decisions"][0]["choice"] = json!("not_pupil");
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": saved["ver"], "content": content}),
    );
    let view = issued(&d, &id, &saved["ver"]);
    assert_eq!(
        view["content"], content,
        "what was decided is part of what was approved"
    );
    let posting = d.done("documents_posting", json!({"id": id}));
    assert_eq!(names(&posting), [("秦朗", "秦朗")]);
    assert_eq!(posting["sheet"]["paper"], "a3");
}

#[test]
fn a_page_may_be_looked_at_before_and_after_it_is_issued() {
    let d = TestDesk::sample();
    let (id, ver, _) = written(&d, "一（1）班田可馨值日认真。");
    let page = |d: &TestDesk| {
        let v = d.done("documents_board_page", json!({"id": id, "page": 0}));
        v["svg"].as_str().unwrap().to_owned()
    };
    let draft = page(&d);
    issued(&d, &id, &ver);
    let last = page(&d);
    assert!(draft != last && last.contains("<svg"));
    assert_eq!(page(&d), last, "the same bytes each time");
}

#[test]
fn no_two_sheets_have_one_code_and_each_is_of_this_office() {
    let d = TestDesk::sample();
    let mut codes = std::collections::BTreeSet::new();
    for n in 0..3 {
        let (id, ver, _) = written(&d, &format!("第{n}次检查，各班秩序良好。"));
        issued(&d, &id, &ver);
        let posting = d.done("documents_posting", json!({"id": id}));
        codes.insert(posting["sheet"]["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.len(), 3);
    let starts: std::collections::BTreeSet<&str> = codes.iter().map(|c| &c[..2]).collect();
    assert_eq!(starts.len(), 1, "the office is in the first two characters");
}

#[test]
fn malformed_decisions_are_refused_each_at_its_place() {
    let d = TestDesk::sample();
    let (id, ver, mut content) = written(&d, "各班秩序良好。");
    content["posting"] = json!({"paper": "a4", "form": "marks", "decisions": [
        {"name": "", "word": "词".repeat(61), "choice": "mask", "reason": "由".repeat(201)},
    ]});
    let e = d.refused(
        "documents_save",
        json!({"id": id, "ver": ver, "content": content}),
    );
    let paths: Vec<&str> = e.fields.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "posting.decisions.0.name",
            "posting.decisions.0.word",
            "posting.decisions.0.reason"
        ]
    );
    content["posting"]["paper"] = json!("a2");
    let e = d.refused(
        "documents_save",
        json!({"id": id, "ver": ver, "content": content}),
    );
    assert_eq!(e.code, ErrorCode::Invalid);
}

#[test]
fn the_sheet_leaves_with_those_who_may_take_pages_out() {
    let d = TestDesk::sample();
    let (id, ver, _) = written(&d, "各班秩序良好。");
    d.sit(OFFICE);
    let e = d.refused("documents_save_board_pdf", json!({"id": id}));
    assert_eq!(e.code, ErrorCode::Denied, "not issued yet");
    issued(&d, &id, &ver);
    d.sit(DUTY);
    let e = d.refused("documents_save_board_pdf", json!({"id": id}));
    assert_eq!(e.code, ErrorCode::Denied);
}
