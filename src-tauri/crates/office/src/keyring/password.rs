//! What a password must be: every problem at once, as data.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::entropy::{Entropy, EntropyError};
use super::fold_name;

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// The most characters of a password.
pub const LONGEST_PASSWORD: usize = 128;
const FEWEST_DIFFERENT: usize = 5;

/// One reason why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum PasswordProblem {
    /// It has fewer than ten characters.
    TooShort {
        /// The fewest allowed.
        min: usize,
        /// How many there are.
        found: usize,
    },
    /// It has more characters than anybody types.
    TooLong {
        /// The most allowed.
        max: usize,
    },
    /// It holds the sign-in name.
    ContainsSignInName,
    /// It holds the name of the office.
    ContainsOfficeName,
    /// It stands on the list of passwords that are tried first.
    TooCommon,
    /// It repeats a few characters.
    TooFewCharacters {
        /// The fewest different characters allowed.
        min: usize,
    },
}

/// Passwords of ten characters and more that are tried first; `#` begins a comment.
static REFUSED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../../assets/presets/passwords-refused.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Returns everything that is wrong with a password; empty means it may be used.
#[must_use]
pub fn password_problems(
    password: &str,
    sign_in_name: &str,
    office_names: &[&str],
) -> Vec<PasswordProblem> {
    let mut problems = Vec::new();
    if password.len() > LONGEST_PASSWORD * 16 {
        // Longer than any normal form of an allowed one: not worth the work.
        return vec![PasswordProblem::TooLong {
            max: LONGEST_PASSWORD,
        }];
    }
    let password = normal_form(password);
    let found = password.chars().count();
    if found < SHORTEST_PASSWORD {
        problems.push(PasswordProblem::TooShort {
            min: SHORTEST_PASSWORD,
            found,
        });
    }
    if found > LONGEST_PASSWORD {
        problems.push(PasswordProblem::TooLong {
            max: LONGEST_PASSWORD,
        });
    }
    let folded = Zeroizing::new(password.to_lowercase());
    if names_worth_checking(&[sign_in_name]).any(|name| folded.contains(&name)) {
        problems.push(PasswordProblem::ContainsSignInName);
    }
    if names_worth_checking(office_names).any(|name| folded.contains(&name)) {
        problems.push(PasswordProblem::ContainsOfficeName);
    }
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if REFUSED.contains(folded.as_str()) || REFUSED.contains(bare) {
        problems.push(PasswordProblem::TooCommon);
    }
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if found >= SHORTEST_PASSWORD && different.len() < FEWEST_DIFFERENT {
        problems.push(PasswordProblem::TooFewCharacters {
            min: FEWEST_DIFFERENT,
        });
    }
    different.fill('\0');
    problems
}

/// One letter or two are in every password; only longer names are looked for.
fn names_worth_checking(names: &[&str]) -> impl Iterator<Item = String> {
    names.iter().map(|name| fold_name(name)).filter(|name| {
        let length = name.chars().count();
        length >= 3 || (length == 2 && !name.is_ascii())
    })
}

/// Brings a password into the form that is hashed (NFKC): full-width and half-width letters are the same.
pub(crate) fn normal_form(password: &str) -> Zeroizing<String> {
    // Room for the longest growth, so that no copy is left behind by a reallocation.
    let mut normal = Zeroizing::new(String::with_capacity(password.len() * 4 + 16));
    normal.extend(password.nfkc());
    normal
}

/// Letters and digits that are not mistaken for one another on paper.
const PLAIN_CHARACTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Makes a first password to hand over on paper: `k7mf-3qxd-9rtw`, 59 bits.
pub fn suggest_initial_password(
    entropy: &mut dyn Entropy,
) -> Result<Zeroizing<String>, EntropyError> {
    // Bytes that would favour some characters are thrown away; an honest source needs few rounds.
    for _ in 0..64 {
        let mut bytes = Zeroizing::new([0; 64]);
        entropy.fill(bytes.as_mut_slice())?;
        let mut picked = bytes
            .iter()
            .filter(|byte| **byte < 248)
            .map(|byte| PLAIN_CHARACTERS[usize::from(byte % 31)]);
        let mut password = Zeroizing::new(String::with_capacity(16));
        for place in 0..12 {
            if place > 0 && place % 4 == 0 {
                password.push('-');
            }
            password.extend(picked.next().map(char::from));
        }
        if password.len() == 14 && password_problems(&password, "", &[]).is_empty() {
            return Ok(password);
        }
    }
    Err(EntropyError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::SystemEntropy;
    use PasswordProblem::{
        ContainsOfficeName, ContainsSignInName, TooCommon, TooFewCharacters, TooLong, TooShort,
    };

    #[test]
    fn every_problem_is_named_at_once() {
        assert_eq!(
            password_problems("wang三小", "Wang", &["某某市第三小学", "三小"]),
            vec![
                TooShort { min: 10, found: 6 },
                ContainsSignInName,
                ContainsOfficeName
            ]
        );
    }

    #[test]
    fn each_rule_refuses_and_a_good_password_passes() {
        let cases: &[(&str, &[PasswordProblem])] = &[
            ("晨读七点半-操场东门", &[]),
            ("k7mf-3qxd-9rtw", &[]),
            ("九个字的密码不够长", &[TooShort { min: 10, found: 9 }]),
            ("1234567890", &[TooCommon]),
            ("QWERTYUIOP", &[TooCommon]),
            ("１２３４５６７８９０", &[TooCommon]),
            ("woaini1314520", &[TooCommon]),
            ("!!1234567890!!", &[TooCommon]),
            ("xuexiao2026", &[TooCommon]),
            ("xyxyxyxyxyxyx", &[TooFewCharacters { min: 5 }]),
        ];
        for (password, problems) in cases {
            assert_eq!(
                password_problems(password, "limei", &["实验小学", "实小"]),
                *problems,
                "{password}"
            );
        }
        let long = "一二三四五六七八九".repeat(15);
        assert_eq!(
            password_problems(&long, "limei", &[]),
            vec![TooLong { max: 128 }]
        );
        assert_eq!(
            password_problems(&"ﷺ".repeat(1_000_000), "limei", &[]),
            vec![TooLong { max: 128 }]
        );
    }

    #[test]
    fn a_one_letter_name_refuses_nothing() {
        assert_eq!(password_problems("k7mf-3qxd-9rtw", "k", &["7"]), vec![]);
    }

    #[test]
    fn the_list_has_three_thousand_useful_entries() {
        assert!(REFUSED.len() >= 3_000, "{}", REFUSED.len());
        for entry in REFUSED.iter() {
            assert!(
                entry.chars().count() >= SHORTEST_PASSWORD,
                "{entry} is refused for its length already"
            );
            assert_eq!(
                *normal_form(entry).to_lowercase(),
                **entry,
                "{entry} is not in the form that is looked up"
            );
            assert!(
                password_problems(entry, "", &[]).contains(&TooCommon),
                "{entry}"
            );
        }
    }

    #[test]
    fn suggested_passwords_pass_the_policy_and_differ() {
        let mut seen = BTreeSet::new();
        for _ in 0..500 {
            let password = suggest_initial_password(&mut SystemEntropy).unwrap();
            assert_eq!(password_problems(&password, "limei", &["实验小学"]), vec![]);
            assert!(seen.insert(password.to_string()));
        }
    }

    #[test]
    fn a_stuck_source_gives_no_password() {
        struct Stuck;
        impl Entropy for Stuck {
            fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
                bytes.fill(3);
                Ok(())
            }
        }
        assert_eq!(suggest_initial_password(&mut Stuck), Err(EntropyError));
    }
}
