//! What can be wrong with any piece of text, sign by sign: forms of numbers and dates, punctuation, private numbers.
use super::phrase;
use crate::calendar;
use crate::org::{is_bidi_control, is_han};
use chrono::{Datelike, NaiveDate};

/// Characters that are not seen but change what is read or searched.
pub(super) fn is_hidden(c: char) -> bool {
    is_bidi_control(c)
        || (c.is_control() && c != '\n' && c != '\t')
        || matches!(u32::from(c), 0x00AD | 0x034F | 0x180E | 0x200B..=0x200D | 0x2028 | 0x2029 | 0x2060..=0x2064 | 0xE000..=0xF8FF | 0xFFF9..=0xFFFD | 0xE0000..=0xE0FFF)
}

/// Runs of digits that may be broken by one hyphen or blank: `138-0000-0000`.
pub(super) fn digit_runs(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() || (i > 0 && chars[i - 1].is_ascii_alphanumeric()) {
            i += 1;
            continue;
        }
        let mut end = i;
        while let Some(c) = chars.get(end) {
            let goes_on = chars.get(end + 1).is_some_and(char::is_ascii_digit);
            match c {
                '0'..='9' => end += 1,
                'X' | 'x' if end > i => {
                    end += 1;
                    break;
                }
                '-' | ' ' | '－' if goes_on => end += 1,
                _ => break,
            }
        }
        if !chars.get(end).is_some_and(char::is_ascii_alphanumeric) {
            out.push(i..end);
        }
        i = end.max(i + 1);
    }
    out
}
/// How sure it is that digits are an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// The check digit agrees, or it is an old number of 15 digits with a region and a date of birth.
    Sure,
    /// A date of birth stands where it would, but the check digit does not agree.
    Likely,
}
/// Recognises 18 and 15 digits with a possible region and date of birth (GB 11643-1999).
pub(super) fn identity_number(digits: &str) -> Option<Identity> {
    let b = digits.as_bytes();
    let number = |r: std::ops::Range<usize>| digits[r].parse::<i32>().unwrap_or(0);
    let region = |b: &[u8]| matches!(b.first(), Some(b'1'..=b'8'));
    let born = |year: i32, month: i32, day: i32| {
        let part = |n: i32| u32::try_from(n).unwrap_or(0);
        NaiveDate::from_ymd_opt(year, part(month), part(day)).is_some()
    };
    match b.len() {
        18 if b[..17].iter().all(u8::is_ascii_digit) && region(b) => {
            let year = number(6..10);
            if !(1900..=2100).contains(&year) || !born(year, number(10..12), number(12..14)) {
                return None;
            }
            const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let sum: u32 = WEIGHTS
                .iter()
                .zip(b)
                .map(|(w, d)| w * u32::from(d - b'0'))
                .sum();
            let wanted = b"10X98765432"[(sum % 11) as usize];
            Some(match b[17].to_ascii_uppercase() == wanted {
                true => Identity::Sure,
                false => Identity::Likely,
            })
        }
        15 if b.iter().all(u8::is_ascii_digit) && region(b) => {
            born(1900 + number(6..8), number(8..10), number(10..12)).then_some(Identity::Sure)
        }
        _ => None,
    }
}
pub(super) fn is_mobile_number(digits: &str) -> bool {
    let b = digits.as_bytes();
    b.len() == 11
        && b[0] == b'1'
        && (b'3'..=b'9').contains(&b[1])
        && b.iter().all(u8::is_ascii_digit)
}
/// Shows where it is without repeating it: `138…00`.
pub(super) fn hint_of(digits: &str) -> String {
    let chars: Vec<char> = digits.chars().collect();
    let (head, tail) = (
        &chars[..3.min(chars.len())],
        &chars[chars.len().saturating_sub(2)..],
    );
    head.iter().chain(&['…']).chain(tail).collect()
}

/// Finds a year of a document number in other brackets than 〔〕: `[2026]5号`.
pub(super) fn wrong_year_brackets(chars: &[char]) -> Option<String> {
    (0..chars.len()).find_map(|i| {
        let open = "[【(（［﹝".contains(chars[i]);
        let close = chars.get(i + 5).is_some_and(|c| "]】)）］﹞".contains(*c));
        let year = chars.get(i + 1..i + 5)?.iter().all(char::is_ascii_digit);
        let digits = chars[(i + 6).min(chars.len())..]
            .iter()
            .take_while(|c| c.is_ascii_digit() || **c == '第')
            .count();
        let number = digits > 0 && chars.get(i + 6 + digits) == Some(&'号');
        (open && close && year && number).then(|| chars[i..i + 6].iter().collect())
    })
}
/// Finds `01月` or `05日` after a date part.
pub(super) fn zero_date(chars: &[char]) -> Option<String> {
    (0..chars.len()).find_map(|i| {
        let starts = i == 0 || !chars[i - 1].is_ascii_digit();
        let hit = starts
            && chars[i] == '0'
            && chars.get(i + 1)?.is_ascii_digit()
            && matches!(chars.get(i + 2)?, '月' | '日');
        hit.then(|| chars[i..i + 3].iter().collect())
    })
}
/// Finds `26年11月`.
pub(super) fn short_year(chars: &[char]) -> Option<String> {
    (0..chars.len()).find_map(|i| {
        let starts = i == 0
            || !(chars[i - 1].is_ascii_digit()
                || is_han(chars[i - 1]) && "第满近约共有达".contains(chars[i - 1]));
        let two = chars.get(i..i + 2)?.iter().all(char::is_ascii_digit)
            && chars.get(i + 2) == Some(&'年');
        let month = chars[(i + 3).min(chars.len())..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let hit =
            starts && two && (1..=2).contains(&month) && chars.get(i + 3 + month) == Some(&'月');
        hit.then(|| chars[i..i + 4 + month].iter().collect())
    })
}
/// Finds half-width punctuation next to Han characters; a short piece around it.
pub(super) fn half_width(chars: &[char]) -> Option<String> {
    let near =
        |c: Option<&char>| c.is_some_and(|c| is_han(*c) || "，。；：、）（》《”“〔〕".contains(*c));
    (0..chars.len()).find_map(|i| {
        let before = i.checked_sub(1).and_then(|b| chars.get(b));
        let after = chars.get(i + 1);
        let hit = match chars[i] {
            ',' | ';' | '?' | '!' | '"' => near(before) || near(after),
            // 8:20 and 3.5 keep theirs
            ':' | '.' => {
                near(before) && after.is_none_or(|c| !c.is_ascii_alphanumeric() && *c != '.')
            }
            '(' | ')' => near(before) || near(after),
            _ => false,
        };
        hit.then(|| {
            chars[i.saturating_sub(3)..(i + 4).min(chars.len())]
                .iter()
                .collect::<String>()
                .replace('\n', " ")
        })
    })
}
/// Finds a bracket or quotation mark without its partner.
pub(super) fn unpaired(chars: &[char]) -> Option<char> {
    const PAIRS: [(char, char); 7] = [
        ('（', '）'),
        ('《', '》'),
        ('“', '”'),
        ('‘', '’'),
        ('〔', '〕'),
        ('【', '】'),
        ('「', '」'),
    ];
    let mut open: Vec<(char, char)> = Vec::new();
    for c in chars {
        if let Some(pair) = PAIRS.iter().find(|(o, _)| o == c) {
            open.push(*pair);
        } else if PAIRS.iter().any(|(_, close)| close == c)
            && open.pop().is_none_or(|(_, close)| close != *c)
        {
            return Some(*c);
        }
    }
    open.last().map(|(o, _)| *o)
}
/// Finds a whole date in a line: `2026年11月20日`.
pub(super) fn full_date(text: &str) -> Option<String> {
    let at = text.find('年')?;
    let digits = text[..at]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    let end = at + text[at..].find('日')? + '日'.len_utf8();
    let date = &text[at - digits..end];
    calendar::parse_date(date).map(|_| date.to_owned())
}
/// Finds a number typed before a heading, where the program writes its own: `一、`, `（一）`, `1.`.
pub(super) fn typed_number(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().take(8).collect();
    let bracket = matches!(chars.first(), Some('（' | '('));
    let from = usize::from(bracket);
    let is_number = |c: &char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(*c);
    let n = chars.iter().skip(from).take_while(|c| is_number(c)).count();
    if n == 0 || n > 3 {
        return None;
    }
    let next = chars.get(from + n)?;
    let decimal = *next == '.' && chars.get(from + n + 1).is_some_and(char::is_ascii_digit);
    let hit = match bracket {
        true => matches!(next, '）' | ')'),
        false => matches!(next, '、' | '.' | '．' | ')' | '）') && !decimal,
    };
    hit.then(|| chars[..=from + n].iter().collect())
}

/// Finds a mark of secrecy: `机密★1年`, `密级：机密`, or a line that is nothing but the mark.
pub(in crate::documents) fn secrecy_mark(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let levels: Vec<&str> = phrase("check-secrecy").split_whitespace().collect();
    let starred = levels
        .iter()
        .any(|l| ["★", "☆"].iter().any(|s| bare.contains(&format!("{l}{s}"))));
    let named = phrase("check-secrecy-field").split_whitespace().any(|f| {
        levels
            .iter()
            .any(|l| bare.contains(&format!("{f}：{l}")) || bare.contains(&format!("{f}:{l}")))
    });
    (starred || named).then(|| bare.chars().take(8).collect())
}
/// A line that is nothing but a level of secrecy.
pub(super) fn secrecy_alone(text: &str) -> bool {
    phrase("check-secrecy")
        .split_whitespace()
        .any(|l| text.trim() == l)
}
/// Finds a date written with dots, hyphens or strokes: `2026.11.20`, `2026-11-20`.
pub(super) fn date_form(chars: &[char]) -> Option<(String, String)> {
    (0..chars.len()).find_map(|i| {
        let starts =
            i == 0 || !(chars[i - 1].is_ascii_alphanumeric() || ".-/".contains(chars[i - 1]));
        let year = chars.get(i..i + 4)?.iter().all(char::is_ascii_digit);
        let mark = *chars.get(i + 4)?;
        if !starts || !year || !".-/．－".contains(mark) {
            return None;
        }
        let take = |from: usize| {
            chars[from.min(chars.len())..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .count()
        };
        let month = take(i + 5);
        let day_at = i + 5 + month + 1;
        let day = take(day_at);
        let end = day_at + day;
        let fits = (1..=2).contains(&month)
            && (1..=2).contains(&day)
            && chars.get(day_at - 1) == Some(&mark);
        let goes_on = chars
            .get(end)
            .is_some_and(|c| c.is_ascii_alphanumeric() || *c == mark);
        let part = |from: usize, n: usize| chars[from..from + n].iter().collect::<String>();
        let date = |y: &str, m: &str, d: &str| {
            NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
        };
        if !fits || goes_on {
            return None;
        }
        let on = date(&part(i, 4), &part(i + 5, month), &part(day_at, day))?;
        Some((chars[i..end].iter().collect(), calendar::chinese_date(on)))
    })
}
/// What a written date says: its text, the date if there is one, and the weekday in brackets behind it.
pub(super) struct WrittenDate {
    /// As it stands.
    pub(super) text: String,
    /// The date; none for 2月30日.
    pub(super) date: Option<NaiveDate>,
    /// 一…日, where （星期五） follows.
    pub(super) weekday: Option<char>,
}
/// Reads every `2026年11月20日`, and every `11月20日` as of the year `year`.
pub(super) fn written_dates(chars: &[char], year: Option<i32>) -> Vec<WrittenDate> {
    let mut out = Vec::new();
    let back = |at: usize| {
        chars[..at]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    for at in (0..chars.len()).filter(|i| chars[*i] == '月') {
        let month_digits = back(at);
        let day_digits = chars[at + 1..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let end = at + 1 + day_digits;
        if !(1..=2).contains(&month_digits)
            || !(1..=2).contains(&day_digits)
            || chars.get(end) != Some(&'日')
        {
            continue;
        }
        let month_at = at - month_digits;
        let (start, given) = match month_at.checked_sub(1) {
            Some(y) if chars[y] == '年' && back(y) == 4 => (
                y - 4,
                chars[y - 4..y].iter().collect::<String>().parse().ok(),
            ),
            _ => (month_at, year),
        };
        let number = |r: std::ops::Range<usize>| {
            chars[r]
                .iter()
                .collect::<String>()
                .parse::<u32>()
                .unwrap_or(0)
        };
        let (month, day) = (number(month_at..at), number(at + 1..end));
        // without a year the 29th of February may be one
        let date = NaiveDate::from_ymd_opt(given.unwrap_or(2024), month, day);
        let behind: String = chars[end + 1..].iter().take(5).collect();
        let weekday = ["（星期", "（周", "(星期", "星期"]
            .iter()
            .find_map(|p| behind.strip_prefix(p)?.chars().next());
        out.push(WrittenDate {
            text: chars[start..=end].iter().collect(),
            date: date.map(|d| d.with_year(given.unwrap_or(2024)).unwrap_or(d)),
            weekday: weekday.filter(|c| given.is_some() && "一二三四五六日天".contains(*c)),
        });
    }
    out
}
/// The weekday of a date as it is written in brackets.
pub(super) fn weekday_sign(on: NaiveDate) -> char {
    ['一', '二', '三', '四', '五', '六', '日'][on.weekday().num_days_from_monday() as usize]
}
/// Finds a year in Chinese numerals: `二〇二六年`.
pub(super) fn chinese_year(chars: &[char]) -> Option<String> {
    chars.windows(5).find_map(|w| {
        let hit = matches!(w[0], '一' | '二')
            && w[1..4]
                .iter()
                .all(|c| "〇○零一二三四五六七八九".contains(*c))
            && w[4] == '年';
        hit.then(|| w.iter().collect())
    })
}
/// Finds a time with a full-width colon: `8：20`.
pub(super) fn time_form(chars: &[char]) -> Option<String> {
    (1..chars.len().saturating_sub(2)).find_map(|i| {
        let before = chars[..i]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let hour = chars[i - before..i]
            .iter()
            .collect::<String>()
            .parse::<u32>()
            .ok()?;
        let minutes: String = chars[i + 1..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        let hit = chars[i] == '：'
            && before <= 2
            && hour < 25
            && minutes.len() == 2
            && minutes.parse::<u32>().ok()? < 60;
        hit.then(|| chars[i - before..i + 3].iter().collect())
    })
}
/// Finds full-width digits and letters: `１２`.
pub(super) fn full_width_digit(chars: &[char]) -> Option<String> {
    let wide = |c: &char| matches!(*c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let at = chars.iter().position(wide)?;
    Some(chars[at..].iter().take_while(|c| wide(c)).take(8).collect())
}
/// Finds a range of numbers with a hyphen: `3-5名`.
pub(super) fn number_range(chars: &[char]) -> Option<String> {
    (1..chars.len()).find_map(|i| {
        if chars[i] != '-' {
            return None;
        }
        let digit = |c: &char| c.is_ascii_digit() || matches!(c, '.' | '%' | ':');
        let before = chars[..i].iter().rev().take_while(|c| digit(c)).count();
        let after = chars[i + 1..].iter().take_while(|c| digit(c)).count();
        let end = i + 1 + after;
        let left = (i - before).checked_sub(1).and_then(|b| chars.get(b));
        // a number of a telephone, a room or a law keeps its hyphen
        let word = left.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '-');
        let unit = chars
            .get(end)
            .is_some_and(|c| is_han(*c) && *c != '号' || *c == '℃');
        let hit = (1..=5).contains(&before) && (1..=5).contains(&after) && !word && unit;
        hit.then(|| chars[i - before..=end].iter().collect())
    })
}
/// Finds digits mixed with Chinese numerals: `3千5百`.
pub(super) fn mixed_number(chars: &[char]) -> Option<String> {
    (1..chars.len()).find_map(|i| {
        let hit = chars[i - 1].is_ascii_digit()
            && matches!(chars[i], '十' | '百' | '千')
            && !matches!(
                chars.get(i + 1),
                Some('分' | '克' | '米' | '瓦' | '卡' | '帕' | '字')
            );
        hit.then(|| chars[i - 1..(i + 2).min(chars.len())].iter().collect())
    })
}
