//! The audit, readable.
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Lists audit entries, newest first.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditListRequest {
    /// Only entries before this one.
    #[serde(default)]
    #[ts(optional)]
    pub before_seq: Option<i64>,
    /// Only entries of this record.
    #[serde(default)]
    #[ts(optional)]
    pub object_id: Option<Uuid>,
}
/// An entry.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AuditRow {
    /// Its place in the order of things.
    pub seq: i64,
    /// When, by this machine's clock.
    pub at: i64,
    /// That clock was behind an earlier entry.
    pub clock_suspect: bool,
    /// Who.
    pub name: String,
    /// With which roles.
    pub roles: String,
    /// What was done, `feature.verb`.
    pub action: String,
    /// To what kind of record.
    pub object_kind: String,
    /// To which.
    pub object_id: Uuid,
    /// It carries a personal signature.
    pub signed: bool,
    /// The first 16 hex digits of its hash.
    pub hash: String,
}
/// A window of entries.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AuditListResponse {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// Where to continue.
    pub next_seq: Option<i64>,
}
/// Something that does not add up.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct VerifyFinding {
    /// What, as a stable code.
    pub code: String,
    /// The record, as `kind/id`; empty for the chain.
    pub object: String,
    /// The entry.
    pub seq: i64,
}
/// What the verifier found.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AuditVerifyResponse {
    /// Nothing is wrong.
    pub ok: bool,
    /// All that is wrong.
    pub findings: Vec<VerifyFinding>,
    /// How many entries were read.
    pub entries: i64,
    /// The day of the check.
    pub on: NaiveDate,
}
