//! 公文通报 — drafts in blocks, their way to approval, their numbers.
use crate::org::is_bidi_control;
use crate::problems::{Problems, Refusal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub mod checks;
pub mod compose;
pub mod lifecycle;
pub mod number;
pub mod posting;
pub mod sheet_code;
mod texts;

pub use lifecycle::{Opinion, State, StateKind};
pub use posting::{BoardPaper, PostingManner};

/// 文种 — the kinds of document this office writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 通报
    Circular,
    /// 通知
    Notice,
    /// 表彰: a circular that praises.
    Commendation,
    /// 督查结果, made known at once.
    InspectionResult,
}
impl DocumentKind {
    /// All kinds.
    pub const ALL: [DocumentKind; 4] = [
        DocumentKind::Circular,
        DocumentKind::Notice,
        DocumentKind::Commendation,
        DocumentKind::InspectionResult,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::Circular => "circular",
            DocumentKind::Notice => "notice",
            DocumentKind::Commendation => "commendation",
            DocumentKind::InspectionResult => "inspection_result",
        }
    }
    /// Says whether it reports a day's findings.
    pub fn reports_a_day(self) -> bool {
        match self {
            DocumentKind::Circular | DocumentKind::InspectionResult => true,
            DocumentKind::Notice | DocumentKind::Commendation => false,
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// 正文块的种类 — four heading levels, the paragraph and what stands between paragraphs; the numbers
/// 一、（一）1.（1） and 附件1 are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// 一、
    H1,
    /// （一）
    H2,
    /// 1.
    H3,
    /// （1）
    H4,
    /// 正文
    P,
    /// 表格; the text is what stands above it
    Table,
    /// 图片; the text is what stands below it
    Image,
    /// 分页, without text
    PageBreak,
    /// 附件页: what follows is an attachment on pages of its own (GB/T 9704-2012 7.3.7); the text is its title
    Attachment,
}
impl BlockKind {
    /// Returns 1–4 for headings.
    pub fn level(self) -> Option<i64> {
        match self {
            BlockKind::H1 => Some(1),
            BlockKind::H2 => Some(2),
            BlockKind::H3 => Some(3),
            BlockKind::H4 => Some(4),
            BlockKind::P
            | BlockKind::Table
            | BlockKind::Image
            | BlockKind::PageBreak
            | BlockKind::Attachment => None,
        }
    }
}

/// 列对齐 — how the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// 左
    Left,
    /// 中
    Center,
    /// 右
    Right,
}

/// 表格 — a head, repeated on every page, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// 表头.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// One for each column.
    pub align: Vec<Align>,
}

/// 图片宽度 — how wide an image stands in the text area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageWidth {
    /// 通栏
    Full,
    /// 三分之二
    TwoThirds,
    /// 一半
    Half,
    /// 三分之一
    Third,
}

/// 图片 — which picture; its hash is part of what is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The picture as kept by the office.
    pub attachment_id: Uuid,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// How wide it stands.
    pub width: ImageWidth,
}

/// 正文块 — one heading, paragraph, table, image or break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Stable within the document, made by the editor: 1–40 of `[0-9A-Za-z-]`.
    pub id: String,
    /// Heading level or paragraph.
    pub kind: BlockKind,
    /// The text without its number.
    pub text: String,
    /// The findings whose facts it states.
    #[serde(default)]
    pub finding_ids: Vec<Uuid>,
    /// What a table holds, and only a table.
    // absent fields are left out, so that documents of the first form keep their hash
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// What an image shows, and only an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
}
impl Block {
    /// Makes a block of text without facts.
    pub fn new(id: impl Into<String>, kind: BlockKind, text: impl Into<String>) -> Self {
        Block {
            id: id.into(),
            kind,
            text: text.into(),
            finding_ids: Vec::new(),
            table: None,
            image: None,
        }
    }
    /// Returns every text that prints, in reading order: a new field cannot escape here.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        let Block {
            id: _,
            kind: _,
            text,
            finding_ids: _,
            table,
            image: _,
        } = self;
        let cells = table.iter().flat_map(|t| {
            let Table {
                head,
                rows,
                align: _,
            } = t;
            head.iter().chain(rows.iter().flatten())
        });
        std::iter::once(text).chain(cells)
    }
    /// Says whether nothing of it would print.
    pub fn is_blank(&self) -> bool {
        match self.kind {
            BlockKind::PageBreak | BlockKind::Attachment | BlockKind::Image => false,
            BlockKind::Table => self.texts().all(|t| t.trim().is_empty()),
            BlockKind::H1 | BlockKind::H2 | BlockKind::H3 | BlockKind::H4 | BlockKind::P => {
                self.text.trim().is_empty()
            }
        }
    }
    fn check_savable(&self, path: &str, p: &mut Problems) {
        if self.table.is_some() != (self.kind == BlockKind::Table) {
            p.add(format!("{path}.table"), "error-field-malformed");
        }
        if self.image.is_some() != (self.kind == BlockKind::Image) {
            p.add(format!("{path}.image"), "error-field-malformed");
        }
        if self.kind == BlockKind::PageBreak && !self.text.is_empty() {
            p.add(format!("{path}.text"), "error-field-malformed");
        }
        if let Some(t) = &self.table {
            let columns = t.head.len();
            let even = t.rows.iter().all(|r| r.len() == columns) && t.align.len() == columns;
            if columns == 0 || !even {
                p.add(format!("{path}.table"), "error-field-malformed");
            }
            if columns > COLUMNS_MAX || t.rows.len() > ROWS_MAX {
                p.add_with(
                    format!("{path}.table"),
                    "documents-table-too-large",
                    [("columns", COLUMNS_MAX.into()), ("rows", ROWS_MAX.into())],
                );
            }
            for cell in self.texts().skip(1) {
                p.text(&format!("{path}.table"), cell, false, CELL_MAX);
            }
        }
        if let Some(image) = &self.image
            && !(image.sha256.len() == 64 && image.sha256.bytes().all(|c| c.is_ascii_hexdigit()))
        {
            p.add(format!("{path}.image"), "error-field-malformed");
        }
    }
}

/// 文稿 — the canonical content: what is drafted, approved by its hash and printed.
/// Number, copies and seal are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// 文种.
    pub kind: DocumentKind,
    /// 机关代字 it will be numbered under.
    pub series: String,
    /// With the red head of formal papers, or without.
    pub red_head: bool,
    /// 标题 in lines, broken by sense.
    pub title: Vec<String>,
    /// 主送, with its closing colon.
    pub recipients: String,
    /// 正文.
    pub blocks: Vec<Block>,
    /// 附件说明: names only.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// 抄送, may be empty.
    #[serde(default)]
    pub copy_to: String,
    /// The day whose findings it reports, for a daily circular.
    #[serde(default)]
    pub reports_on: Option<NaiveDate>,
    /// How it is shown on a notice board; absent from the canonical form while nothing was chosen.
    #[serde(default, skip_serializing_if = "PostingManner::is_usual")]
    pub posting: PostingManner,
}

/// 签发内容 — what an approval signs: the content with its 成文日期.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedContent {
    /// The canonical form; the first one does not name itself, so that its hashes stay what they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<u8>,
    /// The content.
    pub content: Content,
    /// 发文机关署名 at that time.
    pub organ: String,
    /// 成文日期: the date of signing.
    pub dated_on: NaiveDate,
}
impl SignedContent {
    /// Puts content, organ and date together in the lowest form that holds them.
    pub fn new(content: Content, organ: String, dated_on: NaiveDate) -> Self {
        let form = (content.form() > 1).then(|| content.form());
        SignedContent {
            form,
            content,
            organ,
            dated_on,
        }
    }
}

/// The most blocks of a document.
pub const BLOCKS_MAX: usize = 2_000;
/// The most characters of one block.
pub const BLOCK_MAX: usize = 100_000;
/// The most characters of a document.
pub const CONTENT_MAX: usize = 1_000_000;
/// The most columns of a table.
pub const COLUMNS_MAX: usize = 12;
/// The most rows of a table.
pub const ROWS_MAX: usize = 500;
/// The most characters of a cell.
pub const CELL_MAX: usize = 2_000;
/// The most images of a document.
pub const IMAGES_MAX: usize = 40;

impl Content {
    /// Checks what may be saved at all; an unfinished draft passes.
    ///
    /// # Errors
    /// [`Problems`]: too long, hidden characters, malformed block ids, 密级 words as a mark.
    pub fn check_savable(&self) -> Result<(), Problems> {
        let mut p = Problems::default();
        if self.title.len() > 5 {
            p.add_with(
                "title",
                "documents-title-too-many-lines",
                [("max", 5_i64.into())],
            );
        }
        for (i, line) in self.title.iter().enumerate() {
            p.text(&format!("title.{i}"), line, false, 100);
        }
        p.text("recipients", &self.recipients, false, 500);
        p.text("copy_to", &self.copy_to, false, 500);
        p.text("series", &self.series, true, 12);
        if self.attachments.len() > 50 {
            p.add_with(
                "attachments",
                "documents-attachments-too-many",
                [("max", 50_i64.into())],
            );
        }
        for (i, name) in self.attachments.iter().enumerate() {
            p.text(&format!("attachments.{i}"), name, false, 200);
        }
        if self.blocks.len() > BLOCKS_MAX {
            p.add_with(
                "blocks",
                "documents-blocks-too-many",
                [("max", BLOCKS_MAX.into())],
            );
        }
        let others = [
            ("recipients", &self.recipients),
            ("copy_to", &self.copy_to),
            ("series", &self.series),
        ];
        let title = self.title.iter().map(|t| ("title", t));
        let attachments = self.attachments.iter().map(|t| ("attachments", t));
        for (path, text) in others.into_iter().chain(title).chain(attachments) {
            if text.chars().any(is_bidi_control) {
                p.add(path, "error-field-hidden-characters");
            }
        }
        self.posting.check_savable(&mut p);
        let mut ids = std::collections::BTreeSet::new();
        let mut total = 0;
        for (i, b) in self.blocks.iter().enumerate() {
            let path = format!("blocks.{i}.text");
            total += b.texts().map(|t| t.chars().count()).sum::<usize>();
            p.text(&path, &b.text, false, BLOCK_MAX);
            if b.texts().any(|t| t.chars().any(is_bidi_control)) {
                p.add(path, "error-field-hidden-characters");
            }
            b.check_savable(&format!("blocks.{i}"), &mut p);
            let well_formed = (1..=40).contains(&b.id.len())
                && b.id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
            if !well_formed || !ids.insert(&b.id) {
                p.add(format!("blocks.{i}.id"), "error-field-malformed");
            }
        }
        if self.images().count() > IMAGES_MAX {
            p.add_with(
                "blocks",
                "documents-images-too-many",
                [("max", IMAGES_MAX.into())],
            );
        }
        if total > CONTENT_MAX {
            p.add_with(
                "blocks",
                "error-field-too-long",
                [("count", total.into()), ("max", CONTENT_MAX.into())],
            );
        }
        p.or(())
    }
    /// Returns the findings the text rests on, each once, in reading order.
    pub fn finding_ids(&self) -> Vec<Uuid> {
        let mut seen = std::collections::BTreeSet::new();
        self.blocks
            .iter()
            .flat_map(|b| &b.finding_ids)
            .copied()
            .filter(|id| seen.insert(*id))
            .collect()
    }
    /// Returns the canonical form that holds this content: 2 for what came with tables, images and attachment pages.
    pub fn form(&self) -> u8 {
        let later_kind = match self.kind {
            DocumentKind::Circular | DocumentKind::Notice => false,
            DocumentKind::Commendation | DocumentKind::InspectionResult => true,
        };
        let later_block = |b: &Block| match b.kind {
            BlockKind::H1 | BlockKind::H2 | BlockKind::H3 | BlockKind::H4 | BlockKind::P => false,
            BlockKind::Table | BlockKind::Image | BlockKind::PageBreak | BlockKind::Attachment => {
                true
            }
        };
        if later_kind || !self.posting.is_usual() || self.blocks.iter().any(later_block) {
            2
        } else {
            1
        }
    }
    /// Returns the images in reading order.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.blocks.iter().filter_map(|b| b.image.as_ref())
    }
    /// Returns every text that prints, in reading order: a new field cannot escape here.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        let Content {
            kind: _,
            series: _,
            red_head: _,
            title,
            recipients,
            blocks,
            attachments,
            copy_to,
            reports_on: _,
            posting: _,
        } = self;
        title
            .iter()
            .chain([recipients])
            .chain(blocks.iter().flat_map(Block::texts))
            .chain(attachments)
            .chain([copy_to])
    }
    /// Returns the names of 附件说明: those on pages of their own first, then those apart.
    pub fn attachment_names(&self) -> Vec<&str> {
        let own = self
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Attachment)
            .map(|b| b.text.as_str());
        let apart = self.attachments.iter().map(String::as_str);
        own.chain(apart.filter(|a| !a.trim().is_empty())).collect()
    }
    /// Returns the title as one line.
    pub fn title_line(&self) -> String {
        self.title.concat()
    }
}

/// Refuses state secrets: 密级 never enters this program.
///
/// # Errors
/// [`Refusal`] `documents-classified-refused` when a text claims to be classified (`绝密★`, `机密★`, `秘密★`).
pub fn refuse_classified(content: &Content) -> Result<(), Refusal> {
    for text in content.texts() {
        if checks::texts::secrecy_mark(text).is_some() {
            return Err(Refusal::new("documents-classified-refused"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(blocks: Vec<Block>) -> Content {
        Content {
            kind: DocumentKind::Circular,
            series: "临实小检".into(),
            red_head: true,
            title: vec!["关于检查情况的通报".into()],
            recipients: "各处室：".into(),
            blocks,
            attachments: vec![],
            copy_to: String::new(),
            reports_on: None,
            posting: PostingManner::default(),
        }
    }
    fn table(head: &[&str], rows: &[&[&str]]) -> Block {
        let strings = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        Block {
            table: Some(Table {
                head: strings(head),
                rows: rows.iter().map(|r| strings(r)).collect(),
                align: vec![Align::Left; head.len()],
            }),
            ..Block::new("t", BlockKind::Table, "")
        }
    }
    fn faults(content: &Content) -> Vec<String> {
        match content.check_savable() {
            Ok(()) => vec![],
            Err(p) => p.0.into_iter().map(|p| p.path).collect(),
        }
    }

    #[test]
    fn a_later_form_names_itself() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let form = |c: Content| SignedContent::new(c, String::new(), on).form;
        assert_eq!(form(content(vec![table(&["班级"], &[])])), Some(2));
        assert_eq!(
            form(content(vec![Block::new("x", BlockKind::PageBreak, "")])),
            Some(2)
        );
        let mut praise = content(vec![]);
        praise.kind = DocumentKind::Commendation;
        assert_eq!(form(praise), Some(2));
        assert_eq!(form(content(vec![])), None);
    }
    #[test]
    fn a_table_is_even_and_only_a_table_has_cells() {
        let even = table(&["班级", "情况"], &[&["三（2）班", "好"]]);
        assert_eq!(faults(&content(vec![even.clone()])), [""; 0]);
        let ragged = table(&["班级", "情况"], &[&["三（2）班"]]);
        assert_eq!(faults(&content(vec![ragged])), ["blocks.0.table"]);
        let disguised = Block {
            kind: BlockKind::P,
            ..even.clone()
        };
        assert_eq!(faults(&content(vec![disguised])), ["blocks.0.table"]);
        let bare = Block::new("b", BlockKind::Image, "");
        assert_eq!(faults(&content(vec![bare])), ["blocks.0.image"]);
        let wide = table(&["列"; 13], &[]);
        assert_eq!(faults(&content(vec![wide])), ["blocks.0.table"]);
        let hidden = table(&["班\u{202e}级"], &[]);
        assert_eq!(faults(&content(vec![hidden])), ["blocks.0.text"]);
    }
    #[test]
    fn no_text_escapes_the_reader() {
        let mut c = content(vec![
            Block::new("a", BlockKind::Attachment, "附件名"),
            table(&["表头"], &[&["格子"]]),
        ]);
        c.attachments.push("另附".into());
        c.copy_to = "抄送单位".into();
        let texts: Vec<&str> = c.texts().map(String::as_str).collect();
        for wanted in ["附件名", "表头", "格子", "另附", "抄送单位", "各处室："] {
            assert!(texts.contains(&wanted), "{wanted}");
        }
        let mut paths = Vec::new();
        let c = c.with_texts(&mut |path, _| {
            paths.push(path.to_owned());
            "×".into()
        });
        assert!(c.texts().all(|t| t == "×"));
        assert!(
            paths.contains(&"blocks.t.cells.1.0".to_owned()),
            "{paths:?}"
        );
        assert_eq!(c.attachment_names(), ["×", "×"]);
    }
    #[test]
    fn a_mark_of_secrecy_is_refused_wherever_it_stands() {
        for marked in ["机密★1年", "绝密★", "秘密 ★ 长期", "密级：机密"] {
            let c = content(vec![table(&["班级"], &[&[marked]])]);
            assert!(refuse_classified(&c).is_err(), "{marked}");
        }
        let c = content(vec![Block::new(
            "b",
            BlockKind::P,
            "做好保密工作，机密文件室上锁。",
        )]);
        assert!(refuse_classified(&c).is_ok());
    }
}
