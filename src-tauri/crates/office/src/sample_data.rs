//! 示例学校 — the sample school as data: shipped in `assets/sample`, replayed through ordinary commands.
//!
//! Records name each other by short keys (`s05`, `c32`, `f-2-04`), which the loader turns into ids.
//! Days are counted in school days before today and clock times are local, so that the sample
//! always opens on the current date with fresh findings. All names are invented.
use chrono::{Datelike, NaiveDate, Weekday};
use domain::access::Role;
use domain::calendar;
use domain::documents::{BlockKind, DocumentKind, StateKind};
use domain::inspections::{Category, Measure, Nature, PersonKind};
use serde::{Deserialize, Serialize};

/// The office, its units, staff, accounts, class groups and places.
pub const SCHOOL_JSON: &str = include_str!("../../../../assets/sample/school.json");
/// The pupils.
pub const STUDENTS_JSON: &str = include_str!("../../../../assets/sample/students.json");
/// The findings of the last five school days.
pub const FINDINGS_JSON: &str = include_str!("../../../../assets/sample/findings.json");
/// The documents and how far each has come.
pub const DOCUMENTS_JSON: &str = include_str!("../../../../assets/sample/documents.json");

/// 示例学校 — everything of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Office, units, staff, class groups, places.
    pub school: SampleSchool,
    /// Pupils.
    pub students: Vec<SampleStudent>,
    /// Findings, oldest day first and in order of time.
    pub findings: Vec<SampleFinding>,
    /// Documents, oldest first.
    pub documents: Vec<SampleDocument>,
}

/// The office and its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleSchool {
    /// What this file is.
    pub about: String,
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// Where circulars go, with the closing colon.
    pub recipients: String,
    /// The password of every sample account.
    pub password: String,
    /// 机关代字.
    pub series: Vec<SampleSeries>,
    /// 部门.
    pub units: Vec<SampleUnit>,
    /// 教职工.
    pub staff: Vec<SampleStaff>,
    /// 班级.
    pub class_groups: Vec<SampleClassGroup>,
    /// Places that findings name.
    pub places: Vec<String>,
    /// 张贴栏.
    pub boards: Vec<SampleBoard>,
}
/// 张贴栏 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleBoard {
    /// Its key.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where it hangs.
    pub place: String,
    /// Inner width.
    pub width_mm: i64,
    /// Inner height.
    pub height_mm: i64,
    /// How many days a sheet usually hangs.
    pub term_days: i64,
}
/// 机关代字 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleSeries {
    /// The characters before the year.
    pub prefix: String,
    /// What it numbers.
    pub purpose: String,
    /// The last number taken on paper this year.
    pub last_number: i64,
}
/// 部门 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleUnit {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The grade, for a 年级组.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<i64>,
}
/// 教职工 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleStaff {
    /// The key.
    pub key: String,
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The key of the unit.
    pub unit: String,
    /// How the person signs in, if at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<SampleAccount>,
}
/// 账号 of the sample; all have [`SampleSchool::password`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleAccount {
    /// What is typed to sign in.
    pub sign_in_name: String,
    /// What it may do.
    pub roles: Vec<Role>,
}
/// 班级 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleClassGroup {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The grade.
    pub grade: i64,
    /// The number within the grade.
    pub number: i64,
    /// The key of the 班主任.
    pub homeroom_teacher: String,
}
/// 学生 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleStudent {
    /// The key.
    pub key: String,
    /// The name.
    pub name: String,
    /// The key of the class group.
    pub class_group: String,
}
/// 检查记录 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleFinding {
    /// Its key: `f-<school days before today>-<number>`.
    pub key: String,
    /// School days before today; 0 is today.
    pub days_before: u32,
    /// When it was seen, `08:20`.
    pub observed: String,
    /// Minutes until it was entered.
    pub entered_after: u32,
    /// The key of the inspector, who has an account.
    pub inspector: String,
    /// 检查类别.
    pub category: Category,
    /// 性质.
    pub nature: Nature,
    /// The key of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The key of the class group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_group: Option<String>,
    /// 地点.
    pub place: String,
    /// 事.
    pub matter: String,
    /// 具体情况.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// 人.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<SamplePerson>,
    /// 数据.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// 整改要求.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rectification: Option<SampleRectification>,
}
/// 涉及人员 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamplePerson {
    /// Which register.
    pub kind: PersonKind,
    /// The key on that register; none for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name as written.
    pub name: String,
}
/// 整改要求 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleRectification {
    /// What is to be done.
    pub requirement: String,
    /// Who answers for it.
    pub responsible: String,
    /// School days from the day it was seen; 0 is the same day.
    pub due_in: u32,
}
/// 公文 of the sample: replayed from draft to [`SampleDocument::reaches`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleDocument {
    /// Its key.
    pub key: String,
    /// 文种.
    pub kind: DocumentKind,
    /// School days before today on which it was written.
    pub days_before: u32,
    /// Composed from all findings of that day; otherwise `title` and `blocks` hold its text.
    pub composed: bool,
    /// The title in lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<String>,
    /// The text; dates stand as `{+3}`: see [`dated`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<SampleBlock>,
    /// The key of the drafter, who has an account.
    pub drafter: String,
    /// How far it has come.
    pub reaches: StateKind,
    /// Sent back once, with these remarks, and a draft again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_back: Option<String>,
    /// The key of the leader who decides or decided.
    pub leader: String,
    /// What the leader wrote when approving.
    pub opinion: String,
    /// The key of who issues it.
    pub issuer: String,
    /// Where it hangs, once issued: the key of a board and the days until its last one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posted: Vec<(String, u32)>,
}
/// 正文块 of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleBlock {
    /// Heading level or paragraph.
    pub kind: BlockKind,
    /// The text.
    pub text: String,
}

/// The file of students.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentsFile {
    /// What this file is.
    pub about: String,
    /// The pupils.
    pub students: Vec<SampleStudent>,
}
/// The file of findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingsFile {
    /// What this file is.
    pub about: String,
    /// The findings.
    pub findings: Vec<SampleFinding>,
}
/// The file of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentsFile {
    /// What this file is.
    pub about: String,
    /// The documents.
    pub documents: Vec<SampleDocument>,
}

impl Sample {
    /// Reads the shipped sample.
    ///
    /// # Errors
    /// What serde says of a damaged file; a test reads the shipped ones.
    pub fn load() -> Result<Self, serde_json::Error> {
        Ok(Sample {
            school: serde_json::from_str(SCHOOL_JSON)?,
            students: serde_json::from_str::<StudentsFile>(STUDENTS_JSON)?.students,
            findings: serde_json::from_str::<FindingsFile>(FINDINGS_JSON)?.findings,
            documents: serde_json::from_str::<DocumentsFile>(DOCUMENTS_JSON)?.documents,
        })
    }
}

fn is_school_day(on: NaiveDate) -> bool {
    !matches!(on.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Returns the day that lies so many school days before today; 0 is today, whatever day it is.
pub fn day_before(today: NaiveDate, school_days: u32) -> NaiveDate {
    let mut on = today;
    let mut left = school_days;
    while left > 0 {
        let Some(earlier) = on.pred_opt() else {
            return on;
        };
        on = earlier;
        left -= u32::from(is_school_day(on));
    }
    on
}
/// Returns the day that lies so many school days after `from`; 0 is `from` itself.
pub fn day_after(from: NaiveDate, school_days: u32) -> NaiveDate {
    match school_days {
        0 => from,
        n => from
            .iter_days()
            .skip(1)
            .filter(|on| is_school_day(*on))
            .nth(n as usize - 1)
            .unwrap_or(from),
    }
}

/// Replaces `{+3}` by the date three school days after `from`, written as papers do: `11月25日`.
pub fn dated(text: &str, from: NaiveDate) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{+") {
        out.push_str(before);
        match after.split_once('}') {
            Some((n, tail)) if n.parse::<u32>().is_ok() => {
                let days = n.parse().unwrap_or(0);
                out.push_str(&calendar::chinese_month_day(day_after(from, days)));
                rest = tail;
            }
            _ => {
                out.push_str("{+");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The minutes of the day between which the sample's findings lie: 07:30 and 16:30.
pub const SAMPLE_DAY: (i64, i64) = (7 * 60 + 30, 16 * 60 + 30);

impl SampleFinding {
    /// Returns when it was seen and when it was entered, if `now_ms` is when the sample is made.
    ///
    /// Before the school day is over, today's findings are drawn together so that none lies in the future.
    pub fn moments(&self, now_ms: i64) -> (i64, i64) {
        let today = calendar::day_of(now_ms);
        let on = day_before(today, self.days_before);
        let start = calendar::start_of(on);
        let minute = self.minute_of_day();
        let entered = minute + i64::from(self.entered_after);
        if self.days_before > 0 || now_ms >= start + (SAMPLE_DAY.1 + 30) * 60_000 {
            return (start + minute * 60_000, start + entered * 60_000);
        }
        let now = (now_ms - start) / 60_000;
        let (first, last) = SAMPLE_DAY;
        let from = first.min((now - 120).max(0));
        let fit = |m: i64| from + (m - first).max(0) * (now - from).max(0) / (last + 30 - first);
        (start + fit(minute) * 60_000, start + fit(entered) * 60_000)
    }
    fn minute_of_day(&self) -> i64 {
        let (h, m) = self.observed.split_once(':').unwrap_or(("8", "0"));
        h.parse::<i64>().unwrap_or(8) * 60 + m.parse::<i64>().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn date(text: &str) -> NaiveDate {
        calendar::parse_date(text).unwrap()
    }

    #[test]
    fn every_key_of_the_sample_names_something() {
        let s = Sample::load().unwrap();
        let units: BTreeSet<_> = s.school.units.iter().map(|u| u.key.as_str()).collect();
        let staff: BTreeSet<_> = s.school.staff.iter().map(|p| p.key.as_str()).collect();
        let accounts: BTreeSet<_> = s
            .school
            .staff
            .iter()
            .filter(|p| p.account.is_some())
            .map(|p| p.key.as_str())
            .collect();
        let classes: BTreeSet<_> = s
            .school
            .class_groups
            .iter()
            .map(|c| c.key.as_str())
            .collect();
        let students: BTreeSet<_> = s.students.iter().map(|p| p.key.as_str()).collect();
        assert_eq!(students.len(), s.students.len());
        assert_eq!(staff.len(), s.school.staff.len());
        assert!(
            s.school
                .staff
                .iter()
                .all(|p| units.contains(p.unit.as_str()))
        );
        assert!(
            s.school
                .class_groups
                .iter()
                .all(|c| staff.contains(c.homeroom_teacher.as_str()))
        );
        assert!(
            s.students
                .iter()
                .all(|p| classes.contains(p.class_group.as_str()))
        );
        for f in &s.findings {
            assert!(accounts.contains(f.inspector.as_str()), "{}", f.key);
            assert!(
                f.unit.iter().all(|u| units.contains(u.as_str())),
                "{}",
                f.key
            );
            assert!(
                f.class_group.iter().all(|c| classes.contains(c.as_str())),
                "{}",
                f.key
            );
            for p in &f.people {
                let known = match (p.kind, &p.key) {
                    (PersonKind::Staff, Some(k)) => staff.contains(k.as_str()),
                    (PersonKind::Student, Some(k)) => students.contains(k.as_str()),
                    (PersonKind::Other, None) => true,
                    _ => false,
                };
                assert!(known, "{} {}", f.key, p.name);
            }
        }
        for d in &s.documents {
            for key in [&d.drafter, &d.leader, &d.issuer] {
                assert!(accounts.contains(key.as_str()), "{} {key}", d.key);
            }
            assert_ne!(
                d.drafter, d.leader,
                "{}: nobody approves their own draft",
                d.key
            );
            assert_eq!(d.composed, d.blocks.is_empty(), "{}", d.key);
            for (board, _) in &d.posted {
                assert!(s.school.boards.iter().any(|b| b.key == *board), "{board}");
                assert_eq!(d.reaches, StateKind::Issued, "{}", d.key);
            }
        }
        for role in Role::ALL {
            assert!(
                s.school
                    .staff
                    .iter()
                    .filter_map(|p| p.account.as_ref())
                    .any(|a| a.roles.contains(&role)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn no_finding_of_today_lies_in_the_future_at_any_hour() {
        let s = Sample::load().unwrap();
        let start = calendar::start_of(date("2026-11-20"));
        for minute in 0..1440 {
            let now = start + minute * 60_000;
            for f in &s.findings {
                let (seen, entered) = f.moments(now);
                assert!(
                    seen <= entered && entered <= now,
                    "{} at minute {minute}",
                    f.key
                );
                assert_eq!(
                    calendar::day_of(seen),
                    day_before(date("2026-11-20"), f.days_before),
                    "{}",
                    f.key
                );
            }
        }
    }

    #[test]
    fn school_days_leave_out_the_weekend() {
        let monday = date("2026-11-23");
        assert_eq!(day_before(monday, 0), monday);
        assert_eq!(day_before(monday, 1), date("2026-11-20"));
        assert_eq!(day_before(date("2026-11-22"), 1), date("2026-11-20"));
        assert_eq!(day_before(monday, 5), date("2026-11-16"));
        assert_eq!(day_after(date("2026-11-20"), 1), monday);
        assert_eq!(day_after(monday, 0), monday);
    }

    #[test]
    fn dates_in_a_text_follow_today() {
        assert_eq!(
            dated("请于{+1}前报送，{+2}复查。", date("2026-11-20")),
            "请于11月23日前报送，11月24日复查。"
        );
        assert_eq!(dated("{+x}{+", date("2026-11-20")), "{+x}{+");
    }
}
