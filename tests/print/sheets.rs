//! The other sheets.

use print::{Language, PrintError, Sheet};
use serde_json::{Value, json};

use crate::{all_text, find, set};

fn recovery() -> Value {
    json!({
        "office": "临江市实验小学办公室", "sheet": 2,
        "groups": ["112233", "000011", "720885", "333333", "444444", "555555", "666666", "098769"],
        "made_on": "2026年11月20日", "made_by": "沈国平",
        "signers": [{"name": "沈国平", "post": "副校长", "fingerprint": "7F3A 09C2 11B8 4D5E"}],
    })
}

#[test]
fn recovery_sheet_shows_every_group_large_on_one_page() {
    let pages = set(&Sheet::new("recovery_sheet", recovery()));
    assert_eq!(pages.len(), 1);
    let text = all_text(&pages);
    for part in [
        "112233000011720885333333",
        "444444555555666666098769",
        "沈国平",
        "7F3A09C211B84D5E",
        "第2份，共2份",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let (_, row) = find(&pages, "112233");
    assert!(row.iter().all(|c| c.size >= 20.0));
}

#[test]
fn recovery_sheet_says_where_each_of_the_two_is_kept() {
    let mut first = recovery();
    first["sheet"] = json!(1);
    assert!(all_text(&set(&Sheet::new("recovery_sheet", first))).contains("校长保险柜"));
    assert!(all_text(&set(&Sheet::new("recovery_sheet", recovery()))).contains("学校档案室"));
}

#[test]
fn recovery_sheet_speaks_three_languages() {
    let mut sheet = Sheet::new("recovery_sheet", recovery());
    sheet.language = Language::Traditional;
    assert!(all_text(&set(&sheet)).contains("恢復單"));
    sheet.language = Language::English;
    let pages = set(&sheet);
    assert_eq!(pages.len(), 1);
    assert!(all_text(&pages).contains("Recoverysheet"));
}

#[test]
fn recovery_group_that_is_not_six_digits_is_refused() {
    let mut data = recovery();
    data["groups"][3] = json!("12345");
    let error = crate::printer()
        .typeset(&Sheet::new("recovery_sheet", data))
        .err();
    assert!(matches!(error, Some(PrintError::Data { path, .. }) if path == "groups[3]"));
}

#[test]
fn unknown_template_and_unknown_field_are_named() {
    let mut printer = crate::printer();
    let error = printer.typeset(&Sheet::new("nothing", json!({}))).err();
    assert!(matches!(error, Some(PrintError::UnknownTemplate { name }) if name == "nothing"));
    let error = printer
        .typeset(&Sheet::new(
            "recovery_sheet",
            json!({"office": "校", "colour": 1}),
        ))
        .err();
    assert!(
        matches!(error, Some(PrintError::Data { path, problem, .. }) if path == "colour" || problem.contains("colour"))
    );
}
