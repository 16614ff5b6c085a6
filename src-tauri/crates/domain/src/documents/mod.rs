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
pub use posting::{BoardPaper, Posting};

/// 文种 — the kinds of document this office writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 通报
    Circular,
    /// 通知
    Notice,
}
impl DocumentKind {
    /// All kinds.
    pub const ALL: [DocumentKind; 2] = [DocumentKind::Circular, DocumentKind::Notice];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::Circular => "circular",
            DocumentKind::Notice => "notice",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// 正文块的层次 — four heading levels and the paragraph; the numbers 一、（一）1.（1） are computed.
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
}

/// 正文块 — one heading or paragraph.
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
    #[serde(default, skip_serializing_if = "Posting::is_usual")]
    pub posting: Posting,
}

/// 签发内容 — what an approval signs: the content with its 成文日期.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedContent {
    /// The content.
    pub content: Content,
    /// 发文机关署名 at that time.
    pub organ: String,
    /// 成文日期: the date of signing.
    pub dated_on: NaiveDate,
}

/// The most blocks of a document.
pub const BLOCKS_MAX: usize = 2_000;
/// The most characters of one block.
pub const BLOCK_MAX: usize = 100_000;
/// The most characters of a document.
pub const CONTENT_MAX: usize = 1_000_000;

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
            total += b.text.chars().count();
            p.text(&path, &b.text, false, BLOCK_MAX);
            if b.text.chars().any(is_bidi_control) {
                p.add(path, "error-field-hidden-characters");
            }
            let well_formed = (1..=40).contains(&b.id.len())
                && b.id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
            if !well_formed || !ids.insert(&b.id) {
                p.add(format!("blocks.{i}.id"), "error-field-malformed");
            }
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
    let texts = content
        .title
        .iter()
        .chain([&content.recipients, &content.copy_to])
        .chain(&content.attachments)
        .chain(content.blocks.iter().map(|b| &b.text));
    for text in texts {
        if ["绝密★", "机密★", "秘密★"].iter().any(|m| text.contains(m)) {
            return Err(Refusal::new("documents-classified-refused"));
        }
    }
    Ok(())
}
