//! The day of the product: seen, written up, approved, numbered, on paper.
use api::ErrorCode;
use serde_json::{Value, json};
use std::path::Path;
use testkit::TestDesk;
use testkit::desk::{ADMIN, CLERK, DUTY, DUTY2, OFFICE, PRINCIPAL, VICE, sample_password};

fn rows(v: &Value) -> &Vec<Value> {
    v.as_array().expect("a list")
}
fn ids(v: &Value) -> Vec<&Value> {
    rows(v).iter().map(|r| &r["id"]).collect()
}
/// `机关代字〔year〕n号` taken apart.
fn number(view: &Value) -> (String, i32, i64) {
    let text = view["row"]["number"].as_str().expect("a number");
    let (prefix, rest) = text.split_once('〔').expect("the test is set up");
    let (year, n) = rest.split_once('〕').expect("the test is set up");
    (
        prefix.to_owned(),
        year.parse().expect("the test is set up"),
        n.trim_end_matches('号')
            .parse()
            .expect("the test is set up"),
    )
}

#[test]
fn a_finding_becomes_an_approved_numbered_page() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let finding = d.log(
        "总务处",
        "problem",
        "走廊堆放杂物",
        "教学楼二楼走廊堆放纸箱3个，总务处尹秋实当场清理。",
    );
    let today = d.done("today_overview", json!({}));
    assert!(
        ids(&today["findings"]).contains(&&finding),
        "it stands in today's findings"
    );

    let view = d.draft("circular", std::slice::from_ref(&finding));
    let (id, ver) = (&view["row"]["id"], &view["row"]["ver"]);
    assert_eq!(view["content"]["kind"], "circular");
    let linked: Vec<&Value> = rows(&view["content"]["blocks"])
        .iter()
        .flat_map(|b| rows(&b["finding_ids"]))
        .collect();
    assert!(
        linked.contains(&&finding),
        "the fact stays linked to its finding"
    );
    let preview = d.done(
        "documents_preview",
        json!({"content": view["content"], "page": 0}),
    );
    assert!(preview["svg"].as_str().unwrap().contains("<svg"));
    assert_eq!(preview["missing_characters"], json!([]));
    assert!(
        rows(&preview["checks"])
            .iter()
            .all(|c| c["level"] != "must"),
        "{}",
        preview["checks"]
    );

    let mut content = view["content"].clone();
    content["copy_to"] = json!("校长室");
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": ver, "content": content}),
    );
    let sent = d.done("documents_submit", json!({"id": id, "ver": saved["ver"]}));
    assert_eq!(sent["row"]["state"], "submitted");

    d.sit(PRINCIPAL);
    assert!(
        ids(&d.done("today_overview", json!({}))["waiting"]).contains(&id),
        "it waits for the principal"
    );
    let page = d.done("documents_page", json!({"id": id, "page": 0}));
    assert!(page["svg"].as_str().unwrap().contains("<svg"));
    let approved = d.approve(PRINCIPAL, id, &sent["row"]["ver"]).unwrap();
    assert_eq!(approved["row"]["state"], "approved");
    assert_eq!(approved["opinion"]["text"], "同意印发。");
    assert_eq!(approved["opinion"]["dated_on"], testkit::desk::SAMPLE_DAY);
    assert_eq!(approved["signed_sha256"].as_str().map(str::len), Some(64));

    d.sit(OFFICE);
    assert!(
        ids(&d.done("today_overview", json!({}))["waiting"]).contains(&id),
        "it waits for the office"
    );
    let next = d.done("documents_next_number", json!({"id": id}));
    let issued = d.done(
        "documents_issue",
        json!({"id": id, "ver": approved["row"]["ver"]}),
    );
    assert_eq!(issued["row"]["state"], "issued");
    assert_eq!(
        issued["row"]["number"], next["number"],
        "it takes the number that was shown"
    );
    assert_eq!(
        issued["content"], content,
        "what was submitted is what was issued"
    );
    assert_eq!(issued["signed_sha256"], approved["signed_sha256"]);

    let saved = d.done("documents_save_pdf", json!({"id": id}));
    let file = saved["file"].as_str().unwrap();
    assert_eq!(
        file,
        format!(
            "{}（存档稿）.pdf",
            issued["row"]["number"].as_str().unwrap()
        ),
        "the file is named by the number, and says which copy it is"
    );
    let bytes = std::fs::read(d.pages_dir().join(file)).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(
        office::sha256_hex(&bytes),
        issued["pdf_sha256"].as_str().unwrap(),
        "the file is the frozen page"
    );
    assert_eq!(saved["sha256"], issued["pdf_sha256"]);

    let steps: Vec<&str> = rows(&issued["steps"])
        .iter()
        .filter_map(|s| s["action"].as_str())
        .collect();
    assert_eq!(
        steps,
        [
            "documents.draft",
            "documents.submit",
            "documents.approve",
            "documents.issue"
        ]
    );
    let stated = d.done("inspections_finding", json!({"id": finding}));
    assert_eq!(
        stated["stated_in"][0]["label"], issued["row"]["number"],
        "the finding names the paper that states it"
    );

    d.sit(PRINCIPAL);
    let verified = d.done("audit_verify", json!({}));
    assert_eq!(verified["findings"], json!([]));
    assert_eq!(verified["ok"], true);
}

#[test]
fn a_principal_does_not_approve_their_own_draft() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(VICE);
    let e = d.approve(VICE, &id, &ver).unwrap_err();
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Denied, "error-denied")
    );
    let view = d.done("documents_document", json!({"id": id}));
    assert_eq!(view["row"]["state"], "submitted");
    assert_eq!(
        view["approve_hint"]["message_key"], "documents-own-draft",
        "they are told why"
    );
    assert!(!rows(&view["allowed"]).contains(&json!("documents.approve")));
    let approved = d.approve(PRINCIPAL, &id, &ver).unwrap();
    assert_eq!(
        approved["row"]["state"], "approved",
        "another principal may"
    );
}

#[test]
fn numbers_follow_each_other_without_gaps_and_begin_anew_each_year() {
    let d = TestDesk::sample();
    let first = d.issued(DUTY, PRINCIPAL, OFFICE);
    // a rejected draft takes no number
    let (id, ver) = d.submitted(DUTY2);
    d.sit(VICE);
    d.done(
        "documents_reject",
        json!({"id": id, "ver": ver, "remarks": "重复。"}),
    );
    let second = d.issued(DUTY2, VICE, CLERK);
    let ((prefix, year, n), after) = (number(&first), number(&second));
    assert_eq!((year, after), (2026, (prefix.clone(), 2026, n + 1)));
    d.clock().set("2027-01-04", "09:30");
    assert_eq!(
        number(&d.issued(DUTY, PRINCIPAL, OFFICE)),
        (prefix.clone(), 2027, 1)
    );
    assert_eq!(
        number(&d.issued(DUTY, PRINCIPAL, OFFICE)),
        (prefix, 2027, 2)
    );
}

#[test]
fn the_number_is_of_the_year_of_the_signature_not_of_the_issue() {
    let d = TestDesk::sample();
    d.clock().set("2026-12-31", "20:00");
    let (id, ver) = d.submitted(DUTY);
    let approved = d.approve(PRINCIPAL, &id, &ver).unwrap();
    d.clock().set("2027-01-04", "09:00");
    d.sit(OFFICE);
    let issued = d.done(
        "documents_issue",
        json!({"id": id, "ver": approved["row"]["ver"]}),
    );
    assert_eq!(number(&issued).1, 2026);
}

#[test]
fn a_draft_sent_back_keeps_its_remarks_and_comes_again() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    d.sit(PRINCIPAL);
    let e = d.refused(
        "documents_send_back",
        json!({"id": id, "ver": ver, "remarks": "  "}),
    );
    assert_eq!(
        (e.code, e.fields[0].path.as_str()),
        (ErrorCode::Invalid, "remarks"),
        "remarks are needed"
    );
    d.done(
        "documents_send_back",
        json!({"id": id, "ver": ver, "remarks": "请写明责任人。"}),
    );
    d.sit(DUTY);
    let view = d.done("documents_document", json!({"id": id}));
    assert_eq!(
        (&view["row"]["state"], &view["row"]["returned"]),
        (&json!("draft"), &json!(true))
    );
    assert_eq!(view["opinion"]["text"], "请写明责任人。");
    assert!(
        ids(&d.done("today_overview", json!({}))["waiting"]).contains(&&id),
        "it waits for its drafter"
    );
    let sent = d.done(
        "documents_submit",
        json!({"id": id, "ver": view["row"]["ver"]}),
    );
    let versions = d.done("documents_versions", json!({"id": id}));
    assert_eq!(
        rows(&versions["versions"]).len(),
        2,
        "both submitted texts are kept"
    );
    assert_eq!(
        d.approve(PRINCIPAL, &id, &sent["row"]["ver"]).unwrap()["row"]["state"],
        "approved"
    );
}

#[test]
fn a_recalled_draft_is_written_again_and_a_discarded_one_is_gone() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    let back = d.done("documents_recall", json!({"id": id, "ver": ver}));
    assert_eq!(back["row"]["state"], "draft");
    d.done(
        "documents_discard",
        json!({"id": id, "ver": back["row"]["ver"]}),
    );
    assert_eq!(
        d.refused("documents_document", json!({"id": id})).code,
        ErrorCode::NotFound
    );
    d.sit(PRINCIPAL);
    assert_eq!(
        d.done("audit_verify", json!({}))["findings"],
        json!([]),
        "the audit knows that it was discarded"
    );
}

#[test]
fn nothing_changes_once_it_is_issued() {
    let d = TestDesk::sample();
    let issued = d.issued(DUTY, PRINCIPAL, OFFICE);
    let (id, ver) = (&issued["row"]["id"], &issued["row"]["ver"]);
    let mut content = issued["content"].clone();
    content["title"] = json!(["另一个标题"]);
    for who in [DUTY, OFFICE, PRINCIPAL, VICE] {
        d.sit(who);
        assert_eq!(
            d.refused(
                "documents_save",
                json!({"id": id, "ver": ver, "content": content})
            )
            .code,
            ErrorCode::Denied,
            "{who}"
        );
        for name in [
            "documents_submit",
            "documents_recall",
            "documents_discard",
            "documents_issue",
        ] {
            let e = d.refused(name, json!({"id": id, "ver": ver}));
            assert!(
                matches!(e.code, ErrorCode::Denied | ErrorCode::Refused),
                "{who} {name} {e:?}"
            );
        }
    }
    d.sit(OFFICE);
    let again = d.done("documents_document", json!({"id": id}));
    assert_eq!(
        (&again["content"], &again["pdf_sha256"]),
        (&issued["content"], &issued["pdf_sha256"])
    );
}

#[test]
fn a_finding_is_amended_by_its_author_until_the_day_ends() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let logged = d.done(
        "inspections_log",
        d.finding("总务处", "praise", "维修及时", "当天修好门锁。"),
    );
    let mut text = logged["text"].clone();
    text["matter"] = json!("维修十分及时");
    d.sit(DUTY2);
    let theirs = json!({"id": logged["id"], "ver": 1, "text": text});
    assert_eq!(
        d.refused("inspections_amend", theirs.clone()).code,
        ErrorCode::Denied,
        "not by another duty officer"
    );
    d.sit(DUTY);
    assert_eq!(d.done("inspections_amend", theirs.clone())["ver"], 2);
    assert_eq!(
        d.refused("inspections_amend", theirs).code,
        ErrorCode::Stale,
        "not over a newer version"
    );
    d.clock().set("2026-11-21", "00:00");
    let late = json!({"id": logged["id"], "ver": 2, "text": text});
    assert_eq!(
        d.refused("inspections_amend", late).code,
        ErrorCode::Denied,
        "not after 24:00"
    );
}

#[test]
fn a_date_of_signing_is_neither_in_the_future_nor_long_past() {
    let d = TestDesk::sample();
    let (id, ver) = d.submitted(DUTY);
    d.sit(PRINCIPAL);
    for (day, key) in [
        ("2026-11-21", "documents-date-in-future"),
        ("2026-10-01", "documents-date-too-old"),
    ] {
        let e = d.refused("documents_approve", json!({"id": id, "ver": ver, "opinion": "同意。", "dated_on": day, "password": sample_password()}));
        assert_eq!(
            (e.code, e.fields[0].message_key.as_str()),
            (ErrorCode::Invalid, key)
        );
    }
}

#[test]
fn a_new_office_begins_with_recovery_sheets_and_first_passwords() {
    let d = TestDesk::empty();
    let person = |name: &str, sign_in: &str, role: &str| json!({"name": name, "post": "", "account": {"sign_in_name": sign_in, "roles": [role], "initial_password": "chushi-mima-2026"}});
    let founded = d.done(
        "org_found",
        json!({
            "name": "云溪县第二小学", "short_name": "云溪二小",
            "series": [{"prefix": "云二小", "purpose": "正式公文", "last_number": 8}],
            "units": ["办公室"], "class_groups": [{"grade": 1, "number": 1}],
            "people": [person("何远山", "he", "principal"), person("方文静", "fang", "office"), person("田野", "tian", "administrator")],
        }),
    );
    assert_eq!(rows(&founded["recovery_codes"]).len(), 2);
    assert!(
        rows(&founded["recovery_codes"])
            .iter()
            .all(|c| rows(c).len() == 8)
    );
    assert_eq!(rows(&founded["sheets"]).len(), 2);
    let session = d.done(
        "access_sign_in",
        json!({"sign_in_name": "fang", "password": "chushi-mima-2026"}),
    );
    assert_eq!(session["must_choose_password"], true);
    let e = d.refused("org_overview", json!({}));
    assert_eq!(
        e.message_key, "access-choose-password-first",
        "a first password opens nothing else"
    );
    d.done(
        "access_choose_password",
        json!({"password": "chushi-mima-2026", "new_password": "xiaotian-dengta-77"}),
    );
    assert_eq!(
        d.done("org_overview", json!({}))["profile"]["series"][0]["last_number"],
        8
    );
    d.leave();
    assert_eq!(
        d.refused(
            "access_sign_in",
            json!({"sign_in_name": "fang", "password": "chushi-mima-2026"})
        )
        .message_key,
        "access-wrong-password"
    );
    d.done(
        "access_sign_in",
        json!({"sign_in_name": "fang", "password": "xiaotian-dengta-77"}),
    );
    d.leave();
    // a recovery sheet resets the administrator and nobody else
    let code = rows(&founded["recovery_codes"][0])
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let e = d.refused(
        "access_recover",
        json!({"code": code, "sign_in_name": "fang", "initial_password": "lingshi-mima-2026"}),
    );
    assert_eq!(e.message_key, "access-not-an-administrator");
    d.done(
        "access_recover",
        json!({"code": code, "sign_in_name": "tian", "initial_password": "lingshi-mima-2026"}),
    );
    assert_eq!(
        d.done(
            "access_sign_in",
            json!({"sign_in_name": "tian", "password": "lingshi-mima-2026"})
        )["must_choose_password"],
        true
    );
}

#[test]
fn a_number_already_used_on_paper_is_not_used_again() {
    let d = TestDesk::sample();
    let sample = office::sample_data::Sample::load().unwrap();
    let issued = d.issued(DUTY, PRINCIPAL, OFFICE);
    let (prefix, _, n) = number(&issued);
    let on_paper = sample
        .school
        .series
        .iter()
        .find(|s| s.prefix == prefix)
        .unwrap()
        .last_number;
    assert!(n > on_paper, "{n} comes after {on_paper}");
    assert!(Path::new(&d.office_dir()).is_dir());
}

#[test]
fn who_wrote_and_submitted_a_paper_does_not_approve_it_though_another_began_it() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let person = d.done(
        "org_add_staff",
        json!({"name": "唐同舟", "post": "校长助理"}),
    );
    let (first, own) = ("chushi-mima-7301", "ziji-mima-84610");
    d.done(
        "access_open_account",
        json!({"staff_id": person["id"], "sign_in_name": "both", "roles": ["office", "principal"], "initial_password": first}),
    );
    d.sit(CLERK);
    let finding = d.log(
        "总务处",
        "problem",
        "走廊堆放杂物",
        "教学楼二楼走廊堆放纸箱3个，总务处尹秋实当场清理。",
    );
    let view = d.draft("circular", &[finding]);
    d.leave();
    d.done(
        "access_sign_in",
        json!({"sign_in_name": "both", "password": first}),
    );
    d.done(
        "access_choose_password",
        json!({"password": first, "new_password": own}),
    );
    let (id, ver) = (&view["row"]["id"], &view["row"]["ver"]);
    let saved = d.done(
        "documents_save",
        json!({"id": id, "ver": ver, "content": view["content"]}),
    );
    let sent = d.done("documents_submit", json!({"id": id, "ver": saved["ver"]}));
    let today = domain::calendar::day_of(d.clock().now());
    let e = d.refused(
        "documents_approve",
        json!({"id": id, "ver": sent["row"]["ver"], "opinion": "同意印发。", "dated_on": today, "password": own}),
    );
    assert_eq!(e.message_key, "documents-own-draft");
    d.approve(PRINCIPAL, id, &sent["row"]["ver"])
        .expect("another leader may");
}

#[test]
fn what_is_seen_at_midnight_belongs_to_the_new_day() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let today = domain::calendar::day_of(d.clock().now());
    let yesterday = today.pred_opt().expect("a day before");
    let mut body = d.finding("总务处", "note", "零时巡查", "");
    body["text"]["observed_at"] = json!(domain::calendar::start_of(today));
    let id = d.done("inspections_log", body)["id"].take();
    let on = |day| d.done("inspections_list", json!({"from": day, "to": day}));
    assert!(ids(&on(today)["rows"]).contains(&&id));
    assert!(!ids(&on(yesterday)["rows"]).contains(&&id));
}
