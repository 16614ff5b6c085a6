//! 线索 — what could still tell who a child is when the name is gone.
use super::{Mask, MaskChoice, preset, words_of};
use crate::org::is_han;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 线索的种类 — what kind of thing tells who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClueKind {
    /// 班里只有一人的职务
    Role,
    /// 人数很少的班级
    SmallClass,
    /// 名字的一部分
    GivenName,
    /// 外号
    Nickname,
    /// 电话号码
    Phone,
    /// 身份证件号码
    IdentityNumber,
    /// 住址
    Address,
    /// 出生日期
    BirthDate,
    /// 宿舍床位
    Bed,
    /// 家长姓名
    ParentName,
    /// 健康信息
    Health,
    /// 家庭情况
    Family,
}
impl ClueKind {
    /// All kinds.
    pub const ALL: [ClueKind; 12] = [
        ClueKind::Role,
        ClueKind::SmallClass,
        ClueKind::GivenName,
        ClueKind::Nickname,
        ClueKind::Phone,
        ClueKind::IdentityNumber,
        ClueKind::Address,
        ClueKind::BirthDate,
        ClueKind::Bed,
        ClueKind::ParentName,
        ClueKind::Health,
        ClueKind::Family,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            ClueKind::Role => "role",
            ClueKind::SmallClass => "small_class",
            ClueKind::GivenName => "given_name",
            ClueKind::Nickname => "nickname",
            ClueKind::Phone => "phone",
            ClueKind::IdentityNumber => "identity_number",
            ClueKind::Address => "address",
            ClueKind::BirthDate => "birth_date",
            ClueKind::Bed => "bed",
            ClueKind::ParentName => "parent_name",
            ClueKind::Health => "health",
            ClueKind::Family => "family",
        }
    }
}

/// 线索 — something in a masked text that could still tell who a child is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Clue {
    /// What kind.
    pub kind: ClueKind,
    /// Which text of the document.
    pub path: String,
    /// The words themselves.
    pub text: String,
}

/// Finds what a masked text still tells.
pub(super) fn find(
    path: &str,
    text: &str,
    masks: &[Mask],
    class_sizes: &BTreeMap<String, usize>,
) -> Vec<Clue> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<(ClueKind, String)> = Vec::new();
    let masked = |m: &&Mask| !matches!(m.choice, Some(MaskChoice::Keep | MaskChoice::NotPupil));
    let some_masked = masks.iter().any(|m| masked(&m));
    let classes: Vec<(&String, usize)> = class_sizes
        .iter()
        .filter(|(name, _)| text.contains(name.as_str()) || text.contains(&narrow(name)))
        .map(|(name, n)| (name, *n))
        .collect();
    if !classes.is_empty() || some_masked {
        found.extend(longest_words(text, "roles").map(|w| (ClueKind::Role, w)));
    }
    let few: usize = preset("few").parse().unwrap_or(0);
    for (name, n) in &classes {
        if some_masked && (1..few).contains(n) {
            found.push((ClueKind::SmallClass, (*name).clone()));
        }
    }
    for m in masks.iter().filter(masked) {
        let name: Vec<char> = m.name.chars().collect();
        let surname = super::surname_of(&name);
        let given: String = name[surname.min(name.len())..].iter().collect();
        if given.chars().count() > 1 && text.contains(&given) {
            found.push((ClueKind::GivenName, given));
        }
    }
    if some_masked {
        found.extend(longest_words(text, "health").map(|w| (ClueKind::Health, w)));
        found.extend(longest_words(text, "family").map(|w| (ClueKind::Family, w)));
    }
    nicknames(&chars, &mut found);
    numbers(&chars, &mut found);
    addresses(&chars, &mut found);
    births(&chars, &mut found);
    beds(&chars, &mut found);
    parents(&chars, &mut found);
    let mut clues: Vec<Clue> = found
        .into_iter()
        .map(|(kind, text)| Clue {
            kind,
            path: path.to_owned(),
            text,
        })
        .collect();
    clues.sort();
    clues.dedup();
    clues
}

/// A class name with narrow brackets, as some write it.
fn narrow(class: &str) -> String {
    class.replace('（', "(").replace('）', ")")
}
/// The words of a list that stand in a text, without those that are part of a longer one there.
fn longest_words(text: &str, key: &str) -> impl Iterator<Item = String> {
    let there: Vec<&str> = words_of(key).filter(|w| text.contains(w)).collect();
    let all = there.clone();
    there
        .into_iter()
        .filter(move |w| !all.iter().any(|o| o.len() > w.len() && o.contains(w)))
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}
fn text_of(chars: &[char]) -> String {
    chars.iter().collect()
}
/// Where a word of a list begins and ends.
fn each_word<'a>(chars: &'a [char], key: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    (0..chars.len()).filter_map(move |at| {
        words_of(key)
            .filter(|w| super::starts_with(&chars[at..], w))
            .map(|w| at + w.chars().count())
            .max()
            .map(|end| (at, end))
    })
}

/// 外号“小胖”: what stands in quotes right behind the word for it.
fn nicknames(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    for (_, end) in each_word(chars, "nicknames") {
        let near = &chars[end..chars.len().min(end + 4)];
        let Some(open) = near.iter().position(|c| "“‘「『\"".contains(*c)) else {
            continue;
        };
        let inside: String = chars[end + open + 1..]
            .iter()
            .take(12)
            .take_while(|c| !"”’」』\"".contains(**c))
            .collect();
        if !inside.is_empty() {
            found.push((ClueKind::Nickname, inside));
        }
    }
}
/// Runs of digits, written together or parted by single blanks and hyphens.
fn numbers(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut digits = String::new();
        let mut end = at;
        while end < chars.len() {
            let next = chars.get(end + 1).is_some_and(char::is_ascii_digit);
            match chars[end] {
                c if c.is_ascii_digit() => digits.push(c),
                'X' | 'x' if digits.len() == 17 => digits.push('X'),
                ' ' | '-' if next => {}
                _ => break,
            }
            end += 1;
        }
        let mobile = digits.len() == 11
            && digits.starts_with('1')
            && digits
                .as_bytes()
                .get(1)
                .is_some_and(|d| (b'3'..=b'9').contains(d));
        let landline = (10..=12).contains(&digits.len()) && digits.starts_with('0');
        if mobile || landline {
            found.push((ClueKind::Phone, digits));
        } else if digits.len() == 18 || digits.len() == 15 {
            found.push((ClueKind::IdentityNumber, digits));
        }
        at = end.max(at + 1);
    }
}
/// 人民路12号3栋: a street or a block of flats with the number of a door.
fn addresses(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    for (begin, end) in each_word(chars, "streets") {
        let digits = chars[end..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        if digits == 0 || !words_of("doors").any(|d| super::starts_with(&chars[end + digits..], d))
        {
            continue;
        }
        let from = (0..=begin)
            .rev()
            .take_while(|i| is_han(chars[*i]) && begin - i < 6)
            .last()
            .unwrap_or(begin);
        found.push((ClueKind::Address, text_of(&chars[from..=end + digits])));
    }
}
/// 2015年3月2日出生
fn births(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    for (begin, end) in each_word(chars, "births") {
        let from = begin.saturating_sub(16);
        let to = chars.len().min(end + 16);
        let near = &chars[from..to];
        let day = near.iter().filter(|c| c.is_ascii_digit()).count() >= 6
            && near
                .iter()
                .filter(|c| preset("date-marks").contains(**c))
                .count()
                >= 2;
        if day {
            let date: String = near
                .iter()
                .filter(|c| c.is_ascii_digit() || preset("date-marks").contains(**c))
                .collect();
            found.push((ClueKind::BirthDate, date));
        }
    }
}
/// 302寝室4号床
fn beds(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    for (begin, end) in each_word(chars, "dormitories") {
        let room = (0..begin)
            .rev()
            .take_while(|i| chars[*i].is_ascii_digit())
            .last();
        let behind = &chars[end..chars.len().min(end + 8)];
        let bed = behind
            .iter()
            .position(|c| words_of("beds").any(|b| b.contains(*c)));
        let numbered = behind.iter().any(char::is_ascii_digit);
        if let (Some(n), true) = (bed, numbered) {
            found.push((
                ClueKind::Bed,
                text_of(&chars[room.unwrap_or(begin)..=end + n]),
            ));
        }
    }
}
/// 父亲王建国: a surname and one or two characters right behind the word.
fn parents(chars: &[char], found: &mut Vec<(ClueKind, String)>) {
    for (begin, end) in each_word(chars, "parents") {
        let name: Vec<char> = chars[end..]
            .iter()
            .copied()
            .take_while(|c| is_han(*c))
            .take(3)
            .collect();
        let surname = name
            .first()
            .is_some_and(|c| preset("single-surnames").contains(*c));
        let word =
            name.len() > 1 && words_of("words").any(|w| super::starts_with(&chars[end..], w));
        if surname && name.len() > 1 && !word {
            found.push((
                ClueKind::ParentName,
                text_of(&chars[begin..end + name.len()]),
            ));
        }
    }
}
