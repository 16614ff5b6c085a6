//! Our own pages are accepted.

use crate::judge::{Fault, Paper, judge};
use crate::reader::read;
use print::{Fonts, Printer, Sheet};
use serde_json::{Value, json};
use std::sync::{Mutex, OnceLock};

pub(crate) fn printer() -> &'static Mutex<Printer> {
    static PRINTER: OnceLock<Mutex<Printer>> = OnceLock::new();
    PRINTER.get_or_init(|| {
        let fonts = Fonts::discover(&testkit::desk::font_dirs(), &[])
            .expect("fonts: run `cargo xtask setup` first");
        Mutex::new(Printer::new(fonts))
    })
}
/// Sets a document and returns its file.
pub(crate) fn file(data: &Value) -> Vec<u8> {
    let mut printer = printer()
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    printer
        .typeset(&Sheet::new("official_document", data.clone()))
        .unwrap()
        .pdf()
        .unwrap()
}
pub(crate) const SENTENCE: &str =
    "各处室年级组要高度重视把日常检查作为重要抓手建立健全工作机制并做好记录和存档工作";

/// A document of so many characters, with or without what may follow the text.
pub(crate) fn document(
    characters: usize,
    attachments: &[&str],
    copy_to: &str,
    sealed: bool,
) -> (Value, Paper) {
    let text: String = SENTENCE.chars().cycle().take(characters).collect();
    let data = json!({
        "org": "临江市实验小学",
        "number": "临实小发〔2026〕17号",
        "title": ["临江市实验小学", "关于加强日常检查工作的通知"],
        "to": "各处室、年级组：",
        "body": [{"t": "p", "s": "现将有关情况通报如下。"}, {"t": "h1", "s": "提高认识"}, {"t": "p", "s": text}],
        "attachments": attachments,
        "date": "2026年11月21日",
        "cc": copy_to,
        "organ": if copy_to.is_empty() { "" } else { "临江市实验小学办公室" },
        "print-date": if copy_to.is_empty() { "" } else { "2026年11月22日" },
        "sealed": sealed,
    });
    let paper = Paper {
        mark: "临江市实验小学文件".to_owned(),
        number: "临实小发〔2026〕17号".to_owned(),
        title: vec![
            "临江市实验小学".to_owned(),
            "关于加强日常检查工作的通知".to_owned(),
        ],
        to: "各处室、年级组：".to_owned(),
        begins: "现将有关情况通报如下".to_owned(),
        attachments: attachments.iter().map(|a| (*a).to_owned()).collect(),
        agency: "临江市实验小学".to_owned(),
        date: "2026年11月21日".to_owned(),
        sealed,
        copy_to: !copy_to.is_empty(),
        printed: if copy_to.is_empty() {
            String::new()
        } else {
            "2026年11月22日".to_owned()
        },
    };
    (data, paper)
}
pub(crate) fn listed(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(|f| format!("\n  {} {}", f.clause, f.what))
        .collect()
}

#[test]
fn our_pages_keep_the_standard_within_a_millimetre() {
    let copy_to = "市教育局督导室，市教师发展中心。";
    let mut seen = std::collections::BTreeSet::new();
    for (characters, attachments, copy_to, sealed) in [
        (60, &[][..], "", false),
        // its closing would stand alone on page 2: the rows are adjusted (7.3.5.5)
        (120, &[][..], "", true),
        (300, &[][..], "", true),
        (300, &["自查表"][..], copy_to, false),
        (400, &["自查表", "评分细则"][..], copy_to, false),
        (500, &[][..], copy_to, true),
        (1_550, &["自查表", "评分细则"][..], copy_to, false),
        (1_600, &[][..], "", true),
        (1_580, &["自查表"][..], "", false),
    ] {
        let (data, paper) = document(characters, attachments, copy_to, sealed);
        let pages = read(&file(&data));
        seen.insert(pages.len());
        let faults = judge(&pages, &paper);
        assert!(
            faults.is_empty(),
            "{characters} characters, {} pages:{}",
            pages.len(),
            listed(&faults)
        );
    }
    assert!(
        [1, 2, 4].iter().all(|n| seen.contains(n)),
        "documents of {seen:?} pages were judged"
    );
}

#[test]
fn an_issued_document_of_the_sample_school_keeps_it_too() {
    use testkit::TestDesk;
    use testkit::desk::{DUTY, OFFICE, VICE};
    let d = TestDesk::sample();
    let view = d.issued(DUTY, VICE, OFFICE);
    d.done("documents_save_pdf", json!({"id": view["row"]["id"]}));
    let saved = std::fs::read_dir(d.pages_dir())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let pages = read(&std::fs::read(saved).unwrap());
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let content = &view["content"];
    let date = view["opinion"]["dated_on"].as_str().unwrap();
    let [year, month, day]: [i32; 3] = date
        .split('-')
        .map(|n| n.parse().unwrap())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let date = format!("{year}年{month}月{day}日");
    let agency = text(&d.done("org_overview", json!({}))["profile"]["name"]);
    let first = content["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|b| b["kind"] == "p")
        .unwrap();
    let paper = Paper {
        mark: format!("{agency}文件"),
        number: text(&view["row"]["number"]),
        to: text(&content["recipients"]),
        begins: text(&first["text"]).chars().take(8).collect(),
        agency,
        date: date.clone(),
        copy_to: !text(&content["copy_to"]).is_empty(),
        printed: date,
        ..Paper::default()
    };
    let faults: Vec<Fault> = judge(&pages, &paper)
        .into_iter()
        // its rows are what was found that day: none need be full, and its title breaks by sense
        .filter(|f| f.what != "no full row of Han characters to count" && f.what != "no title")
        .collect();
    assert!(faults.is_empty(), "{}", listed(&faults));
}
