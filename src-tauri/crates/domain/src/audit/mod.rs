//! 审计 — which records leave traces, and of what.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What kind of record an audit entry speaks of. Stored codes are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// 单位设置 — the office itself.
    OfficeProfile,
    /// 账号 — who may sign in.
    Account,
    /// 部门 — a unit.
    Unit,
    /// 班级 — a class group.
    ClassGroup,
    /// 教职工 — a member of staff.
    Staff,
    /// 学生 — a pupil.
    Student,
    /// 检查记录 — a finding.
    Finding,
    /// 公文 — a document in any state.
    Document,
    /// 版面 — the frozen PDF of an issued document.
    DocumentPage,
    /// 张贴稿 — the frozen sheet for notice boards of an issued document.
    BoardSheet,
    /// 另存稿 — a text kept when another was newer.
    KeptText,
    /// 附件图片 — a picture kept beside a record.
    Attachment,
    /// 当日时限 — until when a day's bulletin is due.
    SameDayRule,
    /// 会话 — signing in and out.
    Session,
}
impl ObjectKind {
    /// All kinds.
    pub const ALL: [ObjectKind; 14] = [
        ObjectKind::OfficeProfile,
        ObjectKind::Account,
        ObjectKind::Unit,
        ObjectKind::ClassGroup,
        ObjectKind::Staff,
        ObjectKind::Student,
        ObjectKind::Finding,
        ObjectKind::Document,
        ObjectKind::DocumentPage,
        ObjectKind::BoardSheet,
        ObjectKind::KeptText,
        ObjectKind::Attachment,
        ObjectKind::SameDayRule,
        ObjectKind::Session,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            ObjectKind::OfficeProfile => "office_profile",
            ObjectKind::Account => "account",
            ObjectKind::Unit => "unit",
            ObjectKind::ClassGroup => "class_group",
            ObjectKind::Staff => "staff",
            ObjectKind::Student => "student",
            ObjectKind::Finding => "finding",
            ObjectKind::Document => "document",
            ObjectKind::DocumentPage => "document_page",
            ObjectKind::BoardSheet => "board_sheet",
            ObjectKind::KeptText => "kept_text",
            ObjectKind::Attachment => "attachment",
            ObjectKind::SameDayRule => "same_day_rule",
            ObjectKind::Session => "session",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// One record by kind and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectRef {
    /// Its kind.
    pub kind: ObjectKind,
    /// Its id.
    pub id: Uuid,
}
impl ObjectRef {
    /// Names a record.
    pub fn new(kind: ObjectKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}
