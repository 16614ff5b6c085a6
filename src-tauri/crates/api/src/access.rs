//! Signing in and out, accounts, preferences.
use crate::wire::{Message, wire_enum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire_enum! {
    /// 角色.
    Role = domain::access::Role { DutyOfficer, Office, Principal, DeputyPrincipal, UnitHead, GradeHead, HomeroomTeacher, Administrator }
}

/// The office's names, shown before signing in.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct OfficeCard {
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// The sample office.
    pub demo: bool,
}
/// A person who may sign in.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct AccountCard {
    /// What they type, or choose from the list.
    pub sign_in_name: String,
    /// Their name.
    pub display_name: String,
    /// Their post.
    pub post: String,
    /// They have not chosen a password of their own yet.
    pub initial: bool,
}
/// Where the desk stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeskState {
    /// No office can be opened here yet; `problem` says what is wrong with the one that was found.
    NoOffice {
        /// What is wrong with the folder, if one is there.
        problem: Option<Message>,
        /// Where a new office would be made, for people to read.
        folder: String,
    },
    /// An office is there, nobody is signed in.
    Locked {
        /// Its names.
        office: OfficeCard,
        /// Who may sign in.
        accounts: Vec<AccountCard>,
        /// The person whose session was locked, if any.
        last: Option<String>,
        /// Milliseconds to wait after wrong passwords.
        wait_ms: i64,
        /// The password of all sample accounts, in the sample office only.
        sample_password: Option<String>,
    },
    /// Somebody is signed in.
    Open {
        /// Its names.
        office: OfficeCard,
        /// Who.
        session: SessionView,
    },
}
/// Answers where the desk stands.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AccessStatusResponse {
    /// The state.
    pub desk: DeskState,
    /// The program's version.
    pub version: String,
}
/// A person's sitting.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionView {
    /// The account.
    pub account_id: Uuid,
    /// The person.
    pub staff_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// The permissions some circumstance grants them: for greying out only.
    pub permissions: Vec<String>,
    /// They must choose a password before anything else.
    pub must_choose_password: bool,
    /// How they like the screen.
    pub preferences: Preferences,
}
/// 外观 — how a person likes the screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The theme.
    pub theme: Theme,
    /// 100, 115, 130, 150 or 175.
    pub text_percent: i64,
    /// The language.
    pub language: Language,
    /// Half-typed words are shown in place by the input method (Linux).
    pub preedit: bool,
}
impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            theme: Theme::Light,
            text_percent: 100,
            language: Language::ZhCn,
            preedit: true,
        }
    }
}
/// 配色.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// 浅色
    Light,
    /// 深色
    Dark,
    /// 高对比
    HighContrast,
    /// 跟随系统
    System,
}
/// 界面语言.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub enum Language {
    /// 简体中文
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// 繁體中文
    #[serde(rename = "zh-TW")]
    ZhTw,
    /// English
    #[serde(rename = "en")]
    En,
}
/// Signs in.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessSignInRequest {
    /// Who.
    pub sign_in_name: String,
    /// Their password.
    pub password: String,
}
/// Chooses or changes the own password; the first time also makes the signing key.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessChoosePasswordRequest {
    /// The present one.
    pub password: String,
    /// The new one, ≥ 10 characters.
    pub new_password: String,
}
/// An account as the administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct AccountRow {
    /// Its id.
    pub account_id: Uuid,
    /// The person.
    pub staff_id: Uuid,
    /// What they type.
    pub sign_in_name: String,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// They have not chosen a password of their own yet.
    pub initial: bool,
    /// The account was closed.
    pub closed: bool,
    /// The fingerprint of their signing key, once made.
    pub fingerprint: Option<String>,
    /// Counts its versions.
    pub ver: i64,
}
/// All accounts.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AccessAccountsResponse {
    /// In the order they were opened.
    pub accounts: Vec<AccountRow>,
    /// A recovery sheet was used: new ones are due.
    pub recovery_sheets_due: bool,
}
/// Opens an account for a member of staff.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessOpenAccountRequest {
    /// The person.
    pub staff_id: Uuid,
    /// What they will type.
    pub sign_in_name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The password for the first time only.
    pub initial_password: String,
}
/// Gives an account a new initial password; its signing key ends.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessResetPasswordRequest {
    /// The account.
    pub account_id: Uuid,
    /// The password for the next time only.
    pub initial_password: String,
}
/// Closes an account: its key slot is removed.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessCloseAccountRequest {
    /// The account.
    pub account_id: Uuid,
}
/// Uses a recovery code to reset an administrator's password; opens nothing else.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessRecoverRequest {
    /// Eight groups of six digits.
    pub code: String,
    /// The administrator.
    pub sign_in_name: String,
    /// The password for the next time only.
    pub initial_password: String,
}
/// The permission matrix, for reading.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AccessPermissionsResponse {
    /// The columns.
    pub roles: Vec<Role>,
    /// The rows, by feature.
    pub permissions: Vec<PermissionRow>,
}
/// One permission and who has it.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PermissionRow {
    /// `feature.verb`.
    pub permission: String,
    /// When each role has it, in the order of the columns: no condition means never, of several one is enough.
    pub when: Vec<Vec<PermissionCondition>>,
}
/// When a role has a permission; what is absent or empty does not matter.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PermissionCondition {
    /// Only the own, or only others'.
    pub own: Option<bool>,
    /// Only while it may be changed, or only afterwards.
    pub open: Option<bool>,
    /// Only what the person answers for, or only the rest.
    pub in_charge: Option<bool>,
    /// Only documents in these states.
    pub states: Vec<crate::documents::StateKind>,
}
