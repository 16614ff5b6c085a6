//! Copies of the office, and putting one of them back.
use crate::wire::wire_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

wire_enum! {
    /// Why a backup was made.
    BackupReason = domain::backup::BackupReason { Scheduled, ByHand, BeforeRestore, BeforeUpgrade, BeforeRecovery }
}
wire_enum! {
    /// How a backup stands to the office.
    Relation = domain::backup::Relation { Same, Older, Newer, Diverged }
}
wire_enum! {
    /// What a file turned out to be.
    BackupCondition = office::backup::Condition { Good, Damaged, OtherOffice, TooNew }
}

/// How the second copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondState {
    /// No second place was chosen.
    NotChosen,
    /// Chosen, but nothing arrived there yet.
    Never,
    /// A copy arrived within a week.
    Good,
    /// The last one is older than a week.
    Late,
    /// The last attempt failed.
    Failed,
}
/// How safe the office is, in a few figures.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupStatusResponse {
    /// Now, Unix ms.
    pub now: i64,
    /// When the last good backup on this machine was made.
    pub last_good_at: Option<i64>,
    /// Whole days since then.
    pub age_days: Option<i64>,
    /// How the second copy stands.
    pub second: SecondState,
    /// When the last one arrived.
    pub second_at: Option<i64>,
    /// Why the last attempt failed: the key of a message.
    pub second_failure: Option<String>,
    /// The disk is nearly full: nothing is written.
    pub read_only: bool,
}
/// A file in a place of backups.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupRow {
    /// The file, to be named in later requests.
    pub file: String,
    /// Its name without its folder.
    pub name: String,
    /// What it is.
    pub condition: BackupCondition,
    /// When it was made; 0 where that cannot be read.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
    /// The last audit entry in it.
    pub seq: i64,
    /// Its length in bytes.
    pub bytes: i64,
    /// The office in it.
    pub office_name: String,
}
/// How often, how many, and where the second copy goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupPlanView {
    /// While something changes, at most this many minutes without a backup.
    pub every_minutes: i64,
    /// Every backup of so many days is kept.
    pub all_days: i64,
    /// The last one of so many days.
    pub daily: i64,
    /// The last one of so many weeks.
    pub weekly: i64,
    /// The last one of so many months.
    pub monthly: i64,
    /// The folder on another disk; none for no second copy.
    #[serde(default)]
    pub second_place: Option<String>,
}
/// All that the administrator's page of backups shows.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupOverviewResponse {
    /// The plan.
    pub plan: BackupPlanView,
    /// The figures.
    pub status: BackupStatusResponse,
    /// The folder of backups on this machine.
    pub folder: String,
    /// The backups in it, newest first.
    pub here: Vec<BackupRow>,
    /// Those in the second place, newest first.
    pub second: Vec<BackupRow>,
    /// Disks that can be carried away and are there now.
    pub disks: Vec<String>,
}
/// Makes a backup now.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupMakeRequest {
    /// Another folder than the usual one.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<String>,
}
/// A backup that was opened again and found good.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupMakeResponse {
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The last audit entry in it.
    pub seq: i64,
    /// Its length in bytes.
    pub bytes: i64,
    /// When it was made.
    pub made_at: i64,
    /// How the second copy stands now.
    pub second: SecondState,
}
/// Names a backup.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupFileRequest {
    /// The file.
    pub file: String,
}
/// Records of one kind that one side has and the other does not.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupWork {
    /// The kind of record, as the audit calls it.
    pub object_kind: String,
    /// How many.
    pub records: i64,
    /// The first of them, Unix ms.
    pub since: i64,
}
/// Somebody who can sign in to a backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupAccount {
    /// What they type.
    pub sign_in_name: String,
    /// Their name.
    pub display_name: String,
    /// Their post.
    pub post: String,
    /// They may replace a damaged office.
    pub administrator: bool,
}
/// What a backup is, and what restoring it would cost.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupPreviewView {
    /// The office in it.
    pub office_name: String,
    /// When it was made.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
    /// The last audit entry in it.
    pub seq: i64,
    /// Its length in bytes.
    pub bytes: i64,
    /// How it stands to the office; none where there is nothing to compare.
    pub relation: Option<Relation>,
    /// What would be lost.
    pub lost: Vec<BackupWork>,
    /// Since when.
    pub lost_since: Option<i64>,
    /// What would come back that the office does not have.
    pub gained: Vec<BackupWork>,
    /// How many attachments are not beside it.
    pub attachments_missing: i64,
    /// Who can sign in to it, where nobody is signed in.
    pub accounts: Vec<BackupAccount>,
}
/// Puts a backup in place of the office. Everybody is signed out by it.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupRestoreRequest {
    /// The file.
    pub file: String,
    /// The own password now.
    pub password: String,
    /// The own password when the backup was made, if it was another.
    #[serde(default)]
    #[ts(optional)]
    pub password_then: Option<String>,
    /// What would be lost was seen and is accepted.
    #[serde(default)]
    pub accept_loss: bool,
}
/// The office was replaced.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupRestoreResponse {
    /// The name of the copy of the office as it was before.
    pub safety_copy: String,
}
/// Looks for backups where there is no office.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupFoundRequest {
    /// A folder to look in; disks that can be carried away are looked through anyway.
    #[serde(default)]
    #[ts(optional)]
    pub folder: Option<String>,
}
/// What was found.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupFoundResponse {
    /// The backups, newest first.
    pub rows: Vec<BackupRow>,
}
/// Makes an office of a backup where there is none, or one that cannot be opened.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupRestoreHereRequest {
    /// The file.
    pub file: String,
    /// Who restores it.
    pub sign_in_name: String,
    /// Their password when the backup was made.
    pub password: String,
}
