//! What an office sets for its findings, and the filters people keep.
use super::Category;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A category as the office calls it, in its order.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct CategoryRow {
    /// Its code.
    pub code: Category,
    /// What it is called; empty: as the regulation does.
    pub label: String,
    /// It is offered no more.
    pub hidden: bool,
}
/// The categories, and until when findings may be amended.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsPresetsResponse {
    /// All categories in the office's order.
    pub categories: Vec<CategoryRow>,
    /// Until which minute of its day a finding may be amended: 1440 is 24:00.
    pub amend_until_minute: i64,
}
/// A category as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryWish {
    /// Its code; nothing for a new one.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<Category>,
    /// What it shall be called; empty: as the regulation does.
    pub label: String,
    /// Offer it no more.
    pub hidden: bool,
}
/// Calls, hides and orders the categories.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsArrangeCategoriesRequest {
    /// All categories there are, and new ones, in their order.
    pub categories: Vec<CategoryWish>,
}
/// Sets until when findings may be amended.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsSetClosingRequest {
    /// The minute of the finding's day, 720 to 1440.
    pub minute: i64,
}
/// A filter that a person keeps.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct SavedFilterRow {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it holds: JSON of the screen.
    pub filter: String,
}
/// The filters that a person keeps.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsFiltersResponse {
    /// By name.
    pub filters: Vec<SavedFilterRow>,
}
/// Keeps a filter; one of that name is replaced.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsSaveFilterRequest {
    /// Its name, ≤ 20 characters.
    pub name: String,
    /// What it holds: JSON of the screen, ≤ 4,000 characters.
    pub filter: String,
}
