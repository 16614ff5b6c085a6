//! What waits for me today.
use crate::{documents::DocumentRow, inspections::FindingRow, postings::PostingRow};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A day whose findings are in no submitted document.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct UnreportedDay {
    /// The day.
    pub on: NaiveDate,
    /// Its findings that stand in no submitted document.
    pub findings: i64,
    /// Until when by the office's rule, Unix ms.
    pub due_at: i64,
    /// That time is over.
    pub late: bool,
    /// The day itself is over, and with it what S000-4 allows.
    pub overdue: bool,
    /// A draft that already holds some of them.
    pub draft: Option<DocumentRow>,
}
/// Today.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TodayOverviewResponse {
    /// Now, Unix ms.
    pub now: i64,
    /// The day.
    pub today: NaiveDate,
    /// Documents that wait for me: to approve, to issue, or sent back to me.
    pub waiting: Vec<DocumentRow>,
    /// Documents of mine under way.
    pub under_way: Vec<DocumentRow>,
    /// Days with findings but without a submitted bulletin, newest first, at most 14 days back.
    pub unreported: Vec<UnreportedDay>,
    /// Problems whose rectification falls due today or is overdue, the nearest day first.
    pub rectifications_due: Vec<FindingRow>,
    /// Sheets that are to come down from their boards, the longest overdue first.
    pub take_down: Vec<PostingRow>,
    /// Today's findings, newest first.
    pub findings: Vec<FindingRow>,
}
/// 当日时限.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TodayRule {
    /// Minutes after midnight, 1–1440, by which a day's findings must be handed in.
    pub by_minute: i64,
}
