//! 核对 — what the office should look at before a draft goes to the leader.
//!
//! A check never changes the text and never decides. Each names its source: a clause of the
//! standard, a regulation, a law, or the habit of offices.
use super::compose::phrase;
use super::{Block, BlockKind, Content};
use crate::calendar;
use crate::inspections::{Finding, Nature, PersonKind};
use crate::org::Directory;
use crate::problems::{Arg, Args};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

mod forms;
mod kinds;
pub(super) mod texts;
use texts::*;

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
    (
        "secrecy-mark",
        CheckLevel::Must,
        "documents-check-source-secrecy",
    ),
    (
        "attachment-untitled",
        CheckLevel::Must,
        "documents-check-source-attachment-pages",
    ),
    (
        "table-empty",
        CheckLevel::Must,
        "documents-check-source-tables",
    ),
    (
        "commendation-whom",
        CheckLevel::Must,
        "documents-check-source-r028",
    ),
    (
        "image-missing",
        CheckLevel::Must,
        "documents-check-source-habit",
    ),
    (
        "identity-like",
        CheckLevel::Should,
        "documents-check-source-privacy",
    ),
    (
        "title-about",
        CheckLevel::Should,
        "documents-check-source-elements",
    ),
    (
        "date-form",
        CheckLevel::Should,
        "documents-check-source-date",
    ),
    (
        "date-impossible",
        CheckLevel::Should,
        "documents-check-source-r030",
    ),
    (
        "weekday-differs",
        CheckLevel::Should,
        "documents-check-source-r030",
    ),
    (
        "date-chinese",
        CheckLevel::Should,
        "documents-check-source-date",
    ),
    (
        "time-form",
        CheckLevel::Should,
        "documents-check-source-numbers",
    ),
    (
        "full-width-digit",
        CheckLevel::Should,
        "documents-check-source-numbers",
    ),
    (
        "number-range",
        CheckLevel::Should,
        "documents-check-source-numbers",
    ),
    (
        "number-mixed",
        CheckLevel::Should,
        "documents-check-source-numbers",
    ),
    (
        "heading-bare",
        CheckLevel::Should,
        "documents-check-source-levels",
    ),
    (
        "heading-ending",
        CheckLevel::Hint,
        "documents-check-source-habit",
    ),
    (
        "heading-single",
        CheckLevel::Hint,
        "documents-check-source-habit",
    ),
    (
        "attachment-unnamed",
        CheckLevel::Should,
        "documents-check-source-attachments",
    ),
    (
        "attachment-unread",
        CheckLevel::Hint,
        "documents-check-source-attachments",
    ),
    (
        "attachment-ending",
        CheckLevel::Should,
        "documents-check-source-attachments",
    ),
    (
        "copy-to-word",
        CheckLevel::Should,
        "documents-check-source-copy-to",
    ),
    (
        "table-head-empty",
        CheckLevel::Should,
        "documents-check-source-tables",
    ),
    (
        "image-caption",
        CheckLevel::Hint,
        "documents-check-source-habit",
    ),
    (
        "break-idle",
        CheckLevel::Should,
        "documents-check-source-habit",
    ),
    (
        "paragraph-twice",
        CheckLevel::Should,
        "documents-check-source-habit",
    ),
    (
        "result-requirement",
        CheckLevel::Should,
        "documents-check-source-r029",
    ),
    (
        "result-deadline",
        CheckLevel::Should,
        "documents-check-source-r029",
    ),
    (
        "commendation-problem",
        CheckLevel::Should,
        "documents-check-source-r030",
    ),
    (
        "notice-deadline",
        CheckLevel::Hint,
        "documents-check-source-r028",
    ),
];

/// Says that the image of a block cannot be read: only the office knows.
pub fn image_missing(block_id: &str) -> Check {
    Check {
        level: CheckLevel::Must,
        code: "image-missing",
        message_key: "documents-check-image-missing".to_owned(),
        args: Args::new(),
        block_id: Some(block_id.to_owned()),
        source_key: "documents-check-source-habit",
    }
}

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
        for text in block.texts() {
            c.text(text, Some(block));
        }
    }
    for text in content.attachments.iter().chain([&content.copy_to]) {
        c.text(text, None);
    }
    c.headings();
    c.forms();
    c.problems();
    c.counts();
    c.left_out();
    c.students();
    c.kinds();
    // a long table says the same thing once
    let mut said = BTreeSet::new();
    let tables: BTreeSet<&str> = content
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Table)
        .map(|b| b.id.as_str())
        .collect();
    c.out.retain(|check| match check.block_id.as_deref() {
        Some(id) if tables.contains(id) => said.insert((check.code, id.to_owned())),
        _ => true,
    });
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
        let word: String = phrase(&format!("title-{}", self.content.kind.code()))
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
        } else if !title.contains(phrase("check-about")) && !title.contains(&format!("的{word}")) {
            self.add("title-about", None, [("kind", word.into())]);
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
        let said = |b: &&Block| {
            matches!(b.kind, BlockKind::P | BlockKind::Table | BlockKind::Image) && !b.is_blank()
        };
        let body = self
            .content
            .blocks
            .iter()
            .take_while(|b| b.kind != BlockKind::Attachment);
        if body.filter(said).count() == 0 {
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
            if let Some(sure) = identity_number(&digits) {
                let code = match sure {
                    Identity::Sure => "identity-number",
                    Identity::Likely => "identity-like",
                };
                self.add(code, block, [("found", hint_of(&digits).into())]);
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
        if let Some((found, wanted)) = date_form(&chars) {
            self.add(
                "date-form",
                block,
                [("found", found.into()), ("wanted", wanted.into())],
            );
        }
        let year = self.content.reports_on.map(|on| on.year());
        for d in written_dates(&chars, year) {
            match (d.date, d.weekday) {
                (None, _) => self.add("date-impossible", block, [("found", d.text.into())]),
                (Some(on), Some(said)) => {
                    let wanted = weekday_sign(on);
                    if said.to_string().replace('天', "日") != wanted.to_string() {
                        self.add(
                            "weekday-differs",
                            block,
                            [
                                ("date", d.text.into()),
                                ("found", said.to_string().into()),
                                ("wanted", wanted.to_string().into()),
                            ],
                        );
                    }
                }
                (Some(_), None) => {}
            }
        }
        let forms = [
            ("date-chinese", chinese_year(&chars)),
            ("time-form", time_form(&chars)),
            ("full-width-digit", full_width_digit(&chars)),
            ("number-range", number_range(&chars)),
            ("number-mixed", mixed_number(&chars)),
        ];
        for (code, found) in forms {
            if let Some(found) = found {
                self.add(code, block, [("found", found.into())]);
            }
        }
        if secrecy_alone(text) || secrecy_mark(text).is_some() {
            let found: String = text.trim().chars().take(8).collect();
            self.add("secrecy-mark", block, [("found", found.into())]);
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
        let mut before = 0;
        for block in &self.content.blocks {
            if block.kind == BlockKind::Attachment {
                before = 0;
            }
            let Some(now) = block.kind.level() else {
                continue;
            };
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
                BlockKind::Attachment => inside = false,
                BlockKind::Image | BlockKind::PageBreak => {}
                _ if !inside || block.is_blank() => {}
                BlockKind::H2 | BlockKind::H3 | BlockKind::H4 => {
                    items.push(vec![block]);
                    under_heading = true;
                }
                BlockKind::P | BlockKind::Table => match items.last_mut().filter(|_| under_heading)
                {
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
            let text: String = item
                .iter()
                .flat_map(|b| b.texts())
                .map(String::as_str)
                .collect();
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
        let (Some(on), true) = (self.content.reports_on, self.content.kind.reports_a_day()) else {
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
        let texts = content
            .blocks
            .iter()
            .flat_map(|b| b.texts().map(move |t| (b, t)));
        for (block, text) in texts {
            let before = seen.len();
            seen.extend(
                linked_pupils
                    .iter()
                    .filter(|n| !n.is_empty() && text.contains(**n))
                    .map(|n| (*n).to_owned()),
            );
            let chars: Vec<char> = text.chars().collect();
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

#[cfg(test)]
mod tests;
