//! Boards, what hangs on them, and papers compared with their frozen page.
use crate::documents::{BoardPaper, DocumentKind};
use crate::wire::{Message, wire_enum};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire_enum! {
    /// 核验结果.
    Standing = domain::postings::Standing { Valid, Corrected, Withdrawn, Expired, Unknown, Foreign }
}
/// Where the upper left corner of a page hangs, in millimetres from that of the board.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS, JsonSchema)]
pub struct Spot {
    /// From the left.
    pub x_mm: i64,
    /// From the top.
    pub y_mm: i64,
}
/// What the office writes down of a board.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardText {
    /// What people call it, ≤ 30 characters.
    pub name: String,
    /// Where it hangs.
    #[serde(default)]
    pub place: String,
    /// Inner width.
    pub width_mm: i64,
    /// Inner height.
    pub height_mm: i64,
    /// How many days a sheet hangs here unless somebody says otherwise: a habit of the house, no rule.
    pub term_days: i64,
}
/// 张贴稿 as a board shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct SheetRow {
    /// Its id.
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// 文种.
    pub kind: DocumentKind,
    /// The title in one line.
    pub title: String,
    /// 发文字号.
    pub number: String,
    /// With the red head.
    pub red_head: bool,
    /// When its document was issued, Unix ms.
    pub issued_at: i64,
    /// On which paper.
    pub paper: BoardPaper,
    /// Its pages.
    pub pages: i64,
    /// The code in its foot, as it is printed.
    pub code: String,
}
/// That a sheet was taken down.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct TakenDown {
    /// When it was confirmed.
    pub at: i64,
    /// Who confirmed it.
    pub name: String,
    /// Why before its time; none when the time was over.
    pub early: Option<String>,
}
/// 张贴 — a sheet on a board.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingRow {
    /// Its id.
    pub id: Uuid,
    /// The board.
    pub board_id: Uuid,
    /// What the board is called.
    pub board_name: String,
    /// The sheet.
    pub sheet: SheetRow,
    /// Where each page hangs.
    pub spots: Vec<Spot>,
    /// Since when.
    pub posted_on: NaiveDate,
    /// Its last day.
    pub until_on: NaiveDate,
    /// When it was entered.
    pub posted_at: i64,
    /// Who hung it.
    pub poster: String,
    /// Photos of it on the wall, in their order.
    pub photos: Vec<Uuid>,
    /// It is to come down today.
    pub due: bool,
    /// How many days it hangs too long.
    pub overdue_days: i64,
    /// That it was taken down; none while it hangs.
    pub down: Option<TakenDown>,
}
/// 张贴栏 with what hangs on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BoardView {
    /// Its id.
    pub id: Uuid,
    /// Counts its versions from 1.
    pub ver: i64,
    /// What is written of it.
    pub text: BoardText,
    /// It is out of use.
    pub retired: bool,
    /// How many A4 pages fit on the empty board.
    pub capacity_a4: i64,
    /// How many A3 pages fit on the empty board.
    pub capacity_a3: i64,
    /// What hangs on it, in the order in which it was hung.
    pub hanging: Vec<PostingRow>,
    /// Where an A4 page could still hang.
    pub free_a4: Vec<Spot>,
    /// Where an A3 page could still hang.
    pub free_a3: Vec<Spot>,
    /// When a paper on it was last compared with its frozen page.
    pub checked_at: Option<i64>,
}
/// All boards.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsBoardsResponse {
    /// Now, Unix ms.
    pub now: i64,
    /// The day.
    pub today: NaiveDate,
    /// The boards, those in use first.
    pub boards: Vec<BoardView>,
    /// What is to come down today, the longest overdue first.
    pub due: Vec<PostingRow>,
    /// How many days a sheet hangs on a new board, until the office says otherwise.
    pub preset_term_days: i64,
}
/// Adds a board.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsAddBoardRequest {
    /// What is written of it.
    pub text: BoardText,
}
/// Writes a board again.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsAmendBoardRequest {
    /// The board.
    pub board_id: Uuid,
    /// The version that was read.
    pub ver: i64,
    /// What is written of it.
    pub text: BoardText,
}
/// Takes a board out of use, or into use again.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsRetireBoardRequest {
    /// The board.
    pub board_id: Uuid,
    /// The version that was read.
    pub ver: i64,
    /// Out of use, or into use again.
    pub retired: bool,
}
/// Names a board that changed.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsBoardResponse {
    /// The board.
    pub board_id: Uuid,
}
/// Lists sheets that can hang.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsSheetsRequest {
    /// Only those of this document.
    #[serde(default)]
    #[ts(optional)]
    pub document_id: Option<Uuid>,
    /// Only those whose title or number contains this.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
}
/// A sheet with where it hangs and hung.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct SheetView {
    /// The sheet.
    pub sheet: SheetRow,
    /// Its postings, oldest first.
    pub postings: Vec<PostingRow>,
}
/// Sheets, those never posted first.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsSheetsResponse {
    /// The sheets, at most 100.
    pub sheets: Vec<SheetView>,
}
/// Records that a sheet hangs, on all of these boards or on none.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsPostRequest {
    /// The sheet.
    pub sheet_id: Uuid,
    /// The boards.
    pub board_ids: Vec<Uuid>,
    /// Since when.
    pub posted_on: NaiveDate,
    /// Its last day; each board's own term if absent.
    #[serde(default)]
    #[ts(optional)]
    pub until_on: Option<NaiveDate>,
}
/// What hangs now.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsPostResponse {
    /// One posting a board.
    pub postings: Vec<PostingRow>,
}
/// Confirms that a sheet was taken down.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsTakeDownRequest {
    /// The posting.
    pub posting_id: Uuid,
    /// Why before its time; may be empty when its time is over.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}
/// Keeps which photos prove that a sheet hangs.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsPhotographRequest {
    /// The posting.
    pub posting_id: Uuid,
    /// All its photos, attached before, in their order.
    pub photos: Vec<Uuid>,
}
/// Lists what hangs and hung, last entered first.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsListRequest {
    /// Only on this board.
    #[serde(default)]
    #[ts(optional)]
    pub board_id: Option<Uuid>,
    /// Only what hangs.
    #[serde(default)]
    pub hanging: bool,
    /// Continue behind this row.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<PostingCursor>,
    /// At most this many, ≤ 200; 100 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}
/// A place in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingCursor {
    /// When the last row was entered.
    pub posted_at: i64,
    /// The last row's id.
    pub id: Uuid,
}
/// A window of the list.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsListResponse {
    /// The rows.
    pub rows: Vec<PostingRow>,
    /// Where to continue, if there is more.
    pub next: Option<PostingCursor>,
}
/// The pages of the take-down slip.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsSlipResponse {
    /// Each page as SVG.
    pub pages: Vec<String>,
}
/// Where the take-down slip was saved.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsSaveSlipResponse {
    /// The name of the file.
    pub file: String,
    /// The folder it lies in.
    pub folder: String,
    /// Its SHA-256.
    pub sha256: String,
}
/// Looks up a code that was typed or scanned.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsLookupCodeRequest {
    /// The code, or what the QR code says: ≤ 200 characters, in any writing.
    pub text: String,
}
/// 核对 — what a person found.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct SheetCheckRow {
    /// What the sheet was worth then.
    pub standing: Standing,
    /// The paper says what the frozen page says.
    pub same: bool,
    /// What differed.
    pub note: String,
    /// When.
    pub at: i64,
    /// Who compared.
    pub name: String,
}
/// What a paper on a wall is worth.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsLookupCodeResponse {
    /// 核验结果.
    pub standing: Standing,
    /// The code as it was understood; empty if it could not be read as one.
    pub code: String,
    /// Why, and what to do.
    pub hint: Message,
    /// The sheet; none when there is none of this office.
    pub sheet: Option<SheetRow>,
    /// Where it hangs and hung.
    pub postings: Vec<PostingRow>,
    /// The last comparisons, newest first.
    pub checks: Vec<SheetCheckRow>,
}
/// Asks for the pages of a board sheet.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsSheetPagesRequest {
    /// The sheet.
    pub sheet_id: Uuid,
}
/// The frozen pages of a board sheet.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PostingsSheetPagesResponse {
    /// Each page as SVG.
    pub pages: Vec<String>,
}
/// Records what a person found when comparing a paper with its frozen page.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingsCheckSheetRequest {
    /// The sheet.
    pub sheet_id: Uuid,
    /// The paper says what the frozen page says.
    pub same: bool,
    /// What differs; required when it does.
    #[serde(default)]
    pub note: String,
}
