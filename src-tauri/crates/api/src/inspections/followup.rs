//! What is added to a finding and never taken back.
use super::{FindingRow, FindingText};
use crate::wire::wire_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire_enum! {
    /// 回复、销号、重新整改.
    FollowupAction = domain::inspections::followup::FollowupAction { Reply, Confirm, Reopen }
}
/// One step of putting right.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct FollowupStepView {
    /// Its id.
    pub id: Uuid,
    /// What was done.
    pub action: FollowupAction,
    /// In words.
    pub text: String,
    /// Photos.
    pub photos: Vec<Uuid>,
    /// When, Unix ms.
    pub at: i64,
    /// Who.
    pub name: String,
}
/// One correction.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct CorrectionView {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub reason: String,
    /// When, Unix ms.
    pub at: i64,
    /// Who.
    pub name: String,
    /// The whole text as it is to be read.
    pub text: FindingText,
}
/// A finding with all that was added to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct FindingHistory {
    /// As it is to be read now.
    pub row: FindingRow,
    /// As it was first written, if it was corrected.
    pub as_written: Option<FindingText>,
    /// The corrections, oldest first.
    pub corrections: Vec<CorrectionView>,
    /// The steps of putting right, oldest first.
    pub steps: Vec<FollowupStepView>,
}
/// Corrects a closed finding.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsCorrectRequest {
    /// The finding.
    pub id: Uuid,
    /// How many corrections were seen.
    pub corrections: i64,
    /// The whole text as it is to be read; when it was seen stays.
    pub text: FindingText,
    /// Why, ≤ 200 characters.
    pub reason: String,
}
/// Adds a step of putting right.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsStepRequest {
    /// The finding.
    pub id: Uuid,
    /// How many steps were seen.
    pub steps: i64,
    /// In words, ≤ 1,000 characters; a confirmation needs none.
    #[serde(default)]
    pub text: String,
    /// Photos, ≤ 9.
    #[serde(default)]
    pub photos: Vec<Uuid>,
}
/// Logs what members of the 校委会 found.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsSuperviseRequest {
    /// What was found.
    pub text: FindingText,
    /// 督查人.
    pub supervisors: Vec<String>,
    /// 公布时间, Unix ms, once it was made known.
    #[serde(default)]
    #[ts(optional)]
    pub announced_at: Option<i64>,
}
/// Notes when a 督查结果 was made known.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsAnnounceRequest {
    /// The finding.
    pub id: Uuid,
    /// When, Unix ms.
    pub announced_at: i64,
}
