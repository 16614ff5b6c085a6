//! 值日检查 — findings of the day (S000-4; C-01).
use crate::calendar;
use crate::org::{check_person_name, is_bidi_control};
use crate::problems::Problems;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub mod recognise;

/// 检查类别 — the eight categories of C-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 综合值日情况
    DutyGeneral,
    /// 重点工作安排和进展
    KeyWork,
    /// 教育教学活动
    Teaching,
    /// 学风学纪
    Discipline,
    /// 学生活动
    StudentActivity,
    /// 师生生活服务
    LivingService,
    /// 营养改善计划
    Nutrition,
    /// 处室和年级组常规
    UnitRoutine,
}
impl Category {
    /// All categories in the order of the regulation.
    pub const ALL: [Category; 8] = [
        Category::DutyGeneral,
        Category::KeyWork,
        Category::Teaching,
        Category::Discipline,
        Category::StudentActivity,
        Category::LivingService,
        Category::Nutrition,
        Category::UnitRoutine,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Category::DutyGeneral => "duty_general",
            Category::KeyWork => "key_work",
            Category::Teaching => "teaching",
            Category::Discipline => "discipline",
            Category::StudentActivity => "student_activity",
            Category::LivingService => "living_service",
            Category::Nutrition => "nutrition",
            Category::UnitRoutine => "unit_routine",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// 性质 — praise, problem, or plain state of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// 表扬
    Praise,
    /// 问题
    Problem,
    /// 工作情况
    Note,
}
impl Nature {
    /// All natures.
    pub const ALL: [Nature; 3] = [Nature::Praise, Nature::Problem, Nature::Note];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Nature::Praise => "praise",
            Nature::Problem => "problem",
            Nature::Note => "note",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.code() == code)
    }
}

/// 涉及人员 — somebody named in a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRef {
    /// Staff, student or somebody not on a register.
    pub kind: PersonKind,
    /// The id on the register; none for [`PersonKind::Other`].
    #[serde(default)]
    pub id: Option<Uuid>,
    /// The name as it was written.
    pub name: String,
}
/// Which register a named person stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// 教职工
    Staff,
    /// 学生
    Student,
    /// 其他人员
    Other,
}

/// 数量 — `3 人`, `9 ℃`: kept as written, in thousandths so that no float is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The value in thousandths of the unit.
    pub milli: i64,
    /// The unit, e.g. `人`.
    pub unit: String,
}

/// 整改要求 — what must be put right, by whom, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rectification {
    /// What is to be done.
    pub requirement: String,
    /// Who answers for it.
    pub responsible: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// What one person writes down of what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingText {
    /// 检查类别.
    pub category: Category,
    /// 表扬或问题.
    pub nature: Nature,
    /// 被检查处室或年级组.
    pub unit_id: Option<Uuid>,
    /// 班级.
    pub class_group_id: Option<Uuid>,
    /// 地点.
    pub place: String,
    /// 事 — the matter in a few words.
    pub matter: String,
    /// 具体情况 — what exactly, optional.
    pub detail: String,
    /// 人 — the people named.
    pub people: Vec<PersonRef>,
    /// 数据.
    pub measure: Option<Measure>,
    /// 整改要求, for problems.
    pub rectification: Option<Rectification>,
    /// When it was seen: apart from when it was entered.
    pub observed_at: i64,
}

/// 检查记录 — a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its id.
    pub id: Uuid,
    /// What was written.
    pub text: FindingText,
    /// The day it belongs to: the day of `observed_at`.
    pub inspected_on: NaiveDate,
    /// When it was entered.
    pub entered_at: i64,
    /// The account that entered it.
    pub entered_by: Uuid,
    /// The inspector's name at that time.
    pub inspector: String,
    /// Counts its versions from 1.
    pub ver: i64,
}

/// The most characters of a matter.
pub const MATTER_MAX: usize = 200;
/// The most characters of the details.
pub const DETAIL_MAX: usize = 5_000;

impl FindingText {
    /// Checks the text as entered at `now_ms`; all faults at once.
    ///
    /// # Errors
    /// [`Problems`] with the path of each field. R-028: the matter is required, and somebody or some unit it concerns.
    pub fn check(&self, now_ms: i64) -> Result<(), Problems> {
        let mut p = Problems::default();
        if self.matter.trim().is_empty() {
            p.add("matter", "inspections-matter-missing");
        }
        p.text("matter", &self.matter, false, MATTER_MAX);
        p.text("detail", &self.detail, false, DETAIL_MAX);
        p.text("place", &self.place, false, 60);
        for (path, s) in [
            ("matter", &self.matter),
            ("detail", &self.detail),
            ("place", &self.place),
        ] {
            if s.chars().any(is_bidi_control) {
                p.add(path, "error-field-hidden-characters");
            }
        }
        if self.unit_id.is_none() && self.class_group_id.is_none() && self.people.is_empty() {
            p.add("people", "inspections-whom-missing");
        }
        if self.people.len() > 200 {
            p.add_with(
                "people",
                "inspections-people-too-many",
                [("max", 200_i64.into())],
            );
        }
        for (i, person) in self.people.iter().enumerate() {
            check_person_name(&format!("people.{i}.name"), &person.name, &mut p);
        }
        // a minute of grace: the form is filled with the minute that has begun
        if self.observed_at > now_ms + 60_000 {
            p.add_with(
                "observed_at",
                "inspections-future-time",
                [("time", calendar::clock_time(self.observed_at).into())],
            );
        }
        if self.observed_at < now_ms - 366 * calendar::DAY_MS {
            p.add("observed_at", "inspections-time-too-old");
        }
        if let Some(m) = &self.measure {
            p.text("measure.unit", &m.unit, true, 10);
            if m.milli.unsigned_abs() > 1_000_000_000_000 {
                p.add("measure.milli", "inspections-measure-out-of-range");
            }
        }
        if let Some(r) = &self.rectification {
            p.text("rectification.requirement", &r.requirement, false, 500);
            p.text("rectification.responsible", &r.responsible, true, 40);
            if r.due_on < calendar::day_of(self.observed_at) {
                p.add("rectification.due_on", "inspections-due-before-seen");
            }
        }
        p.or(())
    }
}

/// Says whether a finding may still be amended: until 24:00 of the day it was seen (S000-4 当天).
pub fn open_until(inspected_on: NaiveDate) -> i64 {
    calendar::end_of(inspected_on)
}
