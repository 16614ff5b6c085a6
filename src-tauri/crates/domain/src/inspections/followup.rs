//! 整改跟踪 — a requirement is answered, and somebody else confirms it; or it is opened again with a reason.
use crate::Refusal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// 整改状态 — how far putting right has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowupState {
    /// 待整改
    Open,
    /// 已回复
    Replied,
    /// 已销号
    Closed,
}
impl FollowupState {
    /// All states.
    pub const ALL: [FollowupState; 3] = [
        FollowupState::Open,
        FollowupState::Replied,
        FollowupState::Closed,
    ];
    /// Returns the state after a last step.
    pub fn after(last: Option<FollowupAction>) -> Self {
        match last {
            None | Some(FollowupAction::Reopen) => FollowupState::Open,
            Some(FollowupAction::Reply) => FollowupState::Replied,
            Some(FollowupAction::Confirm) => FollowupState::Closed,
        }
    }
}

/// 整改步骤 — what was done about a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowupAction {
    /// 回复
    Reply,
    /// 销号
    Confirm,
    /// 重新整改
    Reopen,
}
impl FollowupAction {
    /// All actions.
    pub const ALL: [FollowupAction; 3] = [
        FollowupAction::Reply,
        FollowupAction::Confirm,
        FollowupAction::Reopen,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            FollowupAction::Reply => "reply",
            FollowupAction::Confirm => "confirm",
            FollowupAction::Reopen => "reopen",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// 整改记录 — one step: who, when, what, with photos. Never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowupStep {
    /// Its id.
    pub id: Uuid,
    /// The finding.
    pub finding_id: Uuid,
    /// What was done.
    pub action: FollowupAction,
    /// In words.
    pub text: String,
    /// Attached pictures.
    pub photos: Vec<Uuid>,
    /// When.
    pub at: i64,
    /// The account.
    pub by: Uuid,
    /// The name at that time.
    pub name: String,
}

/// Says whether an account gave the reply that is to be confirmed: any reply since the last opening.
pub fn replied(steps: &[FollowupStep], account: Uuid) -> bool {
    steps
        .iter()
        .rev()
        .take_while(|s| s.action == FollowupAction::Reply)
        .any(|s| s.by == account)
}

/// Checks whether a step may follow the steps so far.
///
/// # Errors
/// A [`Refusal`] that says where it stands.
pub fn check(
    required: bool,
    steps: &[FollowupStep],
    action: FollowupAction,
) -> Result<(), Refusal> {
    if !required {
        return Err(Refusal::new("inspections-step-none-required"));
    }
    let state = FollowupState::after(steps.last().map(|s| s.action));
    use FollowupState as S;
    match (action, state) {
        (FollowupAction::Reply, S::Open | S::Replied)
        | (FollowupAction::Confirm, S::Replied)
        | (FollowupAction::Reopen, S::Replied | S::Closed) => Ok(()),
        (FollowupAction::Reply, S::Closed) => Err(Refusal::new("inspections-step-closed-already")),
        (FollowupAction::Confirm, S::Open) => Err(Refusal::new("inspections-step-no-reply")),
        (FollowupAction::Confirm, S::Closed) => {
            Err(Refusal::new("inspections-step-closed-already"))
        }
        (FollowupAction::Reopen, S::Open) => Err(Refusal::new("inspections-step-open-already")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn step(action: FollowupAction, by: u128) -> FollowupStep {
        FollowupStep {
            id: Uuid::nil(),
            finding_id: Uuid::nil(),
            action,
            text: String::new(),
            photos: Vec::new(),
            at: 0,
            by: Uuid::from_u128(by),
            name: String::new(),
        }
    }
    #[test]
    fn a_requirement_is_replied_to_then_confirmed_and_may_be_opened_again() {
        use FollowupAction::{Confirm, Reopen, Reply};
        for (steps, allowed) in [
            (vec![], vec![Reply]),
            (vec![Reply], vec![Reply, Confirm, Reopen]),
            (vec![Reply, Confirm], vec![Reopen]),
            (vec![Reply, Confirm, Reopen], vec![Reply]),
            (vec![Reply, Reopen, Reply], vec![Reply, Confirm, Reopen]),
        ] {
            let steps: Vec<_> = steps.into_iter().map(|a| step(a, 1)).collect();
            for action in FollowupAction::ALL {
                assert_eq!(
                    check(true, &steps, action).is_ok(),
                    allowed.contains(&action),
                    "{action:?} after {steps:?}"
                );
                assert!(check(false, &steps, action).is_err());
            }
        }
    }
    #[test]
    fn whoever_replied_since_the_last_opening_does_not_confirm() {
        use FollowupAction::{Reopen, Reply};
        let steps = [
            step(Reply, 1),
            step(Reopen, 3),
            step(Reply, 2),
            step(Reply, 4),
        ];
        assert!(
            !replied(&steps, Uuid::from_u128(1)),
            "that reply was sent back"
        );
        assert!(replied(&steps, Uuid::from_u128(2)) && replied(&steps, Uuid::from_u128(4)));
        assert!(!replied(&steps, Uuid::from_u128(3)));
    }
}
