//! 值日检查 — findings of the day (S000-4; C-01).
use crate::calendar;
use crate::org::{check_person_name, is_bidi_control};
use crate::problems::Problems;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

pub mod followup;
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
    /// 自设类别 — one that the office added, by its number.
    Own(u16),
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
    pub fn code(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Category::DutyGeneral => "duty_general",
            Category::KeyWork => "key_work",
            Category::Teaching => "teaching",
            Category::Discipline => "discipline",
            Category::StudentActivity => "student_activity",
            Category::LivingService => "living_service",
            Category::Nutrition => "nutrition",
            Category::UnitRoutine => "unit_routine",
            Category::Own(number) => return Cow::Owned(format!("own_{number}")),
        })
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("own_") {
            Some(number) => number
                .parse()
                .ok()
                .map(Category::Own)
                .filter(|c| c.code() == code),
            None => Self::ALL.into_iter().find(|c| c.code() == code),
        }
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
    /// 照片: attached pictures, in their order.
    pub photos: Vec<Uuid>,
}

/// 督查 — what a finding has besides when members of the 校委会 made it (C-03, R-029).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// 督查人.
    pub supervisors: Vec<String>,
    /// 公布时间, once it was made known.
    pub announced_at: Option<i64>,
}

/// 附记 — what is known of a finding beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingMarks {
    /// What the office calls its category; empty: as the regulation does.
    pub category_label: String,
    /// How often it was corrected; the text is then the last correction's.
    pub corrections: i64,
    /// It is a 督查结果.
    pub supervision: Option<Supervision>,
    /// How far putting it right has come; none without a requirement.
    pub followup: Option<followup::FollowupState>,
}

/// 更正 — how a closed finding is to be read, by whom and why; what was written before stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: Uuid,
    /// The finding.
    pub finding_id: Uuid,
    /// Why.
    pub reason: String,
    /// When.
    pub at: i64,
    /// The account.
    pub by: Uuid,
    /// The name at that time.
    pub name: String,
    /// The whole text as it is to be read.
    pub text: FindingText,
}

/// 类别名目 — a category as an office calls and orders it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryPreset {
    /// The category.
    pub category: Category,
    /// What it is called; empty: as the regulation calls it.
    pub label: String,
    /// It is offered no more; what was filed under it stays.
    pub hidden: bool,
    /// Its place in the order.
    pub sort: i64,
}

/// 常用筛选 — a filter of the register that a person keeps by name; what it holds is the screen's affair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it holds, as JSON.
    pub filter: String,
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
    /// What is known of it beside its text.
    pub marks: FindingMarks,
}

/// The most photos of a finding.
pub const PHOTOS_MAX: usize = 9;
/// Until when of its day a finding may be amended where the office sets nothing else: 24:00 (S000-4 当天).
pub const AMEND_UNTIL_MINUTE: i64 = 24 * 60;
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
        if self.photos.len() > PHOTOS_MAX {
            p.add_with(
                "photos",
                "attachments-too-many",
                [("max", PHOTOS_MAX.into())],
            );
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

/// Says until when a finding may be amended: the minute of its day that the office set, at the latest 24:00 (S000-4 当天).
pub fn open_until(inspected_on: NaiveDate, minute: i64) -> i64 {
    calendar::start_of(inspected_on) + minute.clamp(0, AMEND_UNTIL_MINUTE) * 60_000
}

impl Supervision {
    /// Checks who supervised; all faults at once.
    ///
    /// # Errors
    /// [`Problems`] with the path of each field.
    pub fn check(&self, now_ms: i64) -> Result<(), Problems> {
        let mut p = Problems::default();
        if self.supervisors.is_empty() || self.supervisors.len() > 20 {
            p.add("supervisors", "inspections-supervisors-missing");
        }
        for (i, name) in self.supervisors.iter().enumerate() {
            check_person_name(&format!("supervisors.{i}"), name, &mut p);
        }
        if self.announced_at.is_some_and(|at| at > now_ms + 60_000) {
            p.add("announced_at", "inspections-announced-in-future");
        }
        p.or(())
    }
}

/// The eight categories of the regulation as this office calls, hides and orders them, and its own.
pub fn categories(changed: Vec<CategoryPreset>) -> Vec<CategoryPreset> {
    let mut all: Vec<CategoryPreset> = (0..)
        .zip(Category::ALL)
        .filter(|(_, c)| !changed.iter().any(|p| p.category == *c))
        .map(|(sort, category)| CategoryPreset {
            category,
            label: String::new(),
            hidden: false,
            sort,
        })
        .chain(changed.iter().cloned())
        .collect();
    all.sort_by_key(|p| (p.sort, p.category));
    all
}

/// Checks categories as an office wants them; all faults at once.
///
/// # Errors
/// [`Problems`] with the path of each field.
pub fn check_categories(all: &[CategoryPreset]) -> Result<(), Problems> {
    let mut p = Problems::default();
    for (i, c) in all.iter().enumerate() {
        let path = format!("categories.{i}.label");
        p.text(&path, &c.label, matches!(c.category, Category::Own(_)), 20);
        if c.label.chars().any(is_bidi_control) {
            p.add(&path, "error-field-hidden-characters");
        }
        let twice = |other: &CategoryPreset| {
            other.category == c.category || (!c.label.is_empty() && other.label == c.label)
        };
        if all[..i].iter().any(twice) {
            p.add(&path, "error-field-twice");
        }
    }
    if all.len() > 40 {
        p.add_with(
            "categories",
            "inspections-categories-too-many",
            [("max", 40_i64.into())],
        );
    }
    if all.iter().all(|c| c.hidden) {
        p.add("categories", "inspections-categories-all-hidden");
    }
    p.or(())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn own_categories_have_codes_of_their_own() {
        for c in Category::ALL
            .into_iter()
            .chain([Category::Own(1), Category::Own(65535)])
        {
            assert_eq!(Category::from_code(&c.code()), Some(c));
        }
        for wrong in ["own_", "own_01", "own_-1", "own_65536", "OWN_1", "other"] {
            assert_eq!(Category::from_code(wrong), None, "{wrong}");
        }
    }
    #[test]
    fn a_renamed_category_keeps_its_place_and_own_ones_come_where_they_are_put() {
        let preset = |category, label: &str, sort| CategoryPreset {
            category,
            label: label.to_owned(),
            hidden: false,
            sort,
        };
        let all = categories(vec![
            preset(Category::Nutrition, "食堂", 6),
            preset(Category::Own(1), "校车", 2),
        ]);
        assert_eq!(all.len(), 9);
        assert_eq!(all[2].category, Category::Teaching);
        assert_eq!(all[3].category, Category::Own(1));
        assert_eq!(
            (all[7].category, all[7].label.as_str()),
            (Category::Nutrition, "食堂")
        );
        assert!(check_categories(&all).is_ok());
        let mut wrong = all.clone();
        wrong[0].label = "校车".to_owned();
        wrong[3].label = " ".to_owned();
        let faults = check_categories(&wrong).expect_err("two faults");
        assert_eq!(faults.0.len(), 1, "{faults:?}");
        for c in &mut wrong {
            c.hidden = true;
        }
        assert_eq!(check_categories(&wrong).expect_err("faults").0.len(), 2);
    }
    #[test]
    fn a_finding_closes_at_the_hour_of_the_office_and_never_after_its_day() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
        assert_eq!(open_until(on, AMEND_UNTIL_MINUTE), calendar::end_of(on));
        assert_eq!(open_until(on, 9999), calendar::end_of(on));
        assert_eq!(
            open_until(on, 17 * 60),
            calendar::end_of(on) - 7 * 3_600_000
        );
    }
}
