//! The take-down slip: carried from board to board, so nothing may be missing and nothing left over.

use print::Sheet;
use serde_json::{Value, json};

use crate::{all_text, line, placed, rows, set};

fn sheets(n: usize, overdue: u32) -> Vec<Value> {
    (0..n)
        .map(|i| {
            json!({
                "title": format!("关于第{i}件事的通报"), "number": format!("临实小检〔2026〕{i}号"), "code": "7KD 42M QPX",
                "paper": "a4", "pages": 1, "since": "11月16日", "until": "11月23日", "overdue": overdue,
            })
        })
        .collect()
}
fn slip(boards: &Value) -> Sheet {
    Sheet::new(
        "take_down_slip",
        json!({"org": "临江市实验小学", "date": "2026年11月24日", "boards": boards}),
    )
}

#[test]
fn every_sheet_stands_on_the_slip_with_its_board_and_its_code() {
    let pages = set(&slip(&json!([
        {"name": "办公楼大厅通报栏", "place": "一层", "sheets": sheets(2, 1)},
        {"name": "食堂门口公示栏", "place": "", "sheets": []},
    ])));
    assert_eq!(pages.len(), 1);
    let text = all_text(&pages);
    for part in [
        "撤下单",
        "办公楼大厅通报栏",
        "关于第0件事的通报",
        "关于第1件事的通报",
        "7KD42MQPX",
        "逾期1天",
        "撤下人签名",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert!(
        !text.contains("食堂"),
        "a board with nothing due is not visited"
    );
}

#[test]
fn a_long_round_repeats_the_head_and_ends_on_no_empty_page() {
    let pages = set(&slip(&json!([
        {"name": "办公楼大厅通报栏", "place": "", "sheets": sheets(40, 0)},
    ])));
    assert!(pages.len() > 1);
    for page in 0..pages.len() {
        let lines: Vec<String> = rows(&placed(&pages, page))
            .iter()
            .map(|r| line(r))
            .collect();
        let text = lines.concat();
        assert!(text.contains("核验码"), "page {page} has the head: {text}");
        assert!(
            text.contains("件事的通报"),
            "page {page} has a sheet: {text}"
        );
    }
    assert!(!all_text(&pages).contains("逾期"));
}
