//! The board sheet: how it is shown, whose names it hides, what it still tells.
use super::{CheckView, Content};
use crate::wire::wire_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire_enum! {
    /// 张贴纸张.
    BoardPaper = domain::documents::BoardPaper { A4, A3 }
}
wire_enum! {
    /// 遮法.
    MaskForm = domain::masking::MaskForm { Marks, SomePupil }
}
wire_enum! {
    /// 处理.
    MaskChoice = domain::masking::MaskChoice { Mask, NotPupil, Keep }
}
wire_enum! {
    /// 存疑.
    Doubt = domain::masking::Doubt { WithinWord, StaffName }
}
wire_enum! {
    /// 受众.
    Audience = domain::masking::Audience { Board, Parents, Staff, Superior }
}
wire_enum! {
    /// 线索的种类.
    ClueKind = domain::masking::ClueKind {
        Role, SmallClass, GivenName, Nickname, Phone, IdentityNumber, Address, BirthDate, Bed, ParentName, Health, Family,
    }
}
/// 遮名决定.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaskDecision {
    /// The name as it stands on the register.
    pub name: String,
    /// The word it may be part of; empty for the name by itself.
    #[serde(default)]
    pub word: String,
    /// What was decided.
    pub choice: MaskChoice,
    /// Why the name is shown in full.
    #[serde(default)]
    pub reason: String,
}
/// 张贴方式.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// The paper.
    pub paper: BoardPaper,
    /// What stands instead of a name.
    pub form: MaskForm,
    /// What was decided about single names.
    pub decisions: Vec<MaskDecision>,
}
impl Default for Posting {
    fn default() -> Self {
        let domain::documents::PostingManner { paper, form, .. } = Default::default();
        Posting {
            paper: paper.into(),
            form: form.into(),
            decisions: Vec::new(),
        }
    }
}
/// Asks which names of a text are masked on its board sheet; the text need not be saved yet.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsMasksRequest {
    /// The text.
    pub content: Content,
}
/// A pupil's name in a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct MaskView {
    /// Which text: `title`, `recipients`, `blocks.<id>.text`, `attachments.0`, `copy_to`.
    pub path: String,
    /// The block it stands in.
    pub block_id: Option<String>,
    /// The name on the register.
    pub name: String,
    /// The pupils who bear it.
    pub pupils: Vec<Uuid>,
    /// What is written.
    pub from: String,
    /// What will stand on the sheet.
    pub to: String,
    /// Why it is not certain that the pupil is meant.
    pub doubt: Option<Doubt>,
    /// The word it may be part of.
    pub word: String,
    /// What was decided.
    pub choice: Option<MaskChoice>,
    /// Why it is kept.
    pub reason: String,
    /// Somebody must decide before the text is submitted.
    pub asks: bool,
}
/// Something that could still tell who a child is.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct ClueView {
    /// What kind.
    pub kind: ClueKind,
    /// Which text.
    pub path: String,
    /// The block it stands in.
    pub block_id: Option<String>,
    /// The words themselves.
    pub text: String,
}
/// What the board sheet of a text hides.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsMasksResponse {
    /// For whom it is.
    pub audience: Audience,
    /// The names, in reading order.
    pub masks: Vec<MaskView>,
    /// What could still tell who a child is.
    pub clues: Vec<ClueView>,
    /// What must be decided before the text is submitted.
    pub checks: Vec<CheckView>,
}
/// The frozen sheet for notice boards.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BoardSheetView {
    /// Its id.
    pub id: Uuid,
    /// The paper.
    pub paper: BoardPaper,
    /// How many sheets of it.
    pub pages: i64,
    /// 核验码 as it is read: in threes.
    pub code: String,
    /// SHA-256 of the PDF, hex.
    pub pdf_sha256: String,
    /// When it was frozen.
    pub frozen_at: i64,
}
/// What the board sheet of a stored document hides, and the sheet once it is frozen.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsPostingResponse {
    /// For whom it is.
    pub audience: Audience,
    /// The names, in reading order; as frozen once issued.
    pub masks: Vec<MaskView>,
    /// What could still tell who a child is.
    pub clues: Vec<ClueView>,
    /// The sheet, once issued; none for documents issued before there were sheets.
    pub sheet: Option<BoardSheetView>,
}
/// Sets the board sheet of a text that need not be saved yet.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsBoardPreviewRequest {
    /// The text.
    pub content: Content,
    /// The page wanted, from 0; the last one if there are fewer.
    pub page: i64,
}
