//! What stands on the recovery sheets: the codes that a person types back, and the fingerprints
//! by which a signer is known.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::keyring::{Entropy, EntropyError, random};

/// How many groups a code has.
pub const GROUPS: usize = 8;
const GROUP_DIGITS: usize = 6;
/// Every group is a multiple of eleven: any one wrong digit and any two swapped neighbours show.
const GROUP_FACTOR: u32 = 11;

/// 恢复码 — 128 random bits as eight groups of six digits, printed on a sealed sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; 16]>);

/// Says what is wrong with one group of a code as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupProblem {
    /// Which group, from 1; 9 and more are groups that should not be there.
    pub group: u8,
    /// What is wrong with it.
    pub kind: GroupProblemKind,
}

/// The ways in which a group can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupProblemKind {
    /// It is not there.
    Missing,
    /// It holds something other than digits.
    NotDigits,
    /// It has more or fewer than six digits.
    WrongLength,
    /// It is not a group of any code: a digit is wrong.
    Mistyped,
    /// It is one too many.
    Extra,
}

impl RecoveryCode {
    /// Makes a new code.
    pub fn random(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        Ok(Self(Zeroizing::new(random(entropy)?)))
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Returns the eight groups as printed.
    #[must_use]
    pub fn groups(&self) -> [Zeroizing<String>; GROUPS] {
        std::array::from_fn(|group| {
            let value = u16::from_be_bytes([self.0[group * 2], self.0[group * 2 + 1]]);
            Zeroizing::new(format!("{:06}", u32::from(value) * GROUP_FACTOR))
        })
    }

    /// Says whether a group, counted from 1, was typed back as printed.
    #[must_use]
    pub fn group_matches(&self, group: usize, typed: &str) -> bool {
        let typed = Zeroizing::new(typed.nfkc().collect::<String>());
        group.checked_sub(1).and_then(|place| {
            self.groups()
                .get(place)
                .map(|printed| printed.as_str() == typed.trim())
        }) == Some(true)
    }

    /// Reads a code as typed: full-width digits, spaces and any dashes are welcome. Every wrong group is named.
    pub fn parse(typed: &str) -> Result<Self, Vec<GroupProblem>> {
        // Nobody types more than this; a pasted novel is not worth normalising.
        let plain: Zeroizing<String> = Zeroizing::new(typed.chars().take(512).nfkc().collect());
        let mut groups: Vec<&str> = plain
            .split(is_separator)
            .filter(|group| !group.is_empty())
            .collect();
        if let [one] = groups[..]
            && one.len() > GROUP_DIGITS
            && one.bytes().all(|byte| byte.is_ascii_digit())
        {
            groups = (0..one.len())
                .step_by(GROUP_DIGITS)
                .map(|at| &one[at..one.len().min(at + GROUP_DIGITS)])
                .collect();
        }
        let mut bytes = Zeroizing::new([0; 16]);
        let mut problems = Vec::new();
        for place in 0..groups.len().max(GROUPS) {
            let value = match groups.get(place) {
                None => Err(GroupProblemKind::Missing),
                Some(_) if place >= GROUPS => Err(GroupProblemKind::Extra),
                Some(group) => read_group(group),
            };
            match value {
                Ok(value) => bytes[place * 2..place * 2 + 2].copy_from_slice(&value.to_be_bytes()),
                Err(kind) => problems.push(GroupProblem {
                    group: u8::try_from(place + 1).unwrap_or(u8::MAX),
                    kind,
                }),
            }
        }
        if problems.is_empty() {
            Ok(Self(bytes))
        } else {
            Err(problems)
        }
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | 'ー' | '_' | '.' | ',' | '、' | '。'
        )
}

fn read_group(group: &str) -> Result<u16, GroupProblemKind> {
    if !group.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(GroupProblemKind::NotDigits);
    }
    if group.len() != GROUP_DIGITS {
        return Err(GroupProblemKind::WrongLength);
    }
    let value: u32 = group.parse().map_err(|_| GroupProblemKind::NotDigits)?;
    if !value.is_multiple_of(GROUP_FACTOR) {
        return Err(GroupProblemKind::Mistyped);
    }
    u16::try_from(value / GROUP_FACTOR).map_err(|_| GroupProblemKind::Mistyped)
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, group) in self.groups().iter().enumerate() {
            if place > 0 {
                f.write_str("-")?;
            }
            f.write_str(group)?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl Zeroize for RecoveryCode {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// 指纹 — eighty bits of the hash of a public key, as people compare them: `XXXX-XXXX-XXXX-XXXX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint([u8; 10]);

/// Crockford's letters: no I, L, O or U to mistake.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FINGERPRINT_LETTERS: usize = 16;

/// Says that a text is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint: sixteen letters and digits in groups of four")]
pub struct NotAFingerprint;

impl Fingerprint {
    /// Takes the fingerprint of a public key.
    #[must_use]
    pub fn of(public_key: &[u8; 32]) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"tongbao/signer/v1\0");
        hash.update(public_key);
        let mut short = [0; 10];
        short.copy_from_slice(&hash.finalize()[..10]);
        Self(short)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bits = [0; 16];
        bits[6..].copy_from_slice(&self.0);
        let bits = u128::from_be_bytes(bits);
        for place in 0..FINGERPRINT_LETTERS {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let letter = (bits >> (5 * (FINGERPRINT_LETTERS - 1 - place))) & 31;
            write!(f, "{}", char::from(LETTERS[letter as usize]))?;
        }
        Ok(())
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let mut bits: u128 = 0;
        let mut letters = 0;
        for c in text.chars().take(64).nfkc().filter(|c| !is_separator(*c)) {
            let letter = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            };
            let value = LETTERS
                .iter()
                .position(|known| char::from(*known) == letter)
                .ok_or(NotAFingerprint)?;
            bits = bits << 5 | value as u128;
            letters += 1;
            if letters > FINGERPRINT_LETTERS {
                return Err(NotAFingerprint);
            }
        }
        if letters != FINGERPRINT_LETTERS {
            return Err(NotAFingerprint);
        }
        let mut short = [0; 10];
        short.copy_from_slice(&bits.to_be_bytes()[6..]);
        Ok(Self(short))
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotAFingerprint;

    fn try_from(text: String) -> Result<Self, NotAFingerprint> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// Names a line of a trust file that holds no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TrustLineProblem {
    /// Which line, from 1.
    pub line: usize,
}

/// Reads the fingerprints copied from the recovery sheets: one a line, then a space and any name; `#` begins a comment.
pub fn parse_trust_file(text: &str) -> Result<BTreeSet<Fingerprint>, Vec<TrustLineProblem>> {
    let mut fingerprints = BTreeSet::new();
    let mut problems = Vec::new();
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let Some(first) = line
            .split('#')
            .next()
            .and_then(|line| line.split_whitespace().next())
        else {
            continue;
        };
        match first.parse() {
            Ok(fingerprint) => drop(fingerprints.insert(fingerprint)),
            Err(NotAFingerprint) => problems.push(TrustLineProblem { line: place + 1 }),
        }
    }
    if problems.is_empty() {
        Ok(fingerprints)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use GroupProblemKind::{Extra, Missing, Mistyped, NotDigits, WrongLength};
    use proptest::prelude::*;

    fn code(bytes: [u8; 16]) -> RecoveryCode {
        RecoveryCode(Zeroizing::new(bytes))
    }

    fn problems(typed: &str) -> Vec<(u8, GroupProblemKind)> {
        RecoveryCode::parse(typed)
            .unwrap_err()
            .into_iter()
            .map(|problem| (problem.group, problem.kind))
            .collect()
    }

    #[test]
    fn codes_are_printed_as_eight_groups_of_six_digits() {
        assert_eq!(
            code([0; 16]).to_string(),
            "000000-000000-000000-000000-000000-000000-000000-000000"
        );
        assert_eq!(
            code([255; 16]).to_string(),
            "720885-720885-720885-720885-720885-720885-720885-720885",
            "65535 times eleven"
        );
        assert_eq!(format!("{:?}", code([1; 16])), "RecoveryCode(..)");
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let printed = code(*b"0123456789abcdef").to_string();
        let full_width: String = printed
            .chars()
            .map(|c| {
                c.to_digit(10)
                    .and_then(|d| char::from_u32('０' as u32 + d))
                    .unwrap_or('－')
            })
            .collect();
        for typed in [
            printed.clone(),
            printed.replace('-', " "),
            printed.replace('-', ""),
            printed.replace('-', "——"),
            format!("  {}\n", printed.replace('-', "\n")),
            full_width,
        ] {
            assert_eq!(
                RecoveryCode::parse(&typed).unwrap(),
                code(*b"0123456789abcdef"),
                "{typed}"
            );
        }
    }

    #[test]
    fn every_wrong_group_is_named_with_its_place() {
        assert_eq!(
            problems("000011 00002 00003O 000013 720896 000011 000011"),
            vec![
                (2, WrongLength),
                (3, NotDigits),
                (4, Mistyped),
                (5, Mistyped),
                (8, Missing)
            ]
        );
        assert_eq!(
            problems(&format!("{}-000011", code([3; 16]))),
            vec![(9, Extra)]
        );
        assert_eq!(problems("").len(), 8);
        assert_eq!(problems(&"1 ".repeat(1_000_000)).len(), 256);
        assert_eq!(problems(&"7".repeat(1_000_000))[0], (1, Mistyped));
    }

    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_shows_in_every_group() {
        for value in 0..=u16::MAX {
            let right = format!("{:06}", u32::from(value) * GROUP_FACTOR).into_bytes();
            for place in 0..GROUP_DIGITS {
                for digit in b'0'..=b'9' {
                    let mut wrong = right.clone();
                    wrong[place] = digit;
                    let read = read_group(std::str::from_utf8(&wrong).unwrap());
                    assert_eq!(read.is_ok(), wrong == right, "{value} {wrong:?}");
                }
                if place > 0 {
                    let mut wrong = right.clone();
                    wrong.swap(place, place - 1);
                    assert_eq!(
                        read_group(std::str::from_utf8(&wrong).unwrap()).is_ok(),
                        wrong == right
                    );
                }
            }
        }
    }

    #[test]
    fn two_groups_are_typed_back() {
        let code = code([9; 16]);
        let printed = code.groups();
        assert!(
            code.group_matches(1, &printed[0])
                && code.group_matches(8, &format!(" {} ", *printed[7]))
        );
        assert!(
            !code.group_matches(2, "000011")
                && !code.group_matches(0, &printed[0])
                && !code.group_matches(9, "")
        );
    }

    #[test]
    fn a_fingerprint_is_the_same_for_ever_and_forgives_handwriting() {
        let fingerprint = Fingerprint::of(&[7; 32]);
        let printed = fingerprint.to_string();
        assert_eq!(printed, "XBQC-XNPV-MC91-8VVE");
        for typed in [
            printed.to_lowercase(),
            printed.replace('-', ""),
            printed.replace('0', "O").replace('1', "l"),
        ] {
            assert_eq!(typed.parse(), Ok(fingerprint), "{typed}");
        }
        for wrong in [
            "",
            "ABCD",
            &format!("{printed}0"),
            &printed.replace('-', "U"),
        ] {
            assert_eq!(
                wrong.parse::<Fingerprint>(),
                Err(NotAFingerprint),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_trust_file_names_its_wrong_lines() {
        let (a, b) = (Fingerprint::of(&[1; 32]), Fingerprint::of(&[2; 32]));
        let text = format!(
            "\u{feff}# 签名人指纹\n\n{a} 李梅\r\n  {} # 王强\n{a}\n",
            b.to_string().to_lowercase()
        );
        assert_eq!(parse_trust_file(&text), Ok([a, b].into()));
        assert_eq!(
            parse_trust_file(&format!("{a}\n王强 {b}\nxyz")),
            Err(vec![
                TrustLineProblem { line: 2 },
                TrustLineProblem { line: 3 }
            ])
        );
    }

    proptest! {
        #[test]
        fn codes_round_trip(bytes: [u8; 16]) {
            prop_assert_eq!(RecoveryCode::parse(&code(bytes).to_string()), Ok(code(bytes)));
        }

        #[test]
        fn a_typed_mistake_is_located(bytes: [u8; 16], place in 0..48_usize, digit in 0..10_u8) {
            let printed = code(bytes).to_string();
            let at = place + place / 6;
            let mut typed = printed.clone().into_bytes();
            typed[at] = b'0' + digit;
            let typed = String::from_utf8(typed).unwrap();
            if typed == printed {
                prop_assert!(RecoveryCode::parse(&typed).is_ok());
            } else {
                prop_assert_eq!(problems(&typed), vec![((place / 6 + 1) as u8, Mistyped)]);
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,300}") {
            let _ = RecoveryCode::parse(&text);
            let _ = text.parse::<Fingerprint>();
            let _ = parse_trust_file(&text);
        }

        #[test]
        fn fingerprints_round_trip(key: [u8; 32]) {
            let fingerprint = Fingerprint::of(&key);
            prop_assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
            prop_assert_eq!(serde_json::from_str::<Fingerprint>(&serde_json::to_string(&fingerprint).unwrap()).unwrap(), fingerprint);
        }
    }
}
