//! What comes out of the printer, read back from the set pages and not from the templates.

mod files;
mod marks;
mod official_document;
mod sheets;
mod slip;
mod text;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock};

use print::{Fonts, Pages, Placed, Printer, Sheet};
use serde_json::{Value, json};

/// The folder of the bundled fonts.
fn font_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/fonts")
}

/// Makes a printer of its own.
fn fresh_printer() -> Printer {
    Printer::new(
        Fonts::discover(&[font_folder()], &[]).expect("fonts: run `cargo xtask setup` first"),
    )
}

/// The printer that tests share: opening the fonts once is enough.
fn printer() -> MutexGuard<'static, Printer> {
    static PRINTER: OnceLock<Mutex<Printer>> = OnceLock::new();
    let printer = PRINTER.get_or_init(|| Mutex::new(fresh_printer()));
    printer
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn set(sheet: &Sheet) -> Pages {
    printer().typeset(sheet).expect("the sheet is set")
}

/// Sets an official document.
fn document(data: Value) -> Pages {
    set(&Sheet::new("official_document", data))
}

/// A document with everything usual and a body of `paragraphs` paragraphs.
fn notice(paragraphs: usize) -> Value {
    let mut body = vec![
        json!({"t": "p", "s": "为进一步规范校园日常检查工作，现将有关情况通报如下，请认真对照整改。"}),
    ];
    for i in 0..paragraphs {
        match i % 4 {
            0 => body.push(json!({"t": "h1", "s": "提高思想认识"})),
            1 => body.push(json!({"t": "h2", "s": "加强组织领导。"})),
            2 => body.push(json!({"t": "h3", "s": "每学期开学后2周内将制度报学校备案。"})),
            _ => {}
        }
        body.push(json!({"t": "p", "s": format!(
            "第{i}段。各处室要高度重视，把日常检查作为重要抓手，建立健全工作机制；小学一、二年级不布置家庭书面作业，\
             小学三至六年级书面作业平均完成时间不超过60分钟，初中不超过90分钟，并做好记录和存档工作。")}));
    }
    json!({
        "org": "临江市实验小学",
        "number": "临实小发〔2026〕17号",
        "title": ["临江市实验小学", "关于加强日常检查工作的通知"],
        "to": "各处室、年级组：",
        "body": body,
        "attachments": ["自查表", "临江市中小学作业管理优秀案例征集活动方案及有关报送要求说明（含评分细则）"],
        "date": "2026年11月21日",
        "cc": "市教育局督导室，市教育局基础教育处，市教师发展中心，各县（市、区）教育局，市直各学校，各民办学校。",
        "organ": "临江市实验小学办公室",
        "print-date": "2026年11月21日",
    })
}

/// The characters of a page that carry text, in painting order.
fn placed(pages: &Pages, page: usize) -> Vec<Placed> {
    pages
        .placed(page)
        .expect("the page is there")
        .into_iter()
        .filter(|c| {
            !c.text
                .trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}')
                .is_empty()
        })
        .collect()
}

/// Rows of upright text: characters with one baseline, from left to right, from the top of the page down.
fn rows(characters: &[Placed]) -> Vec<Vec<Placed>> {
    let mut rows: Vec<Vec<Placed>> = Vec::new();
    for c in characters.iter().filter(|c| c.upright) {
        match rows
            .iter_mut()
            .find(|row| (row[0].baseline - c.baseline).abs() < 0.2)
        {
            Some(row) => row.push(c.clone()),
            None => rows.push(vec![c.clone()]),
        }
    }
    rows.iter_mut()
        .for_each(|row| row.sort_by(|a, b| a.x.total_cmp(&b.x)));
    rows.sort_by(|a, b| a[0].baseline.total_cmp(&b[0].baseline));
    rows
}

/// The text of one row.
fn line(row: &[Placed]) -> String {
    row.iter().map(|c| c.text.as_str()).collect()
}

/// The text of all rows of a document, without blanks and page numbers.
fn all_text(pages: &Pages) -> String {
    let rows = (0..pages.len()).flat_map(|page| rows(&placed(pages, page)));
    rows.filter(|row| row[0].baseline < 265.0)
        .map(|row| line(&row))
        .collect::<String>()
        .replace('\u{200b}', "")
}

/// The row that contains `text`.
fn find(pages: &Pages, text: &str) -> (usize, Vec<Placed>) {
    (0..pages.len())
        .flat_map(|page| {
            rows(&placed(pages, page))
                .into_iter()
                .map(move |row| (page, row))
        })
        .find(|(_, row)| line(row).contains(text))
        .unwrap_or_else(|| panic!("no row says {text}"))
}

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!(
        (found - wanted).abs() <= tolerance,
        "{what}: {found:.2} mm instead of {wanted:.2} ± {tolerance} mm"
    );
}
