//! Bad input gets a message that says what happened, what was kept and what to do.
use api::ErrorCode;
use api::access::Language;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{CLERK, DUTY, DUTY2, OFFICE, PRINCIPAL, sample_password};

/// Every message must be one of the catalogue.
fn said(e: &api::ApiError) {
    for language in [Language::ZhCn, Language::ZhTw, Language::En] {
        let message = api::words::say(language, &e.message_key, &e.args);
        assert_ne!(message, e.message_key);
        assert!(
            !message.contains("{$") && !message.contains("{ $"),
            "{message}"
        );
        for f in &e.fields {
            let message = api::words::say(language, &f.message_key, &f.args);
            assert_ne!(message, f.message_key);
            assert!(
                !message.contains("{$") && !message.contains("{ $"),
                "{message}"
            );
        }
    }
}
fn paths(e: &api::ApiError) -> Vec<&str> {
    e.fields.iter().map(|f| f.path.as_str()).collect()
}
fn sign_in(who: &str, password: &str) -> Value {
    json!({"sign_in_name": who, "password": password})
}

#[test]
fn after_five_wrong_passwords_even_the_right_one_waits() {
    let d = TestDesk::sample();
    for _ in 0..5 {
        let e = d.refused("access_sign_in", sign_in(DUTY, "wrong-password"));
        assert_eq!(
            (e.code, e.message_key.as_str()),
            (ErrorCode::Denied, "access-wrong-password")
        );
        said(&e);
    }
    let e = d.refused("access_sign_in", sign_in(DUTY, &sample_password()));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "access-wait")
    );
    assert_eq!(e.args["seconds"], api::wire::Arg::Number(30));
    said(&e);
    d.done("access_sign_in", sign_in(DUTY2, &sample_password()));
    d.leave();
    d.clock().pass_seconds(30);
    d.done("access_sign_in", sign_in(DUTY, &sample_password()));
}

#[test]
fn an_unknown_name_is_told_like_a_wrong_password() {
    let d = TestDesk::sample();
    let known = d.refused("access_sign_in", sign_in(DUTY, "wrong-password"));
    let unknown = d.refused("access_sign_in", sign_in("nobody", "wrong-password"));
    assert_eq!(
        (known.code, known.message_key, known.args),
        (unknown.code, unknown.message_key, unknown.args)
    );
}

#[test]
fn a_wrong_password_approves_nothing() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    d.sit(PRINCIPAL);
    for _ in 0..5 {
        let e = d.refused("documents_approve", json!({"id": id, "ver": ver, "opinion": "同意。", "dated_on": "2026-11-20", "password": "wrong-password"}));
        assert_eq!(
            (e.code, e.message_key.as_str()),
            (ErrorCode::Denied, "access-wrong-password")
        );
    }
    let e = d.refused("documents_approve", json!({"id": id, "ver": ver, "opinion": "同意。", "dated_on": "2026-11-20", "password": sample_password()}));
    assert_eq!(e.message_key, "access-wait");
    assert_eq!(
        d.done("documents_document", json!({"id": id}))["row"]["state"],
        "submitted"
    );
}

#[test]
fn a_finding_without_anything_names_every_empty_field_at_once() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let mut empty = d.finding("总务处", "problem", " ", "");
    empty["text"]["unit_id"] = Value::Null;
    empty["text"]["people"] = json!([{"kind": "other", "name": ""}]);
    empty["text"]["rectification"] =
        json!({"requirement": "", "responsible": "", "due_on": "2026-11-19"});
    let e = d.refused("inspections_log", empty);
    assert_eq!(e.code, ErrorCode::Invalid);
    for path in [
        "matter",
        "people.0.name",
        "rectification.responsible",
        "rectification.due_on",
    ] {
        assert!(paths(&e).contains(&path), "{path} in {:?}", paths(&e));
    }
    said(&e);
    let mut nobody = d.finding("总务处", "problem", "事", "");
    nobody["text"]["unit_id"] = Value::Null;
    assert_eq!(
        paths(&d.refused("inspections_log", nobody)),
        ["people"],
        "what and who (R-028)"
    );
}

#[test]
fn an_office_without_anything_names_every_empty_field_at_once() {
    let d = TestDesk::empty();
    let e = d.refused(
        "org_found",
        json!({"name": "", "short_name": "", "series": [{"prefix": "", "purpose": ""}], "units": [""], "class_groups": [{"grade": 0, "number": 0}],
               "people": [{"name": "", "post": "", "unit": "无此处室", "account": {"sign_in_name": "", "roles": [], "initial_password": ""}}]}),
    );
    assert_eq!(e.code, ErrorCode::Invalid);
    for path in [
        "name",
        "short_name",
        "series.0.prefix",
        "units.0",
        "class_groups.0.grade",
        "class_groups.0.number",
        "people.0.name",
        "people.0.unit",
        "people.0.account.sign_in_name",
        "people.0.account.roles",
    ] {
        assert!(paths(&e).contains(&path), "{path} in {:?}", paths(&e));
    }
    said(&e);
    assert!(!d.office_dir().exists(), "nothing was made");
    assert_eq!(
        d.done("access_status", json!({}))["desk"]["state"],
        "no_office"
    );
}

#[test]
fn an_empty_draft_is_saved_but_not_submitted_and_says_all_that_is_missing() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let mut content = view["content"].clone();
    content["title"] = json!([]);
    let saved = d.done(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": content}),
    );
    let e = d.refused(
        "documents_submit",
        json!({"id": view["row"]["id"], "ver": saved["ver"]}),
    );
    assert_eq!(e.code, ErrorCode::Invalid);
    let keys: Vec<&str> = e.fields.iter().map(|f| f.message_key.as_str()).collect();
    assert!(
        keys.contains(&"documents-check-title-empty")
            && keys.contains(&"documents-check-body-empty"),
        "{keys:?}"
    );
    said(&e);
}

fn with_paragraph(content: &Value, text: &str) -> Value {
    let mut content = content.clone();
    content["blocks"] = json!([{"id": "b1", "kind": "p", "text": text, "finding_ids": []}]);
    content
}

#[test]
fn a_paragraph_of_100_000_characters_is_saved_and_set() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let (id, ver) = (&view["row"]["id"], &view["row"]["ver"]);
    let long = with_paragraph(
        &view["content"],
        &"检查情况良好。".repeat(15_000)[..300_000],
    );
    assert_eq!(
        long["blocks"][0]["text"].as_str().unwrap().chars().count(),
        100_000
    );
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": ver, "content": long}),
    );
    assert_eq!(
        d.done("documents_document", json!({"id": id}))["content"],
        long,
        "it comes back as it was"
    );
    let preview = d.done(
        "documents_preview",
        json!({"content": long, "page": 100_000}),
    );
    assert!(
        preview["pages"].as_i64().unwrap() > 100,
        "{} pages",
        preview["pages"]
    );
    assert_eq!(
        preview["page"],
        preview["pages"].as_i64().unwrap() - 1,
        "the last page stands for one beyond"
    );

    let longer = with_paragraph(&view["content"], &"字".repeat(100_001));
    let e = d.refused(
        "documents_save",
        json!({"id": id, "ver": saved["ver"], "content": longer}),
    );
    assert_eq!(
        (e.code, paths(&e)),
        (ErrorCode::Invalid, vec!["blocks.0.text"])
    );
    said(&e);
    let kept = d.done("documents_document", json!({"id": id}));
    assert_eq!(
        (&kept["content"], &kept["row"]["ver"]),
        (&long, &saved["ver"]),
        "the saved text stands"
    );
}

#[test]
fn characters_that_no_font_has_are_named_before_anything_is_printed() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let content = with_paragraph(&view["content"], "请\u{10FFFD}同学和\u{E123}同学到办公室。");
    let preview = d.done("documents_preview", json!({"content": content, "page": 0}));
    assert_eq!(
        preview["missing_characters"],
        json!(["\u{10FFFD}", "\u{E123}"])
    );
    let saved = d.done(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": content}),
    );
    let e = d.refused(
        "documents_submit",
        json!({"id": view["row"]["id"], "ver": saved["ver"]}),
    );
    assert_eq!(e.code, ErrorCode::Invalid);
    let named = e
        .fields
        .iter()
        .find(|f| f.message_key == "documents-characters-missing")
        .expect("they are named");
    assert_eq!(
        named.args["characters"],
        api::wire::Arg::Text("\u{10FFFD}\u{E123}".to_owned())
    );
    said(&e);
    assert_eq!(
        d.done("documents_document", json!({"id": view["row"]["id"]}))["content"],
        content,
        "the text is kept"
    );
}

#[test]
fn rare_names_are_printed() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let content = with_paragraph(&view["content"], "周䶮、沈㛃宁、吴𬭚三名同学受到表扬。");
    assert_eq!(
        d.done("documents_preview", json!({"content": content, "page": 0}))["missing_characters"],
        json!([])
    );
}

#[test]
fn saving_over_a_newer_version_keeps_both_texts() {
    let d = TestDesk::sample();
    d.sit(CLERK);
    let view = d.draft("notice", &[]);
    let (id, ver) = (&view["row"]["id"], &view["row"]["ver"]);
    // the office writes the clerk's draft meanwhile
    d.sit(OFFICE);
    let newer = with_paragraph(&view["content"], "办公室改的稿。");
    d.done(
        "documents_save",
        json!({"id": id, "ver": ver, "content": newer}),
    );
    d.sit(CLERK);
    let mine = with_paragraph(&view["content"], "干事改的稿。");
    let e = d.refused(
        "documents_save",
        json!({"id": id, "ver": ver, "content": mine}),
    );
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Stale, "error-stale-kept")
    );
    said(&e);
    let seen = d.done("documents_document", json!({"id": id}));
    assert_eq!(
        (&seen["content"], &seen["kept_text"]["content"]),
        (&newer, &mine),
        "both texts are there"
    );
    let kept = &seen["kept_text"]["id"];
    assert_eq!(
        e.args["kept_id"],
        api::wire::Arg::Text(kept.as_str().unwrap().to_owned())
    );

    d.sit(OFFICE);
    assert_eq!(
        d.done("documents_document", json!({"id": id}))["kept_text"],
        Value::Null,
        "another sees only the newer one"
    );
    assert_eq!(
        d.refused("documents_settle_kept", json!({"kept_id": kept}))
            .code,
        ErrorCode::NotFound,
        "and cannot settle it"
    );
    d.sit(CLERK);
    d.done("documents_settle_kept", json!({"kept_id": kept}));
    assert_eq!(
        d.done("documents_document", json!({"id": id}))["kept_text"],
        Value::Null
    );
    assert_eq!(
        d.refused("documents_settle_kept", json!({"kept_id": kept}))
            .code,
        ErrorCode::NotFound
    );
    let ver = d.done("documents_document", json!({"id": id}))["row"]["ver"].take();
    d.done("documents_discard", json!({"id": id, "ver": ver}));
    d.sit(PRINCIPAL);
    assert_eq!(
        d.done("audit_verify", json!({}))["findings"],
        json!([]),
        "the kept text went with its document, and both by name"
    );
}

#[test]
fn a_text_typed_while_the_draft_was_submitted_is_kept() {
    let d = TestDesk::sample();
    d.sit(CLERK);
    let finding = d.log("总务处", "praise", "维修及时", "总务处当天修好门锁1把。");
    let view = d.draft("circular", &[finding]);
    d.done(
        "documents_submit",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
    );
    let mine = with_paragraph(&view["content"], "送审后又写的。");
    let e = d.refused(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": mine}),
    );
    assert_eq!(e.code, ErrorCode::Stale);
    assert_eq!(
        d.done("documents_document", json!({"id": view["row"]["id"]}))["kept_text"]["content"],
        mine
    );
}

#[test]
fn a_stranger_to_a_draft_leaves_no_text_beside_it() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let view = d.draft("notice", &[]);
    d.sit(DUTY);
    let e = d.refused(
        "documents_save",
        json!({"id": view["row"]["id"], "ver": 99, "content": view["content"]}),
    );
    assert_eq!(e.code, ErrorCode::Denied);
}

#[test]
fn a_step_at_an_old_version_is_stale_and_takes_nothing() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    let approved = d.approve(PRINCIPAL, &id, &ver).unwrap();
    d.sit(OFFICE);
    assert_eq!(
        d.refused("documents_issue", json!({"id": id, "ver": ver}))
            .code,
        ErrorCode::Stale
    );
    let next = d.done("documents_next_number", json!({"id": id}));
    let issued = d.done(
        "documents_issue",
        json!({"id": id, "ver": approved["row"]["ver"]}),
    );
    assert_eq!(issued["row"]["number"], next["number"]);
}

#[test]
fn hidden_direction_marks_and_classified_papers_are_refused() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let view = d.draft("notice", &[]);
    let save = |text: &str| {
        d.refused("documents_save", json!({"id": view["row"]["id"], "ver": view["row"]["ver"], "content": with_paragraph(&view["content"], text)}))
    };
    let e = save("请看\u{202e}后文。");
    assert_eq!(
        (e.code, e.fields[0].message_key.as_str()),
        (ErrorCode::Invalid, "error-field-hidden-characters")
    );
    let e = save("秘密★10年");
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "documents-classified-refused")
    );
    said(&e);
}

#[test]
fn a_time_that_has_not_come_is_refused() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let mut later = d.finding("总务处", "praise", "维修及时", "");
    later["text"]["observed_at"] = json!(d.clock().now() + 3_600_000);
    let e = d.refused("inspections_log", later);
    assert_eq!(
        (e.code, e.fields[0].message_key.as_str()),
        (ErrorCode::Invalid, "inspections-future-time")
    );
    said(&e);
}
