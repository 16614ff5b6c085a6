//! What a paper may hold and which kinds there are: drafted, approved, issued, verified.
use domain::documents::{Block, BlockKind, Content, DocumentKind, SignedContent};
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{DUTY, OFFICE, PRINCIPAL, VICE};

/// Saves `change` over a draft and returns the version that follows.
fn write(d: &TestDesk, view: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut content = view["content"].clone();
    change(&mut content);
    let saved = d.done(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": content}),
    );
    saved["ver"].clone()
}
fn with_table_and_attachment(content: &mut Value) {
    let blocks = content["blocks"].as_array_mut().unwrap();
    blocks[0]["text"] = json!("四（2）班落实较好，具体情况见附件，请于11月27日前整改。");
    blocks.push(json!({"id": "t", "kind": "table", "text": "情况汇总", "table": {
        "head": ["班级", "情况"], "rows": [["四（2）班", "好"], ["三（1）班", "落叶未清扫"]], "align": ["center", "left"]}}));
    blocks.push(json!({"id": "x", "kind": "page_break", "text": ""}));
    blocks.push(json!({"id": "p", "kind": "p", "text": "其他班级要对照检查。"}));
    blocks.push(json!({"id": "a", "kind": "attachment", "text": "检查记录汇总表"}));
    blocks.push(json!({"id": "ap", "kind": "p", "text": "附件里的一段。"}));
}

#[test]
fn every_kind_with_and_without_the_red_head_goes_the_whole_way() {
    let d = TestDesk::sample();
    for kind in ["circular", "notice", "commendation", "inspection_result"] {
        for red_head in [true, false] {
            d.sit(DUTY);
            let view = d.done(
                "documents_draft",
                json!({"kind": kind, "red_head": red_head}),
            );
            assert_eq!(view["row"]["kind"], kind);
            assert_eq!(view["content"]["red_head"], red_head);
            let ver = write(&d, &view, |content| {
                with_table_and_attachment(content);
                let blocks = content["blocks"].as_array_mut().unwrap();
                // headings that wait for their text
                blocks
                    .retain(|b| b["kind"] != "h1" && b["text"] != "" || b["kind"] == "page_break");
            });
            let id = &view["row"]["id"];
            let sent = d.done("documents_submit", json!({"id": id, "ver": ver}));
            let approved = d.approve(VICE, id, &sent["row"]["ver"]).expect("approved");
            d.sit(OFFICE);
            let issued = d.done(
                "documents_issue",
                json!({"id": id, "ver": approved["row"]["ver"]}),
            );
            assert_eq!(issued["pages"], 3, "{kind} {red_head}");
            let page = d.done("documents_page", json!({"id": id, "page": 0}));
            let red = page["svg"].as_str().unwrap().contains("#e60012");
            assert_eq!(red, red_head, "{kind}");
        }
    }
    d.sit(OFFICE);
    let rows = d.done("documents_list", json!({"states": ["issued"]}));
    for kind in ["circular", "notice", "commendation", "inspection_result"] {
        let listed = rows["rows"].as_array().unwrap().iter();
        assert!(listed.filter(|r| r["kind"] == kind).count() >= 2, "{kind}");
    }
    d.sit(PRINCIPAL);
    let verified = d.done("audit_verify", json!({}));
    assert_eq!(verified["ok"], true, "{}", verified["findings"]);
}

#[test]
fn a_malformed_table_is_refused_and_the_draft_stays() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let id = &view["row"]["id"];
    let cells = |n: usize| vec!["格"; n];
    for (table, key) in [
        (
            json!({"head": ["班级"], "rows": [["一", "二"]], "align": ["left"]}),
            "error-field-malformed",
        ),
        (
            json!({"head": [], "rows": [], "align": []}),
            "error-field-malformed",
        ),
        (
            json!({"head": cells(13), "rows": [], "align": vec!["left"; 13]}),
            "documents-table-too-large",
        ),
        (
            json!({"head": cells(1), "rows": vec![cells(1); 501], "align": ["left"]}),
            "documents-table-too-large",
        ),
    ] {
        let mut content = view["content"].clone();
        content["blocks"] = json!([{"id": "t", "kind": "table", "text": "", "table": table}]);
        let error = d.refused(
            "documents_save",
            json!({"id": id, "ver": view["row"]["ver"], "content": content}),
        );
        assert!(
            error.fields.iter().any(|f| f.message_key == key),
            "{error:?}"
        );
    }
    let kept = d.done("documents_document", json!({"id": id}));
    assert_eq!(kept["content"], view["content"]);
    assert_eq!(kept["row"]["ver"], view["row"]["ver"]);
}

#[test]
fn a_mark_of_secrecy_in_a_cell_is_never_saved() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let mut content = view["content"].clone();
    content["blocks"] = json!([{"id": "t", "kind": "table", "text": "", "table":
        {"head": ["班级"], "rows": [["机密★1年"]], "align": ["left"]}}]);
    let error = d.refused(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": content}),
    );
    assert_eq!(error.message_key, "documents-classified-refused");
}

#[test]
fn the_preview_shows_the_page_of_the_block_at_hand() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let mut content = view["content"].clone();
    with_table_and_attachment(&mut content);
    let seen = |at: &str| {
        let p = d.done(
            "documents_preview",
            json!({"content": content, "page": 0, "at": at}),
        );
        (p["page"].as_i64().unwrap(), p["spot"].as_i64())
    };
    let (page, spot) = seen("t");
    assert_eq!(page, 0);
    assert!(spot.is_some_and(|s| (400..900).contains(&s)), "{spot:?}");
    assert_eq!(seen("p").0, 1);
    assert_eq!(seen("ap").0, 2);
    assert_eq!(seen("a").0, 2);
    assert_eq!(seen("@title").0, 0);
    assert_eq!(seen("@attachments").0, 1);
    // a block that is not there leaves the page asked for
    assert_eq!(seen("nobody"), (0, None));
}

/// The hash was taken when documents held nothing but headings and paragraphs: what was signed then verifies for ever.
#[test]
fn a_document_of_the_first_form_keeps_its_signed_hash() {
    let content = Content {
        kind: DocumentKind::Circular,
        series: "临实小检".into(),
        red_head: true,
        title: vec!["关于检查情况的通报".into()],
        recipients: "各处室：".into(),
        blocks: vec![Block::new("b1", BlockKind::P, "好。")],
        attachments: vec![],
        copy_to: String::new(),
        reports_on: None,
        posting: domain::documents::PostingManner::default(),
    };
    let on = domain::calendar::parse_date("2026-11-20").expect("a date");
    let signed = SignedContent::new(content, "临江市实验小学".into(), on);
    let (_, hex) = office::documents::signed_sha256(&signed).expect("a hash");
    assert_eq!(
        hex,
        "865b0d10d0f8dcaa6e1568bda791290b68aeac01500d97b9312462004a9b878f"
    );
}
