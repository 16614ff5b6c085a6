//! 账号与权限 — who may do what. The whole matrix is code here and a file in `docs/permissions.csv`.
use crate::documents::StateKind;
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
    /// 系统管理员 — manages accounts, sees no content.
    Administrator,
}
impl Role {
    /// All roles, in the order of the matrix.
    pub const ALL: [Role; 4] = [
        Role::DutyOfficer,
        Role::Office,
        Role::Principal,
        Role::Administrator,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Role::DutyOfficer => "duty_officer",
            Role::Office => "office",
            Role::Principal => "principal",
            Role::Administrator => "administrator",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
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
    permission: PhantomData<P>,
}
impl<P: Permission> Grant<P> {
    /// Returns who was granted it.
    pub fn actor(&self) -> &Actor {
        &self.actor
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
    if actor.roles.iter().any(|r| P::allows(*r, c)) {
        Ok(Grant {
            actor: actor.clone(),
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

use Role::{Administrator as Adm, DutyOfficer as Duty, Office as Ofc, Principal as Prin};
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
    /// Reads findings.
    ReadFindings = "inspections.read", |r, _| r != Adm;
    /// Logs a finding.
    LogFinding = "inspections.log", |r, _| matches!(r, Duty | Ofc | Prin);
    /// Amends a finding: the author until the day's end, the office likewise.
    AmendFinding = "inspections.amend", |r, c| c.open && (r == Ofc || (c.own && matches!(r, Duty | Prin)));
    /// Reads documents: drafts of others only the office and the principal.
    ReadDocument = "documents.read", |r, c| match r {
        Ofc | Prin => true,
        Duty => c.own || matches!(c.state, Some(Issued)) || c.state.is_none(),
        Adm => false,
    };
    /// Begins a draft.
    DraftDocument = "documents.draft", |r, _| matches!(r, Duty | Ofc | Prin);
    /// Writes a draft: its drafter, or the office.
    WriteDocument = "documents.write", |r, c| c.state == Some(Draft) && match r { Ofc => true, Duty | Prin => c.own, Adm => false };
    /// Submits a draft for approval (送审).
    SubmitDocument = "documents.submit", |r, c| c.state == Some(Draft) && match r { Ofc => true, Duty | Prin => c.own, Adm => false };
    /// Takes a submitted draft back (收回).
    RecallDocument = "documents.recall", |r, c| c.state == Some(Submitted) && c.own && r != Adm;
    /// Discards an own draft that was never issued.
    DiscardDocument = "documents.discard", |r, c| c.own && matches!(c.state, Some(Draft | Rejected)) && r != Adm;
    /// Approves (同意): the principal, never the own draft.
    ApproveDocument = "documents.approve", |r, c| r == Prin && !c.own && c.state == Some(Submitted);
    /// Sends back or rejects (退回修改、驳回).
    ReturnDocument = "documents.return", |r, c| r == Prin && c.state == Some(Submitted);
    /// Numbers and issues what was approved.
    IssueDocument = "documents.issue", |r, c| r == Ofc && c.state == Some(Approved);
    /// Saves the page of an issued document outside the office.
    ExportDocument = "documents.export", |r, c| matches!(r, Ofc | Prin) && c.state == Some(Issued);
    /// Reads the audit.
    ReadAudit = "audit.read", |r, _| matches!(r, Prin | Adm);
}

/// Writes the matrix as CSV: permission, role, own, open, state, allowed.
pub fn matrix_csv() -> String {
    let mut out = String::from("permission,role,own,open,state,allowed\n");
    for row in MATRIX {
        for role in Role::ALL {
            for own in [false, true] {
                for open in [false, true] {
                    for state in StateKind::ALL.into_iter().map(Some).chain([None]) {
                        let allowed = (row.allows)(role, Circumstance { own, state, open });
                        let state = state.map_or("none", StateKind::code);
                        let line = format!(
                            "{},{},{own},{open},{state},{}\n",
                            row.name,
                            role.code(),
                            u8::from(allowed)
                        );
                        out.push_str(&line);
                    }
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    fn actor(role: Role) -> Actor {
        Actor {
            account_id: Uuid::nil(),
            staff_id: Uuid::nil(),
            roles: vec![role],
            session_id: Uuid::nil(),
        }
    }
    #[test]
    fn nobody_approves_their_own_draft() {
        for role in Role::ALL {
            let c = Circumstance {
                own: true,
                state: Some(Submitted),
                open: true,
            };
            assert!(grant::<ApproveDocument>(&actor(role), c).is_err());
        }
        let c = Circumstance {
            own: false,
            state: Some(Submitted),
            open: false,
        };
        assert!(grant::<ApproveDocument>(&actor(Role::Principal), c).is_ok());
    }
    #[test]
    fn the_administrator_sees_no_content() {
        for state in StateKind::ALL {
            let c = Circumstance {
                own: true,
                state: Some(state),
                open: true,
            };
            assert!(grant::<ReadDocument>(&actor(Role::Administrator), c).is_err());
            assert!(grant::<ReadFindings>(&actor(Role::Administrator), c).is_err());
        }
    }
    #[test]
    fn an_issued_record_cannot_be_written_by_anyone() {
        for role in Role::ALL {
            for own in [false, true] {
                let c = Circumstance {
                    own,
                    state: Some(Issued),
                    open: true,
                };
                assert!(grant::<WriteDocument>(&actor(role), c).is_err());
                assert!(grant::<DiscardDocument>(&actor(role), c).is_err());
            }
        }
    }
    #[test]
    fn the_matrix_is_the_file_people_read() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.csv");
        if std::env::var_os("TONGBAO_WRITE_MATRIX").is_some() {
            std::fs::write(file, matrix_csv()).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap();
        assert!(
            kept == matrix_csv(),
            "docs/permissions.csv is stale: run with TONGBAO_WRITE_MATRIX=1 and read the difference"
        );
    }
}
