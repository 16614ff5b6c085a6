//! The other sheets.

use print::{Language, PrintError, Sheet};
use serde_json::{Value, json};

use crate::{all_text, find, line, placed, rows, set};

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

fn board(items: usize) -> Value {
    let mut body = vec![json!({"t": "h1", "s": "问题"})];
    body.extend((1..=items).map(|i| {
        json!({"t": "p", "s": format!("第{i}条：四（2）班包干区落叶约6平方米未清扫，请于放学前完成。")})
    }));
    json!({
        "paper": "a3", "org": "临江市实验小学", "title": ["检查情况通报"], "date": "2026年11月20日",
        "body": body, "reviewed": "沈国平　校长　2026年11月20日", "until": "2026年11月24日",
        "code": "7KD 42M QPX", "qr": "TB:7KD5M2XA:7KD42MQPX",
    })
}

#[test]
fn board_sheet_is_large_and_carries_code_and_reviewer_on_every_sheet() {
    let pages = set(&Sheet::new("board_sheet", board(5)));
    assert_eq!(pages.len(), 1);
    assert!(
        find(&pages, "第5条").1.iter().all(|c| c.size > 21.0),
        "read from a metre and a half"
    );
    assert!(find(&pages, "检查情况通报").1.iter().all(|c| c.size > 50.0));
    let long = set(&Sheet::new("board_sheet", board(120)));
    assert!(long.len() > 1);
    let mut items = 0;
    for page in 0..long.len() {
        let text: String = rows(&placed(&long, page))
            .iter()
            .map(|row| line(row))
            .collect();
        for part in [
            "核验码：7KD42MQPX",
            "审阅：沈国平校长2026年11月20日",
            "张贴期限：2026年11月24日",
            &format!("第{}页，共{}页", page + 1, long.len()),
        ] {
            assert!(
                text.replace('\u{3000}', "").contains(part),
                "{part} on sheet {}: {text}",
                page + 1
            );
        }
        items += text.matches("包干区落叶").count();
    }
    assert_eq!(items, 120);
}

#[test]
fn board_sheet_shrinks_its_type_before_it_takes_a_second_sheet() {
    let size = |items| {
        let pages = set(&Sheet::new("board_sheet", board(items)));
        (pages.len(), find(&pages, "第1条").1[0].size)
    };
    let (few, large) = size(3);
    let (more, small) = size(24);
    assert_eq!((few, more), (1, 1));
    assert!(small < large, "{small} {large}");
}

#[test]
fn board_sheet_has_one_dark_shape_for_its_code_in_the_lower_right() {
    let mut data = board(3);
    data["paper"] = json!("a4");
    let pages = set(&Sheet::new("board_sheet", data.clone()));
    let dark = |pages: &print::Pages| {
        let strokes = pages.strokes(0).expect("the page is there");
        let inside = |s: &&print::Stroke| s.x > 160.0 && s.y > 255.0 && s.width > 19.0;
        strokes.iter().filter(inside).count()
    };
    assert_eq!(dark(&pages), 1, "{:?}", pages.strokes(0));
    data["qr"] = json!("");
    assert_eq!(dark(&set(&Sheet::new("board_sheet", data))), 0);
}
