//! Where a document stands, and the only moves there are.
use super::Content;
use crate::problems::Refusal;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of a state, without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// 草稿
    Draft,
    /// 待审
    Submitted,
    /// 已签发，待编号
    Approved,
    /// 已印发
    Issued,
    /// 已驳回
    Rejected,
}
impl StateKind {
    /// All states.
    pub const ALL: [StateKind; 5] = [
        StateKind::Draft,
        StateKind::Submitted,
        StateKind::Approved,
        StateKind::Issued,
        StateKind::Rejected,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            StateKind::Draft => "draft",
            StateKind::Submitted => "submitted",
            StateKind::Approved => "approved",
            StateKind::Issued => "issued",
            StateKind::Rejected => "rejected",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// 意见 — what a leader wrote, with name and full date; never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The account that decided.
    pub by: Uuid,
    /// The name as it stood then.
    pub name: String,
    /// The post as it stood then.
    pub post: String,
    /// What was written.
    pub text: String,
    /// The date written with it (成文日期 for a signature).
    pub dated_on: NaiveDate,
    /// When it was entered.
    pub at: i64,
}

/// 状态 — where a document stands; what exists only in a state lives in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Being written; `returned` if it was sent back.
    Draft {
        /// Why it came back.
        returned: Option<Opinion>,
    },
    /// Waits for approval.
    Submitted {
        /// Who submitted it.
        by: Uuid,
        /// When.
        at: i64,
        /// SHA-256 of the canonical content as submitted.
        content_sha256: String,
    },
    /// Approved: this content, this date.
    Approved {
        /// The approval.
        opinion: Opinion,
        /// SHA-256 of the canonical signed content.
        signed_sha256: String,
        /// The approver's Ed25519 signature over it, hex.
        signature: String,
        /// The name of the organ as signed.
        organ: String,
    },
    /// Issued: numbered and frozen.
    Issued {
        /// The approval.
        opinion: Opinion,
        /// SHA-256 of the canonical signed content.
        signed_sha256: String,
        /// The approver's signature over it, hex.
        signature: String,
        /// The name of the organ as signed.
        organ: String,
        /// 发文字号.
        number: String,
        /// When it was issued.
        issued_at: i64,
        /// Who issued it.
        issued_by: Uuid,
        /// SHA-256 of the frozen PDF.
        pdf_sha256: String,
        /// Its pages.
        pages: i64,
    },
    /// Ended by the leader.
    Rejected {
        /// Why.
        opinion: Opinion,
    },
}

impl State {
    /// Returns the state's name.
    pub fn kind(&self) -> StateKind {
        match self {
            State::Draft { .. } => StateKind::Draft,
            State::Submitted { .. } => StateKind::Submitted,
            State::Approved { .. } => StateKind::Approved,
            State::Issued { .. } => StateKind::Issued,
            State::Rejected { .. } => StateKind::Rejected,
        }
    }
    fn refuse(&self, wanted: &str) -> Refusal {
        Refusal::new("documents-wrong-state")
            .with("state", self.kind().code())
            .with("wanted", wanted)
    }
    /// Submits a draft.
    ///
    /// # Errors
    /// Refused unless it is a draft.
    pub fn submit(&self, by: Uuid, at: i64, content_sha256: String) -> Result<State, Refusal> {
        match self {
            State::Draft { .. } => Ok(State::Submitted {
                by,
                at,
                content_sha256,
            }),
            other => Err(other.refuse("submit")),
        }
    }
    /// Takes a submitted draft back.
    ///
    /// # Errors
    /// Refused unless it waits for approval.
    pub fn recall(&self) -> Result<State, Refusal> {
        match self {
            State::Submitted { .. } => Ok(State::Draft { returned: None }),
            other => Err(other.refuse("recall")),
        }
    }
    /// Approves what was submitted; `content_sha256` is the hash of what the leader read.
    ///
    /// # Errors
    /// Refused unless it waits for approval with exactly this content.
    pub fn approve(
        &self,
        read_sha256: &str,
        opinion: Opinion,
        signed_sha256: String,
        signature: String,
        organ: String,
    ) -> Result<State, Refusal> {
        match self {
            State::Submitted { content_sha256, .. } if content_sha256 == read_sha256 => {
                Ok(State::Approved {
                    opinion,
                    signed_sha256,
                    signature,
                    organ,
                })
            }
            State::Submitted { .. } => Err(Refusal::new("documents-content-changed")),
            other => Err(other.refuse("approve")),
        }
    }
    /// Sends a submitted draft back to its drafter (退回修改).
    ///
    /// # Errors
    /// Refused unless it waits for approval.
    pub fn send_back(&self, opinion: Opinion) -> Result<State, Refusal> {
        match self {
            State::Submitted { .. } => Ok(State::Draft {
                returned: Some(opinion),
            }),
            other => Err(other.refuse("send_back")),
        }
    }
    /// Ends a submitted draft (驳回).
    ///
    /// # Errors
    /// Refused unless it waits for approval.
    pub fn reject(&self, opinion: Opinion) -> Result<State, Refusal> {
        match self {
            State::Submitted { .. } => Ok(State::Rejected { opinion }),
            other => Err(other.refuse("reject")),
        }
    }
    /// Issues what was approved, if the content still has the signed hash.
    ///
    /// # Errors
    /// Refused unless it is approved with exactly this content.
    pub fn issue(
        &self,
        found_sha256: &str,
        number: String,
        issued_at: i64,
        issued_by: Uuid,
        pdf_sha256: String,
        pages: i64,
    ) -> Result<State, Refusal> {
        match self {
            State::Approved {
                opinion,
                signed_sha256,
                signature,
                organ,
            } if signed_sha256 == found_sha256 => Ok(State::Issued {
                opinion: opinion.clone(),
                signed_sha256: signed_sha256.clone(),
                signature: signature.clone(),
                organ: organ.clone(),
                number,
                issued_at,
                issued_by,
                pdf_sha256,
                pages,
            }),
            State::Approved { .. } => Err(Refusal::new("documents-content-changed")),
            other => Err(other.refuse("issue")),
        }
    }
}

/// 公文 — a document in any state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: Uuid,
    /// The content as last saved.
    pub content: Content,
    /// Where it stands.
    pub state: State,
    /// The account that began it.
    pub drafter: Uuid,
    /// When it was begun.
    pub drafted_at: i64,
    /// When it last changed.
    pub changed_at: i64,
    /// Counts its versions from 1.
    pub ver: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    fn opinion() -> Opinion {
        let dated_on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        Opinion {
            by: Uuid::nil(),
            name: "甲".into(),
            post: "校长".into(),
            text: "同意".into(),
            dated_on,
            at: 0,
        }
    }
    fn all() -> Vec<State> {
        let draft = State::Draft { returned: None };
        let submitted = draft.submit(Uuid::nil(), 1, "h".into()).unwrap();
        let approved = submitted
            .approve("h", opinion(), "s".into(), "g".into(), "校".into())
            .unwrap();
        let issued = approved
            .issue("s", "n".into(), 2, Uuid::nil(), "p".into(), 1)
            .unwrap();
        let rejected = submitted.reject(opinion()).unwrap();
        vec![draft, submitted, approved, issued, rejected]
    }
    #[test]
    fn each_move_starts_from_one_state_only() {
        for s in all() {
            assert_eq!(
                s.submit(Uuid::nil(), 1, String::new()).is_ok(),
                s.kind() == StateKind::Draft
            );
            assert_eq!(s.recall().is_ok(), s.kind() == StateKind::Submitted);
            assert_eq!(
                s.send_back(opinion()).is_ok(),
                s.kind() == StateKind::Submitted
            );
            assert_eq!(
                s.reject(opinion()).is_ok(),
                s.kind() == StateKind::Submitted
            );
            let approved = s.approve("h", opinion(), String::new(), String::new(), String::new());
            assert_eq!(approved.is_ok(), s.kind() == StateKind::Submitted);
            assert_eq!(
                s.issue("s", String::new(), 0, Uuid::nil(), String::new(), 1)
                    .is_ok(),
                s.kind() == StateKind::Approved
            );
        }
    }
    #[test]
    fn other_content_is_neither_approved_nor_issued() {
        let states = all();
        assert!(
            states[1]
                .approve("x", opinion(), String::new(), String::new(), String::new())
                .is_err()
        );
        assert!(
            states[2]
                .issue("x", String::new(), 0, Uuid::nil(), String::new(), 1)
                .is_err()
        );
    }
}
