//! 一句话登记 — reads `七2 王小明 迟到 3人 早自习` into the fields of a finding.
//!
//! Pure and quick: the same line, registers and minute give the same reading, so it may run at every key.
//! Nothing here decides: each piece becomes a chip that a person accepts or corrects, and what
//! could mean two things says so. The words it knows stand in `assets/presets/recognition.txt`.
use super::{Category, FindingText, MATTER_MAX, Measure, Nature, PersonKind, PersonRef};
use crate::calendar;
use crate::org::directory::Named;
use crate::org::{ClassGroup, Directory, is_han};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use uuid::Uuid;

/// What a recognised piece stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChipKind {
    /// 班级
    ClassGroup,
    /// 部门
    Unit,
    /// 人员
    Person,
    /// 地点
    Place,
    /// 数量
    Measure,
    /// 时间
    Time,
    /// 类别
    Category,
    /// 性质
    Nature,
    /// 事项
    Matter,
}
impl ChipKind {
    /// All kinds.
    pub const ALL: [ChipKind; 9] = [
        ChipKind::ClassGroup,
        ChipKind::Unit,
        ChipKind::Person,
        ChipKind::Place,
        ChipKind::Measure,
        ChipKind::Time,
        ChipKind::Category,
        ChipKind::Nature,
        ChipKind::Matter,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            ChipKind::ClassGroup => "class_group",
            ChipKind::Unit => "unit",
            ChipKind::Person => "person",
            ChipKind::Place => "place",
            ChipKind::Measure => "measure",
            ChipKind::Time => "time",
            ChipKind::Category => "category",
            ChipKind::Nature => "nature",
            ChipKind::Matter => "matter",
        }
    }
}

/// What a piece was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A class group.
    ClassGroup(Uuid),
    /// A unit.
    Unit(Uuid),
    /// Somebody.
    Person(PersonRef),
    /// A place, as it will be written.
    Place(String),
    /// A number with its unit.
    Measure(Measure),
    /// An instant.
    Time(i64),
    /// A category.
    Category(Category),
    /// A nature.
    Nature(Nature),
}

/// Another reading of a piece, for choosing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it would be.
    pub value: Value,
    /// As shown: `王若溪 三(1)班`; a code for category and nature.
    pub label: String,
}

/// One recognised piece of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What it stands for.
    pub kind: ChipKind,
    /// The piece as typed; empty when it was inferred.
    pub text: String,
    /// Where it stands, in characters (Unicode scalar values) of the line.
    pub range: Range<usize>,
    /// What it was taken for; none if a person must choose.
    pub value: Option<Value>,
    /// As shown: `三(1)班`, `9 ℃`, `08:20`; a code for category and nature.
    pub label: String,
    /// It should be looked at.
    pub doubtful: bool,
    /// All readings, the likeliest first; empty when there is only one.
    pub candidates: Vec<Candidate>,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognised {
    /// The pieces in the order of the line; the matter last.
    pub chips: Vec<Chip>,
    /// 班级.
    pub class_group_id: Option<Uuid>,
    /// 部门; for a class its 年级组.
    pub unit_id: Option<Uuid>,
    /// 人, without those that a person must choose.
    pub people: Vec<PersonRef>,
    /// 地点.
    pub place: Option<String>,
    /// 数据.
    pub measure: Option<Measure>,
    /// 类别.
    pub category: Option<Category>,
    /// 性质.
    pub nature: Option<Nature>,
    /// When it was seen, if the line names a clock time.
    pub observed_at: Option<i64>,
    /// 事: what is left of the line.
    pub matter: String,
    /// 具体情况: the whole line, if the matter had to be cut.
    pub detail: String,
}

impl Recognised {
    /// Makes the text of a finding; what the line does not say comes from the last one and from now.
    pub fn text(&self, last_category: Category, now_ms: i64) -> FindingText {
        FindingText {
            category: self.category.unwrap_or(last_category),
            nature: self.nature.unwrap_or(Nature::Note),
            unit_id: self.unit_id,
            class_group_id: self.class_group_id,
            place: self.place.clone().unwrap_or_default(),
            matter: self.matter.clone(),
            detail: self.detail.clone(),
            people: self.people.clone(),
            measure: self.measure.clone(),
            rectification: None,
            observed_at: self.observed_at.unwrap_or(now_ms),
            photos: Vec::new(),
        }
    }
}

/// The most characters of a line that are looked at.
pub const LINE_MAX: usize = 1_000;

/// Reads a line typed at `now_ms`.
pub fn recognise(line: &str, directory: &Directory, now_ms: i64) -> Recognised {
    let typed: Vec<char> = line.chars().take(LINE_MAX).collect();
    let mut r = Reader {
        plain: typed.iter().map(|c| plain(*c)).collect(),
        taken: vec![false; typed.len()],
        typed,
        directory,
        now_ms,
        chips: Vec::new(),
    };
    r.times();
    r.class_groups();
    r.units();
    r.people();
    r.titles();
    r.places();
    r.measures();
    r.category();
    r.nature();
    r.strangers();
    r.finish(line)
}

// ---------------------------------------------------------------------------------------------
// the words

const WORDS_TXT: &str = include_str!("../../../../../assets/presets/recognition.txt");

#[derive(Debug, Default)]
struct Words {
    /// Words of a section by first character, longest first.
    sections: BTreeMap<&'static str, BTreeMap<char, Vec<Vec<char>>>>,
    aliases: Vec<(&'static str, Vec<&'static str>)>,
}
impl Words {
    fn read(text: &'static str) -> Self {
        let mut words = Words::default();
        let mut section = "";
        for line in text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
                if let Some(of) = name.strip_prefix("alias ") {
                    words.aliases.push((of, Vec::new()));
                }
            } else if section.starts_with("alias ") {
                if let Some((_, names)) = words.aliases.last_mut() {
                    names.extend(line.split_whitespace());
                }
            } else {
                let of = words.sections.entry(section).or_default();
                for word in line.split_whitespace() {
                    let word: Vec<char> = word.chars().collect();
                    if let Some(first) = word.first() {
                        of.entry(*first).or_default().push(word);
                    }
                }
            }
        }
        for of in words.sections.values_mut().flat_map(BTreeMap::values_mut) {
            of.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        words
    }
    /// Returns the length of the longest word of a section that begins at `at`.
    fn at(&self, section: &str, text: &[char], at: usize) -> Option<usize> {
        let of = self.sections.get(section)?.get(text.get(at)?)?;
        of.iter().find(|w| text[at..].starts_with(w)).map(Vec::len)
    }
    fn ends(&self, section: &str, text: &[char], end: usize) -> bool {
        (1..=4.min(end)).any(|n| self.at(section, &text[..end], end - n) == Some(n))
    }
}
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(WORDS_TXT));

/// Full-width digits, letters and brackets count as half-width ones; one character for one.
fn plain(c: char) -> char {
    match c {
        '　' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '℃' | '°' => '℃',
        '〔' | '﹙' => '(',
        '〕' | '﹚' => ')',
        _ => c,
    }
}

/// Reads one Han digit, 两 and 〇 included.
fn han_digit(c: char) -> Option<i64> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .and_then(|n| i64::try_from(n).ok())
        .or(match c {
            '零' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}

// ---------------------------------------------------------------------------------------------
// the reader

struct Reader<'a> {
    typed: Vec<char>,
    plain: Vec<char>,
    taken: Vec<bool>,
    directory: &'a Directory,
    now_ms: i64,
    chips: Vec<Chip>,
}

impl Reader<'_> {
    fn chip(
        &mut self,
        kind: ChipKind,
        range: Range<usize>,
        value: Option<Value>,
        label: String,
        doubtful: bool,
        candidates: Vec<Candidate>,
    ) {
        let text = self.typed[range.clone()].iter().collect();
        self.chips.push(Chip {
            kind,
            text,
            range,
            value,
            label,
            doubtful,
            candidates,
        });
    }
    fn take(&mut self, range: Range<usize>) {
        self.taken[range].fill(true);
    }
    fn free(&self, range: Range<usize>) -> bool {
        range.end <= self.taken.len() && !self.taken[range].iter().any(|t| *t)
    }
    fn char(&self, at: usize) -> Option<char> {
        self.plain.get(at).copied()
    }
    fn says(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(i, c)| self.char(at + i) == Some(c))
    }
    /// Reads ASCII digits: value and length.
    fn digits(&self, at: usize, most: usize) -> Option<(i64, usize)> {
        let n = self
            .plain
            .iter()
            .skip(at)
            .take(most)
            .take_while(|c| c.is_ascii_digit())
            .count();
        let value = self
            .plain
            .get(at..at + n)?
            .iter()
            .filter_map(|c| c.to_digit(10))
            .fold(0_i64, |v, d| v * 10 + i64::from(d));
        (n > 0).then_some((value, n))
    }
    /// Reads a Han number from 1 to 99: value and length.
    fn han_number(&self, at: usize) -> Option<(i64, usize)> {
        let digit = |i: usize| self.char(i).and_then(han_digit).filter(|d| *d > 0);
        match (digit(at), self.char(at)?) {
            (None, '十') => Some(digit(at + 1).map_or((10, 1), |d| (10 + d, 2))),
            (Some(tens), _) if self.char(at + 1) == Some('十') => {
                Some(digit(at + 2).map_or((tens * 10, 2), |d| (tens * 10 + d, 3)))
            }
            (Some(d), _) => Some((d, 1)),
            _ => None,
        }
    }
    fn classes(&self) -> Vec<Uuid> {
        self.chips
            .iter()
            .filter_map(|c| {
                if let Some(Value::ClassGroup(id)) = c.value {
                    Some(id)
                } else {
                    None
                }
            })
            .collect()
    }

    /// `8:20`, `8点20`, `8点半`, `下午3点`; a day before as 昨天. Periods (第二节) are no clock times.
    fn times(&mut self) {
        let today = calendar::day_of(self.now_ms);
        let mut dated: Option<(Range<usize>, NaiveDate)> = None;
        let mut i = 0;
        while i < self.plain.len() {
            if let Some((n, on)) = self.month_day(i, today) {
                dated = dated.or(Some((i..i + n, on)));
                self.take(i..i + n);
                i += n;
                continue;
            }
            // other dates are neither times nor amounts
            if let Some((_, n)) = self.digits(i, 4)
                && matches!(self.char(i + n), Some('年' | '月' | '日' | '号'))
                && !self.says(i + n, "年级")
                && !self.says(i + n, "号楼")
            {
                self.take(i..i + n + 1);
                i += n + 1;
                continue;
            }
            let Some((h, n)) = self.digits(i, 3).filter(|(h, n)| *n <= 2 && *h < 24) else {
                i += self.digits(i, LINE_MAX).map_or(1, |(_, n)| n);
                continue;
            };
            let Some((minute, end, clear)) = self.minutes(i + n) else {
                i += n;
                continue;
            };
            let (mut start, mut hour, mut doubtful) = (i, h, !clear);
            let halves = [
                ("凌晨", false),
                ("早上", false),
                ("早晨", false),
                ("上午", false),
                ("中午", true),
                ("下午", true),
                ("傍晚", true),
                ("晚上", true),
                ("晚", true),
            ];
            let marked = halves
                .iter()
                .find(|(w, _)| i >= w.chars().count() && self.says(i - w.chars().count(), w));
            match marked {
                Some((word, later)) => {
                    start = i - word.chars().count();
                    if *later && hour < 12 && !(*word == "中午" && hour > 2) {
                        hour += 12;
                    }
                }
                // nobody inspects a school between one and six in the morning
                None if (1..6).contains(&hour) => {
                    hour += 12;
                    doubtful = true;
                }
                None => {}
            }
            let mut on = today;
            if let Some((range, day)) = dated.take() {
                let between = &self.plain[range.end.min(start)..start];
                if between.iter().all(|c| c.is_whitespace()) {
                    start = range.start;
                }
                on = day;
            }
            for word in ["昨天", "昨日", "昨"] {
                let len = word.chars().count();
                if start >= len && self.says(start - len, word) && self.free(start - len..start) {
                    on = on.pred_opt().unwrap_or(on);
                    start -= len;
                    break;
                }
            }
            let at = calendar::start_of(on) + (hour * 60 + minute) * 60_000;
            doubtful |= at > self.now_ms + 60_000;
            let first = !self.chips.iter().any(|c| c.kind == ChipKind::Time);
            self.chip(
                ChipKind::Time,
                start..end,
                Some(Value::Time(at)),
                calendar::clock_time(at),
                doubtful || !first,
                Vec::new(),
            );
            self.take(start..end);
            i = end;
        }
        // a day without a clock time: at this time of that day
        if let Some((range, on)) = dated {
            let at = calendar::start_of(on) + self.now_ms - calendar::start_of(today);
            self.chip(
                ChipKind::Time,
                range,
                Some(Value::Time(at)),
                calendar::chinese_month_day(on),
                true,
                Vec::new(),
            );
        }
    }
    /// Reads `11月20日`, the last such day: its length and the day.
    fn month_day(&self, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
        if at > 0 && self.plain[at - 1].is_ascii_digit() {
            return None;
        }
        let (month, m) = self.digits(at, 2)?;
        let (day, d) = self
            .digits(at + m + 1, 2)
            .filter(|_| self.char(at + m) == Some('月'))?;
        if !matches!(self.char(at + m + 1 + d), Some('日' | '号')) {
            return None;
        }
        let on = |year: i32| {
            NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
        };
        let on = on(today.year())
            .filter(|on| *on <= today)
            .or_else(|| on(today.year() - 1))?;
        Some((m + d + 2, on))
    }
    /// Reads what follows the hour: minute, end, and whether it can be nothing but a time.
    fn minutes(&self, at: usize) -> Option<(i64, usize, bool)> {
        match self.char(at)? {
            ':' => {
                let (m, n) = self.digits(at + 1, 3).filter(|(m, n)| *n == 2 && *m < 60)?;
                Some((m, at + 1 + n, true))
            }
            '点' | '时' => {
                if self.char(at) == Some('点') && self.char(at + 1) == Some('半') {
                    return Some((30, at + 2, true));
                }
                if self.char(at) == Some('点') && self.char(at + 1) == Some('钟') {
                    return Some((0, at + 2, true));
                }
                match self.digits(at + 1, 3).filter(|(m, n)| *n <= 2 && *m < 60) {
                    Some((m, n)) => {
                        let end = at + 1 + n;
                        Some((
                            m,
                            if self.char(end) == Some('分') && self.char(end + 1) != Some('钟') {
                                end + 1
                            } else {
                                end
                            },
                            true,
                        ))
                    }
                    // 3点意见 is no time
                    None if self.char(at) == Some('点') => {
                        let next = self.char(at + 1);
                        let clear = next.is_none_or(|c| c == ' ' || ",.;、。".contains(c));
                        clear.then_some((0, at + 1, false))
                    }
                    None => None,
                }
            }
            _ => None,
        }
    }

    fn class_groups(&mut self) {
        let named: Vec<(Uuid, Vec<char>)> = self
            .directory
            .class_groups()
            .iter()
            .map(|c| (c.id, c.name.chars().map(plain).collect()))
            .collect();
        let mut i = 0;
        while i < self.plain.len() {
            let literal = named
                .iter()
                .filter(|(_, n)| n.len() >= 2 && self.plain[i..].starts_with(n))
                .max_by_key(|(_, n)| n.len());
            let found = literal
                .map(|(id, n)| (Some(*id), n.len(), false))
                .or_else(|| self.class_at(i));
            let Some((id, n, doubtful)) = found.filter(|(_, n, _)| self.free(i..i + n)) else {
                i += 1;
                continue;
            };
            let range = i..i + n;
            let class = id.and_then(|id| self.directory.class_group(id));
            let label = class.map_or_else(
                || self.typed[range.clone()].iter().collect(),
                |c: &ClassGroup| c.name.clone(),
            );
            // one finding speaks of one class: the others are shown for a second look
            let second = self.chips.iter().any(|c| c.kind == ChipKind::ClassGroup);
            self.chip(
                ChipKind::ClassGroup,
                range.clone(),
                id.map(Value::ClassGroup),
                label,
                doubtful || second || id.is_none(),
                Vec::new(),
            );
            self.take(range);
            i += n;
        }
    }
    /// Reads a class in its usual ways of writing: id, length, doubt.
    fn class_at(&self, at: usize) -> Option<(Option<Uuid>, usize, bool)> {
        let before = at.checked_sub(1).and_then(|i| self.char(i));
        if before.is_some_and(|c| {
            c.is_ascii_digit()
                || c == '.'
                || c == '第'
                || c == '十'
                || c == '周'
                || (c == '期' && at >= 2)
        }) {
            return None;
        }
        let schools = [
            ("初一", 7),
            ("初二", 8),
            ("初三", 9),
            ("初四", 9),
            ("高一", 10),
            ("高二", 11),
            ("高三", 12),
        ];
        let ascii = self.digits(at, 4);
        let (grade, mut i, written) = match schools.iter().find(|(w, _)| self.says(at, w)) {
            Some((_, grade)) => (*grade, at + 2, true),
            None => match ascii {
                // 702班, 1003班
                Some((n, len)) if len >= 3 && self.char(at + len) == Some('班') => {
                    return self.class_of(n / 100, n % 100, at, at + len + 1, true);
                }
                Some((n, len))
                    if len <= 2
                        && (self.says(at + len, "年级")
                            || self.char(at + len).is_some_and(|c| "(-.".contains(c))) =>
                {
                    (n, at + len, self.says(at + len, "年级"))
                }
                Some(_) => return None,
                None => {
                    let (n, len) = self
                        .han_number(at)
                        .filter(|(n, _)| *n <= 12 && self.char(at) != Some('两'))?;
                    (n, at + len, true)
                }
            },
        };
        let mut sure = written && ascii.is_none() && i == at + 2;
        if self.says(i, "年级") {
            i += 2;
            sure = true;
        } else if !written && self.char(i).is_some_and(|c| "-.".contains(c)) {
            i += 1;
        }
        let (number, mut end, bracket) = if self.char(i) == Some('(') {
            let (n, len) = self.digits(i + 1, 2).or_else(|| self.han_number(i + 1))?;
            if self.char(i + 1 + len) != Some(')') {
                return None;
            }
            (n, i + 2 + len, true)
        } else if let Some((n, len)) = self.digits(i, 3).filter(|(_, len)| *len <= 2) {
            (n, i + len, false)
        } else {
            let (n, len) = self.han_number(i)?;
            if self.char(i + len) != Some('班') {
                return None;
            }
            (n, i + len, false)
        };
        let class_word = self.char(end) == Some('班');
        if class_word {
            end += 1;
        } else if !bracket {
            // 七2 stands alone; in 七2人, 三3楼, 二0 it is something else
            let next = self.char(end);
            if !written
                || next.is_some_and(|c| c.is_ascii_digit() || ".:%点楼层号月日年第()".contains(c))
            {
                return None;
            }
            if WORDS.at("measure", &self.plain, end).is_some() && !sure {
                return None;
            }
            // a Han digit inside a word: 不一2
            if before.is_some_and(|c| is_han(c) && !self.taken[at - 1]) && !sure {
                return None;
            }
        } else if !written && !class_word {
            return None;
        }
        self.class_of(grade, number, at, end, class_word)
    }
    fn class_of(
        &self,
        grade: i64,
        number: i64,
        at: usize,
        end: usize,
        class_word: bool,
    ) -> Option<(Option<Uuid>, usize, bool)> {
        if let Some(c) = self.directory.class_group_at(grade, number) {
            return Some((Some(c.id), end - at, false));
        }
        // 一2 in a school that begins with grade 7 means 七2
        let later = [6, 9]
            .iter()
            .find_map(|up| self.directory.class_group_at(grade + up, number))
            .filter(|_| grade <= 3);
        match later {
            Some(c) => Some((Some(c.id), end - at, true)),
            None => class_word.then_some((None, end - at, true)),
        }
    }

    fn units(&mut self) {
        let mut names: Vec<(Vec<char>, Uuid)> = Vec::new();
        for unit in self.directory.units() {
            let mut add = |name: &str| {
                if name.chars().count() >= 2 {
                    names.push((name.chars().map(plain).collect(), unit.id));
                }
            };
            add(&unit.name);
            for part in unit.name.split(['（', '）', '(', ')', '、']) {
                add(part);
            }
            if unit.grade.is_some() {
                add(unit.name.trim_end_matches('组'));
            }
            for (_, aliases) in WORDS
                .aliases
                .iter()
                .filter(|(of, _)| unit.name.contains(of))
            {
                aliases.iter().for_each(|a| add(a));
            }
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut i = 0;
        while i < self.plain.len() {
            let hit = names
                .iter()
                .find(|(n, _)| self.plain[i..].starts_with(n) && self.free(i..i + n.len()));
            let Some((name, id)) = hit else {
                i += 1;
                continue;
            };
            let range = i..i + name.len();
            let label = self
                .directory
                .unit(*id)
                .map(|u| u.name.clone())
                .unwrap_or_default();
            let again = self.chips.iter().any(|c| c.value == Some(Value::Unit(*id)));
            let second = self.chips.iter().any(|c| c.kind == ChipKind::Unit);
            i = range.end;
            if !again {
                self.chip(
                    ChipKind::Unit,
                    range.clone(),
                    Some(Value::Unit(*id)),
                    label,
                    second,
                    Vec::new(),
                );
            }
            self.take(range);
        }
    }

    fn label_of(&self, p: &Named) -> String {
        match p
            .class_group_id
            .and_then(|id| self.directory.class_group(id))
        {
            Some(class) => format!("{} {}", p.name, class.name),
            None => format!("{} {}", p.name, p.post).trim_end().to_owned(),
        }
    }
    fn candidate(&self, p: &Named) -> Candidate {
        Candidate {
            value: Value::Person(PersonRef {
                kind: p.kind,
                id: Some(p.id),
                name: p.name.clone(),
            }),
            label: self.label_of(p),
        }
    }

    fn people(&mut self) {
        let classes = self.classes();
        let directory = self.directory;
        let mut i = 0;
        while i < self.plain.len() {
            let found = directory
                .people_at(&self.typed, i)
                .filter(|(n, _)| self.free(i..i + n));
            let Some((n, mut who)) = found else {
                i += 1;
                continue;
            };
            let range = i..i + n;
            let title = WORDS.at("title", &self.plain, range.end);
            if title.is_some() && who.iter().any(|p| p.kind == PersonKind::Staff) {
                who.retain(|p| p.kind == PersonKind::Staff);
            }
            let here = |p: &Named| match p.kind {
                PersonKind::Student => p.class_group_id.is_some_and(|c| classes.contains(&c)),
                PersonKind::Staff => classes
                    .iter()
                    .any(|c| directory.homeroom_teacher(*c).is_some_and(|t| t.id == p.id)),
                PersonKind::Other => false,
            };
            who.sort_by_key(|p| (!here(p), p.kind, p.id));
            let in_class = who.iter().filter(|p| here(p)).count();
            let edge = |c: Option<char>| {
                c.is_none_or(|c| !is_han(c) || "、和与及跟同等在的老".contains(c))
            };
            let left = i == 0 || self.taken[i - 1] || edge(self.char(i - 1));
            let right = edge(self.char(range.end))
                || self.taken.get(range.end) == Some(&true)
                || title.is_some();
            // 高明 may be a person or a compliment
            let in_a_word = n == 2 && !(left || right);
            let (chosen, doubtful) = match (in_class, who.len()) {
                (1, _) => (who.first(), in_a_word),
                (0, 1) => {
                    let elsewhere = who[0].kind == PersonKind::Student && !classes.is_empty();
                    (who.first(), in_a_word || elsewhere)
                }
                _ => (None, true),
            };
            let value = chosen.map(|p| self.candidate(p).value);
            let label = chosen.map_or_else(|| who[0].name.clone(), |p| self.label_of(p));
            let candidates = if who.len() > 1 || doubtful {
                who.iter().map(|p| self.candidate(p)).collect()
            } else {
                Vec::new()
            };
            let range = match title {
                Some(more) if chosen.is_some_and(|p| p.kind == PersonKind::Staff) => {
                    i..range.end + more
                }
                _ => range,
            };
            let again = value.is_some() && self.chips.iter().any(|c| c.value == value);
            if !again {
                self.chip(
                    ChipKind::Person,
                    range.clone(),
                    value,
                    label,
                    doubtful,
                    candidates,
                );
            }
            self.take(range.clone());
            i = range.end;
        }
    }

    /// `王老师`, `李主任`, and 班主任 of a class that was named.
    fn titles(&mut self) {
        let directory = self.directory;
        let mut i = 0;
        while i < self.plain.len() {
            let surname = WORDS.at("surname", &self.plain, i).unwrap_or(1);
            let title = WORDS.at("title", &self.plain, i + surname);
            let whole = |n: usize| i..i + n;
            if let Some(n) =
                title.filter(|n| self.free(whole(surname + n)) && !self.says(i, "班主任"))
            {
                let range = whole(surname + n);
                let family: Vec<char> = self.typed[i..i + surname].to_vec();
                let post: String = self.typed[i + surname..range.end].iter().collect();
                let of = directory
                    .people()
                    .iter()
                    .filter(|p| p.kind == PersonKind::Staff);
                let mut who: Vec<&Named> = of
                    .filter(|p| p.name.chars().take(surname).eq(family.iter().copied()))
                    .collect();
                let by_post: Vec<&Named> = who
                    .iter()
                    .copied()
                    .filter(|p| p.post.contains(&post))
                    .collect();
                if !by_post.is_empty() {
                    who = by_post;
                }
                let homeroom = self
                    .classes()
                    .into_iter()
                    .find_map(|c| directory.homeroom_teacher(c));
                let chosen = match who.len() {
                    1 => who.first().copied(),
                    _ => homeroom.filter(|h| who.iter().any(|p| p.id == h.id)),
                };
                if !who.is_empty() {
                    let label = chosen.map_or_else(
                        || self.typed[range.clone()].iter().collect(),
                        |p| self.label_of(p),
                    );
                    let value = chosen.map(|p| self.candidate(p).value);
                    let candidates = if who.len() > 1 {
                        who.iter().map(|p| self.candidate(p)).collect()
                    } else {
                        Vec::new()
                    };
                    let again = value.is_some() && self.chips.iter().any(|c| c.value == value);
                    if !again {
                        self.chip(
                            ChipKind::Person,
                            range.clone(),
                            value,
                            label,
                            chosen.is_none(),
                            candidates,
                        );
                    }
                    self.take(range.clone());
                    i = range.end;
                    continue;
                }
            }
            if self.says(i, "班主任") && self.free(i..i + 3) {
                let named = self.taken.get(i + 3) == Some(&true);
                let homeroom = self
                    .classes()
                    .into_iter()
                    .find_map(|c| directory.homeroom_teacher(c));
                if let (Some(p), false) = (homeroom, named) {
                    let value = Some(self.candidate(p).value);
                    if !self.chips.iter().any(|c| c.value == value) {
                        self.chip(
                            ChipKind::Person,
                            i..i + 3,
                            value,
                            self.label_of(p),
                            true,
                            Vec::new(),
                        );
                    }
                }
                i += 3;
                continue;
            }
            i += 1;
        }
    }

    fn places(&mut self) {
        let known: Vec<Vec<char>> = self
            .directory
            .places()
            .iter()
            .map(|p| p.chars().collect::<Vec<char>>())
            .filter(|p| p.len() >= 2)
            .collect();
        let mut i = 0;
        while i < self.plain.len() {
            // what follows a class is its own room
            let class = self
                .chips
                .iter()
                .find(|c| c.kind == ChipKind::ClassGroup && c.range.end == i && c.value.is_some());
            let room = ["教室", "门口", "走廊", "宿舍", "包干区", "卫生区"]
                .iter()
                .find(|w| self.says(i, w))
                .map(|w| w.chars().count());
            if let (Some(class), Some(n)) = (class, room) {
                let place = format!(
                    "{}{}",
                    class.label,
                    self.typed[i..i + n].iter().collect::<String>()
                );
                self.place(i..i + n, place);
                self.take(i..i + n);
                i += n;
                continue;
            }
            let over_unit = |r: Range<usize>| {
                self.free(r.clone())
                    || self.chips.iter().any(|c| {
                        c.kind == ChipKind::Unit
                            && c.range.start == r.start
                            && c.range.end <= r.end
                            && self.free(c.range.end..r.end)
                    })
            };
            let listed = known
                .iter()
                .filter(|p| self.typed[i..].starts_with(p))
                .map(Vec::len)
                .max();
            let usual = WORDS.at("place", &self.plain, i);
            let floor = self.floor(i);
            let Some(n) = listed
                .into_iter()
                .chain(usual)
                .chain(floor)
                .filter(|n| i + n <= self.plain.len() && over_unit(i..i + n))
                .max()
            else {
                i += 1;
                continue;
            };
            let mut end = i + n;
            for _ in 0..4 {
                let more = self
                    .floor(end)
                    .or_else(|| WORDS.at("place-suffix", &self.plain, end));
                match more.filter(|m| self.free(end..end + m)) {
                    Some(m) => end += m,
                    None => break,
                }
            }
            let place: String = self.typed[i..end].iter().collect();
            self.place(i..end, place);
            self.take(i..end);
            i = end;
        }
    }
    /// Reads `二楼`, `3层`.
    fn floor(&self, at: usize) -> Option<usize> {
        let (_, n) = self.digits(at, 2).or_else(|| self.han_number(at))?;
        matches!(self.char(at + n), Some('楼' | '层')).then_some(n + 1)
    }
    fn place(&mut self, range: Range<usize>, place: String) {
        let second = self.chips.iter().any(|c| c.kind == ChipKind::Place);
        self.chip(
            ChipKind::Place,
            range,
            Some(Value::Place(place.clone())),
            place,
            second,
            Vec::new(),
        );
    }

    fn measures(&mut self) {
        let mut i = 0;
        while i < self.plain.len() {
            let Some((range, milli, unit, doubtful)) =
                self.measure_at(i).filter(|(r, ..)| self.free(r.clone()))
            else {
                i += self.digits(i, LINE_MAX).map_or(1, |(_, n)| n);
                continue;
            };
            let m = Measure { milli, unit };
            let label = format!("{} {}", decimal(milli), m.unit);
            self.chip(
                ChipKind::Measure,
                range.clone(),
                Some(Value::Measure(m)),
                label,
                doubtful,
                Vec::new(),
            );
            self.take(range.clone());
            i = range.end;
        }
    }
    fn measure_at(&self, at: usize) -> Option<(Range<usize>, i64, String, bool)> {
        let before = at.checked_sub(1).and_then(|i| self.char(i));
        if before.is_some_and(|c| c == '第' || c == '.' || c == '/' || c.is_ascii_alphanumeric()) {
            return None;
        }
        let (mut start, mut end, mut milli, han) =
            if let Some((n, len)) = self.digits(at, 10).filter(|(_, len)| *len <= 9) {
                (at, at + len, n * 1000, false)
            } else {
                let (n, len) = self.han_number(at)?;
                if before.is_some_and(|c| {
                    han_digit(c).is_some() || c == '十' || "每同统唯万某另".contains(c)
                }) {
                    return None;
                }
                (at, at + len, n * 1000, true)
            };
        if !han {
            if self.char(end) == Some('.')
                && let Some((f, len)) = self.digits(end + 1, 4).filter(|(_, len)| *len <= 3)
            {
                milli += f * 10_i64.pow(3 - u32::try_from(len).unwrap_or(3));
                end += 1 + len;
            }
            let sign = before.is_some_and(|c| "-−－".contains(c))
                && (start < 2 || !self.char(start - 2).is_some_and(|c| c.is_ascii_digit()));
            if sign {
                milli = -milli;
                start -= 1;
            }
        }
        let mut unit_at = end;
        while unit_at < end + 2 && self.char(unit_at) == Some(' ') {
            unit_at += 1;
        }
        let (section, unit_at) = if han {
            ("measure-han", end)
        } else {
            ("measure", unit_at)
        };
        let n = WORDS.at(section, &self.plain, unit_at)?;
        // ° and C are one sign for a degree
        let degrees = self.char(unit_at) == Some('℃');
        let n = if degrees && matches!(self.char(unit_at + 1), Some('C' | 'c')) {
            2
        } else {
            n
        };
        let unit: String = if degrees {
            "℃".into()
        } else {
            self.plain[unit_at..unit_at + n].iter().collect()
        };
        let is_period = unit == "节" && before == Some('第');
        // 三个 may be a number or a manner of speaking
        (!is_period).then(|| {
            (
                start..unit_at + n,
                milli,
                unit,
                han && self.char(at) == Some('一'),
            )
        })
    }

    fn category(&mut self) {
        let mut scores: Vec<(usize, Category, Range<usize>)> = Vec::new();
        for category in Category::ALL {
            let section = format!("category {}", category.code());
            let (mut score, mut best, mut i) = (0, 0..0, 0);
            while i < self.plain.len() {
                match WORDS
                    .at(&section, &self.plain, i)
                    .filter(|_| !self.in_person(i))
                {
                    Some(n) => {
                        score += n * n;
                        if n > best.len() {
                            best = i..i + n;
                        }
                        i += n;
                    }
                    None => i += 1,
                }
            }
            if score > 0 {
                scores.push((score, category, best));
            }
        }
        scores.sort_by_key(|(score, c, _)| (std::cmp::Reverse(*score), *c));
        if let Some((score, category, range)) = scores.first().cloned() {
            let tie = scores.get(1).is_some_and(|s| s.0 == score);
            let candidates = match scores.len() {
                1 => Vec::new(),
                _ => scores
                    .iter()
                    .map(|s| Candidate {
                        value: Value::Category(s.1),
                        label: s.1.code().into_owned(),
                    })
                    .collect(),
            };
            self.chip(
                ChipKind::Category,
                range,
                Some(Value::Category(category)),
                category.code().into_owned(),
                tie,
                candidates,
            );
        }
    }
    fn in_person(&self, at: usize) -> bool {
        self.chips
            .iter()
            .any(|c| c.kind == ChipKind::Person && c.range.contains(&at))
    }

    fn nature(&mut self) {
        let mut best: [Option<Range<usize>>; 2] = [None, None];
        let mut scores = [0_usize; 2];
        let mut i = 0;
        while i < self.plain.len() {
            if self.in_person(i) {
                i += 1;
                continue;
            }
            let problem = WORDS.at("nature problem", &self.plain, i).unwrap_or(0);
            let praise = WORDS.at("nature praise", &self.plain, i).unwrap_or(0);
            let neutral = WORDS.at("neutral", &self.plain, i).unwrap_or(0);
            let n = problem.max(praise);
            if neutral >= n {
                i += neutral.max(1);
                continue;
            }
            let negated = WORDS.ends("negator", &self.plain, i);
            let is_praise = (praise > problem) != negated;
            // 无 alone before something bad turns it; the turned word counts as one
            let which = usize::from(!is_praise);
            scores[which] += n * n;
            if negated {
                // the negator was counted as a problem of its own
                scores[1] = scores[1].saturating_sub(self.negator_score(i));
            }
            if best[which].as_ref().is_none_or(|b| n > b.len()) {
                best[which] = Some(i..i + n);
            }
            i += n;
        }
        let (which, nature) = match scores {
            [0, 0] => return,
            [praise, problem] if problem == 0 && praise > 0 => (0, Nature::Praise),
            _ => (1, Nature::Problem),
        };
        let both = scores[0] > 0 && scores[1] > 0;
        let candidates = match both {
            true => [Nature::Problem, Nature::Praise, Nature::Note]
                .map(|n| Candidate {
                    value: Value::Nature(n),
                    label: n.code().to_owned(),
                })
                .into(),
            false => Vec::new(),
        };
        if let Some(range) = best[which].clone() {
            self.chip(
                ChipKind::Nature,
                range,
                Some(Value::Nature(nature)),
                nature.code().to_owned(),
                both,
                candidates,
            );
        }
    }
    /// What the negator that ends here had added to the score of problems.
    fn negator_score(&self, end: usize) -> usize {
        let starts = (1..=4.min(end))
            .filter(|n| WORDS.at("negator", &self.plain[..end], end - n) == Some(*n));
        let longest = starts.max().unwrap_or(0);
        match WORDS.at("nature problem", &self.plain[..end], end - longest) {
            Some(n) if n <= longest => n * n,
            _ => 0,
        }
    }

    /// A name that stands on no register, right after a class: shown, never taken by itself.
    fn strangers(&mut self) {
        let ends: Vec<usize> = self
            .chips
            .iter()
            .filter(|c| matches!(c.kind, ChipKind::ClassGroup | ChipKind::Person))
            .map(|c| c.range.end)
            .collect();
        for end in ends {
            let start = (end..self.plain.len())
                .find(|i| !matches!(self.plain[*i], ' ' | '、' | ','))
                .unwrap_or(end);
            let stop = (start..self.plain.len())
                .find(|i| !is_han(self.plain[*i]) || self.taken[*i])
                .unwrap_or(self.plain.len());
            let n = stop - start;
            let apart = self
                .char(stop)
                .is_none_or(|c| matches!(c, ' ' | '、' | ','));
            let named = WORDS
                .at("surname", &self.plain, start)
                .is_some_and(|s| s < n);
            if !(2..=4).contains(&n)
                || !apart
                || !named
                || start == end
                    && !self
                        .chips
                        .iter()
                        .any(|c| c.range.end == end && c.kind == ChipKind::ClassGroup)
            {
                continue;
            }
            let known = (start..stop).any(|i| self.chips.iter().any(|c| c.range.contains(&i)));
            if known {
                continue;
            }
            let name: String = self.typed[start..stop].iter().collect();
            let person = Value::Person(PersonRef {
                kind: PersonKind::Other,
                id: None,
                name: name.clone(),
            });
            self.chip(
                ChipKind::Person,
                start..stop,
                None,
                name.clone(),
                true,
                vec![Candidate {
                    value: person,
                    label: name,
                }],
            );
        }
    }

    fn finish(mut self, line: &str) -> Recognised {
        let (matter, detail) = self.matter(line);
        self.chips.sort_by_key(|c| (c.range.start, c.kind));
        let mut r = Recognised::default();
        // the sure readings first, the doubtful ones where nothing sure was found
        for doubtful in [false, true] {
            for chip in self.chips.iter().filter(|c| c.doubtful == doubtful) {
                match &chip.value {
                    Some(Value::ClassGroup(id)) => {
                        r.class_group_id = r.class_group_id.or(Some(*id));
                    }
                    Some(Value::Unit(id)) => r.unit_id = r.unit_id.or(Some(*id)),
                    Some(Value::Person(_)) | None => {}
                    Some(Value::Place(p)) => r.place = r.place.take().or(Some(p.clone())),
                    Some(Value::Measure(m)) => r.measure = r.measure.take().or(Some(m.clone())),
                    Some(Value::Time(at)) => r.observed_at = r.observed_at.or(Some(*at)),
                    Some(Value::Category(c)) => r.category = r.category.or(Some(*c)),
                    Some(Value::Nature(n)) => r.nature = r.nature.or(Some(*n)),
                }
            }
        }
        r.people = self
            .chips
            .iter()
            .filter_map(|c| {
                if let Some(Value::Person(p)) = &c.value {
                    Some(p.clone())
                } else {
                    None
                }
            })
            .collect();
        // a pupil stands for the class when the line names no other
        let mut pupils = r
            .people
            .iter()
            .filter(|p| p.kind == PersonKind::Student)
            .filter_map(|p| self.directory.people().iter().find(|n| Some(n.id) == p.id))
            .filter_map(|n| n.class_group_id);
        if r.class_group_id.is_none() {
            r.class_group_id = pupils.next().filter(|c| pupils.all(|other| other == *c));
        }
        if r.unit_id.is_none() {
            let grade = r
                .class_group_id
                .and_then(|id| self.directory.class_group(id))
                .map(|c| c.grade);
            r.unit_id = grade
                .and_then(|g| self.directory.unit_of_grade(g))
                .map(|u| u.id);
        }
        if !matter.is_empty() {
            let end = self.typed.len();
            let label = matter.clone();
            self.chips.push(Chip {
                kind: ChipKind::Matter,
                text: String::new(),
                range: end..end,
                value: None,
                label,
                doubtful: false,
                candidates: Vec::new(),
            });
        }
        r.chips = self.chips;
        r.matter = matter;
        r.detail = detail;
        r
    }

    /// What is left when class, unit, people, place and time are taken away; the details if it had to be cut.
    fn matter(&self, line: &str) -> (String, String) {
        let strip = |c: &&Chip| {
            let whom = matches!(
                c.kind,
                ChipKind::ClassGroup
                    | ChipKind::Unit
                    | ChipKind::Place
                    | ChipKind::Time
                    | ChipKind::Person
            );
            whom && c.value.is_some() && c.text != "班主任"
        };
        let stripped = |i: usize| {
            self.chips
                .iter()
                .filter(strip)
                .any(|c| c.range.contains(&i))
        };
        let joint = |i: usize| matches!(self.plain[i], ',' | '、' | ':' | ';' | '.' | '。');
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut i = 0;
        while i < self.plain.len() {
            if self.plain[i].is_whitespace() {
                i += 1;
                continue;
            }
            let mut end = i;
            // a number stays with its unit: 3 人
            while end < self.plain.len()
                && (!self.plain[end].is_whitespace()
                    || self
                        .chips
                        .iter()
                        .any(|c| c.kind == ChipKind::Measure && c.range.contains(&end)))
            {
                end += 1;
            }
            let mut start = i;
            while start < end && (stripped(start) || (start > i && joint(start))) {
                start += 1;
            }
            // 王小明、李雷等3人 and 王小明的伞 keep the names
            if start > i && start < end && "等和与及同的在跟之".contains(self.plain[start])
            {
                start = i;
            }
            if start < end && !(start..end).all(joint) {
                parts.push(start..end);
            }
            i = end;
        }
        let mut out = String::new();
        for part in &parts {
            // full-width digits are a slip of the input method
            let sign = |i: usize| {
                if self.plain[i].is_ascii_alphanumeric() {
                    self.plain[i]
                } else {
                    self.typed[i]
                }
            };
            let text: String = part
                .clone()
                .map(sign)
                .filter(|c| !c.is_whitespace())
                .collect();
            let measure = self
                .chips
                .iter()
                .any(|c| c.kind == ChipKind::Measure && c.range.start == part.start);
            let verdict = self
                .chips
                .iter()
                .any(|c| c.kind == ChipKind::Nature && c.range.start == part.start);
            let last = out.chars().last();
            let open = last.is_none_or(|c| "，,、；;：:。".contains(c));
            // 迟到 3人, 温度9℃ 超标 are one phrase; 3人 早自习 are two
            let one = measure
                || verdict && last.is_some_and(|c| c.is_ascii_digit() || "℃%度人".contains(c));
            if !open && !one {
                out.push('，');
            }
            out.push_str(&text);
        }
        let out = out
            .trim_end_matches(['。', '，', ',', '、', '；', ';', '.'])
            .to_owned();
        let whole = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let matter = if out.is_empty() { whole.clone() } else { out };
        if matter.chars().count() > MATTER_MAX || line.chars().count() > LINE_MAX {
            let cut: String = matter.chars().take(MATTER_MAX - 1).chain(['…']).collect();
            (cut, whole)
        } else {
            (matter, String::new())
        }
    }
}

/// Writes thousandths as a plain number: `6.2`.
fn decimal(milli: i64) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    let (whole, rest) = (milli.abs() / 1000, milli.abs() % 1000);
    let rest = format!("{rest:03}");
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests;
