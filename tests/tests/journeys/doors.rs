//! Every command of the one list: for strangers, for the wrong role, for requests that make no sense.
use crate::documents_in_every_state;
use api::{COMMANDS, ErrorCode};
use domain::access::{Circumstance, MATRIX, Role};
use domain::documents::StateKind;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, DUTY2, HEAD, OFFICE, PRINCIPAL, TEACHER, VICE, sample_password};

const NOBODY: &str = "018f0000-0000-7000-8000-000000000000";

/// Requests that fit no command, and one for each field that is of the wrong kind.
fn garbage(schema: &Value) -> Vec<Value> {
    let mut all = vec![
        json!(null),
        json!({}),
        json!([]),
        json!("x"),
        json!(-1),
        json!(1.5e300),
        json!(true),
        json!([null, {}, "\u{0}"]),
        json!({"": ""}),
        json!({"__proto__": {"id": NOBODY}, "id": NOBODY, "ver": 1}),
        json!({"id": NOBODY}),
        json!({"id": NOBODY, "ver": i64::MIN}),
        json!({"id": NOBODY, "ver": i64::MAX, "remarks": "\u{202e}", "page": i64::MAX}),
        json!({"id": "not-an-id", "ver": "1"}),
    ];
    let fields: Vec<String> = schema["properties"]
        .as_object()
        .map(|p| p.keys().cloned().collect())
        .unwrap_or_default();
    for field in &fields {
        for wrong in [
            json!(null),
            json!({}),
            json!([[[[[]]]]]),
            json!("\u{10FFFD}"),
            json!(u64::MAX),
            json!(-0.5),
            json!(false),
        ] {
            all.push(json!({ field.as_str(): wrong.clone() }));
            let whole: serde_json::Map<String, Value> =
                fields.iter().map(|f| (f.clone(), wrong.clone())).collect();
            all.push(Value::Object(whole));
        }
    }
    all
}

#[test]
fn nobody_learns_or_does_anything_before_signing_in() {
    let d = TestDesk::sample();
    let valid = valid_requests(NOBODY, &json!(1));
    for command in COMMANDS.iter().filter(|c| c.permission != "none") {
        let (request, _) = (command.schemas)();
        let meant = valid
            .iter()
            .find(|(name, _)| *name == command.name)
            .map(|(_, body)| body.clone());
        assert!(meant.is_some());
        for body in garbage(&request).into_iter().chain(meant) {
            let e = d.refused(command.name, body.clone());
            assert_eq!(
                (e.code, e.message_key.as_str()),
                (ErrorCode::Denied, "error-not-signed-in"),
                "{} {body}",
                command.name
            );
            assert!(
                e.args.is_empty() && e.fields.is_empty(),
                "{} {body}: {e:?}",
                command.name
            );
        }
    }
}

#[test]
fn requests_that_make_no_sense_are_refused_and_break_nothing() {
    let d = TestDesk::sample();
    for who in [None, Some(OFFICE), Some(ADMIN)] {
        for command in COMMANDS.iter().filter(|c| c.name != "org_open_sample") {
            let (request, _) = (command.schemas)();
            for body in garbage(&request) {
                if let Some(who) = who
                    && d.done("access_status", json!({}))["desk"]["state"] != "open"
                {
                    d.sit(who);
                }
                if let Err(e) = d.call(command.name, body.clone()) {
                    assert_ne!(e.code, ErrorCode::Bug, "{} {body}", command.name);
                    assert!(!e.report_id.is_empty());
                }
            }
        }
    }
    assert_eq!(
        d.refused("no_such_command", json!({})).code,
        ErrorCode::NotFound
    );
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}

#[test]
fn a_flood_is_refused_before_it_is_read() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let e = d.refused(
        "inspections_recognise",
        json!({"line": "长".repeat(3_000_000)}),
    );
    assert_eq!(e.message_key, "error-request-too-large");
}

fn content(d: &TestDesk) -> Value {
    d.sit(OFFICE);
    let view = d.draft("notice", &[]);
    d.done(
        "documents_discard",
        json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
    );
    view["content"].clone()
}
/// A request for each command that needs a permission; about the document `id`, where there is one.
fn valid_requests(id: &str, ver: &Value) -> Vec<(&'static str, Value)> {
    let text = json!({"category": "teaching", "nature": "note", "matter": "", "observed_at": 0});
    let moved = json!({"id": id, "ver": ver});
    let content = json!({"kind": "notice", "series": "临实小", "red_head": true, "title": ["题"], "recipients": "", "blocks": []});
    vec![
        (
            "access_choose_password",
            json!({"password": "", "new_password": ""}),
        ),
        (
            "access_prefer",
            json!({"theme": "light", "text_percent": 99, "language": "en", "preedit": true}),
        ),
        ("access_permissions", json!({})),
        ("access_accounts", json!({})),
        (
            "access_open_account",
            json!({"staff_id": NOBODY, "sign_in_name": "x", "roles": ["office"], "initial_password": "chushi-mima-2026"}),
        ),
        (
            "access_reset_password",
            json!({"account_id": NOBODY, "initial_password": "chushi-mima-2026"}),
        ),
        ("access_close_account", json!({"account_id": NOBODY})),
        ("access_replace_recovery_codes", json!({})),
        ("org_overview", json!({})),
        ("org_find_people", json!({"text": "周"})),
        ("org_add_unit", json!({"name": ""})),
        ("org_add_class_group", json!({"grade": 0, "number": 0})),
        ("org_add_staff", json!({"name": "", "post": ""})),
        ("attachments_attach", json!({"image": ""})),
        ("attachments_image", json!({"id": NOBODY})),
        ("inspections_start", json!({})),
        ("inspections_recognise", json!({"line": "周"})),
        ("inspections_log", json!({"text": text})),
        (
            "inspections_amend",
            json!({"id": NOBODY, "ver": 1, "text": text}),
        ),
        ("inspections_list", json!({})),
        ("inspections_finding", json!({"id": NOBODY})),
        ("inspections_history", json!({"id": NOBODY})),
        (
            "inspections_correct",
            json!({"id": NOBODY, "corrections": 0, "text": text, "reason": ""}),
        ),
        ("inspections_reply", json!({"id": NOBODY, "steps": 0})),
        ("inspections_confirm", json!({"id": NOBODY, "steps": 0})),
        ("inspections_reopen", json!({"id": NOBODY, "steps": 0})),
        (
            "inspections_supervise",
            json!({"text": text, "supervisors": []}),
        ),
        (
            "inspections_announce",
            json!({"id": NOBODY, "announced_at": 0}),
        ),
        ("inspections_presets", json!({})),
        ("inspections_arrange_categories", json!({"categories": []})),
        ("inspections_set_closing", json!({"minute": 0})),
        ("inspections_filters", json!({})),
        (
            "inspections_save_filter",
            json!({"name": "", "filter": "{}"}),
        ),
        ("inspections_discard_filter", json!({"id": NOBODY})),
        (
            "inspections_export",
            json!({"filter": {"from": "2001-01-01", "to": "2001-01-01"}, "columns": [], "format": "csv"}),
        ),
        (
            "documents_draft",
            json!({"kind": "notice", "finding_ids": vec![NOBODY; 501]}),
        ),
        (
            "documents_save",
            json!({"id": id, "ver": ver, "content": content}),
        ),
        ("documents_settle_kept", json!({"kept_id": NOBODY})),
        ("documents_preview", json!({"content": content, "page": 0})),
        ("documents_list", json!({})),
        ("documents_document", json!({"id": id})),
        ("documents_versions", json!({"id": id})),
        ("documents_page", json!({"id": id, "page": 0})),
        ("documents_submit", moved.clone()),
        ("documents_recall", moved.clone()),
        ("documents_discard", moved.clone()),
        (
            "documents_approve",
            json!({"id": id, "ver": ver, "opinion": "同意。", "dated_on": testkit::desk::SAMPLE_DAY, "password": sample_password()}),
        ),
        (
            "documents_send_back",
            json!({"id": id, "ver": ver, "remarks": "改。"}),
        ),
        (
            "documents_reject",
            json!({"id": id, "ver": ver, "remarks": "不发。"}),
        ),
        ("documents_next_number", json!({"id": id})),
        ("documents_issue", moved),
        (
            "documents_masks",
            json!({"content": {"kind": "notice", "series": "临实小", "red_head": true, "title": [], "recipients": "", "blocks": []}}),
        ),
        ("documents_posting", json!({"id": id})),
        (
            "documents_board_preview",
            json!({"content": {"kind": "notice", "series": "临实小", "red_head": true, "title": [], "recipients": "", "blocks": []}, "page": 0}),
        ),
        ("documents_board_page", json!({"id": id, "page": 0})),
        ("documents_save_board_pdf", json!({"id": id})),
        ("documents_save_pdf", json!({"id": id})),
        ("printing_queues", json!({})),
        ("printing_fonts", json!({})),
        ("printing_start", json!({"document_id": id})),
        (
            "printing_print",
            json!({"document_id": id, "sheet": "draft", "settings": {"printer": "", "copies": 0, "sides": "one_sided", "media": "a4"}}),
        ),
        ("printing_follow", json!({"id": NOBODY})),
        ("printing_cancel", json!({"id": NOBODY})),
        ("printing_list", json!({})),
        ("postings_boards", json!({})),
        (
            "postings_add_board",
            json!({"text": {"name": "", "width_mm": 0, "height_mm": 0, "term_days": 0}}),
        ),
        (
            "postings_amend_board",
            json!({"board_id": NOBODY, "ver": 1, "text": {"name": "", "width_mm": 0, "height_mm": 0, "term_days": 0}}),
        ),
        (
            "postings_retire_board",
            json!({"board_id": NOBODY, "ver": 1, "retired": true}),
        ),
        ("postings_sheets", json!({})),
        (
            "postings_post",
            json!({"sheet_id": NOBODY, "board_ids": [NOBODY], "posted_on": testkit::desk::SAMPLE_DAY}),
        ),
        ("postings_take_down", json!({"posting_id": NOBODY})),
        (
            "postings_photograph",
            json!({"posting_id": NOBODY, "photos": []}),
        ),
        ("postings_list", json!({})),
        ("postings_slip", json!({})),
        ("postings_save_slip", json!({})),
        ("postings_lookup_code", json!({"text": "x"})),
        ("postings_sheet_pages", json!({"sheet_id": NOBODY})),
        (
            "postings_check_sheet",
            json!({"sheet_id": NOBODY, "same": true}),
        ),
        ("today_overview", json!({})),
        ("today_rule", json!({})),
        ("today_set_rule", json!({"by_minute": 0})),
        ("backup_status", json!({})),
        ("backup_overview", json!({})),
        ("backup_make", json!({"to": "/nowhere/at/all"})),
        (
            "backup_plan",
            json!({"every_minutes": 0, "all_days": 0, "daily": 0, "weekly": 0, "monthly": 0}),
        ),
        ("backup_inspect", json!({"file": "nowhere"})),
        (
            "backup_restore",
            json!({"file": "nowhere", "password": sample_password()}),
        ),
        ("audit_list", json!({})),
        ("audit_verify", json!({})),
    ]
}
fn allows(permission: &str, role: Role, c: Circumstance) -> bool {
    let row = MATRIX
        .iter()
        .find(|row| row.name == permission)
        .unwrap_or_else(|| panic!("{permission} stands in the matrix"));
    (row.allows)(role, c)
}

#[test]
fn every_command_that_needs_a_permission_is_tried_here() {
    let tried: BTreeSet<&str> = valid_requests(NOBODY, &json!(1))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let declared: BTreeSet<&str> = COMMANDS
        .iter()
        .filter(|c| c.permission != "none")
        .map(|c| c.name)
        .collect();
    assert_eq!(tried, declared);
}

/// About no record: what no circumstance allows is denied, the rest is let in and fails for another reason or works.
#[test]
fn each_role_is_denied_what_the_matrix_denies() {
    let d = TestDesk::sample();
    for (who, role) in [
        (DUTY, Role::DutyOfficer),
        (OFFICE, Role::Office),
        (PRINCIPAL, Role::Principal),
        (VICE, Role::DeputyPrincipal),
        (HEAD, Role::UnitHead),
        (TEACHER, Role::HomeroomTeacher),
        (ADMIN, Role::Administrator),
    ] {
        d.sit(who);
        for (name, body) in valid_requests(NOBODY, &json!(1)) {
            let permission = COMMANDS.iter().find(|c| c.name == name).unwrap().permission;
            // about a record that is not there: not found comes first and tells nothing
            if body.get("id").or(body.get("document_id")).is_some() {
                continue;
            }
            // a list shows what is in the own charge, so that much is asked for
            let within = Circumstance {
                in_charge: true,
                ..Circumstance::default()
            };
            let allowed = allows(permission, role, within);
            match d.call(name, body) {
                Ok(_) => assert!(allowed, "{who} {name} was done"),
                Err(e) if allowed => assert!(
                    !(e.code == ErrorCode::Denied && e.message_key == "error-denied"),
                    "{who} {name}: {e:?}"
                ),
                Err(e) => assert_eq!(
                    (e.code, e.message_key.as_str()),
                    (ErrorCode::Denied, "error-denied"),
                    "{who} {name}"
                ),
            }
        }
    }
}

/// About documents in every state, own and others': exactly what the matrix says. What is allowed is called at an old
/// version, so that it is let in and still changes nothing.
#[test]
fn each_step_of_a_document_is_open_to_whom_the_matrix_says() {
    let d = TestDesk::sample();
    let documents = documents_in_every_state(&d);
    let text = content(&d);
    let people = [
        (DUTY, Role::DutyOfficer, true),
        (DUTY2, Role::DutyOfficer, false),
        (OFFICE, Role::Office, false),
        (PRINCIPAL, Role::Principal, false),
        (VICE, Role::DeputyPrincipal, false),
        (HEAD, Role::UnitHead, false),
        (TEACHER, Role::HomeroomTeacher, false),
        (ADMIN, Role::Administrator, false),
    ];
    for (who, role, own) in people {
        d.sit(who);
        for (state, id, ver) in &documents {
            let state = StateKind::from_code(state);
            assert!(state.is_some());
            let c = Circumstance {
                own,
                state,
                ..Circumstance::default()
            };
            let id = id.as_str().unwrap();
            for (name, mut body) in valid_requests(id, ver) {
                if body.get("id").and_then(Value::as_str) != Some(id) {
                    continue;
                }
                if body.get("content").is_some() {
                    body["content"] = text.clone();
                }
                let permission = COMMANDS.iter().find(|k| k.name == name).unwrap().permission;
                let allowed = allows(permission, role, c);
                if allowed && body.get("ver").is_some() {
                    body["ver"] = json!(0);
                }
                let called = d.call(name, body);
                let what = format!("{who} {name} {state:?}: {called:?}");
                match called {
                    Ok(_) => assert!(allowed, "{what}"),
                    Err(e) if allowed => assert_eq!(e.code, ErrorCode::Stale, "{what}"),
                    Err(e) => assert_eq!(
                        (e.code, e.message_key.as_str()),
                        (ErrorCode::Denied, "error-denied"),
                        "{what}"
                    ),
                }
            }
        }
    }
}

#[test]
fn a_duty_officer_sees_the_papers_of_others_only_once_they_are_issued() {
    let d = TestDesk::sample();
    documents_in_every_state(&d);
    d.sit(DUTY2);
    let mut seen = BTreeSet::new();
    for row in d.done("documents_list", json!({"limit": 200}))["rows"]
        .as_array()
        .unwrap()
    {
        assert!(row["own"] == true || row["state"] == "issued", "{row}");
        seen.insert(row["state"].as_str().unwrap().to_owned());
    }
    assert!(seen.contains("issued"));
}

#[test]
fn the_administrator_closes_accounts_but_not_their_own() {
    let d = TestDesk::sample();
    d.sit(ADMIN);
    let accounts = d.done("access_accounts", json!({}));
    let id = |name: &str| {
        accounts["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|a| a["sign_in_name"] == name)
            .unwrap()["account_id"]
            .clone()
    };
    assert_eq!(
        d.refused("access_close_account", json!({"account_id": id(ADMIN)}))
            .message_key,
        "access-own-account"
    );
    assert_eq!(
        d.done("access_close_account", json!({"account_id": id(DUTY2)}))["closed"],
        true
    );
    d.leave();
    let e = d.refused(
        "access_sign_in",
        json!({"sign_in_name": DUTY2, "password": sample_password()}),
    );
    assert_eq!(
        e.message_key, "access-wrong-password",
        "a closed account is told like an unknown one"
    );
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}

#[test]
fn an_account_reset_by_the_administrator_chooses_a_new_key_and_old_signatures_stay_good() {
    let d = TestDesk::sample();
    d.issued(DUTY, PRINCIPAL, OFFICE);
    d.sit(ADMIN);
    let accounts = d.done("access_accounts", json!({}));
    let of = |name: &str| {
        accounts["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|a| a["sign_in_name"] == name)
            .unwrap()
            .clone()
    };
    let before = of(PRINCIPAL);
    let after = d.done(
        "access_reset_password",
        json!({"account_id": before["account_id"], "initial_password": "lingshi-mima-2026"}),
    );
    assert_eq!(
        (&after["initial"], &after["fingerprint"]),
        (&json!(true), &Value::Null)
    );
    d.leave();
    d.done(
        "access_sign_in",
        json!({"sign_in_name": PRINCIPAL, "password": "lingshi-mima-2026"}),
    );
    d.done(
        "access_choose_password",
        json!({"password": "lingshi-mima-2026", "new_password": "xiaotian-dengta-77"}),
    );
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
    d.sit(ADMIN);
    let now = d.done("access_accounts", json!({}))["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["sign_in_name"] == PRINCIPAL)
        .unwrap()["fingerprint"]
        .clone();
    assert!(now.is_string() && now != before["fingerprint"]);
}
