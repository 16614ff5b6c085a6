//! 遮名 — pupils' names as outsiders may read them: by audience, in Rust, before a text reaches a page.
//!
//! A name is found whole, the longest first, also with blanks between its characters. Whoever writes decides
//! about what only looks like a name; until then it is masked. Words and clauses stand in
//! `assets/presets/masking.txt`.
use crate::inspections::{Finding, PersonKind};
use crate::org::{Directory, is_han};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

mod clues;

pub use clues::{Clue, ClueKind};

const PRESET_TXT: &str = include_str!("../../../../../assets/presets/masking.txt");

static PRESET: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    PRESET_TXT
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('='))
        .map(|(k, v)| (k.trim(), v.trim()))
        .collect()
});

/// Returns an entry of the preset; the tests read every one that is used.
fn preset(key: &str) -> &'static str {
    PRESET.get(key).copied().unwrap_or_default()
}
fn words_of(key: &str) -> impl Iterator<Item = &'static str> {
    preset(key).split_whitespace()
}
fn mark() -> char {
    preset("mark").chars().next().unwrap_or('*')
}

/// 受众 — who will read a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// 校内公开张贴
    Board,
    /// 家长
    Parents,
    /// 教职工
    Staff,
    /// 上级
    Superior,
}
impl Audience {
    /// All audiences, the widest first.
    pub const ALL: [Audience; 4] = [
        Audience::Board,
        Audience::Parents,
        Audience::Staff,
        Audience::Superior,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Audience::Board => "board",
            Audience::Parents => "parents",
            Audience::Staff => "staff",
            Audience::Superior => "superior",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
    /// Says whether pupils' names are masked for it: anything the preset does not allow is masked.
    pub fn masks_pupils(self) -> bool {
        !preset(&format!("mask-{}", self.code())).starts_with('不')
    }
    /// Returns for whom a kind of document is usually made: for everybody, unless the preset says otherwise.
    pub fn usual(document_kind: &str) -> Self {
        Self::from_code(preset(&format!("audience-{document_kind}"))).unwrap_or(Audience::Board)
    }
}

/// 遮法 — what stands instead of a name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MaskForm {
    /// 王×× — the surname, and a mark for each other character
    #[default]
    Marks,
    /// 某生 — no part of the name
    SomePupil,
}
impl MaskForm {
    /// All forms.
    pub const ALL: [MaskForm; 2] = [MaskForm::Marks, MaskForm::SomePupil];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            MaskForm::Marks => "marks",
            MaskForm::SomePupil => "some_pupil",
        }
    }
}

/// 处理 — what the writer decided about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaskChoice {
    /// 遮
    Mask,
    /// 不是学生
    NotPupil,
    /// 照写
    Keep,
}
impl MaskChoice {
    /// All choices.
    pub const ALL: [MaskChoice; 3] = [MaskChoice::Mask, MaskChoice::NotPupil, MaskChoice::Keep];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            MaskChoice::Mask => "mask",
            MaskChoice::NotPupil => "not_pupil",
            MaskChoice::Keep => "keep",
        }
    }
}

/// 遮名决定 — what the writer decided about one name of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskDecision {
    /// The name as it stands on the register.
    pub name: String,
    /// The word it may be part of; empty for the name by itself.
    #[serde(default)]
    pub word: String,
    /// What was decided.
    pub choice: MaskChoice,
    /// Why the name is shown in full: required to keep it.
    #[serde(default)]
    pub reason: String,
}

/// 存疑 — why it is not certain that a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// 可能是词语的一部分
    WithinWord,
    /// 与教职工同名
    StaffName,
}
impl Doubt {
    /// All doubts.
    pub const ALL: [Doubt; 2] = [Doubt::WithinWord, Doubt::StaffName];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Doubt::WithinWord => "within_word",
            Doubt::StaffName => "staff_name",
        }
    }
}

/// 遮名 — one place where a pupil's name stands, and what will stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    /// Which text of the document.
    pub path: String,
    /// The character it begins at, in that text.
    pub at: usize,
    /// The name on the register.
    pub name: String,
    /// The pupils who bear it.
    pub pupils: Vec<Uuid>,
    /// What is written.
    pub from: String,
    /// What will stand there; the same if it is kept.
    pub to: String,
    /// Why it is not certain.
    pub doubt: Option<Doubt>,
    /// The word it may be part of.
    pub word: String,
    /// What the writer decided.
    pub choice: Option<MaskChoice>,
    /// Why it is kept.
    pub reason: String,
}
impl Mask {
    /// Says whether somebody must decide before the text goes out.
    pub fn asks(&self) -> bool {
        self.doubt.is_some() && self.choice.is_none()
    }
    /// Says whether it is kept in full and nobody said why.
    pub fn lacks_reason(&self) -> bool {
        self.choice == Some(MaskChoice::Keep) && self.reason.trim().is_empty()
    }
}

/// 遮名后的文字 — a text as its audience reads it, and what was done to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// Every place where a pupil's name stood.
    pub masks: Vec<Mask>,
    /// What could still tell who a child is.
    pub clues: Vec<Clue>,
}

/// A name to look for.
#[derive(Debug, Clone)]
struct Entry {
    chars: Vec<char>,
    name: String,
    pupils: Vec<Uuid>,
    pupil: bool,
    staff: bool,
    surname: usize,
}

/// 遮名规则 — whom to look for, made once of the registers.
#[derive(Debug, Clone)]
pub struct Masker {
    by_start: BTreeMap<char, Vec<Entry>>,
    guards: BTreeMap<char, Vec<Vec<char>>>,
    class_sizes: BTreeMap<String, usize>,
    of_findings: BTreeMap<Uuid, Vec<(PersonKind, String)>>,
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '．' | '･')
}
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_zero_width(c)
}
fn is_zero_width(c: char) -> bool {
    matches!(u32::from(c), 0x200B..=0x200D | 0x2060 | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
}
fn same(a: char, b: char) -> bool {
    a == b || (is_dot(a) && is_dot(b)) || a.eq_ignore_ascii_case(&b)
}
/// How many blanks may stand between two characters of a name.
const BLANKS: usize = 3;

/// Returns how many characters of a name are its surname; of a name with a dot, the first stands for it.
fn surname_of(chars: &[char]) -> usize {
    let compound = words_of("surnames")
        .map(|s| s.chars().count())
        .zip(words_of("surnames"))
        .filter(|(n, s)| *n < chars.len() && s.chars().zip(chars).all(|(a, b)| a == *b))
        .map(|(n, _)| n)
        .max();
    match compound {
        Some(n) => n,
        None if chars.len() < 2 => 0,
        None => 1,
    }
}

impl Masker {
    /// Reads the registers, and whom the findings of a text name: some pupils may have left the register since.
    pub fn new(directory: &Directory, findings: &[Finding]) -> Self {
        let of_findings: BTreeMap<Uuid, Vec<(PersonKind, String)>> = findings
            .iter()
            .map(|f| {
                let people = f.text.people.iter().map(|p| (p.kind, p.name.clone()));
                let answers = f.text.rectification.iter();
                let answers = answers.map(|r| (PersonKind::Staff, r.responsible.clone()));
                (f.id, people.chain(answers).collect())
            })
            .collect();
        let mut entries: BTreeMap<Vec<char>, Entry> = BTreeMap::new();
        let mut add = |name: &str, id: Option<Uuid>, staff: bool| {
            let whole: Vec<char> = name
                .trim()
                .chars()
                .filter(|c| !is_blank(*c))
                .map(|c| if is_dot(c) { '·' } else { c })
                .collect();
            let first_part: Vec<char> = whole.iter().copied().take_while(|c| *c != '·').collect();
            let surname = surname_of(&whole);
            let mut parts = vec![whole.clone()];
            if first_part.len() > 1 && first_part.len() < whole.len() {
                parts.push(first_part);
            }
            for chars in parts.into_iter().filter(|c| !c.is_empty()) {
                let e = entries.entry(chars.clone()).or_insert_with(|| Entry {
                    surname: surname.min(chars.len() - 1),
                    chars,
                    name: name.trim().to_owned(),
                    pupils: Vec::new(),
                    pupil: false,
                    staff: false,
                });
                e.staff |= staff;
                e.pupil |= !staff;
                e.pupils.extend(id.filter(|_| !staff));
            }
        };
        for p in directory.people() {
            match p.kind {
                PersonKind::Staff => add(&p.name, None, true),
                PersonKind::Student => add(&p.name, Some(p.id), false),
                PersonKind::Other => {}
            }
        }
        for (kind, name) in of_findings.values().flatten() {
            if *kind == PersonKind::Student {
                add(name, None, false);
            }
        }
        let mut by_start: BTreeMap<char, Vec<Entry>> = BTreeMap::new();
        for e in entries.into_values() {
            by_start.entry(e.chars[0]).or_default().push(e);
        }
        for of in by_start.values_mut() {
            of.sort_by_key(|e| std::cmp::Reverse(e.chars.len()));
        }
        let mut guards: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        let mut words: Vec<&str> = words_of("words").collect();
        words.extend(directory.places().iter().map(String::as_str));
        words.extend(directory.units().iter().map(|u| u.name.as_str()));
        for word in words {
            let chars: Vec<char> = word.chars().collect();
            if chars.len() > 1 {
                guards.entry(chars[0]).or_default().push(chars);
            }
        }
        let mut class_sizes: BTreeMap<String, usize> = BTreeMap::new();
        for c in directory.class_groups() {
            let n = directory
                .people()
                .iter()
                .filter(|p| p.class_group_id == Some(c.id))
                .count();
            class_sizes.insert(crate::org::class_on_paper(&c.name), n);
        }
        Masker {
            by_start,
            guards,
            class_sizes,
            of_findings,
        }
    }
    /// Says who is meant by a name that a pupil and a member of staff bear, where the findings of the text tell.
    fn meant(&self, name: &str, findings: &[Uuid]) -> Option<PersonKind> {
        let kinds: BTreeSet<PersonKind> = findings
            .iter()
            .filter_map(|id| self.of_findings.get(id))
            .flatten()
            .filter(|(_, n)| n == name)
            .map(|(kind, _)| *kind)
            .collect();
        (kinds.len() == 1).then(|| kinds.first().copied()).flatten()
    }

    /// Masks one text for `audience`; nothing else of it changes. `findings` are those the text states.
    pub fn mask(
        &self,
        audience: Audience,
        form: MaskForm,
        decisions: &[MaskDecision],
        findings: &[Uuid],
        (path, text): (&str, &str),
    ) -> Masked {
        if !audience.masks_pupils() {
            return Masked {
                text: text.to_owned(),
                ..Masked::default()
            };
        }
        let chars: Vec<char> = text.chars().collect();
        let guarded = self.guarded(&chars);
        let mut out = Masked::default();
        let mut at = 0;
        while at < chars.len() {
            let Some((entry, end)) = self.name_at(&chars, at) else {
                out.text.push(chars[at]);
                at += 1;
                continue;
            };
            let (entry, begin, end, crossing) = match self.crossing(&chars, at, end, entry) {
                Some((other, from, to)) => (other, from, to, Some((at, to))),
                None => (entry, at, end, None),
            };
            out.text.extend(&chars[at..begin]);
            let written = &chars[begin..end];
            let meant = if entry.pupil && entry.staff {
                self.meant(&entry.name, findings)
            } else {
                None
            };
            if !entry.pupil || meant == Some(PersonKind::Staff) {
                out.text.extend(written);
                at = end;
                continue;
            }
            let within = crossing.or_else(|| word_around(&chars, &guarded, begin, end, entry));
            let word: String =
                within.map_or_else(String::new, |(a, b)| chars[a..b].iter().collect());
            let doubt = match within {
                Some(_) => Some(Doubt::WithinWord),
                None if entry.staff && meant.is_none() => Some(Doubt::StaffName),
                None => None,
            };
            let decision = decisions
                .iter()
                .find(|d| d.name == entry.name && d.word == word);
            let choice = decision.map(|d| d.choice);
            let from: String = written.iter().collect();
            let to = match choice {
                Some(MaskChoice::Keep | MaskChoice::NotPupil) => from.clone(),
                Some(MaskChoice::Mask) | None => shown(entry, form, written, &chars[end..]),
            };
            out.text.push_str(&to);
            out.masks.push(Mask {
                path: path.to_owned(),
                at: begin,
                name: entry.name.clone(),
                pupils: entry.pupils.clone(),
                from,
                to,
                doubt,
                word,
                choice,
                reason: decision.map(|d| d.reason.clone()).unwrap_or_default(),
            });
            at = end;
        }
        out.clues = clues::find(path, &out.text, &out.masks, &self.class_sizes);
        out
    }

    /// The longest name that stands at `at`, and where it ends.
    fn name_at(&self, text: &[char], at: usize) -> Option<(&Entry, usize)> {
        self.by_start
            .get(&text[at])?
            .iter()
            .find_map(|e| Some((e, matches(e, text, at)?)))
    }
    /// A pupil's name that begins inside a name which is not masked and runs out of it: both cannot be meant.
    fn crossing<'a>(
        &'a self,
        text: &[char],
        at: usize,
        end: usize,
        found: &Entry,
    ) -> Option<(&'a Entry, usize, usize)> {
        if found.pupil {
            return None;
        }
        (at + 1..end).find_map(|from| {
            let of = self.by_start.get(&text[from])?.iter();
            of.filter(|e| e.pupil && e.chars.len() > 1).find_map(|e| {
                matches(e, text, from)
                    .filter(|to| *to > end)
                    .map(|to| (e, from, to))
            })
        })
    }
    /// Where the words stand that only look like names.
    fn guarded(&self, text: &[char]) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        for at in 0..text.len() {
            let longest = self
                .guards
                .get(&text[at])
                .into_iter()
                .flatten()
                .filter(|w| text[at..].starts_with(w))
                .map(Vec::len)
                .max();
            spans.extend(longest.map(|n| (at, at + n)));
        }
        spans
    }
}

/// Says where a name ends that begins at `at`.
fn matches(e: &Entry, text: &[char], at: usize) -> Option<usize> {
    let mut i = at;
    for (n, c) in e.chars.iter().enumerate() {
        if n > 0 {
            let mut blanks = 0;
            while i < text.len() && is_blank(text[i]) && blanks < BLANKS {
                i += 1;
                blanks += 1;
            }
        }
        match text.get(i) {
            Some(found) if same(*found, *c) => i += 1,
            // the dot of a name is left out by some
            _ if is_dot(*c) => {}
            _ => return None,
        }
    }
    while i < text.len() && is_zero_width(text[i]) {
        i += 1;
    }
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let before = at.checked_sub(1).and_then(|b| text.get(b));
    if (latin(e.chars.first()) && latin(before)) || (latin(e.chars.last()) && latin(text.get(i))) {
        return None;
    }
    if e.chars.len() == 1 {
        // one character is a name only where it stands alone, behind a class or before a title
        let han = |c: Option<&char>| c.is_some_and(|c| is_han(*c) || *c == mark());
        let class = |c: Option<&char>| c.is_some_and(|c| preset("class-ends").contains(*c));
        let title = words_of("titles").any(|t| starts_with(&text[i..], t));
        let free_before = !han(before) || class(before);
        if !(free_before && (!han(text.get(i)) || title)) {
            return None;
        }
    }
    Some(i)
}
fn starts_with(text: &[char], word: &str) -> bool {
    let mut at = text.iter();
    word.chars().all(|c| at.next() == Some(&c))
}

/// The word that a name is part of, unless what stands beside it says that a person is meant.
fn word_around(
    text: &[char],
    guarded: &[(usize, usize)],
    begin: usize,
    end: usize,
    e: &Entry,
) -> Option<(usize, usize)> {
    if e.chars.len() == 1 {
        return None;
    }
    let before = begin.checked_sub(1).and_then(|b| text.get(b));
    let class = before.is_some_and(|c| preset("class-ends").contains(*c) && *c != ' ');
    let title = words_of("titles").any(|t| starts_with(&text[end..], t));
    let longest = |hits: &dyn Fn(usize, usize) -> bool| {
        guarded
            .iter()
            .copied()
            .filter(|(a, b)| hits(*a, *b))
            .max_by_key(|(a, b)| b - a)
    };
    // a longer word holds the whole name
    if let Some(span) = longest(&|a, b| a <= begin && end <= b && b - a > end - begin) {
        return Some(span);
    }
    // the name is a word, or half of one: a person is meant behind a class and before a title
    if e.chars.len() > 2 || class || title {
        return None;
    }
    longest(&|a, b| a < end && begin < b)
}

/// What stands instead of a name.
fn shown(e: &Entry, form: MaskForm, written: &[char], behind: &[char]) -> String {
    match form {
        MaskForm::SomePupil if words_of("titles").any(|t| starts_with(behind, t)) => {
            preset("pupil-before-title").to_owned()
        }
        MaskForm::SomePupil => preset("pupil").to_owned(),
        MaskForm::Marks => {
            let mut kept = e.surname;
            let mut out = String::new();
            for c in written {
                if is_zero_width(*c) {
                    continue;
                }
                if c.is_whitespace() || is_dot(*c) {
                    out.push(*c);
                } else if kept > 0 {
                    kept -= 1;
                    out.push(*c);
                } else {
                    out.push(mark());
                }
            }
            out
        }
    }
}

#[cfg(test)]
mod tests;
