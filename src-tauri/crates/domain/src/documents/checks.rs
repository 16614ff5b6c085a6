//! 核对 — what the office should look at before a draft goes to the leader.
//!
//! A check never changes the text and never decides. Each names its source: a clause of the
//! standard, a regulation, a law, or the habit of offices.
use super::compose::phrase;
use super::{Block, BlockKind, Content, DocumentKind};
use crate::calendar;
use crate::inspections::{Finding, Nature, PersonKind};
use crate::org::{Directory, is_bidi_control, is_han};
use crate::problems::{Arg, Args};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How grave a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckLevel {
    /// 必须改
    Must,
    /// 建议改
    Should,
    /// 提示
    Hint,
}
impl CheckLevel {
    /// All levels, the gravest first.
    pub const ALL: [CheckLevel; 3] = [CheckLevel::Must, CheckLevel::Should, CheckLevel::Hint];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            CheckLevel::Must => "must",
            CheckLevel::Should => "should",
            CheckLevel::Hint => "hint",
        }
    }
}

/// 核对 — one thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// How grave.
    pub level: CheckLevel,
    /// A stable code.
    pub code: &'static str,
    /// The key of the message in the catalogue.
    pub message_key: String,
    /// What the message needs.
    pub args: Args,
    /// The block it speaks of; none for title, recipients and the whole.
    pub block_id: Option<String>,
    /// The key of where the rule comes from.
    pub source_key: &'static str,
}

/// Every check there is: code, level, source.
pub const CHECKS: &[(&str, CheckLevel, &str)] = &[
    (
        "title-empty",
        CheckLevel::Must,
        "documents-check-source-elements",
    ),
    (
        "body-empty",
        CheckLevel::Must,
        "documents-check-source-elements",
    ),
    (
        "identity-number",
        CheckLevel::Must,
        "documents-check-source-privacy",
    ),
    (
        "phone-number",
        CheckLevel::Must,
        "documents-check-source-privacy",
    ),
    (
        "mask-undecided",
        CheckLevel::Must,
        "documents-check-source-minors",
    ),
    (
        "mask-namesake",
        CheckLevel::Must,
        "documents-check-source-minors",
    ),
    (
        "mask-reason",
        CheckLevel::Must,
        "documents-check-source-minors",
    ),
    (
        "hidden-characters",
        CheckLevel::Must,
        "documents-check-source-habit",
    ),
    (
        "problem-whom",
        CheckLevel::Must,
        "documents-check-source-r028",
    ),
    (
        "problem-responsible",
        CheckLevel::Should,
        "documents-check-source-r028",
    ),
    (
        "count-differs",
        CheckLevel::Should,
        "documents-check-source-r030",
    ),
    (
        "findings-left-out",
        CheckLevel::Should,
        "documents-check-source-r025",
    ),
    (
        "title-kind",
        CheckLevel::Should,
        "documents-check-source-elements",
    ),
    (
        "title-punctuation",
        CheckLevel::Should,
        "documents-check-source-habit",
    ),
    (
        "title-date",
        CheckLevel::Should,
        "documents-check-source-r030",
    ),
    (
        "recipients-empty",
        CheckLevel::Hint,
        "documents-check-source-recipients",
    ),
    (
        "recipients-colon",
        CheckLevel::Should,
        "documents-check-source-recipients",
    ),
    (
        "year-brackets",
        CheckLevel::Should,
        "documents-check-source-number",
    ),
    (
        "date-zero",
        CheckLevel::Should,
        "documents-check-source-date",
    ),
    (
        "date-short-year",
        CheckLevel::Should,
        "documents-check-source-date",
    ),
    (
        "half-width",
        CheckLevel::Should,
        "documents-check-source-punctuation",
    ),
    (
        "unpaired",
        CheckLevel::Should,
        "documents-check-source-punctuation",
    ),
    (
        "heading-skips",
        CheckLevel::Should,
        "documents-check-source-levels",
    ),
    (
        "heading-empty",
        CheckLevel::Should,
        "documents-check-source-levels",
    ),
    (
        "heading-number",
        CheckLevel::Should,
        "documents-check-source-levels",
    ),
    (
        "manual-indent",
        CheckLevel::Should,
        "documents-check-source-layout",
    ),
    (
        "student-names",
        CheckLevel::Hint,
        "documents-check-source-minors",
    ),
];

/// Checks a draft against its linked findings and those of the day it reports on.
pub fn check(content: &Content, findings: &[Finding], directory: &Directory) -> Vec<Check> {
    let by_id: BTreeMap<Uuid, &Finding> = findings.iter().map(|f| (f.id, f)).collect();
    let mut c = Checker {
        out: Vec::new(),
        content,
        by_id,
        directory,
    };
    c.title();
    c.recipients();
    c.body();
    for block in &content.blocks {
        c.text(&block.text, Some(block));
    }
    c.headings();
    c.problems();
    c.counts();
    c.left_out();
    c.students();
    c.out.sort_by_key(|check| check.level);
    c.out
}

struct Checker<'a> {
    out: Vec<Check>,
    content: &'a Content,
    by_id: BTreeMap<Uuid, &'a Finding>,
    directory: &'a Directory,
}

impl Checker<'_> {
    fn add<const N: usize>(
        &mut self,
        code: &'static str,
        block: Option<&Block>,
        args: [(&str, Arg); N],
    ) {
        let (_, level, source_key) = CHECKS
            .iter()
            .find(|(c, ..)| *c == code)
            .expect("BUG: every check is listed");
        let args = args.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let message_key = format!("documents-check-{code}");
        self.out.push(Check {
            level: *level,
            code,
            message_key,
            args,
            block_id: block.map(|b| b.id.clone()),
            source_key,
        });
    }

    fn title(&mut self) {
        let title = self.content.title_line();
        let title = title.trim();
        if title.is_empty() {
            return self.add("title-empty", None, []);
        }
        let kind = match self.content.kind {
            DocumentKind::Circular => "title-circular",
            DocumentKind::Notice => "title-notice",
        };
        let word: String = phrase(kind)
            .chars()
            .rev()
            .take(2)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let ends_with_mark = title.ends_with([
            '。', '，', '；', '：', '！', '？', '.', ',', ';', ':', '!', '?', '、',
        ]);
        if ends_with_mark {
            self.add("title-punctuation", None, []);
        } else if !title.ends_with(&word) {
            self.add("title-kind", None, [("kind", word.into())]);
        }
        if let (Some(on), Some(found)) = (self.content.reports_on, full_date(title))
            && calendar::parse_date(&found) != Some(on)
        {
            self.add(
                "title-date",
                None,
                [
                    ("found", found.into()),
                    ("wanted", calendar::chinese_date(on).into()),
                ],
            );
        }
        self.text(title, None);
    }

    fn recipients(&mut self) {
        let to = self.content.recipients.trim();
        if to.is_empty() {
            self.add("recipients-empty", None, []);
        } else {
            if !to.ends_with('：') {
                self.add("recipients-colon", None, [("found", to.into())]);
            }
            let to = to.trim_end_matches(':').to_owned();
            self.text(&to, None);
        }
    }

    fn body(&mut self) {
        if !self
            .content
            .blocks
            .iter()
            .any(|b| b.kind == BlockKind::P && !b.text.trim().is_empty())
        {
            self.add("body-empty", None, []);
        }
    }

    /// What can be wrong with any text.
    fn text(&mut self, text: &str, block: Option<&Block>) {
        let chars: Vec<char> = text.chars().collect();
        if let Some(c) = chars.iter().find(|c| is_hidden(**c)) {
            self.add(
                "hidden-characters",
                block,
                [("code", format!("U+{:04X}", u32::from(*c)).into())],
            );
        }
        for run in digit_runs(&chars) {
            let digits: String = chars[run.clone()]
                .iter()
                .filter(|c| c.is_ascii_alphanumeric())
                .collect();
            if is_identity_number(&digits) {
                self.add(
                    "identity-number",
                    block,
                    [("found", hint_of(&digits).into())],
                );
            } else if is_mobile_number(&digits) {
                self.add("phone-number", block, [("found", hint_of(&digits).into())]);
            }
        }
        if let Some(found) = wrong_year_brackets(&chars) {
            let right: String = found.chars().filter(char::is_ascii_digit).collect();
            self.add(
                "year-brackets",
                block,
                [
                    ("found", found.into()),
                    ("wanted", format!("〔{right}〕").into()),
                ],
            );
        }
        if let Some(found) = zero_date(&chars) {
            self.add("date-zero", block, [("found", found.into())]);
        }
        if let Some(found) = short_year(&chars) {
            self.add("date-short-year", block, [("found", found.into())]);
        }
        if let Some(found) = half_width(&chars) {
            self.add("half-width", block, [("found", found.into())]);
        }
        if let Some(mark) = unpaired(&chars) {
            self.add("unpaired", block, [("mark", mark.to_string().into())]);
        }
        if block.is_some() && (text.starts_with('　') || text.starts_with("  ")) {
            self.add("manual-indent", block, []);
        }
    }

    fn headings(&mut self) {
        let level = |kind| match kind {
            BlockKind::H1 => 1,
            BlockKind::H2 => 2,
            BlockKind::H3 => 3,
            BlockKind::H4 => 4,
            BlockKind::P => 0,
        };
        let mut before = 0;
        for block in self
            .content
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::P)
        {
            let now = level(block.kind);
            if now > before + 1 {
                self.add(
                    "heading-skips",
                    Some(block),
                    [
                        ("level", Arg::Number(now)),
                        ("wanted", Arg::Number(before + 1)),
                    ],
                );
            }
            before = now;
            let text = block.text.trim();
            if text.is_empty() {
                self.add("heading-empty", Some(block), []);
            } else if let Some(number) = typed_number(text) {
                self.add("heading-number", Some(block), [("found", number.into())]);
            }
        }
    }

    /// every item under a heading of problems says whom it concerns and who answers for it.
    fn problems(&mut self) {
        let content = self.content;
        let mut items: Vec<Vec<&Block>> = Vec::new();
        let (mut inside, mut under_heading) = (false, false);
        for block in &content.blocks {
            match block.kind {
                BlockKind::H1 => {
                    inside = block.text.contains(phrase("check-problem-heading"));
                    under_heading = false;
                }
                _ if !inside || block.text.trim().is_empty() => {}
                BlockKind::H2 | BlockKind::H3 | BlockKind::H4 => {
                    items.push(vec![block]);
                    under_heading = true;
                }
                BlockKind::P => match items.last_mut().filter(|_| under_heading) {
                    // a paragraph without facts after an item with facts closes the section
                    Some(item)
                        if !(block.finding_ids.is_empty()
                            && item.iter().any(|b| !b.finding_ids.is_empty())) =>
                    {
                        item.push(block);
                    }
                    Some(_) => {}
                    // without headings every paragraph with facts is an item
                    None if !block.finding_ids.is_empty() => items.push(vec![block]),
                    None => {}
                },
            }
        }
        let responsible: Vec<&str> = phrase("check-responsible").split_whitespace().collect();
        for (i, item) in items.iter().enumerate() {
            let text: String = item.iter().map(|b| b.text.as_str()).collect();
            let facts: Vec<&Finding> = item
                .iter()
                .flat_map(|b| &b.finding_ids)
                .filter_map(|id| self.by_id.get(id).copied())
                .collect();
            let last = item.last().copied();
            let number = Arg::from(i + 1);
            if !self.names_somebody(&text, &facts) {
                self.add("problem-whom", last, [("number", number)]);
            } else if !responsible.iter().any(|w| text.contains(w)) {
                self.add("problem-responsible", last, [("number", number)]);
            }
        }
    }
    /// Says whether a text names a class, a unit or a person.
    fn names_somebody(&self, text: &str, facts: &[&Finding]) -> bool {
        let d = self.directory;
        let says = |name: &str| name.chars().count() >= 2 && text.contains(name);
        let unit = |name: &str| says(name) || says(name.trim_end_matches('组'));
        if facts
            .iter()
            .any(|f| f.text.people.iter().any(|p| says(&p.name)))
        {
            return true;
        }
        if d.class_groups()
            .iter()
            .any(|c| says(&c.name) || says(&crate::org::class_on_paper(&c.name)))
            || d.units().iter().any(|u| unit(&u.name))
        {
            return true;
        }
        let chars: Vec<char> = text.chars().collect();
        (0..chars.len()).any(|i| d.people_at(&chars, i).is_some())
    }

    /// The numbers that the opening gives, against the findings that the rest of the text rests on.
    fn counts(&mut self) {
        let content = self.content;
        let Some((at, opening)) = content
            .blocks
            .iter()
            .enumerate()
            .find(|(_, b)| b.kind == BlockKind::P && !b.text.trim().is_empty())
        else {
            return;
        };
        let rest: BTreeSet<Uuid> = content
            .blocks
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != at)
            .flat_map(|(_, b)| b.finding_ids.iter().copied())
            .collect();
        let facts: Vec<&Finding> = rest
            .iter()
            .filter_map(|id| self.by_id.get(id).copied())
            .collect();
        if facts.is_empty() {
            return;
        }
        let count = |nature: Nature| facts.iter().filter(|f| f.text.nature == nature).count();
        let mut wanted: Vec<(String, usize)> = phrase("check-total")
            .split_whitespace()
            .map(|w| (w.to_owned(), facts.len()))
            .collect();
        for nature in Nature::ALL {
            let word = phrase(&format!("count-{}", nature.code()));
            wanted.push((
                word.split('{').next().unwrap_or_default().to_owned(),
                count(nature),
            ));
        }
        let mut told = BTreeSet::new();
        for (word, n) in wanted {
            let Some((_, after)) = opening.text.split_once(&word) else {
                continue;
            };
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            let unit = after[digits.len()..].starts_with(phrase("check-unit"));
            if let (Ok(said), true) = (digits.parse::<usize>(), unit)
                && said != n
                && told.insert(said)
            {
                let what = format!("{word}{said}{}", phrase("check-unit"));
                self.add(
                    "count-differs",
                    Some(opening),
                    [("found", what.into()), ("count", n.into())],
                );
            }
        }
    }

    fn left_out(&mut self) {
        let (Some(on), DocumentKind::Circular) = (self.content.reports_on, self.content.kind)
        else {
            return;
        };
        let linked: BTreeSet<Uuid> = self
            .content
            .blocks
            .iter()
            .flat_map(|b| b.finding_ids.iter().copied())
            .collect();
        let mut left: Vec<&Finding> = self
            .by_id
            .values()
            .copied()
            .filter(|f| f.inspected_on == on && !linked.contains(&f.id))
            .collect();
        left.sort_by_key(|f| (f.text.observed_at, f.id));
        if let Some(first) = left.first() {
            let matter = first.text.matter.clone();
            self.add(
                "findings-left-out",
                None,
                [("count", left.len().into()), ("matter", matter.into())],
            );
        }
    }

    /// Names of pupils: a public sheet must not show them.
    fn students(&mut self) {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut first: Option<&Block> = None;
        let content = self.content;
        let linked = content.finding_ids();
        let linked_pupils: BTreeSet<&str> = linked
            .iter()
            .filter_map(|id| self.by_id.get(id))
            .flat_map(|f| &f.text.people)
            .filter(|p| p.kind != PersonKind::Staff)
            .map(|p| p.name.as_str())
            .collect();
        for block in &content.blocks {
            let before = seen.len();
            seen.extend(
                linked_pupils
                    .iter()
                    .filter(|n| !n.is_empty() && block.text.contains(**n))
                    .map(|n| (*n).to_owned()),
            );
            let chars: Vec<char> = block.text.chars().collect();
            let mut i = 0;
            while i < chars.len() {
                match self.directory.people_at(&chars, i) {
                    Some((n, who)) => {
                        // a name that a teacher bears too is taken for the teacher, unless a linked finding says otherwise
                        if who.iter().all(|p| p.kind == PersonKind::Student) {
                            seen.extend(who.first().map(|p| p.name.clone()));
                        }
                        i += n;
                    }
                    None => i += 1,
                }
            }
            if seen.len() > before {
                first = first.or(Some(block));
            }
        }
        if let Some(block) = first {
            let names: Vec<String> = seen.iter().take(3).cloned().collect();
            self.add(
                "student-names",
                Some(block),
                [
                    ("count", seen.len().into()),
                    ("names", names.join("、").into()),
                ],
            );
        }
    }
}

/// Characters that are not seen but change what is read or searched.
fn is_hidden(c: char) -> bool {
    is_bidi_control(c)
        || (c.is_control() && c != '\n' && c != '\t')
        || matches!(u32::from(c), 0x00AD | 0x034F | 0x180E | 0x200B..=0x200D | 0x2028 | 0x2029 | 0x2060..=0x2064 | 0xE000..=0xF8FF | 0xFFF9..=0xFFFD | 0xE0000..=0xE0FFF)
}

/// Runs of digits that may be broken by one hyphen or blank: `138-0000-0000`.
fn digit_runs(chars: &[char]) -> Vec<std::ops::Range<usize>> {
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
/// 18 characters with a possible date of birth inside.
fn is_identity_number(digits: &str) -> bool {
    let b = digits.as_bytes();
    if b.len() != 18 || !b[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |r: std::ops::Range<usize>| digits[r].parse::<u32>().unwrap_or(0);
    (1900..=2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14))
}
fn is_mobile_number(digits: &str) -> bool {
    let b = digits.as_bytes();
    b.len() == 11
        && b[0] == b'1'
        && (b'3'..=b'9').contains(&b[1])
        && b.iter().all(u8::is_ascii_digit)
}
/// Shows where it is without repeating it: `138…00`.
fn hint_of(digits: &str) -> String {
    let chars: Vec<char> = digits.chars().collect();
    let (head, tail) = (
        &chars[..3.min(chars.len())],
        &chars[chars.len().saturating_sub(2)..],
    );
    head.iter().chain(&['…']).chain(tail).collect()
}

/// Finds a year of a document number in other brackets than 〔〕: `[2026]5号`.
fn wrong_year_brackets(chars: &[char]) -> Option<String> {
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
fn zero_date(chars: &[char]) -> Option<String> {
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
fn short_year(chars: &[char]) -> Option<String> {
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
fn half_width(chars: &[char]) -> Option<String> {
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
fn unpaired(chars: &[char]) -> Option<char> {
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
fn full_date(text: &str) -> Option<String> {
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
fn typed_number(text: &str) -> Option<String> {
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

#[cfg(test)]
mod tests;
