//! Text is data: nothing in it is carried out, nothing of it is lost.

use print::PrintError;
use serde_json::json;

use crate::{all_text, document, notice, printer};

#[test]
fn markup_comes_out_as_text() {
    let hostile =
        "#eval(\"1+1\")#set~page(width:1pt)*粗*_斜_$x^2$`码`<标签>@引用\\u{41}//注/*释*/[方]{花}";
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": hostile}, {"t": "h1", "s": hostile}]);
    data["title"] = json!([hostile.chars().take(18).collect::<String>()]);
    data["to"] = json!("#panic()");
    let pages = document(data);
    let text = all_text(&pages);
    assert_eq!(text.matches(hostile).count(), 2, "{text}");
    assert!(text.contains("#panic()："));
}

#[test]
fn direction_overrides_do_not_turn_the_text_round() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": "甲\u{202e}乙丙丁\u{202c}\u{200b}\u{2067}戊\u{7}己"}]);
    assert!(all_text(&document(data)).contains("甲乙丙丁戊己"));
}

#[test]
fn line_end_in_a_paragraph_begins_a_paragraph() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": "　　前一段。\r\n\n  后一段。"}]);
    let pages = document(data);
    let (_, first) = crate::find(&pages, "前一段");
    let (_, second) = crate::find(&pages, "后一段");
    crate::near(first[0].x, second[0].x, 0.01, "both indent alike");
}

#[test]
fn paragraph_of_100_000_characters_is_set_whole() {
    let mut data = notice(0);
    let long: String = "校园安全检查工作情况通报如下"
        .chars()
        .cycle()
        .take(100_000)
        .collect();
    data["body"] = json!([{"t": "p", "s": long}]);
    let pages = document(data);
    assert!(pages.len() > 160);
    let text = all_text(&pages);
    assert!(text.chars().filter(|c| *c == '检').count() >= 100_000 / 14);
    pages.pdf().expect("a file");
}

#[test]
fn characters_without_a_glyph_are_named_and_never_printed_as_boxes() {
    assert_eq!(
        printer().missing_characters("王玥、李昇\u{f8ff}A\u{10fffd}\u{f8ff}\n\u{200b}"),
        ['\u{f8ff}', '\u{10fffd}']
    );
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": "甲\u{f8ff}乙"}]);
    let pages = document(data);
    assert_eq!(pages.missing_characters(), ['\u{f8ff}']);
    assert!(
        pages.svg(0).is_ok(),
        "a draft can be looked at all the same"
    );
    let Err(PrintError::MissingCharacters { characters }) = pages.pdf() else {
        panic!("printed")
    };
    assert_eq!(characters, ['\u{f8ff}']);
}

#[test]
fn rare_name_characters_are_printed() {
    let names = "㛃䶮𬭚堃喆玥曈犇赟翀昇镕旻垚淼頔䜣𠅤";
    let mut data = notice(0);
    data["title"] = json!([names]);
    data["body"] =
        json!([{"t": "h1", "s": names}, {"t": "h2", "s": names}, {"t": "p", "s": names}]);
    data["cc"] = json!(names);
    let pages = document(data);
    assert!(pages.missing_characters().is_empty());
    pages.pdf().expect("every character has a glyph");
}
