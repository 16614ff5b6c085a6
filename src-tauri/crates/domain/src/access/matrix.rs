//! The matrix in as few words as possible: every circumstance is tried and the answers are folded together.
use super::{Circumstance, MATRIX, Role};
use crate::documents::StateKind;

/// 权限条件 — when a role is allowed something; what is `None` or empty does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Condition {
    /// Only the own, or only others'.
    pub own: Option<bool>,
    /// Only while its author may change it, or only afterwards.
    pub open: Option<bool>,
    /// Only what the actor answers for, or only the rest.
    pub in_charge: Option<bool>,
    /// Only in these states; `None` among them is a list, or no document at all.
    pub states: Vec<Option<StateKind>>,
}
impl Condition {
    /// Says whether it asks for nothing.
    pub fn is_always(&self) -> bool {
        *self == Condition::default()
    }
    fn holds(&self, c: Circumstance) -> bool {
        let fits = |wanted: Option<bool>, is: bool| wanted.is_none_or(|w| w == is);
        fits(self.own, c.own)
            && fits(self.open, c.open)
            && fits(self.in_charge, c.in_charge)
            && (self.states.is_empty() || self.states.contains(&c.state))
    }
}
impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut words = Vec::new();
        for (name, wanted) in [
            ("own", self.own),
            ("open", self.open),
            ("in_charge", self.in_charge),
        ] {
            match wanted {
                Some(true) => words.push(name.to_owned()),
                Some(false) => words.push(format!("not {name}")),
                None => {}
            }
        }
        if !self.states.is_empty() {
            let states = self
                .states
                .iter()
                .map(|s| s.map_or("none", StateKind::code));
            words.push(format!("state {}", states.collect::<Vec<_>>().join("|")));
        }
        if words.is_empty() {
            words.push("always".to_owned());
        }
        f.write_str(&words.join(" and "))
    }
}

fn states() -> impl Iterator<Item = Option<StateKind>> {
    StateKind::ALL.into_iter().map(Some).chain([None])
}

/// Every circumstance there is.
pub fn circumstances() -> impl Iterator<Item = Circumstance> {
    states().flat_map(|state| {
        (0..8).map(move |bits| Circumstance {
            own: bits & 1 != 0,
            open: bits & 2 != 0,
            in_charge: bits & 4 != 0,
            state,
        })
    })
}

/// Says when a role is allowed something: no condition means never; of several one is enough.
pub fn conditions(allows: fn(Role, Circumstance) -> bool, role: Role) -> Vec<Condition> {
    let all = StateKind::ALL.len() + 1;
    let choices = [None, Some(true), Some(false)];
    let mut candidates = Vec::new();
    for own in choices {
        for open in choices {
            for in_charge in choices {
                let any_state = Condition {
                    own,
                    open,
                    in_charge,
                    states: Vec::new(),
                };
                let states: Vec<_> = states()
                    .filter(|state| {
                        circumstances()
                            .filter(|c| c.state == *state && any_state.holds(*c))
                            .all(|c| allows(role, c))
                    })
                    .collect();
                match states.len() {
                    0 => {}
                    n if n == all => candidates.push(any_state),
                    _ => candidates.push(Condition {
                        states,
                        ..any_state
                    }),
                }
            }
        }
    }
    // the widest first, so that few are needed; a stable order keeps the file the same
    let width = |c: &Condition| circumstances().filter(|x| c.holds(*x)).count();
    candidates.sort_by_key(|c| std::cmp::Reverse(width(c)));
    let mut kept: Vec<Condition> = Vec::new();
    for c in candidates {
        let news = circumstances().any(|x| c.holds(x) && !kept.iter().any(|k| k.holds(x)));
        if news {
            kept.push(c);
        }
    }
    kept
}

/// Writes the matrix as CSV: permission, role, when it is allowed.
pub fn matrix_csv() -> String {
    let mut out = String::from("permission,role,allowed\n");
    for row in MATRIX {
        for role in Role::ALL {
            let when: Vec<String> = conditions(row.allows, role)
                .iter()
                .map(Condition::to_string)
                .collect();
            let when = if when.is_empty() {
                "never".to_owned()
            } else {
                when.join(" or ")
            };
            out.push_str(&format!("{},{},{when}\n", row.name, role.code()));
        }
    }
    out
}
