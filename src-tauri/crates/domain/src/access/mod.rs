//! 账号与权限 — who may do what. The whole matrix is code here and a file in `docs/permissions.csv`.
mod matrix;

use crate::documents::StateKind;
pub use matrix::{Condition, circumstances, conditions, matrix_csv};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use uuid::Uuid;

/// 角色 — what an account may do is the union of its roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 值日人员 — logs findings and drafts.
    DutyOfficer,
    /// 办公室 — drafts, checks, issues.
    Office,
    /// 校长 — approves.
    Principal,
    /// 分管领导 — approves like the principal (S000-4 主管领导审阅).
    DeputyPrincipal,
    /// 处室负责人 — reads and answers what concerns the own unit, drafts for it.
    UnitHead,
    /// 年级组长 — the same for the own grade and its classes.
    GradeHead,
    /// 班主任 — reads and answers what concerns the own class.
    HomeroomTeacher,
    /// 系统管理员 — manages accounts, sees no content.
    Administrator,
}
impl Role {
    /// All roles, in the order of the matrix.
    pub const ALL: [Role; 8] = [
        Role::DutyOfficer,
        Role::Office,
        Role::Principal,
        Role::DeputyPrincipal,
        Role::UnitHead,
        Role::GradeHead,
        Role::HomeroomTeacher,
        Role::Administrator,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Role::DutyOfficer => "duty_officer",
            Role::Office => "office",
            Role::Principal => "principal",
            Role::DeputyPrincipal => "deputy_principal",
            Role::UnitHead => "unit_head",
            Role::GradeHead => "grade_head",
            Role::HomeroomTeacher => "homeroom_teacher",
            Role::Administrator => "administrator",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
    /// Says whether the role approves papers: such an account cannot administrate as well.
    pub fn approves(self) -> bool {
        matches!(self, Role::Principal | Role::DeputyPrincipal)
    }
}

/// Who acts: taken from the session, never from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account that signed in.
    pub account_id: Uuid,
    /// The person behind it.
    pub staff_id: Uuid,
    /// What the account may do.
    pub roles: Vec<Role>,
    /// The sitting, from signing in to signing out.
    pub session_id: Uuid,
}
impl Actor {
    /// Writes the roles as stored in the audit, e.g. `duty_officer,office`.
    pub fn role_codes(&self) -> String {
        self.roles
            .iter()
            .map(|r| r.code())
            .collect::<Vec<_>>()
            .join(",")
    }
}

/// What the policy must know about the record in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstance {
    /// The actor drafted or logged it.
    pub own: bool,
    /// Where a document stands.
    pub state: Option<StateKind>,
    /// The record may still be changed by its author (for a finding: until 24:00 of its day).
    pub open: bool,
    /// It concerns the class, unit or grade the actor answers for. For a list: only such records are asked for.
    pub in_charge: bool,
}

/// 许可 — one thing that may be allowed or denied.
pub trait Permission {
    /// Its name on the wire and in the matrix, `feature.verb`.
    const NAME: &'static str;
    /// Says whether one role allows it in these circumstances.
    fn allows(role: Role, c: Circumstance) -> bool;
}

/// The proof that a permission was checked. Only [`grant`] makes one.
#[derive(Debug)]
pub struct Grant<P: Permission> {
    actor: Actor,
    limited: bool,
    permission: PhantomData<P>,
}
impl<P: Permission> Grant<P> {
    /// Returns who was granted it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    /// Says whether it holds only for records in the actor's charge: what reads rows must then ask for no others.
    pub fn is_limited(&self) -> bool {
        self.limited
    }
}

/// The permission that was missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("denied: {permission}")]
pub struct Denied {
    /// [`Permission::NAME`] of what was asked.
    pub permission: &'static str,
}

/// Checks a permission and hands out its proof.
///
/// # Errors
/// [`Denied`] if no role of the actor allows it in these circumstances.
pub fn grant<P: Permission>(actor: &Actor, c: Circumstance) -> Result<Grant<P>, Denied> {
    let allows = |c| actor.roles.iter().any(|r| P::allows(*r, c));
    if allows(c) {
        let elsewhere = Circumstance {
            in_charge: false,
            ..c
        };
        Ok(Grant {
            actor: actor.clone(),
            limited: c.in_charge && !allows(elsewhere),
            permission: PhantomData,
        })
    } else {
        Err(Denied {
            permission: P::NAME,
        })
    }
}

/// One row of the matrix.
pub struct MatrixRow {
    /// [`Permission::NAME`].
    pub name: &'static str,
    /// [`Permission::allows`].
    pub allows: fn(Role, Circumstance) -> bool,
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, |$role:pat_param, $c:pat_param| $rule:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = $text;
                fn allows($role: Role, $c: Circumstance) -> bool { $rule }
            }
        )*
        /// Every permission there is, for the matrix and the command list.
        pub const MATRIX: &[MatrixRow] = &[$(MatrixRow { name: $text, allows: <$name as Permission>::allows }),*];
    };
}

use Role::{
    Administrator as Adm, DeputyPrincipal as Dep, DutyOfficer as Duty, GradeHead as Grade,
    HomeroomTeacher as Home, Office as Ofc, Principal as Prin, UnitHead as Head,
};
use StateKind::{Approved, Draft, Issued, Rejected, Submitted};

permissions! {
    /// Reads the own account and the names needed to fill a form.
    UseDesk = "access.use", |_, _| true;
    /// Opens, resets and closes accounts.
    ManageAccounts = "access.manage_accounts", |r, _| r == Adm;
    /// Reads units, classes, staff and pupils' names for choosing.
    ReadOrg = "org.read", |_, _| true;
    /// Changes units, classes and staff.
    ManageOrg = "org.manage", |r, _| matches!(r, Ofc | Adm);
    /// Reads findings: heads and homeroom teachers those in their charge.
    ReadFindings = "inspections.read", |r, c| match r {
        Duty | Ofc | Prin | Dep => true,
        Head | Grade | Home => c.in_charge,
        Adm => false,
    };
    /// Attaches a picture to whatever the person writes.
    AttachImage = "attachments.attach", |r, _| r != Adm;
    /// Sees attached pictures.
    ReadAttachment = "attachments.read", |r, _| r != Adm;
    /// Logs a finding.
    LogFinding = "inspections.log", |r, _| matches!(r, Duty | Ofc | Prin | Dep);
    /// Amends a finding: the author until the day's end, the office likewise.
    AmendFinding = "inspections.amend", |r, c| c.open && (r == Ofc || (c.own && matches!(r, Duty | Prin | Dep)));
    /// Corrects a finding that is closed: its author, or the office.
    CorrectFinding = "inspections.correct", |r, c| !c.open && (r == Ofc || (c.own && matches!(r, Duty | Prin | Dep)));
    /// Replies that something was put right: whoever answers for it, or whoever writes it down for them.
    ReplyRectification = "inspections.reply", |r, c| match r {
        Duty | Ofc | Prin | Dep => true,
        Head | Grade | Home => c.in_charge,
        Adm => false,
    };
    /// Confirms that it was put right (销号): never the own reply.
    ConfirmRectification = "inspections.confirm", |r, c| matches!(r, Duty | Ofc | Prin | Dep) && !c.own;
    /// Has it put right again.
    ReopenRectification = "inspections.reopen", |r, _| matches!(r, Duty | Ofc | Prin | Dep);
    /// Logs what members of the 校委会 found (督查结果).
    LogSupervision = "inspections.supervise", |r, _| matches!(r, Ofc | Prin | Dep);
    /// Calls, hides and orders the categories, and sets the hour at which findings close.
    ManageInspections = "inspections.manage", |r, _| r == Ofc;
    /// Takes the register out of the office as a file.
    ExportFindings = "inspections.export", |r, _| matches!(r, Ofc | Prin | Dep);
    /// Reads documents: drafts of others only the office and who approves.
    ReadDocument = "documents.read", |r, c| match r {
        Ofc | Prin | Dep => true,
        Duty | Head | Grade | Home => c.own || matches!(c.state, Some(Issued)) || c.state.is_none(),
        Adm => false,
    };
    /// Begins a draft.
    DraftDocument = "documents.draft", |r, _| matches!(r, Duty | Ofc | Prin | Dep | Head | Grade);
    /// Writes a draft: its drafter, or the office.
    WriteDocument = "documents.write", |r, c| c.state == Some(Draft) && (r == Ofc || (c.own && drafts(r)));
    /// Submits a draft for approval (送审).
    SubmitDocument = "documents.submit", |r, c| c.state == Some(Draft) && (r == Ofc || (c.own && drafts(r)));
    /// Takes a submitted draft back (收回).
    RecallDocument = "documents.recall", |r, c| c.state == Some(Submitted) && c.own && drafts(r);
    /// Discards an own draft that was never issued.
    DiscardDocument = "documents.discard", |r, c| c.own && matches!(c.state, Some(Draft | Rejected)) && drafts(r);
    /// Approves (同意): the principal or a deputy, never the own draft.
    ApproveDocument = "documents.approve", |r, c| r.approves() && !c.own && c.state == Some(Submitted);
    /// Sends back or rejects (退回修改、驳回).
    ReturnDocument = "documents.return", |r, c| r.approves() && c.state == Some(Submitted);
    /// Numbers and issues what was approved.
    IssueDocument = "documents.issue", |r, c| r == Ofc && c.state == Some(Approved);
    /// Saves the page of an issued document outside the office.
    ExportDocument = "documents.export", |r, c| matches!(r, Ofc | Prin | Dep) && c.state == Some(Issued);
    /// Sets until when a day's bulletin is due.
    SetSameDayRule = "today.set_rule", |r, _| matches!(r, Ofc | Prin);
    /// Sees when the office was last copied, and how much room is left.
    SeeBackups = "backup.see", |_, _| true;
    /// Copies the office now.
    MakeBackup = "backup.make", |_, _| true;
    /// Says how often, how many and where to; looks into a copy and puts it in place of the office.
    ManageBackups = "backup.manage", |r, _| r == Adm;
    /// Prints: issued documents the office and who approves, drafts also whoever drafts them.
    PrintDocument = "printing.print", |r, c| match r {
        Ofc | Prin | Dep => true,
        Duty | Head | Grade | Home => c.own && drafts(r) && c.state != Some(Issued),
        Adm => false,
    };
    /// Reads the ledger of prints.
    ReadPrints = "printing.read", |r, _| r != Adm;
    /// Reads what hangs where, and looks a code up.
    ReadPostings = "postings.read", |r, _| r != Adm;
    /// Keeps the boards: name, place, size, term.
    ManageBoards = "postings.manage_boards", |r, _| r == Ofc;
    /// Records that a board sheet hangs.
    PostSheet = "postings.post", |r, _| matches!(r, Duty | Ofc);
    /// Confirms that a sheet was taken down.
    TakeSheetDown = "postings.take_down", |r, _| matches!(r, Duty | Ofc);
    /// Records whether a paper is the same as its frozen page.
    CheckSheet = "postings.check", |r, _| r != Adm;
    /// Reads the audit.
    ReadAudit = "audit.read", |r, _| matches!(r, Prin | Adm);
}
/// Says whether a role begins drafts, and so has drafts of its own.
fn drafts(role: Role) -> bool {
    DraftDocument::allows(role, Circumstance::default())
}

#[cfg(test)]
mod tests;
