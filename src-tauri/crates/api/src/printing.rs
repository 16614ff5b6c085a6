//! Printing, the ledger of prints, the faces in use.
use crate::wire::wire_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire_enum! {
    /// 稿别.
    SheetKind = domain::printing::SheetKind { ArchiveCopy, BoardSheet, Draft }
}
wire_enum! {
    /// 单双面.
    Sides = domain::printing::Sides { OneSided, TwoSided }
}
wire_enum! {
    /// 打印故障.
    Trouble = domain::printing::Trouble {
        NoService, NoQueue, Paused, Offline, OutOfPaper, Jammed, CoverOpen, OutOfInk, Aborted, Unknown
    }
}
/// 纸型.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Media {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
}
impl From<domain::printing::Media> for Media {
    fn from(m: domain::printing::Media) -> Self {
        match m {
            domain::printing::Media::A4 => Media::A4,
            domain::printing::Media::A3 => Media::A3,
        }
    }
}
impl From<Media> for domain::printing::Media {
    fn from(m: Media) -> Self {
        match m {
            Media::A4 => domain::printing::Media::A4,
            Media::A3 => domain::printing::Media::A3,
        }
    }
}
/// 打印状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintStateKind {
    /// Written down, on its way to the print service.
    Sending,
    /// The print service has it.
    Printing,
    /// It came out.
    Printed,
    /// It did not come out.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}
/// A queue of the machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct QueueRow {
    /// The name that jobs are sent to.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The machine's own choice.
    pub is_default: bool,
    /// It prints on both sides.
    pub two_sided: bool,
    /// It takes A3.
    pub a3: bool,
    /// What keeps it from printing, if anything does.
    pub trouble: Option<Trouble>,
}
/// The queues of the machine.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintingQueuesResponse {
    /// The queues.
    pub queues: Vec<QueueRow>,
    /// Why none can be told, if the print service does not answer.
    pub trouble: Option<Trouble>,
}
/// A face in use on paper.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct FontRow {
    /// What it is used for: `title`, `body`, `heading`, `subheading`, `page_number`, `rare`.
    pub role: String,
    /// The face that the standard and practice name; none for rare characters.
    pub wanted: Option<String>,
    /// The face that is used.
    pub used: String,
    /// It stands in for the wanted one.
    pub stand_in: bool,
}
/// The faces in use.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintingFontsResponse {
    /// One row a role.
    pub fonts: Vec<FontRow>,
}
/// What a person chooses before printing.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintSettings {
    /// The queue.
    pub printer: String,
    /// 份数.
    pub copies: i64,
    /// On which sides.
    pub sides: Sides,
    /// On which paper.
    pub media: Media,
}
/// Begins a print dialog.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintingStartRequest {
    /// The document.
    pub document_id: Uuid,
}
/// A sheet that can be printed.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintableRow {
    /// Which sheet.
    pub sheet: SheetKind,
    /// Its pages; absent for a draft, which is set when it is printed.
    pub pages: Option<i64>,
    /// The paper it is made for.
    pub media: Media,
    /// Copies that came out or may have.
    pub copies_out: i64,
    /// Printing it now needs a reason.
    pub reason_needed: bool,
}
/// What a print dialog begins with.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintingStartResponse {
    /// The queues.
    pub queues: Vec<QueueRow>,
    /// Why none can be told, if the print service does not answer.
    pub trouble: Option<Trouble>,
    /// The sheets.
    pub sheets: Vec<PrintableRow>,
    /// What I chose last, on a queue that is still there; else the machine's default, one copy.
    pub settings: PrintSettings,
    /// The faces in use.
    pub fonts: Vec<FontRow>,
}
/// Prints a sheet of a document.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintingPrintRequest {
    /// The document.
    pub document_id: Uuid,
    /// Which sheet of it.
    pub sheet: SheetKind,
    /// Queue, copies, sides, paper.
    pub settings: PrintSettings,
    /// Why it is printed again; needed if it was printed before.
    #[serde(default)]
    pub reason: String,
}
/// Names a print.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintingFollowRequest {
    /// The print.
    pub id: Uuid,
}
/// One line of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintRow {
    /// Its id.
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// 发文字号; empty for a draft.
    pub number: String,
    /// The document's title; empty once a draft is discarded, and while a print is followed.
    pub title: String,
    /// Which sheet.
    pub sheet: SheetKind,
    /// Who printed.
    pub name: String,
    /// As what.
    pub post: String,
    /// When.
    pub at: i64,
    /// Its place in the ledger.
    pub seq: i64,
    /// What was chosen.
    pub settings: PrintSettings,
    /// Pages of one copy.
    pub pages: i64,
    /// SHA-256 of what was sent, hex.
    pub sha256: String,
    /// Why again.
    pub reason: String,
    /// What became of it.
    pub state: PrintStateKind,
    /// Why it did not come out.
    pub trouble: Option<Trouble>,
    /// When it ended.
    pub ended_at: Option<i64>,
}
/// How a print is.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintingFollowResponse {
    /// Its line in the ledger.
    pub print: PrintRow,
    /// What holds it up although it is not over.
    pub held_up: Option<Trouble>,
}
/// Lists the ledger, newest first.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintingListRequest {
    /// Only this document's.
    #[serde(default)]
    #[ts(optional)]
    pub document_id: Option<Uuid>,
    /// Continue behind this line.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<PrintCursor>,
    /// At most this many, ≤ 200; 100 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}
/// A place in the ledger.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintCursor {
    /// The last line's place.
    pub seq: i64,
}
/// A window of the ledger.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrintingListResponse {
    /// The lines.
    pub rows: Vec<PrintRow>,
    /// Where to continue, if there is more.
    pub next: Option<PrintCursor>,
}
