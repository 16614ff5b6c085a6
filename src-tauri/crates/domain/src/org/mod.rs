//! 机构人员 — the office, its units, class groups and people.
use crate::problems::Problems;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub mod directory;

pub use directory::Directory;

/// 单位设置 — what the office is called and how its papers are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeProfile {
    /// The full name, as it stands in the red head.
    pub name: String,
    /// The short name, as it stands in the navigation.
    pub short_name: String,
    /// The sample office: every page bears 示例.
    pub demo: bool,
    /// 机关代字 and their use, the first for formal papers.
    pub series: Vec<NumberSeries>,
    /// Where circulars go when nothing else is said, e.g. `各处室、年级组：`.
    pub recipients: String,
}

/// 机关代字 — one numbered series of papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberSeries {
    /// The characters before the year, e.g. `临实小检`.
    pub prefix: String,
    /// What it numbers.
    pub purpose: String,
    /// The last number taken on paper before this program was used, by year.
    #[serde(default)]
    pub start_after: Option<StartAfter>,
}
/// The last number taken before this program took over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartAfter {
    /// The year it belongs to.
    pub year: i32,
    /// The number.
    pub number: i64,
}

/// 部门 — 处室、年级组.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The grade, for a 年级组.
    pub grade: Option<i64>,
}
/// 班级 — a class group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassGroup {
    /// Its id.
    pub id: Uuid,
    /// Its name on screen, e.g. `三(2)班`.
    pub name: String,
    /// The grade, 1–12.
    pub grade: i64,
    /// The number within the grade.
    pub number: i64,
    /// 班主任.
    pub homeroom_teacher: Option<Uuid>,
}
/// 教职工 — a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Its id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The unit.
    pub unit_id: Option<Uuid>,
}
/// 学生 — a pupil, by name and class only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// Its id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The class group.
    pub class_group_id: Uuid,
}

/// Checks a 机关代字: 1–12 Han characters, nothing else (GB/T 9704-2012 7.2.5).
pub fn check_prefix(path: &str, prefix: &str, problems: &mut Problems) {
    let n = prefix.chars().count();
    if n == 0 {
        problems.add(path, "error-field-missing");
    } else if n > 12 || !prefix.chars().all(is_han) {
        problems.add(path, "org-prefix-malformed");
    }
}

/// Says whether a character is a Han ideograph, rare ones included.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

const GRADES: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "高一", "高二", "高三",
];

/// Names a class as screens do: `三(2)班`; grades run from 1 to 12.
pub fn class_name(grade: i64, number: i64) -> String {
    let grade = usize::try_from(grade - 1)
        .ok()
        .and_then(|i| GRADES.get(i))
        .copied()
        .unwrap_or("?");
    format!("{grade}({number})班")
}

/// Writes a class name as papers do, with full-width brackets: `三（2）班`.
pub fn class_on_paper(name: &str) -> String {
    name.replace('(', "（").replace(')', "）")
}

/// Checks a name of a person: present, ≤ 40 characters, no control or bidi characters.
pub fn check_person_name(path: &str, name: &str, problems: &mut Problems) {
    problems.text(path, name, true, 40);
    if name.chars().any(|c| c.is_control() || is_bidi_control(c)) {
        problems.add(path, "error-field-hidden-characters");
    }
}

/// Says whether a character steers text direction invisibly.
pub fn is_bidi_control(c: char) -> bool {
    matches!(u32::from(c), 0x200E | 0x200F | 0x061C | 0x202A..=0x202E | 0x2066..=0x2069 | 0xFEFF)
}
