//! Drafts, approval, issue.
use crate::wire::{Message, wire_enum};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

mod posting;

pub use posting::*;

wire_enum! {
    /// 文种.
    DocumentKind = domain::documents::DocumentKind { Circular, Notice, Commendation, InspectionResult }
}
wire_enum! {
    /// 层次.
    BlockKind = domain::documents::BlockKind { H1, H2, H3, H4, P, Table, Image, PageBreak, Attachment }
}
wire_enum! {
    /// 列对齐.
    Align = domain::documents::Align { Left, Center, Right }
}
wire_enum! {
    /// 图片宽度.
    ImageWidth = domain::documents::ImageWidth { Full, TwoThirds, Half, Third }
}
wire_enum! {
    /// 状态.
    StateKind = domain::documents::StateKind { Draft, Submitted, Approved, Issued, Rejected }
}
/// 正文块.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Stable within the document, made by the editor: 1–40 of `[0-9A-Za-z-]`.
    pub id: String,
    /// Heading, paragraph, table, image or break.
    pub kind: BlockKind,
    /// The text without its number; the title of a table, an image or an attachment.
    pub text: String,
    /// The findings it states.
    #[serde(default)]
    pub finding_ids: Vec<Uuid>,
    /// What a table holds, and only a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub table: Option<Table>,
    /// What an image shows, and only an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub image: Option<Image>,
}
/// 表格.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// 表头: 1–12 columns.
    pub head: Vec<String>,
    /// At most 500 rows of as many cells.
    pub rows: Vec<Vec<String>>,
    /// One for each column.
    pub align: Vec<Align>,
}
/// 图片.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The picture as kept by the office.
    pub attachment_id: Uuid,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// How wide it stands.
    pub width: ImageWidth,
}
/// 文稿.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// 文种.
    pub kind: DocumentKind,
    /// 机关代字.
    pub series: String,
    /// With the red head.
    pub red_head: bool,
    /// 标题 in lines.
    pub title: Vec<String>,
    /// 主送.
    pub recipients: String,
    /// 正文.
    pub blocks: Vec<Block>,
    /// 附件说明.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// 抄送.
    #[serde(default)]
    pub copy_to: String,
    /// The day it reports.
    #[serde(default)]
    pub reports_on: Option<NaiveDate>,
    /// How it is shown on a notice board.
    #[serde(default)]
    pub posting: Posting,
}
/// 意见.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct OpinionView {
    /// Who.
    pub name: String,
    /// As what.
    pub post: String,
    /// What was written.
    pub text: String,
    /// The date written with it.
    pub dated_on: NaiveDate,
    /// When it was entered.
    pub at: i64,
}
/// 经过 — one step a document took.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct StepView {
    /// The audited action, e.g. `documents.submit`.
    pub action: String,
    /// Who.
    pub name: String,
    /// As what.
    pub post: String,
    /// When.
    pub at: i64,
    /// What was written with it.
    pub text: String,
    /// The date written with it, for opinions.
    pub dated_on: Option<NaiveDate>,
}
/// A document in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentRow {
    /// Its id.
    pub id: Uuid,
    /// 文种.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: StateKind,
    /// It came back with remarks.
    pub returned: bool,
    /// The title in one line.
    pub title: String,
    /// 发文字号, once issued.
    pub number: Option<String>,
    /// Who drafts it.
    pub drafter: String,
    /// I draft it.
    pub own: bool,
    /// When it last changed.
    pub changed_at: i64,
    /// When it was submitted.
    pub submitted_at: Option<i64>,
    /// When it was issued.
    pub issued_at: Option<i64>,
    /// The day it reports.
    pub reports_on: Option<NaiveDate>,
    /// Counts its versions.
    pub ver: i64,
}
/// A document by itself.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentView {
    /// As in the list.
    pub row: DocumentRow,
    /// The text.
    pub content: Content,
    /// The steps it took, oldest first.
    pub steps: Vec<StepView>,
    /// The opinion that sent it back, ended or approved it.
    pub opinion: Option<OpinionView>,
    /// What I may do with it now: permission names, for greying out only.
    pub allowed: Vec<String>,
    /// Why I may not approve although I am a principal (own draft), as a message.
    pub approve_hint: Option<Message>,
    /// A text of mine that was kept because another was newer.
    pub kept_text: Option<KeptTextView>,
    /// Pages of the frozen PDF, once issued.
    pub pages: Option<i64>,
    /// SHA-256 of what was signed, once approved.
    pub signed_sha256: Option<String>,
    /// SHA-256 of the frozen PDF, once issued.
    pub pdf_sha256: Option<String>,
}
/// A text kept beside a newer one.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct KeptTextView {
    /// Its id.
    pub id: Uuid,
    /// When it was kept.
    pub at: i64,
    /// The text.
    pub content: Content,
}
/// Begins a draft, empty or from findings.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsDraftRequest {
    /// 文种.
    pub kind: DocumentKind,
    /// The findings to write up; empty for an empty draft.
    #[serde(default)]
    pub finding_ids: Vec<Uuid>,
    /// With the red head or without; with it if absent.
    #[serde(default)]
    #[ts(optional)]
    pub red_head: Option<bool>,
}
/// Names a document.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsDocumentRequest {
    /// The document.
    pub id: Uuid,
}
/// Saves a draft as typed.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsSaveRequest {
    /// The document.
    pub id: Uuid,
    /// The version that was read; `stale` if there is a newer one, and both texts are kept.
    pub ver: i64,
    /// The text.
    pub content: Content,
}
/// It is saved.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsSaveResponse {
    /// The new version.
    pub ver: i64,
    /// When.
    pub saved_at: i64,
}
/// Settles a text that was kept beside a newer one.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsSettleKeptRequest {
    /// The kept text.
    pub kept_id: Uuid,
}
/// Sets the page of a text that need not be saved yet.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsPreviewRequest {
    /// The text.
    pub content: Content,
    /// The page wanted, from 0; the last one if there are fewer.
    pub page: i64,
    /// A block whose page is wanted instead.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<String>,
}
/// The page as it will print.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsPreviewResponse {
    /// How many pages there are.
    pub pages: i64,
    /// Which one this is.
    pub page: i64,
    /// How far down the page the wanted block begins, in thousandths; none without one.
    pub spot: Option<i64>,
    /// It as SVG.
    pub svg: String,
    /// What the office should look at.
    pub checks: Vec<CheckView>,
    /// Characters that no font has: named before printing.
    pub missing_characters: Vec<String>,
    /// Official faces that are replaced here, as `方正小标宋 → Noto Serif SC`.
    pub substitutes: Vec<String>,
}
/// How grave a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckLevel {
    /// 须改: it cannot be submitted.
    Must,
    /// 应改.
    Should,
    /// 提醒.
    Hint,
}
/// 核对 — one thing to look at.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct CheckView {
    /// How grave.
    pub level: CheckLevel,
    /// A stable code.
    pub code: String,
    /// What it is.
    pub message: Message,
    /// The block it speaks of.
    pub block_id: Option<String>,
    /// Where the rule comes from: a message key.
    pub source_key: String,
}
/// Lists documents, last changed first.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsListRequest {
    /// Only these states; all if empty.
    #[serde(default)]
    pub states: Vec<StateKind>,
    /// Only mine.
    #[serde(default)]
    pub own: bool,
    /// Only titles and numbers that contain this.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Continue behind this row.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<DocumentCursor>,
    /// At most this many, ≤ 200; 100 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}
/// A place in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentCursor {
    /// The last row's time.
    pub changed_at: i64,
    /// The last row's id.
    pub id: Uuid,
}
/// A window of the list.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsListResponse {
    /// The rows.
    pub rows: Vec<DocumentRow>,
    /// Where to continue, if there is more.
    pub next: Option<DocumentCursor>,
}
/// A move of a document at a known version.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsMoveRequest {
    /// The document.
    pub id: Uuid,
    /// The version that was read.
    pub ver: i64,
}
/// Approves: opinion, full date, password.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsApproveRequest {
    /// The document.
    pub id: Uuid,
    /// The version that was read.
    pub ver: i64,
    /// The opinion, e.g. `同意印发。`
    pub opinion: String,
    /// 成文日期.
    pub dated_on: NaiveDate,
    /// The own password, again.
    pub password: String,
}
/// Sends back or rejects with remarks.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsReturnRequest {
    /// The document.
    pub id: Uuid,
    /// The version that was read.
    pub ver: i64,
    /// Why.
    pub remarks: String,
}
/// Issues what was approved.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsIssueRequest {
    /// The document.
    pub id: Uuid,
    /// The version that was read.
    pub ver: i64,
}
/// What a document would be numbered now; the number is taken at issue only.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsNextNumberResponse {
    /// The number as it would stand.
    pub number: String,
}
/// A page of a stored document.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentsPageRequest {
    /// The document.
    pub id: Uuid,
    /// The page, from 0; the last one if there are fewer.
    pub page: i64,
}
/// The page.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsPageResponse {
    /// How many pages there are.
    pub pages: i64,
    /// Which one this is.
    pub page: i64,
    /// It as SVG.
    pub svg: String,
}
/// Where the PDF was saved.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsSavePdfResponse {
    /// The file's name.
    pub file: String,
    /// The folder, for people to read.
    pub folder: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}
/// What changed between the last submitted version and this one is shown by the editor; here the versions.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DocumentsVersionsResponse {
    /// Texts as they were submitted, oldest first.
    pub versions: Vec<VersionView>,
}
/// A submitted version.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VersionView {
    /// The document's version number then.
    pub ver: i64,
    /// When it was submitted.
    pub at: i64,
    /// By whom.
    pub name: String,
    /// The text.
    pub content: Content,
}
