//! Boards: what hangs where until when, what comes down, and what a paper on a wall is worth.
use api::ErrorCode;
use serde_json::{Value, json};
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, OFFICE, PRINCIPAL, SAMPLE_DAY, VICE};

const HALL: &str = "办公楼大厅通报栏";
const TEACHING: &str = "教学楼一层通报栏";
const CANTEEN: &str = "食堂门口公示栏";

fn board(d: &TestDesk, name: &str) -> Value {
    let all = d.done("postings_boards", json!({}));
    let found = all["boards"].as_array().unwrap().clone();
    found
        .into_iter()
        .find(|b| b["text"]["name"] == name)
        .unwrap_or_else(|| panic!("{name}"))
}
/// Issues a circular and returns its board sheet; the office sits.
fn sheet(d: &TestDesk) -> Value {
    let issued = d.issued(DUTY, VICE, OFFICE);
    let mut found = d.done(
        "postings_sheets",
        json!({"document_id": issued["row"]["id"]}),
    );
    assert_eq!(found["sheets"].as_array().unwrap().len(), 1, "{found}");
    found["sheets"][0]["sheet"].take()
}
fn post(d: &TestDesk, sheet: &Value, boards: &[&str], until: Option<&str>) -> Value {
    d.done("postings_post", request(d, sheet, boards, until))
}
fn request(d: &TestDesk, sheet: &Value, boards: &[&str], until: Option<&str>) -> Value {
    let ids: Vec<Value> = boards.iter().map(|b| board(d, b)["id"].clone()).collect();
    let mut body = json!({"sheet_id": sheet["id"], "board_ids": ids, "posted_on": SAMPLE_DAY});
    if let Some(until) = until {
        body["until_on"] = json!(until);
    }
    body
}
fn standing(d: &TestDesk, code: &Value) -> (Value, Value) {
    let found = d.done("postings_lookup_code", json!({"text": code}));
    (
        found["standing"].clone(),
        found["hint"]["message_key"].clone(),
    )
}
fn keys(e: &api::ApiError) -> Vec<(&str, &str)> {
    e.fields
        .iter()
        .map(|f| (f.path.as_str(), f.message_key.as_str()))
        .collect()
}

#[test]
fn a_sheet_hangs_is_verified_and_comes_down() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    let code = &sheet["code"];
    assert_eq!(
        standing(&d, code),
        (json!("valid"), json!("postings-hint-not-posted"))
    );
    let hung = post(&d, &sheet, &[HALL, CANTEEN], None);
    let rows = hung["postings"].as_array().unwrap();
    let until: Vec<&Value> = rows.iter().map(|p| &p["until_on"]).collect();
    assert_eq!(
        until,
        ["2026-11-27", "2026-11-30"],
        "each board has its own usual term"
    );
    assert_eq!(rows[0]["poster"], rows[1]["poster"]);
    assert_eq!(
        standing(&d, code),
        (json!("valid"), json!("postings-hint-valid"))
    );
    let pages = d.done("postings_sheet_pages", json!({"sheet_id": sheet["id"]}));
    assert!(pages["pages"][0].as_str().unwrap().starts_with("<svg"));
    d.done(
        "postings_check_sheet",
        json!({"sheet_id": sheet["id"], "same": true}),
    );
    assert!(board(&d, HALL)["checked_at"].is_number());

    // one hangs too long, the other still in time
    d.clock().set("2026-11-29", "07:30");
    d.sit(DUTY);
    let due = d.done("postings_boards", json!({}))["due"].take();
    let mine: Vec<&Value> = due
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["sheet"]["id"] == sheet["id"])
        .collect();
    assert_eq!(mine.len(), 1, "{due}");
    assert_eq!(mine[0]["overdue_days"], 2);
    let today = d.done("today_overview", json!({}));
    assert_eq!(today["take_down"], due, "Today lists the same");
    let down = d.done("postings_take_down", json!({"posting_id": mine[0]["id"]}));
    assert_eq!(down["down"]["early"], Value::Null);
    assert!(!down["down"]["name"].as_str().unwrap().is_empty());
    assert_eq!(standing(&d, code).0, "valid", "it hangs at the canteen");

    // taken down before its time
    let e = d.refused(
        "postings_take_down",
        json!({"posting_id": rows[1]["id"], "reason": " "}),
    );
    assert_eq!(e.message_key, "postings-early-needs-reason");
    d.done(
        "postings_take_down",
        json!({"posting_id": rows[1]["id"], "reason": "食堂粉刷墙面"}),
    );
    let found = d.done("postings_lookup_code", json!({"text": code}));
    assert_eq!(found["standing"], "withdrawn");
    assert_eq!(found["hint"]["args"]["reason"], "食堂粉刷墙面");
    assert_eq!(found["checks"][0]["same"], true);
    let e = d.refused(
        "postings_take_down",
        json!({"posting_id": rows[1]["id"], "reason": "再撤一次"}),
    );
    assert_eq!(e.message_key, "postings-already-down");

    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}

#[test]
fn a_sheet_whose_time_is_over_is_expired_while_it_hangs_and_afterwards() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    let hung = post(&d, &sheet, &[HALL], Some("2026-11-23"));
    d.clock().set("2026-11-23", "18:00");
    d.sit(OFFICE);
    assert_eq!(standing(&d, &sheet["code"]).0, "valid", "its last day");
    d.clock().set("2026-11-24", "00:00");
    assert_eq!(standing(&d, &sheet["code"]).0, "expired");
    d.done(
        "postings_take_down",
        json!({"posting_id": hung["postings"][0]["id"]}),
    );
    assert_eq!(standing(&d, &sheet["code"]).0, "expired");
    // hung again, it is good again
    let mut again = request(&d, &sheet, &[HALL], Some("2026-11-30"));
    again["posted_on"] = json!("2026-11-24");
    d.done("postings_post", again);
    assert_eq!(standing(&d, &sheet["code"]).0, "valid");
}

#[test]
fn the_same_sheet_hangs_once_on_a_board_and_nothing_is_half_done() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    post(&d, &sheet, &[HALL], None);
    let before = board(&d, CANTEEN)["hanging"].clone();
    let e = d.refused("postings_post", request(&d, &sheet, &[CANTEEN, HALL], None));
    assert_eq!(
        (e.code, e.message_key.as_str()),
        (ErrorCode::Refused, "postings-hangs-already")
    );
    assert_eq!(
        board(&d, CANTEEN)["hanging"],
        before,
        "on all boards or on none"
    );
}

#[test]
fn a_full_board_names_what_comes_down_first() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let mut free = board(&d, TEACHING)["free_a4"].as_array().unwrap().len();
    assert!(free > 0);
    while free > 0 {
        let sheet = sheet(&d);
        post(&d, &sheet, &[TEACHING], None);
        let left = board(&d, TEACHING)["free_a4"].as_array().unwrap().len();
        assert_eq!(left, free - 1);
        free = left;
    }
    let one_more = sheet(&d);
    let e = d.refused("postings_post", request(&d, &one_more, &[TEACHING], None));
    assert_eq!(e.message_key, "postings-no-room");
    let said = api::words::error_in_words(api::access::Language::ZhCn, &e)["message"].to_string();
    assert!(
        said.contains(TEACHING) && said.contains("请先撤下"),
        "{said}"
    );
    assert!(said.contains('《') && !said.contains("《》"), "{said}");
    // the place of one that comes down is used again
    let first = board(&d, TEACHING)["hanging"][0].clone();
    d.done(
        "postings_take_down",
        json!({"posting_id": first["id"], "reason": "让出位置"}),
    );
    let hung = post(&d, &one_more, &[TEACHING], None);
    assert_eq!(hung["postings"][0]["spots"][0], first["spots"][0]);
}

#[test]
fn a_board_too_small_for_the_sheet_says_so() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    d.done(
        "postings_add_board",
        json!({"text": {"name": "小栏", "place": "门卫室", "width_mm": 230, "height_mm": 317, "term_days": 3}}),
    );
    let hung = post(&d, &sheet, &["小栏"], None);
    assert_eq!(hung["postings"][0]["until_on"], "2026-11-23");
    let small = board(&d, "小栏");
    let amend = |width: i64| {
        d.refused(
            "postings_amend_board",
            json!({"board_id": small["id"], "ver": small["ver"], "text": {"name": "小栏", "place": "", "width_mm": width, "height_mm": 317, "term_days": 3}}),
        )
    };
    assert_eq!(
        keys(&amend(200)),
        [("width_mm", "postings-board-too-small")]
    );
    assert_eq!(
        d.refused(
            "postings_retire_board",
            json!({"board_id": small["id"], "ver": small["ver"], "retired": true}),
        )
        .message_key,
        "postings-board-not-empty"
    );
    let twice = d.refused(
        "postings_add_board",
        json!({"text": {"name": "小栏", "place": "", "width_mm": 600, "height_mm": 600, "term_days": 3}}),
    );
    assert_eq!(twice.message_key, "error-taken");
}

#[test]
fn a_retired_board_takes_nothing_until_it_is_used_again() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    d.done(
        "postings_add_board",
        json!({"text": {"name": "旧栏", "place": "", "width_mm": 600, "height_mm": 600, "term_days": 7}}),
    );
    let retire = |retired: bool| {
        let b = board(&d, "旧栏");
        d.done(
            "postings_retire_board",
            json!({"board_id": b["id"], "ver": b["ver"], "retired": retired}),
        );
    };
    retire(true);
    assert_eq!(
        d.refused("postings_post", request(&d, &sheet, &["旧栏"], None))
            .message_key,
        "postings-board-retired"
    );
    retire(false);
    post(&d, &sheet, &["旧栏"], None);
    let b = board(&d, "旧栏");
    let old = d.refused(
        "postings_retire_board",
        json!({"board_id": b["id"], "ver": 1, "retired": true}),
    );
    assert_eq!(old.code, ErrorCode::Stale);
}

#[test]
fn dates_that_cannot_be_are_named_and_nothing_is_recorded() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    let with = |from: &str, until: &str| {
        let mut body = request(&d, &sheet, &[HALL], Some(until));
        body["posted_on"] = json!(from);
        d.refused("postings_post", body)
    };
    assert_eq!(
        keys(&with("2026-11-21", "2026-11-19")),
        [
            ("posted_on", "postings-posted-in-future"),
            ("until_on", "postings-until-before-posted")
        ]
    );
    assert_eq!(
        keys(&with("2026-11-19", "2026-11-27")),
        [("posted_on", "postings-posted-before-issue")]
    );
    assert_eq!(
        keys(&with(SAMPLE_DAY, "2028-01-01")),
        [("until_on", "postings-term-out-of-range")]
    );
    let mut nowhere = request(&d, &sheet, &[HALL], None);
    nowhere["board_ids"] = json!([]);
    assert_eq!(
        keys(&d.refused("postings_post", nowhere)),
        [("board_ids", "postings-no-board-chosen")]
    );
    let seen = d.done(
        "postings_sheets",
        json!({"document_id": sheet["document_id"]}),
    );
    assert_eq!(seen["sheets"][0]["postings"], json!([]));
}

#[test]
fn a_code_is_understood_in_any_writing_and_a_wrong_one_says_where() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    let code = sheet["code"].as_str().unwrap();
    let plain = code.replace(' ', "");
    let wide: String = code
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() {
                char::from_u32(u32::from(c) + 0xFEE0).unwrap()
            } else {
                '\u{3000}'
            }
        })
        .collect();
    for text in [
        code.to_owned(),
        plain.clone(),
        plain.to_lowercase(),
        wide,
        plain.replace('0', "O").replace('1', "I"),
        format!(" {}-{} ", &plain[..4], &plain[4..]),
    ] {
        let found = d.done("postings_lookup_code", json!({"text": text}));
        assert_eq!(found["sheet"]["id"], sheet["id"], "{text}: {found}");
        assert_eq!(found["code"], sheet["code"]);
    }
    // one character wrong: the place is named
    let mut wrong: Vec<char> = plain.chars().collect();
    wrong[4] = if wrong[4] == '7' { '8' } else { '7' };
    let found = d.done(
        "postings_lookup_code",
        json!({"text": wrong.iter().collect::<String>()}),
    );
    assert_eq!(found["hint"]["message_key"], "postings-hint-mistyped");
    assert_eq!(found["hint"]["args"]["place"], 5);
    assert_eq!(found["sheet"], Value::Null);
    for (text, wanted) in [
        ("", "postings-hint-empty"),
        ("7KD", "postings-hint-length"),
        ("7KD42M字PX", "postings-hint-character"),
        ("' OR 1=1", "postings-hint-character"),
    ] {
        let found = d.done("postings_lookup_code", json!({"text": text}));
        assert_eq!(found["hint"]["message_key"], wanted, "{text}");
        assert_eq!(found["standing"], "unknown");
    }
    let e = d.refused("postings_lookup_code", json!({"text": "7".repeat(201)}));
    assert_eq!(keys(&e), [("text", "error-field-too-long")]);
}

#[test]
fn a_code_of_another_school_is_foreign_and_one_never_given_is_unknown() {
    use domain::documents::sheet_code::{OfficeMarker, SheetCode};
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    let other = OfficeMarker::of([3; 32]);
    let theirs = SheetCode::draw(other, [5; 8]);
    let found = d.done(
        "postings_lookup_code",
        json!({"text": theirs.payload(other)}),
    );
    assert_eq!(found["standing"], "foreign", "{found}");
    assert_eq!(found["hint"]["message_key"], "postings-hint-foreign");
    // ours by its marks, but never printed
    let ours: String = sheet["code"].as_str().unwrap().replace(' ', "");
    let never = (0..=255u8)
        .map(|n| SheetCode::draw(other, [n; 8]).to_string())
        .filter_map(|c| {
            let moved = format!("{}{}", &ours[..2], &c[2..8]);
            "0123456789ABCDEFGHJKMNPQRSTVWXY"
                .chars()
                .map(|check| format!("{moved}{check}"))
                .find(|t| SheetCode::parse(t).is_some())
        })
        .find(|t| *t != ours)
        .expect("a sound code");
    let found = d.done("postings_lookup_code", json!({"text": never}));
    assert_eq!(
        (&found["standing"], &found["hint"]["message_key"]),
        (&json!("unknown"), &json!("postings-hint-unknown")),
        "{found}"
    );
}

#[test]
fn a_difference_is_described_and_stays() {
    let d = TestDesk::sample();
    let sheet = sheet(&d);
    d.sit(DUTY);
    let e = d.refused(
        "postings_check_sheet",
        json!({"sheet_id": sheet["id"], "same": false}),
    );
    assert_eq!(keys(&e), [("note", "error-field-missing")]);
    d.done(
        "postings_check_sheet",
        json!({"sheet_id": sheet["id"], "same": false, "note": "第二条数字被改过"}),
    );
    let found = d.done("postings_lookup_code", json!({"text": sheet["code"]}));
    assert_eq!(found["checks"][0]["note"], "第二条数字被改过");
    d.sit(PRINCIPAL);
    let audit = d.done("audit_list", json!({}));
    assert!(
        audit.to_string().contains("postings.check_sheet"),
        "{audit}"
    );
}

#[test]
fn the_slip_lists_what_is_due_and_is_saved_as_a_file() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let due = d.done("postings_boards", json!({}))["due"].take();
    assert!(
        !due.as_array().unwrap().is_empty(),
        "the sample has a sheet that hangs too long"
    );
    let slip = d.done("postings_slip", json!({}));
    assert_eq!(slip["pages"].as_array().unwrap().len(), 1);
    let saved = d.done("postings_save_slip", json!({}));
    let file = d.pages_dir().join(saved["file"].as_str().unwrap());
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
    for p in due.as_array().unwrap() {
        d.done("postings_take_down", json!({"posting_id": p["id"]}));
    }
    assert_eq!(
        d.refused("postings_slip", json!({})).message_key,
        "postings-nothing-due"
    );
}

#[test]
fn boards_are_kept_by_the_office_and_content_is_hidden_from_the_administrator() {
    let d = TestDesk::sample();
    let text = json!({"text": {"name": "新栏", "place": "", "width_mm": 600, "height_mm": 600, "term_days": 7}});
    for who in [DUTY, PRINCIPAL, ADMIN] {
        d.sit(who);
        assert_eq!(
            d.refused("postings_add_board", text.clone()).code,
            ErrorCode::Denied,
            "{who}"
        );
    }
    for (name, body) in [
        ("postings_boards", json!({})),
        ("postings_lookup_code", json!({"text": "x"})),
        ("postings_list", json!({})),
    ] {
        assert_eq!(d.refused(name, body).code, ErrorCode::Denied, "{name}");
    }
    d.sit(OFFICE);
    d.done("postings_add_board", text);
}

#[test]
fn the_list_of_postings_comes_in_windows() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let all = d.done("postings_list", json!({"limit": 200}))["rows"].take();
    let all = all.as_array().unwrap();
    assert!(all.len() >= 5, "{}", all.len());
    let mut seen = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut query = json!({"limit": 2});
        if !after.is_null() {
            query["after"] = after.clone();
        }
        let window = d.done("postings_list", query);
        seen.extend(window["rows"].as_array().unwrap().clone());
        after = window["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(&seen, all);
    let hall = board(&d, HALL)["id"].clone();
    let here = d.done("postings_list", json!({"board_id": hall, "hanging": true}));
    assert!(
        here["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|r| r["board_id"] == hall && r["down"].is_null())
    );
}
