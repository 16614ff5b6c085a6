//! The office, its units and people; the first run.
use crate::access::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// 机关代字.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesView {
    /// The characters before the year.
    pub prefix: String,
    /// What it numbers.
    pub purpose: String,
    /// The last number taken on paper this year before this program was used; 0 for none.
    #[serde(default)]
    pub last_number: i64,
}
/// The office as a whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProfileView {
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// The sample office.
    pub demo: bool,
    /// Its series.
    pub series: Vec<SeriesView>,
    /// 主送 when nothing else is said.
    pub recipients: String,
}
/// 部门.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct UnitRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}
/// 班级.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct ClassGroupRow {
    /// Its id.
    pub id: Uuid,
    /// Its name on screen.
    pub name: String,
    /// The grade.
    pub grade: i64,
    /// 班主任.
    pub homeroom_teacher: Option<String>,
}
/// 教职工.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct StaffRow {
    /// Its id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The unit.
    pub unit_id: Option<Uuid>,
}
/// All that forms choose from.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct OrgOverviewResponse {
    /// The office.
    pub profile: ProfileView,
    /// 部门.
    pub units: Vec<UnitRow>,
    /// 班级.
    pub class_groups: Vec<ClassGroupRow>,
    /// 教职工.
    pub staff: Vec<StaffRow>,
    /// Known places, most used first.
    pub places: Vec<String>,
}
/// Finds people by the beginning or any part of their name.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgFindPeopleRequest {
    /// At least one character.
    pub text: String,
}
/// A person to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonCandidate {
    /// Staff or student.
    pub kind: crate::inspections::PersonKind,
    /// The id on the register.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The class or the post, to tell two of one name apart.
    pub place: String,
}
/// The people found, at most 20.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct OrgFindPeopleResponse {
    /// In the order of the register.
    pub people: Vec<PersonCandidate>,
}
/// A person of a new office.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The unit by name, may be empty.
    #[serde(default)]
    pub unit: String,
    /// An account, if the person shall sign in.
    #[serde(default)]
    pub account: Option<NewAccount>,
}
/// The account of a new person.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What they will type.
    pub sign_in_name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The password for the first time only.
    pub initial_password: String,
}
/// A class group of a new office.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClassGroup {
    /// The grade, 1–12.
    pub grade: i64,
    /// The number within the grade.
    pub number: i64,
}
/// Founds a new office in the place of this machine's choosing.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgFoundRequest {
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// 机关代字, at least one.
    pub series: Vec<SeriesView>,
    /// Units by name.
    pub units: Vec<String>,
    /// Class groups.
    pub class_groups: Vec<NewClassGroup>,
    /// People; at least a principal, an office and an administrator account among them.
    pub people: Vec<NewPerson>,
}
/// The new office's two recovery sheets. Shown once, never stored.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct OrgFoundResponse {
    /// Two codes of eight groups of six digits.
    pub recovery_codes: Vec<Vec<String>>,
    /// The two sheets as SVG pages.
    pub sheets: Vec<String>,
}
/// Adds a unit.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgAddUnitRequest {
    /// Its name.
    pub name: String,
}
/// Adds a class group.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgAddClassGroupRequest {
    /// The grade, 1–12.
    pub grade: i64,
    /// The number within the grade.
    pub number: i64,
}
/// Adds a member of staff.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgAddStaffRequest {
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The unit.
    #[serde(default)]
    pub unit_id: Option<Uuid>,
}
