//! Pages made wrong on purpose are rejected, each for the clause that it breaks.
//!
//! They are set by the same engine from the same templates with one number changed, as a careless edit would.

use crate::judge::{Paper, judge};
use crate::reader::read;
use crate::right::{SENTENCE, document, listed};
use print::{Fonts, Role};
use serde_json::json;
use std::collections::HashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Coverage, Font, FontBook, FontFlags, FontInfo, FontVariant};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const GRID: &str = include_str!("../../../assets/print/lib/gbt9704.typ");
const PAGE: &str = include_str!("../../../assets/print/lib/page.typ");
const OUTLINES: &str = include_str!("../../../assets/print/lib/outlines.typ");
const DOCUMENT: &str = include_str!("../../../assets/print/documents/official_document.typ");

struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    main: FileId,
    data: (FileId, Bytes),
}
fn id(path: &'static str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).unwrap()).intern()
}
impl Desk {
    fn new(grid: String, data: String) -> Self {
        let mut book = FontBook::new();
        let mut fonts = Vec::new();
        let found = Fonts::discover(&testkit::desk::font_dirs(), &[]).unwrap();
        for used in found.in_use() {
            let family = match used.role {
                Role::Title => "role-title",
                Role::Body => "role-body",
                Role::Heading => "role-heading",
                Role::Subheading => "role-subheading",
                Role::PageNumber => "role-page-number",
                Role::Rare => "role-rare",
            };
            book.push(FontInfo {
                family: family.to_owned(),
                variant: FontVariant::default(),
                flags: FontFlags::empty(),
                axes: Vec::new(),
                coverage: Coverage::from_vec(Vec::new()),
            });
            fonts.push(Font::new(Bytes::new(std::fs::read(used.file).unwrap()), 0).unwrap());
        }
        let sources = [
            ("/lib/gbt9704.typ", grid),
            ("/lib/page.typ", PAGE.to_owned()),
            ("/lib/outlines.typ", OUTLINES.to_owned()),
            ("/documents/official_document.typ", DOCUMENT.to_owned()),
        ];
        Desk {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources: sources
                .into_iter()
                .map(|(path, text)| (id(path), Source::new(id(path), text)))
                .collect(),
            main: id("/documents/official_document.typ"),
            data: (id("/data.json"), Bytes::new(data.into_bytes())),
        }
    }
}
impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }
    fn main(&self) -> FileId {
        self.main
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        let missing = || FileError::NotFound(id.vpath().get_with_slash().into());
        self.sources.get(&id).cloned().ok_or_else(missing)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        let text = self.source(id)?.text().to_owned();
        Ok(Bytes::new(text.into_bytes()))
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the document on a changed grid, `fit` rows a page.
fn set(changes: &[(&str, &str)], fit: u32) -> (Vec<u8>, Paper) {
    let mut grid = GRID.to_owned();
    for (from, to) in changes {
        assert!(grid.contains(from), "the template has no {from:?} any more");
        grid = grid.replace(from, to);
    }
    let text: String = SENTENCE.chars().cycle().take(1_650).collect();
    let block = |t: &str, s: &str| json!({"t": t, "s": s, "id": s, "head": [], "rows": [], "align": [], "weights": [], "image": "", "width": 0});
    let data = json!({
        "org": "临江市实验小学", "number": "临实小发〔2026〕17号",
        "title": ["临江市实验小学", "关于加强日常检查工作的通知"],
        "to": "各处室、年级组：", "to_below": false,
        "body": [block("p", "现将有关情况通报如下。"), block("h1", "提高认识"), block("p", &text)],
        "attachments": ["自查表", "评分细则"], "appendices": [], "note": "", "date": "2026年11月21日",
        "organ": "临江市实验小学办公室", "print_date": "2026年11月22日", "copy": "", "urgency": "",
        "cc": "市教育局督导室，市教师发展中心。", "signer": "", "sealed": false, "red_head": true, "keywords": [],
    });
    let marks = json!({"draft": false, "specimen": false, "drill": false, "example": false});
    let all = json!({"data": data, "marks": marks, "fit": fit, "words": {}});
    let desk = Desk::new(grid, all.to_string());
    let document = typst::compile::<typst_layout::PagedDocument>(&desk)
        .output
        .unwrap();
    let file = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).unwrap();
    let (_, paper) = document_like();
    (file, paper)
}
fn document_like() -> (serde_json::Value, Paper) {
    document(
        1_650,
        &["自查表", "评分细则"],
        "市教育局督导室，市教师发展中心。",
        false,
    )
}

#[test]
fn an_unchanged_grid_is_accepted() {
    let (file, paper) = set(&[], 22);
    let faults = judge(&read(&file), &paper);
    assert!(faults.is_empty(), "{}", listed(&faults));
}

#[test]
fn wrong_pages_are_rejected_for_the_clause_they_break() {
    let wrong: [(&str, &[(&str, &str)], u32, &str); 10] = [
        (
            "订口 25 mm",
            &[("#let LEFT = 28mm", "#let LEFT = 25mm")],
            22,
            "5.2.1",
        ),
        (
            "天头 35 mm",
            &[("#let TOP = 37mm", "#let TOP = 35mm")],
            22,
            "5.2.1",
        ),
        ("21 rows", &[], 21, "5.2.3"),
        (
            "27 characters",
            &[("W / 28 - 0.0005pt", "16pt")],
            22,
            "5.2.3",
        ),
        (
            "page numbers on the inside",
            &[("{ right } else { left }", "{ left } else { right }")],
            22,
            "7.5",
        ),
        (
            "page numbers too near",
            &[("dy: 7mm + over", "dy: 5mm + over")],
            22,
            "7.5",
        ),
        (
            "the mark of 1999, 25 mm under the edge",
            &[("at(35mm, center", "at(25mm, center")],
            22,
            "7.2.4",
        ),
        (
            "the red rule 8 mm under the number",
            &[("number-top + FS + 4mm, left", "number-top + FS + 8mm, left")],
            22,
            "7.2.7",
        ),
        (
            "thin rules about the closing block",
            &[("rule(0.35mm)", "rule(0.25mm)")],
            22,
            "7.4.1",
        ),
        (
            "the date under the name",
            &[("let gap = 2 * FS", "let gap = 0 * FS")],
            22,
            "7.3.5.2",
        ),
    ];
    for (what, changes, fit, clause) in wrong {
        let (file, paper) = set(changes, fit);
        let faults = judge(&read(&file), &paper);
        assert!(
            faults.iter().any(|f| f.clause == clause),
            "{what} passes {clause}:{}",
            listed(&faults)
        );
    }
}

#[test]
fn a_file_of_another_paper_size_is_rejected() {
    let (file, paper) = set(&[("paper: \"a4\"", "width: 216mm, height: 279mm")], 22);
    let faults = judge(&read(&file), &paper);
    assert!(
        faults.iter().any(|f| f.clause == "5.1"),
        "{}",
        listed(&faults)
    );
    // and what has no page at all is not taken for a good one
    assert!(judge(&[], &paper).iter().any(|f| f.clause == "5.1"));
}
