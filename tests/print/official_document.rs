//! GB/T 9704-2012, clause by clause, from the paper's edges: every number here is the standard's, none is the template's.

use print::{Pages, Placed, Sheet};
use serde_json::{Value, json};

use crate::{all_text, document, find, line, near, notice, placed, printer, rows, set};

/// 3号 as the measure allows: 156 mm for 28 characters.
const CHARACTER: f64 = 156.0 / 28.0;
/// A row: 225 mm for 22.
const ROW: f64 = 225.0 / 22.0;

fn right(c: &Placed) -> f64 {
    c.x + c.advance
}

fn is_red(colour: &str) -> bool {
    let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
    part(1) > 200 && part(3) < 60 && part(5) < 60
}

fn red_rule(pages: &Pages) -> print::Stroke {
    let all = pages.strokes(0).expect("page 1");
    all.into_iter()
        .find(|s| is_red(&s.colour) && s.height < 0.1)
        .expect("a red rule")
}

/// Rows of the body and its neighbours: inside the text area, without the closing block in smaller type.
fn body_rows(pages: &Pages, page: usize) -> Vec<Vec<Placed>> {
    rows(&placed(pages, page))
        .into_iter()
        .filter(|row| row[0].size > 15.0 && row[0].baseline < 262.0)
        .collect()
}

#[test]
fn text_keeps_inside_156_by_225_mm() {
    let pages = document(notice(16));
    assert!(pages.len() >= 4);
    for page in 0..pages.len() {
        for row in rows(&placed(&pages, page))
            .iter()
            .filter(|row| row[0].baseline < 262.0)
        {
            assert!(row[0].x >= 28.0 - 0.3, "{}", line(row));
            let end = row.last().map(right).unwrap_or_default();
            assert!(end <= 184.0 + 0.3, "{} ends at {end}", line(row));
            assert!(
                row.iter()
                    .all(|c| c.top >= 37.0 - 0.3 && c.bottom <= 262.0 + 0.3),
                "{}",
                line(row)
            );
        }
    }
}

#[test]
fn full_page_has_22_rows_of_one_pitch() {
    let pages = document(notice(24));
    for page in 1..pages.len() - 2 {
        let rows = body_rows(&pages, page);
        // a row that would be a heading last on its page goes on to the next
        let next = body_rows(&pages, page + 1);
        let heading = !next[0][0].face.contains("Fang") || line(&next[0]).contains("2周内");
        assert!(
            rows.len() == 22 || heading && rows.len() >= 20,
            "page {}: {} rows, then {}",
            page + 1,
            rows.len(),
            line(&next[0])
        );
        for pair in rows.windows(2) {
            near(
                pair[1][0].baseline - pair[0][0].baseline,
                ROW,
                0.05,
                "pitch",
            );
        }
    }
}

#[test]
fn full_row_has_28_characters() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": "汉".repeat(28 * 30)}]);
    let pages = document(data);
    let rows: Vec<_> = (0..pages.len())
        .flat_map(|page| body_rows(&pages, page))
        .collect();
    let full: Vec<_> = rows
        .iter()
        .filter(|row| line(row).chars().all(|c| c == '汉'))
        .collect();
    assert_eq!(full[0].len(), 26, "the first row is indented by two");
    assert!(full.len() > 28 && full[1..full.len() - 1].iter().all(|row| row.len() == 28));
    near(full[1][0].x, 28.0, 0.1, "left edge");
    near(
        full[1].last().map(right).unwrap_or_default(),
        184.0,
        0.2,
        "right edge",
    );
}

#[test]
fn first_body_row_starts_at_37_mm() {
    let pages = document(notice(12));
    let rows = body_rows(&pages, 1);
    let top = rows[0].iter().map(|c| c.top).fold(f64::MAX, f64::min);
    near(top, 37.0, 1.0, "top of the text area");
}

#[test]
fn red_mark_is_at_72_mm_and_centred() {
    for org in [
        "临江市实验小学",
        "局",
        "临江市城南新区九年一贯制实验学校教育集团滨江校区管理委员会",
    ] {
        let mut data = notice(1);
        data["org"] = json!(org);
        let pages = document(data);
        let mark: Vec<_> = placed(&pages, 0)
            .into_iter()
            .filter(|c| is_red(&c.colour))
            .collect();
        assert_eq!(line(&mark), format!("{org}文件"));
        near(
            mark.iter().map(|c| c.top).fold(f64::MAX, f64::min),
            72.0,
            0.5,
            "top of the mark",
        );
        let (left, end) = (mark[0].x, mark.last().map(right).unwrap_or_default());
        near((left + end) / 2.0, 106.0, 1.0, "centre of the mark");
        assert!(left >= 27.5 && end <= 184.5, "{org}: {left} to {end}");
    }
}

#[test]
fn number_stands_two_rows_under_the_mark_and_the_rule_4_mm_under_it() {
    let pages = document(notice(1));
    let mark = placed(&pages, 0)
        .into_iter()
        .filter(|c| is_red(&c.colour))
        .map(|c| c.bottom)
        .fold(0.0, f64::max);
    let (_, number) = find(&pages, "〔2026〕17号");
    let top = number.iter().map(|c| c.top).fold(f64::MAX, f64::min);
    let bottom = number.iter().map(|c| c.bottom).fold(0.0, f64::max);
    near(top - mark, 2.0 * ROW, 1.0, "two blank rows");
    near(
        (number[0].x + number.last().map(right).unwrap_or_default()) / 2.0,
        106.0,
        1.0,
        "number centred",
    );
    let rule = red_rule(&pages);
    near(rule.y - bottom, 4.0, 1.0, "rule under the number");
    near(rule.x, 28.0, 0.2, "left end of the rule");
    near(rule.width, 156.0, 0.2, "length of the rule");
}

#[test]
fn title_is_22_pt_two_rows_under_the_rule() {
    let pages = document(notice(1));
    let (_, title) = find(&pages, "关于加强日常检查工作的通知");
    assert!(
        title
            .iter()
            .all(|c| (c.size - 22.0).abs() < 0.01 && c.face.contains("Serif"))
    );
    near(
        (title[0].x + title.last().map(right).unwrap_or_default()) / 2.0,
        106.0,
        0.5,
        "title centred",
    );
    let first = rows(&placed(&pages, 0))
        .into_iter()
        .find(|row| row[0].size > 20.0 && !is_red(&row[0].colour));
    let top = first
        .expect("a title")
        .iter()
        .map(|c| c.top)
        .fold(f64::MAX, f64::min);
    near(top - red_rule(&pages).y, 2.0 * ROW, 1.5, "two blank rows");
}

#[test]
fn recipients_stand_flush_left_one_row_under_the_title() {
    let pages = document(notice(1));
    let (_, title) = find(&pages, "关于加强日常检查工作的通知");
    let (_, to) = find(&pages, "各处室、年级组：");
    near(to[0].x, 28.0, 0.2, "flush left");
    near(
        to[0].baseline - title[0].baseline,
        2.0 * ROW,
        0.2,
        "one blank row",
    );
}

#[test]
fn recipients_that_would_push_the_body_off_page_one_go_to_the_closing_block() {
    let mut data = notice(1);
    data["to"] = json!("临江市第一中学，".repeat(60));
    let pages = document(data);
    let (page, row) = find(&pages, "主送：");
    assert_eq!(page, pages.len() - 1);
    assert!((row[0].size - 14.0).abs() < 0.01);
    assert_eq!(find(&pages, "现将有关情况").0, 0);
}

#[test]
fn paragraphs_indent_two_characters_and_wrap_flush() {
    let pages = document(notice(1));
    let (_, first) = find(&pages, "为进一步规范");
    near(first[0].x, 28.0 + 2.0 * CHARACTER, 0.2, "indent");
    let rows = body_rows(&pages, 0);
    let at = rows
        .iter()
        .position(|row| line(row).contains("为进一步规范"))
        .expect("the row");
    near(rows[at + 1][0].x, 28.0, 0.2, "wrap");
}

#[test]
fn headings_are_numbered_and_set_in_their_faces() {
    let pages = document(notice(8));
    for (text, face) in [
        ("一、提高", "Sans"),
        ("（一）加强", "WenKai"),
        ("1.每学期", "FandolFang"),
        ("二、提高", "Sans"),
    ] {
        let (_, row) = find(&pages, text);
        let number = row
            .iter()
            .find(|c| !"（）".contains(&c.text))
            .expect("a number");
        assert!(number.face.contains(face), "{text}: {}", number.face);
        near(row[0].x, 28.0 + 2.0 * CHARACTER, 0.8, "indent of a heading");
        assert!((row[0].size - 15.79).abs() < 0.05);
    }
}

#[test]
fn numbering_restarts_under_each_higher_heading() {
    let mut data = notice(0);
    let h = |t: &str| json!({"t": t, "s": "甲"});
    data["body"] = json!([
        h("h1"),
        h("h2"),
        h("h3"),
        h("h4"),
        h("h4"),
        h("h3"),
        h("h2"),
        h("h3"),
        h("h1"),
        h("h2")
    ]);
    let text = all_text(&document(data));
    assert!(
        text.contains("一、甲（一）甲1.甲（1）甲（2）甲2.甲（二）甲1.甲二、甲（一）甲"),
        "{text}"
    );
}

#[test]
fn attachment_note_indents_two_and_wraps_under_the_name() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "p", "s": "汉".repeat(300)}]);
    let pages = document(data);
    let (page, first) = find(&pages, "附件：1.自查表");
    near(first[0].x, 28.0 + 2.0 * CHARACTER, 0.2, "indent");
    let (_, second) = find(&pages, "2.临江市中小学");
    let name = second.iter().find(|c| c.text == "临").expect("the name");
    let rows = body_rows(&pages, page);
    let at = rows
        .iter()
        .position(|row| line(row).contains("2.临江市中小学"))
        .expect("the row");
    near(rows[at + 1][0].x, name.x, 0.3, "wrap under the name");
    near(
        first[0].x + 3.0 * CHARACTER,
        first[3].x,
        0.3,
        "number after the label",
    );
    near(second[0].x, first[3].x, 0.2, "numbers in one column");
    let body = rows
        .iter()
        .rposition(|row| row[0].baseline < first[0].baseline)
        .expect("a body");
    near(
        first[0].baseline - rows[body][0].baseline,
        2.0 * ROW,
        0.2,
        "one blank row",
    );
}

fn closing_of(org: &str, date: &str, sealed: bool) -> (Vec<Placed>, Vec<Placed>) {
    let mut data = notice(1);
    data["org"] = json!(org);
    data["date"] = json!(date);
    data["sealed"] = json!(sealed);
    data["print-date"] = json!("");
    data["organ"] = json!("");
    let pages = document(data);
    let day = find(&pages, date);
    let all = body_rows(&pages, day.0);
    let name = all
        .into_iter()
        .rfind(|row| line(row) == org)
        .expect("the name");
    (name, day.1)
}

#[test]
fn unsealed_date_begins_two_characters_right_of_the_name() {
    for org in [
        "校",
        "临江市实验小学",
        "临江市实验小学九年一贯制教育集团办公室",
    ] {
        for date in ["2026年1月5日", "2026年11月21日"] {
            let (name, day) = closing_of(org, date, false);
            near(
                day[0].x - name[0].x,
                2.0 * CHARACTER,
                0.4,
                "date right of the name",
            );
            near(
                day[0].baseline - name[0].baseline,
                ROW,
                0.2,
                "date under the name",
            );
            let (name_gap, day_gap) = (
                184.0 - right(&name[name.len() - 1]),
                184.0 - right(&day[day.len() - 1]),
            );
            assert!(
                name_gap >= 2.0 * CHARACTER - 0.3 && day_gap >= 2.0 * CHARACTER - 0.3,
                "{name_gap} {day_gap}"
            );
            near(
                name_gap.min(day_gap),
                2.0 * CHARACTER,
                0.4,
                "two characters blank on the right",
            );
        }
    }
}

#[test]
fn sealed_date_leaves_four_characters_and_the_name_is_centred_over_it() {
    let (name, day) = closing_of("临江市实验小学", "2026年11月21日", true);
    near(
        184.0 - right(&day[day.len() - 1]),
        4.0 * CHARACTER,
        0.4,
        "four characters blank on the right",
    );
    let middle = |row: &[Placed]| (row[0].x + right(&row[row.len() - 1])) / 2.0;
    near(middle(&name), middle(&day), 0.5, "name over date");
}

#[test]
fn closing_block_lies_on_the_lower_edge_of_the_last_page() {
    for paragraphs in [0, 3, 9, 14] {
        let pages = document(notice(paragraphs));
        let last = pages.len() - 1;
        let rules: Vec<_> = pages
            .strokes(last)
            .expect("the last page")
            .into_iter()
            .filter(|s| s.height < 0.1 && s.width > 100.0 && !is_red(&s.colour))
            .collect();
        assert_eq!(rules.len(), 3, "{rules:?}");
        for (rule, thickness) in rules.iter().zip([0.35, 0.25, 0.35]) {
            near(rule.thickness, thickness, 0.01, "thickness");
            near(rule.x, 28.0, 0.1, "left end");
            near(rule.width, 156.0, 0.1, "length");
        }
        near(rules[2].y, 262.0, 0.3, "last rule on the lower edge");
        let (page, cc) = find(&pages, "抄送：");
        assert_eq!(page, last);
        assert!(cc.iter().all(|c| (c.size - 14.0).abs() < 0.01));
        near(
            cc[0].x,
            28.0 + 14.0 * 25.4 / 72.0,
            0.3,
            "one character blank on the left",
        );
        let all = rows(&placed(&pages, last));
        let at = all
            .iter()
            .position(|row| line(row).contains("抄送："))
            .expect("the row");
        near(all[at + 1][0].x, cc[3].x, 0.3, "wrap after the colon");
        let (_, organ) = find(&pages, "2026年11月21日印发");
        near(
            184.0 - right(&organ[organ.len() - 1]),
            14.0 * 25.4 / 72.0,
            0.3,
            "one character blank on the right",
        );
    }
}

#[test]
fn page_numbers_lie_7_mm_under_the_text_area_outside() {
    let pages = document(notice(16));
    for page in 0..pages.len() {
        let all = rows(&placed(&pages, page));
        let number = all.last().expect("a row");
        assert_eq!(line(number), format!("—{}—", page + 1));
        assert!(
            number
                .iter()
                .all(|c| (c.size - 14.0).abs() < 0.01 && c.face.contains("Serif"))
        );
        near(
            (number[0].top + number[0].bottom) / 2.0,
            269.0,
            0.3,
            "the dash",
        );
        if page % 2 == 0 {
            near(
                184.0 - right(&number[number.len() - 1]),
                CHARACTER,
                0.3,
                "odd pages: right, one character in",
            );
        } else {
            near(
                number[0].x - 28.0,
                CHARACTER,
                0.3,
                "even pages: left, one character in",
            );
        }
    }
}

#[test]
fn copy_number_and_urgency_stand_flush_left_from_the_first_row() {
    let mut data = notice(1);
    data["copy"] = json!("000012");
    data["urgency"] = json!("特急");
    data["signer"] = json!("沈国平");
    let pages = document(data);
    let all = rows(&placed(&pages, 0));
    assert_eq!(line(&all[0]), "000012");
    assert_eq!(line(&all[1]), "特急");
    assert!(all[1][0].face.contains("Sans"));
    near(all[0][0].x, 28.0, 0.6, "flush left");
    near(
        all[0][0].bottom,
        37.0 + 16.0 * 25.4 / 72.0 * 0.88,
        0.7,
        "first row",
    );
    near(
        all[1][0].baseline - all[0][0].baseline,
        ROW,
        0.1,
        "second row",
    );
    let (_, number) = find(&pages, "签发人：沈国平");
    near(
        number[0].x,
        28.0 + CHARACTER,
        0.3,
        "number one character from the left",
    );
    near(
        184.0 - right(&number[number.len() - 1]),
        CHARACTER,
        0.3,
        "signer one character from the right",
    );
    assert!(
        number[number.len() - 1].face.contains("WenKai") && number[0].face.contains("FandolFang")
    );
    let mark = placed(&pages, 0)
        .into_iter()
        .filter(|c| is_red(&c.colour))
        .map(|c| c.top)
        .fold(f64::MAX, f64::min);
    near(mark, 72.0, 0.5, "the mark stays");
}

#[test]
fn document_without_red_head_has_neither_mark_nor_rule() {
    let mut data = notice(1);
    data["red_head"] = json!(false);
    let pages = document(data);
    assert!(placed(&pages, 0).iter().all(|c| !is_red(&c.colour)));
    assert!(
        pages
            .strokes(0)
            .expect("page 1")
            .iter()
            .all(|s| !is_red(&s.colour))
    );
    let all = rows(&placed(&pages, 0));
    assert_eq!(line(&all[0]), "临江市实验小学");
    assert!((all[0][0].size - 22.0).abs() < 0.01);
    near(all[0][0].top, 36.0, 1.5, "title on the first row");
    // without the head the number follows the title, centred
    let number = find(&pages, "临实小发〔2026〕17号").1;
    near(
        (number[0].x + right(&number[number.len() - 1])) / 2.0,
        28.0 + 78.0,
        0.5,
        "number",
    );
}

#[test]
fn empty_slot_of_the_number_is_kept() {
    let mut data = notice(1);
    data["number"] = json!("临实小发〔2026〕　　号");
    let pages = document(data);
    let (_, number) = find(&pages, "〔2026〕号");
    let bracket = number.iter().find(|c| c.text == "〕").expect("the bracket");
    near(
        number[number.len() - 1].x - right(bracket),
        2.0 * CHARACTER,
        0.3,
        "room for the number",
    );
}

/// 7.3.5.5: the closing never stands on a page without text, whatever the length of the body.
#[test]
fn closing_always_has_text_above_it_and_no_page_is_blank() {
    for lines in 0..50 {
        for (attachments, cc) in [(json!([]), ""), (json!(["自查表"]), "市教育局。")] {
            let mut data = notice(0);
            data["body"] = json!([{"t": "p", "s": "汉".repeat(26 + 28 * lines)}]);
            data["attachments"] = attachments;
            data["cc"] = json!(cc);
            let pages = document(data);
            let (page, _) = find(&pages, "2026年11月21日");
            let above = body_rows(&pages, page)
                .iter()
                .filter(|row| line(row).contains('汉') || line(row).contains("附件"))
                .count();
            assert!(
                above > 0,
                "{lines} rows: the closing stands alone on page {}",
                page + 1
            );
            for page in 0..pages.len() {
                assert!(
                    rows(&placed(&pages, page)).len() > 1,
                    "{lines} rows: page {} is blank",
                    page + 1
                );
            }
        }
    }
}

#[test]
fn no_row_begins_or_ends_with_a_forbidden_mark() {
    let pages = document(notice(20));
    for page in 0..pages.len() {
        for row in body_rows(&pages, page) {
            assert!(
                !"，。、；：？！）》〉】〕”’".contains(&row[0].text),
                "{}",
                line(&row)
            );
            assert!(
                !"（《〈【〔“‘".contains(&row[row.len() - 1].text),
                "{}",
                line(&row)
            );
        }
    }
}

#[test]
fn draft_without_anything_still_makes_a_page() {
    let empty: Value = json!({"org": "", "title": [], "body": []});
    assert_eq!(document(empty).len(), 1);
}

#[test]
fn table_repeats_its_head_and_keeps_its_cells() {
    let mut data = notice(0);
    let cells: Vec<_> = (1..=60)
        .map(|i| json!([format!("{i}"), "四（2）班", "包干区落叶约6平方米未清扫"]))
        .collect();
    data["body"] = json!([{"t": "table", "head": ["序号", "班级", "具体情况"], "rows": cells}]);
    let pages = document(data);
    assert!(pages.len() >= 3);
    let heads = (0..pages.len())
        .filter(|page| {
            rows(&placed(&pages, *page))
                .iter()
                .any(|row| line(row).starts_with("序号班级具体情况"))
        })
        .count();
    assert!(heads >= 2, "{heads} heads");
    let text = all_text(&pages);
    assert_eq!(text.matches("包干区落叶约6平方米未清扫").count(), 60);
}

/// A body that leaves `rows` rows for what follows it on the first page, more or less.
fn body_of(rows: usize) -> Value {
    json!([{"t": "p", "s": "汉".repeat(26 + 28 * rows)}])
}

#[test]
fn a_heading_never_stands_last_on_a_page() {
    for rows_before in 0..40 {
        let mut data = notice(0);
        let mut body = body_of(rows_before).as_array().expect("a list").clone();
        body.push(json!({"t": "h1", "s": "存在的问题"}));
        body.push(json!({"t": "h2", "s": "卫生保洁"}));
        body.push(json!({"t": "p", "s": "包干区落叶未清扫。"}));
        data["body"] = json!(body);
        let pages = document(data);
        for page in 0..pages.len() {
            let last = body_rows(&pages, page)
                .last()
                .map(|row| line(row))
                .unwrap_or_default();
            assert!(
                !last.contains("存在的问题") && !last.contains("卫生保洁"),
                "{rows_before} rows: page {} ends with a heading",
                page + 1
            );
        }
    }
}

/// 7.4: 版记 closes a page that has text, whatever the length of the body.
#[test]
fn the_closing_block_never_has_a_page_for_itself() {
    for lines in 0..60 {
        for attachments in [json!([]), json!(["自查表", "评分细则"])] {
            let mut data = notice(0);
            data["body"] = body_of(lines);
            data["attachments"] = attachments;
            let pages = document(data);
            let last = pages.len() - 1;
            let (page, _) = find(&pages, "抄送：");
            assert_eq!(page, last, "{lines} rows");
            let text = body_rows(&pages, last)
                .iter()
                .filter(|row| line(row).contains('汉') || line(row).contains("附件"))
                .count();
            assert!(text > 0, "{lines} rows: the last page has no text");
        }
    }
}

/// 7.3.7: 附件1 flush left on the first row, its title centred on the third, the same name as in the list.
#[test]
fn attachments_have_pages_of_their_own() {
    let mut data = notice(1);
    let mut body = data["body"].as_array().expect("a list").clone();
    body.push(json!({"t": "attachment", "s": "检查记录汇总表"}));
    body.push(json!({"t": "h1", "s": "附件里的标题"}));
    body.push(json!({"t": "p", "s": "附件里的一段。"}));
    body.push(json!({"t": "attachment", "s": "整改回执"}));
    body.push(json!({"t": "p", "s": "回执里的一段。"}));
    data["body"] = json!(body);
    data["attachments"] = json!(["另附的名单"]);
    let pages = document(data);
    for (i, title) in ["检查记录汇总表", "整改回执"].iter().enumerate() {
        let page = pages.len() - 2 + i;
        let all = rows(&placed(&pages, page));
        assert_eq!(line(&all[0]), format!("附件{}", i + 1));
        near(all[0][0].x, 28.0, 0.3, "flush left");
        assert!(all[0][0].face.contains("Sans"), "{}", all[0][0].face);
        assert_eq!(line(&all[1]), *title);
        assert!((all[1][0].size - 22.0).abs() < 0.01);
        let pitch = 225.0 / 22.0;
        near(
            all[1][0].baseline - all[0][0].baseline,
            2.0 * pitch,
            1.0,
            "the title stands on the third row",
        );
        let (left, right) = (all[1][0].x, right(&all[1][all[1].len() - 1]));
        near((left + right) / 2.0, 28.0 + 78.0, 0.5, "centred");
    }
    let text = all_text(&pages);
    assert!(
        text.contains("1.检查记录汇总表2.整改回执3.另附的名单"),
        "{text}"
    );
    // numbers begin anew
    let (page, _) = find(&pages, "一、附件里的标题");
    assert_eq!(page, pages.len() - 2);
    // 版记 comes behind the attachments
    assert_eq!(find(&pages, "抄送：").0, pages.len() - 1);
}

#[test]
fn a_single_attachment_has_no_number() {
    let mut data = notice(0);
    data["attachments"] = json!([]);
    data["body"] = json!([{"t": "p", "s": "见附件。"}, {"t": "attachment", "s": "自查表"}, {"t": "p", "s": "内容。"}]);
    let pages = document(data);
    assert_eq!(line(&rows(&placed(&pages, pages.len() - 1))[0]), "附件");
    assert!(all_text(&pages).contains("附件：自查表"));
}

#[test]
fn columns_stand_as_they_are_told() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "table", "s": "得分表", "head": ["班级", "情况", "得分"], "align": ["left", "center", "right"],
        "rows": [["甲", "乙", "丙"], ["四（2）班包干区", "落叶没有清扫干净", "很多很多分"]]}, {"t": "p", "s": "完。"}]);
    let pages = document(data);
    let (page, row) = find(&pages, "甲乙丙");
    let frames = pages.strokes(page).expect("the page is there");
    let mut edges: Vec<f64> = frames
        .iter()
        .filter(|s| s.height > 3.0 && s.width < 0.1)
        .map(|s| s.x)
        .collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    assert_eq!(edges.len(), 4, "{edges:?}");
    let inset = 4.0 * 25.4 / 72.0;
    near(row[0].x, edges[0] + inset, 0.3, "left");
    near(
        (row[1].x + right(&row[1])) / 2.0,
        (edges[1] + edges[2]) / 2.0,
        0.3,
        "centre",
    );
    near(right(&row[2]), edges[3] - inset, 0.3, "right");
    // the title of the table stands above it, and what follows is back on the grid of 22 rows
    assert!(find(&pages, "得分表").1[0].baseline < row[0].baseline);
    let (_, after) = find(&pages, "完。");
    let (_, first) = find(&pages, "各处室、年级组");
    let steps = (after[0].baseline - first[0].baseline) / (225.0 / 22.0);
    near(steps, steps.round(), 0.02, "on the grid");
}

/// A grey PNG of `width` × `height`, written by hand: stored blocks, no compression.
fn png(width: u32, height: u32) -> Vec<u8> {
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |mut crc, b| {
            crc ^= u32::from(*b);
            for _ in 0..8 {
                crc = if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                };
            }
            crc
        })
    }
    let mut out = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10];
    let mut chunk = |name: &[u8], data: &[u8]| {
        let mut body = name.to_vec();
        body.extend_from_slice(data);
        out.extend_from_slice(&u32::try_from(data.len()).expect("small").to_be_bytes());
        out.extend_from_slice(&body);
        out.extend_from_slice(&crc(&body).to_be_bytes());
    };
    let mut head = width.to_be_bytes().to_vec();
    head.extend_from_slice(&height.to_be_bytes());
    head.extend_from_slice(&[8, 0, 0, 0, 0]);
    chunk(b"IHDR", &head);
    let raw = vec![0_u8; (width as usize + 1) * height as usize];
    let mut packed = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = raw.chunks(65_535).collect();
    for (i, block) in blocks.iter().enumerate() {
        packed.push(u8::from(i + 1 == blocks.len()));
        let n = u16::try_from(block.len()).expect("a block");
        packed.extend_from_slice(&n.to_le_bytes());
        packed.extend_from_slice(&(!n).to_le_bytes());
        packed.extend_from_slice(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    packed.extend_from_slice(&((b << 16) | a).to_be_bytes());
    chunk(b"IDAT", &packed);
    chunk(b"IEND", &[]);
    out
}

#[test]
fn an_image_keeps_inside_the_text_area_with_its_title_below() {
    for (width, height, share) in [(60, 40, 100), (60, 40, 50), (20, 400, 100)] {
        let mut data = notice(0);
        data["body"] = json!([{"t": "p", "s": "照片如下。"}, {"t": "image", "s": "食堂留样柜，11月20日", "image": 0, "width": share}, {"t": "p", "s": "完。"}]);
        let sheet =
            Sheet::new("official_document", data).with_images(vec![png(width, height).into()]);
        let pages = set(&sheet);
        let (title_page, title) = find(&pages, "食堂留样柜");
        assert!(title[0].baseline < 262.5 && title[0].baseline > 40.0);
        let (page, after) = find(&pages, "完。");
        assert!(
            (page, after[0].baseline > title[0].baseline) >= (title_page, true)
                || page > title_page
        );
        assert!(pages.pdf().is_ok(), "an image fits PDF/A-2b");
    }
}

#[test]
fn what_is_no_image_stops_the_sheet() {
    let mut data = notice(0);
    data["body"] = json!([{"t": "image", "s": "", "image": 0}]);
    let sheet =
        Sheet::new("official_document", data).with_images(vec![b"no image".to_vec().into()]);
    assert!(printer().typeset(&sheet).is_err());
}

#[test]
fn a_block_is_found_again_by_its_id() {
    let mut data = notice(0);
    data["body"] = json!([
        {"t": "p", "id": "a", "s": "第一段。"},
        {"t": "page_break"},
        {"t": "h1", "id": "b", "s": "标题"},
        {"t": "table", "id": "c", "head": ["班级"], "rows": [["一"]]},
    ]);
    let pages = document(data);
    let at = |id: &str| pages.place_of(id).map(|(page, _)| page);
    assert_eq!(
        (at("a"), at("b"), at("c"), at("d")),
        (Some(0), Some(1), Some(1), None)
    );
    let down = |id: &str| pages.place_of(id).map_or(0, |(_, down)| down);
    assert!(down("a") > 400 && down("b") < 200 && down("c") > down("b"));
}
