//! 名册 — units, class groups and people, indexed for finding their names in a text.
use super::{ClassGroup, Staff, Student, Unit, class_on_paper};
use crate::inspections::PersonKind;
use std::collections::BTreeMap;
use uuid::Uuid;

/// 名册 — who and what a text may speak of. Built once, used for every line typed.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    units: Vec<Unit>,
    class_groups: Vec<ClassGroup>,
    people: Vec<Named>,
    places: Vec<String>,
    by_start: BTreeMap<(char, char), Vec<usize>>,
}

/// A person of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Staff or student.
    pub kind: PersonKind,
    /// The id on that register.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The class group of a student.
    pub class_group_id: Option<Uuid>,
    /// 职务 of staff.
    pub post: String,
    chars: Vec<char>,
}

impl Directory {
    /// Indexes the registers; `places` are known places, the most recent first.
    pub fn new(
        units: Vec<Unit>,
        class_groups: Vec<ClassGroup>,
        staff: Vec<Staff>,
        students: Vec<Student>,
        places: Vec<String>,
    ) -> Self {
        let staff = staff.into_iter().map(|s| Named {
            kind: PersonKind::Staff,
            id: s.id,
            chars: s.name.chars().collect(),
            name: s.name,
            class_group_id: None,
            post: s.post,
        });
        let students = students.into_iter().map(|s| Named {
            kind: PersonKind::Student,
            id: s.id,
            chars: s.name.chars().collect(),
            name: s.name,
            class_group_id: Some(s.class_group_id),
            post: String::new(),
        });
        let people: Vec<Named> = staff.chain(students).collect();
        // two characters: one surname may be borne by hundreds
        let mut by_start: BTreeMap<(char, char), Vec<usize>> = BTreeMap::new();
        for (i, p) in people.iter().enumerate() {
            if let [first, second, ..] = p.chars[..] {
                by_start.entry((first, second)).or_default().push(i);
            }
        }
        for of in by_start.values_mut() {
            of.sort_by_key(|i| std::cmp::Reverse(people[*i].chars.len()));
        }
        Directory {
            units,
            class_groups,
            people,
            places,
            by_start,
        }
    }
    /// Returns the units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }
    /// Returns the class groups.
    pub fn class_groups(&self) -> &[ClassGroup] {
        &self.class_groups
    }
    /// Returns staff and students.
    pub fn people(&self) -> &[Named] {
        &self.people
    }
    /// Returns the known places, the most recent first.
    pub fn places(&self) -> &[String] {
        &self.places
    }
    /// Finds a class group.
    pub fn class_group(&self, id: Uuid) -> Option<&ClassGroup> {
        self.class_groups.iter().find(|c| c.id == id)
    }
    /// Finds a class group by grade and number.
    pub fn class_group_at(&self, grade: i64, number: i64) -> Option<&ClassGroup> {
        self.class_groups
            .iter()
            .find(|c| c.grade == grade && c.number == number)
    }
    /// Finds a unit.
    pub fn unit(&self, id: Uuid) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == id)
    }
    /// Finds the 年级组 of a grade.
    pub fn unit_of_grade(&self, grade: i64) -> Option<&Unit> {
        self.units.iter().find(|u| u.grade == Some(grade))
    }
    /// Finds a member of staff.
    pub fn staff(&self, id: Uuid) -> Option<&Named> {
        self.people
            .iter()
            .find(|p| p.kind == PersonKind::Staff && p.id == id)
    }
    /// Finds the 班主任 of a class group.
    pub fn homeroom_teacher(&self, class_group_id: Uuid) -> Option<&Named> {
        self.staff(self.class_group(class_group_id)?.homeroom_teacher?)
    }
    /// Writes the name of a class group as papers do.
    pub fn class_on_paper(&self, id: Uuid) -> Option<String> {
        self.class_group(id).map(|c| class_on_paper(&c.name))
    }
    /// Finds the longest name of a person that begins at `at`: its length and everybody who bears it.
    pub fn people_at(&self, text: &[char], at: usize) -> Option<(usize, Vec<&Named>)> {
        let of = self.by_start.get(&(*text.get(at)?, *text.get(at + 1)?))?;
        let longest = of
            .iter()
            .map(|i| &self.people[*i])
            .find(|p| text[at..].starts_with(&p.chars))?;
        let same = of
            .iter()
            .map(|i| &self.people[*i])
            .filter(|p| p.chars == longest.chars)
            .collect();
        Some((longest.chars.len(), same))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins_and_namesakes_come_together() {
        let student = |n: u128, name: &str| Student {
            id: Uuid::from_u128(n),
            name: name.into(),
            class_group_id: Uuid::from_u128(9),
        };
        let students = vec![
            student(1, "王若"),
            student(2, "王若溪"),
            student(3, "王若溪"),
            student(4, "李"),
            student(5, "吴𬭚"),
        ];
        let d = Directory::new(vec![], vec![], vec![], students, vec![]);
        let text: Vec<char> = "和王若溪、李、吴𬭚".chars().collect();
        let (n, same) = d.people_at(&text, 1).unwrap();
        assert_eq!((n, same.len()), (3, 2));
        assert!(d.people_at(&text, 0).is_none());
        assert!(d.people_at(&text, 5).is_none(), "one character is no name");
        assert_eq!(d.people_at(&text, 7).unwrap().0, 2);
        assert!(d.people_at(&text, 99).is_none());
    }
}
