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
    /// 检查照片 — the photos of a finding.
    FindingPhotos,
    /// 督查 — who supervised.
    Supervision,
    /// 整改记录 — a reply, a confirmation, an opening again.
    FollowupStep,
    /// 检查更正 — how a closed finding is to be read.
    FindingCorrection,
    /// 检查类别 — as the office calls it.
    FindingCategory,
    /// 常用筛选 — a person's own.
    SavedFilter,
    /// 检查设置 — until when a finding may be amended.
    InspectionSettings,
    /// 备份安排 — how often and where to.
    BackupPlan,
    /// 备份 — one copy, made or restored.
    Backup,
    /// 打印记录 — one line of the ledger of prints.
    Print,
    /// 张贴栏 — a board on a wall.
    Board,
    /// 张贴 — a sheet on a board.
    Posting,
    /// 核对 — a paper compared with its frozen page.
    SheetCheck,
    /// 会话 — signing in and out.
    Session,
}
impl ObjectKind {
    /// All kinds.
    pub const ALL: [ObjectKind; 27] = [
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
        ObjectKind::FindingPhotos,
        ObjectKind::Supervision,
        ObjectKind::FollowupStep,
        ObjectKind::FindingCorrection,
        ObjectKind::FindingCategory,
        ObjectKind::SavedFilter,
        ObjectKind::InspectionSettings,
        ObjectKind::BackupPlan,
        ObjectKind::Backup,
        ObjectKind::Print,
        ObjectKind::Board,
        ObjectKind::Posting,
        ObjectKind::SheetCheck,
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
            ObjectKind::FindingPhotos => "finding_photos",
            ObjectKind::Supervision => "supervision",
            ObjectKind::FollowupStep => "followup_step",
            ObjectKind::FindingCorrection => "finding_correction",
            ObjectKind::FindingCategory => "finding_category",
            ObjectKind::SavedFilter => "saved_filter",
            ObjectKind::InspectionSettings => "inspection_settings",
            ObjectKind::BackupPlan => "backup_plan",
            ObjectKind::Backup => "backup",
            ObjectKind::Print => "print",
            ObjectKind::Board => "board",
            ObjectKind::Posting => "posting",
            ObjectKind::SheetCheck => "sheet_check",
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
