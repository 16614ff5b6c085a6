//! Waiting after wrong passwords. The key derivation is the real defence; this one slows down a hand at the keyboard.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::fold_name;

/// How many wrong passwords are free.
pub const FREE_ATTEMPTS: u32 = 5;
const FIRST_WAIT_MS: i64 = 30_000;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
const MOST_NAMES: usize = 256;

/// Counts wrong passwords per sign-in name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    names: BTreeMap<String, Count>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    wrong: u32,
    last_ms: i64,
}

/// Says how long this name has to wait before the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("wait {seconds} s before the next try")]
pub struct Wait {
    /// Whole seconds, rounded up: never 0.
    pub seconds: u32,
}

impl Count {
    fn wait_ms(self) -> i64 {
        let Some(over) = self.wrong.checked_sub(FREE_ATTEMPTS) else {
            return 0;
        };
        FIRST_WAIT_MS
            .saturating_mul(1 << over.min(16))
            .min(LONGEST_WAIT_MS)
    }
}

impl Throttle {
    /// Asks whether this name may try now.
    pub fn check(&self, sign_in_name: &str, now_ms: i64) -> Result<(), Wait> {
        let Some(count) = self.names.get(&fold_name(sign_in_name)) else {
            return Ok(());
        };
        let wait_ms = count.wait_ms();
        // A clock that went back must not make the wait longer than it was at first.
        let passed_ms = now_ms.saturating_sub(count.last_ms).max(0);
        match wait_ms.saturating_sub(passed_ms) {
            ..=0 => Ok(()),
            left_ms => Err(Wait {
                seconds: u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX),
            }),
        }
    }

    /// Counts a wrong password and returns the wait that now begins, if one does.
    pub fn failed(&mut self, sign_in_name: &str, now_ms: i64) -> Option<Wait> {
        let name = fold_name(sign_in_name);
        if self.names.len() >= MOST_NAMES && !self.names.contains_key(&name) {
            let oldest = self
                .names
                .iter()
                .min_by_key(|(_, count)| count.last_ms)
                .map(|(name, _)| name.clone());
            self.names.remove(&oldest?);
        }
        let count = self.names.entry(name).or_insert(Count {
            wrong: 0,
            last_ms: now_ms,
        });
        count.wrong = count.wrong.saturating_add(1);
        count.last_ms = now_ms;
        self.check(sign_in_name, now_ms).err()
    }

    /// Forgets the wrong passwords of a name that has signed in.
    pub fn succeeded(&mut self, sign_in_name: &str) {
        self.names.remove(&fold_name(sign_in_name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wrong: u32) -> Throttle {
        let mut throttle = Throttle::default();
        for _ in 0..wrong {
            throttle.failed("li", 0);
        }
        throttle
    }

    #[test]
    fn waits_begin_at_the_fifth_wrong_password_and_double_to_fifteen_minutes() {
        for (wrong, seconds) in [
            (5, 30),
            (6, 60),
            (7, 120),
            (8, 240),
            (9, 480),
            (10, 900),
            (11, 900),
            (400, 900),
        ] {
            assert_eq!(
                after(wrong).check("li", 0),
                Err(Wait { seconds }),
                "{wrong} wrong passwords"
            );
        }
        assert_eq!(after(4).check("li", 0), Ok(()));
    }

    #[test]
    fn the_wait_ends_on_time_and_holds_for_one_name_only() {
        let throttle = after(5);
        assert_eq!(throttle.check("li", 29_001), Err(Wait { seconds: 1 }));
        assert_eq!(throttle.check("li", 30_000), Ok(()));
        assert_eq!(throttle.check("wang", 0), Ok(()));
        assert!(
            throttle.check(" ＬＩ ", 0).is_err(),
            "the same name in other letters is the same name"
        );
    }

    #[test]
    fn a_clock_set_back_never_lengthens_the_wait() {
        let mut throttle = after(4);
        throttle.failed("li", 1_000_000_000);
        assert_eq!(throttle.check("li", 0), Err(Wait { seconds: 30 }));
    }

    #[test]
    fn a_right_password_clears_the_count() {
        let mut throttle = after(9);
        throttle.succeeded("li");
        assert_eq!(throttle, Throttle::default());
    }

    #[test]
    fn many_made_up_names_cannot_fill_the_memory() {
        let mut throttle = Throttle::default();
        for name in 0..2_000 {
            throttle.failed(&name.to_string(), name);
        }
        assert_eq!(throttle.names.len(), MOST_NAMES);
        assert!(throttle.names.contains_key("1999"));
    }
}
