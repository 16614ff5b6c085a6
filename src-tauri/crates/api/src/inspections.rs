//! Findings of the day.
mod followup;
mod presets;
mod register;

pub use followup::*;
pub use presets::*;
pub use register::*;

use crate::wire::wire_enum;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// 检查类别 (C-01): one of the eight, e.g. `teaching`, or one of the office's own, e.g. `own_1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct Category(pub domain::inspections::Category);
impl Serialize for Category {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.code())
    }
}
impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        domain::inspections::Category::from_code(&code)
            .map(Category)
            .ok_or_else(|| serde::de::Error::custom("no category"))
    }
}
impl JsonSchema for Category {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Category".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
impl From<domain::inspections::Category> for Category {
    fn from(c: domain::inspections::Category) -> Self {
        Category(c)
    }
}
impl From<Category> for domain::inspections::Category {
    fn from(c: Category) -> Self {
        c.0
    }
}
wire_enum! {
    /// 待整改、已回复、已销号.
    FollowupState = domain::inspections::followup::FollowupState { Open, Replied, Closed }
}
wire_enum! {
    /// 表扬、问题、工作情况.
    Nature = domain::inspections::Nature { Praise, Problem, Note }
}
wire_enum! {
    /// Which register a person stands on.
    PersonKind = domain::inspections::PersonKind { Staff, Student, Other }
}
/// 涉及人员.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRef {
    /// The register.
    pub kind: PersonKind,
    /// The id on it.
    #[serde(default)]
    pub id: Option<Uuid>,
    /// The name as written.
    pub name: String,
}
/// 数量.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Thousandths of the unit: 3 人 is 3000.
    pub milli: i64,
    /// The unit.
    pub unit: String,
}
/// 整改要求.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rectification {
    /// What is to be done.
    pub requirement: String,
    /// Who answers for it.
    pub responsible: String,
    /// Until when.
    pub due_on: NaiveDate,
}
/// What is written down.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingText {
    /// 检查类别.
    pub category: Category,
    /// 表扬或问题.
    pub nature: Nature,
    /// 被检查处室或年级组.
    #[serde(default)]
    pub unit_id: Option<Uuid>,
    /// 班级.
    #[serde(default)]
    pub class_group_id: Option<Uuid>,
    /// 地点.
    #[serde(default)]
    pub place: String,
    /// 事, ≤ 200 characters.
    pub matter: String,
    /// 具体情况, ≤ 5,000 characters.
    #[serde(default)]
    pub detail: String,
    /// 人.
    #[serde(default)]
    pub people: Vec<PersonRef>,
    /// 数据.
    #[serde(default)]
    pub measure: Option<Measure>,
    /// 整改要求.
    #[serde(default)]
    pub rectification: Option<Rectification>,
    /// When it was seen, Unix ms.
    pub observed_at: i64,
    /// 照片, ≤ 9, in their order.
    #[serde(default)]
    pub photos: Vec<Uuid>,
}
/// A document that states a finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct StatedIn {
    /// The document.
    pub document_id: Uuid,
    /// Its number, or its title while it has none.
    pub label: String,
}
/// A finding in a list and by itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct FindingRow {
    /// Its id.
    pub id: Uuid,
    /// Counts its versions from 1.
    pub ver: i64,
    /// The day it belongs to.
    pub inspected_on: NaiveDate,
    /// When it was entered, Unix ms.
    pub entered_at: i64,
    /// Who saw it.
    pub inspector: String,
    /// What was written.
    pub text: FindingText,
    /// The unit's name.
    pub unit_name: Option<String>,
    /// The class's name.
    pub class_name: Option<String>,
    /// What the office calls its category; nothing: as the regulation does.
    pub category_label: Option<String>,
    /// How often it was corrected; the text is then the last correction's.
    pub corrections: i64,
    /// Who supervised, if it is a 督查结果.
    pub supervisors: Option<Vec<String>>,
    /// When that was made known, Unix ms.
    pub announced_at: Option<i64>,
    /// How far putting it right has come.
    pub followup: Option<FollowupState>,
    /// I may still change it.
    pub can_amend: bool,
    /// I may correct it.
    pub can_correct: bool,
    /// I may say that it was put right.
    pub can_reply: bool,
    /// I may confirm that it was put right.
    pub can_confirm: bool,
    /// I may have it put right again.
    pub can_reopen: bool,
    /// The documents that state it.
    pub stated_in: Vec<StatedIn>,
}
/// Logs a finding.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsLogRequest {
    /// What was seen.
    pub text: FindingText,
}
/// Amends a finding before its day ends.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsAmendRequest {
    /// The finding.
    pub id: Uuid,
    /// The version that was read.
    pub ver: i64,
    /// What it shall say.
    pub text: FindingText,
}
/// Lists findings, newest first.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsListRequest {
    /// From this day.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
    /// To this day.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
    /// Only this nature.
    #[serde(default)]
    #[ts(optional)]
    pub nature: Option<Nature>,
    /// Only this category.
    #[serde(default)]
    #[ts(optional)]
    pub category: Option<Category>,
    /// Only this unit.
    #[serde(default)]
    #[ts(optional)]
    pub unit_id: Option<Uuid>,
    /// Only this class.
    #[serde(default)]
    #[ts(optional)]
    pub class_group_id: Option<Uuid>,
    /// Only those whose matter, details, place or people contain this.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Only those that name this person: concerned, responsible or inspecting.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<String>,
    /// Only those that stand so with what must be put right.
    #[serde(default)]
    #[ts(optional)]
    pub followup: Option<FollowupFilter>,
    /// Only 督查结果, or only what is none.
    #[serde(default)]
    #[ts(optional)]
    pub supervision: Option<bool>,
    /// Continue behind this row.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<FindingCursor>,
    /// At most this many, ≤ 200; 100 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}
/// A place in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingCursor {
    /// The last row's time.
    pub observed_at: i64,
    /// The last row's id.
    pub id: Uuid,
}
/// A window of the list.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsListResponse {
    /// The rows.
    pub rows: Vec<FindingRow>,
    /// Where to continue, if there is more.
    pub next: Option<FindingCursor>,
}
/// Opens one finding.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsFindingRequest {
    /// The finding.
    pub id: Uuid,
}
/// Reads a quick line into fields.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsRecogniseRequest {
    /// The line as typed so far, ≤ 500 characters.
    pub line: String,
}
/// What a chip stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChipKind {
    /// 班级
    ClassGroup,
    /// 部门
    Unit,
    /// 人
    Person,
    /// 地点
    Place,
    /// 数量
    Measure,
    /// 时间
    Time,
    /// 类别
    Category,
    /// 性质
    Nature,
    /// 事项
    Matter,
}
/// One recognised piece.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct Chip {
    /// What it stands for.
    pub kind: ChipKind,
    /// The piece of the line; empty when it was inferred.
    pub text: String,
    /// What it was taken for, as shown.
    pub label: String,
    /// It should be looked at.
    pub doubtful: bool,
    /// What else it may be.
    pub candidates: Vec<ChipCandidate>,
}
/// Another reading of a chip.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChipCandidate {
    /// The id on its register, as text; or a code.
    pub value: String,
    /// As shown, e.g. `李浩宇 三(1)班`.
    pub label: String,
}
/// What the line says so far.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsRecogniseResponse {
    /// The pieces in the order of the line, inferred ones last.
    pub chips: Vec<Chip>,
    /// The finding it makes; faults are told when it is saved.
    pub text: FindingText,
}
/// What the form starts with.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsStartResponse {
    /// The last category of this person.
    pub category: Category,
    /// The last place.
    pub place: String,
    /// The last unit.
    pub unit_id: Option<Uuid>,
    /// Now, Unix ms.
    pub now: i64,
}
