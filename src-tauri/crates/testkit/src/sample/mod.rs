//! The maker of the sample school: seeded, so that it always writes the same files.
//!
//! All people are invented: names are drawn from lists of characters. The texts are our own.
//! `TONGBAO_WRITE_SAMPLE=1 cargo test -p testkit` writes `assets/sample`.
use domain::documents::{DocumentKind, StateKind};
use domain::inspections::{Measure, Nature, PersonKind};
use domain::org::class_on_paper;
use office::sample_data::{
    Sample, SampleAccount, SampleBlock, SampleBoard, SampleClassGroup, SampleDocument,
    SampleFinding, SamplePerson, SampleRectification, SampleSchool, SampleSeries, SampleStaff,
    SampleStudent, SampleUnit,
};
use serde::Serialize;
use std::collections::BTreeSet;

mod material;
use material::{Scope, Template};

/// SplitMix64: small, public domain, the same everywhere.
#[derive(Debug, Clone)]
pub struct Dice(u64);
impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// Returns a number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }
    /// Picks one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
    fn shuffle<T>(&mut self, of: &mut [T]) {
        for i in (1..of.len()).rev() {
            let j = self.below(i + 1);
            of.swap(i, j);
        }
    }
}

/// The seed of the shipped sample.
pub const SEED: u64 = 0x5eed_2026_1123;

/// Makes the sample school.
pub fn make(seed: u64) -> Sample {
    let mut dice = Dice::new(seed);
    let school = school();
    let students = students(&school, &mut dice);
    let findings = findings(&school, &students, &mut dice);
    Sample {
        school,
        students,
        findings,
        documents: documents(),
    }
}

fn school() -> SampleSchool {
    let units = material::UNITS.iter().map(|(key, name, grade)| SampleUnit {
        key: (*key).into(),
        name: (*name).into(),
        grade: *grade,
    });
    let staff = material::STAFF
        .iter()
        .map(|(key, name, post, unit, account)| SampleStaff {
            key: (*key).into(),
            name: (*name).into(),
            post: (*post).into(),
            unit: (*unit).into(),
            account: account.map(|(sign_in_name, roles)| SampleAccount {
                sign_in_name: sign_in_name.into(),
                roles: roles.to_vec(),
            }),
        });
    let class_groups = material::CLASSES
        .iter()
        .map(|(grade, number, teacher)| SampleClassGroup {
            key: format!("c{grade}{number}"),
            name: format!("{}({number})班", material::GRADES[*grade]),
            grade: i64::try_from(*grade).expect("BUG: a grade is small"),
            number: *number,
            homeroom_teacher: (*teacher).into(),
        });
    SampleSchool {
        about: "虚构的示例学校，由程序生成。人名是编造的，与真实学校和人员无关。".into(),
        name: "临江市实验小学".into(),
        short_name: "临江实验小学".into(),
        recipients: "各处室、年级组：".into(),
        password: "shili-lianxi-2026".into(),
        series: [("临实小", "正式公文", 36), ("临实小检", "检查通报", 47)]
            .map(|(prefix, purpose, last_number)| SampleSeries {
                prefix: prefix.into(),
                purpose: purpose.into(),
                last_number,
            })
            .into(),
        units: units.collect(),
        staff: staff.collect(),
        class_groups: class_groups.collect(),
        places: material::PLACES.iter().map(|p| (*p).into()).collect(),
        boards: material::BOARDS
            .map(
                |(key, name, place, (width_mm, height_mm), term_days)| SampleBoard {
                    key: key.into(),
                    name: name.into(),
                    place: place.into(),
                    width_mm,
                    height_mm,
                    term_days,
                },
            )
            .into(),
    }
}

fn students(school: &SampleSchool, dice: &mut Dice) -> Vec<SampleStudent> {
    let mut fixed: Vec<(&str, &str)> = material::FIXED_STUDENTS.to_vec();
    let staff: BTreeSet<&str> = school.staff.iter().map(|s| s.name.as_str()).collect();
    let mut taken: BTreeSet<String> = fixed.iter().map(|(_, name)| (*name).to_owned()).collect();
    let mut out = Vec::new();
    for (i, class) in school.class_groups.iter().enumerate() {
        let wanted = [29, 29, 28, 30, 30, 29, 28, 29, 28, 29, 29, 28, 30, 29][i % 14];
        let mut names: Vec<String> = Vec::new();
        fixed.retain(|(key, name)| {
            let here = *key == class.key;
            if here {
                names.push((*name).to_owned());
            }
            !here
        });
        while names.len() < wanted {
            let surname = dice.pick(material::SURNAMES);
            let given = dice.pick(material::GIVEN);
            let name = format!("{surname}{given}");
            if !staff.contains(name.as_str()) && taken.insert(name.clone()) {
                names.push(name);
            }
        }
        dice.shuffle(&mut names);
        for name in names {
            out.push(SampleStudent {
                key: format!("p{:03}", out.len() + 1),
                name,
                class_group: class.key.clone(),
            });
        }
    }
    out
}

/// How many findings of each nature a day has, oldest day first.
const DAYS: [(u32, usize, usize, usize); 5] = [
    (4, 6, 5, 1),
    (3, 7, 6, 2),
    (2, 5, 7, 1),
    (1, 7, 5, 2),
    (0, 8, 5, 1),
];

fn findings(
    school: &SampleSchool,
    students: &[SampleStudent],
    dice: &mut Dice,
) -> Vec<SampleFinding> {
    let mut out = Vec::new();
    let mut packs: Vec<(Nature, Vec<&Template>)> = [Nature::Praise, Nature::Problem, Nature::Note]
        .map(|n| (n, Vec::new()))
        .into_iter()
        .collect();
    for (days_before, praise, problem, note) in DAYS {
        let mut today: Vec<&Template> = Vec::new();
        for (nature, pack) in &mut packs {
            let wanted = match nature {
                Nature::Praise => praise,
                Nature::Problem => problem,
                Nature::Note => note,
            };
            for _ in 0..wanted {
                if pack.is_empty() {
                    // what this day already has goes to the bottom of the new pack
                    let (mut again, mut fresh): (Vec<_>, Vec<_>) = material::TEMPLATES
                        .iter()
                        .filter(|t| t.nature == *nature)
                        .partition(|t| today.iter().any(|u| u.detail == t.detail));
                    dice.shuffle(&mut fresh);
                    again.append(&mut fresh);
                    *pack = again;
                }
                today.extend(pack.pop());
            }
        }
        today.sort_by_key(|t| t.minute);
        let mut classes: Vec<&SampleClassGroup> = school.class_groups.iter().collect();
        dice.shuffle(&mut classes);
        for (i, template) in today.iter().enumerate() {
            let class = classes[i % classes.len()];
            out.push(finding(
                template,
                format!("f-{days_before}-{:02}", i + 1),
                days_before,
                class,
                school,
                students,
                dice,
            ));
        }
    }
    out
}

fn finding(
    t: &Template,
    key: String,
    days_before: u32,
    class: &SampleClassGroup,
    school: &SampleSchool,
    students: &[SampleStudent],
    dice: &mut Dice,
) -> SampleFinding {
    let staff = |key: &str| {
        school
            .staff
            .iter()
            .find(|s| s.key == key)
            .expect("BUG: the table of staff has this key")
    };
    let (unit, class_group, lead) = match t.scope {
        Scope::Class => (
            format!("u-g{}", class.grade),
            Some(class.key.clone()),
            class.homeroom_teacher.as_str(),
        ),
        Scope::Grade => (
            format!("u-g{}", class.grade),
            None,
            material::grade_lead(class.grade),
        ),
        Scope::Unit(key, lead) => (key.to_owned(), None, lead),
    };
    let lead = staff(lead);
    let pupils: Vec<&SampleStudent> = students
        .iter()
        .filter(|s| s.class_group == class.key)
        .collect();
    let first = dice.below(pupils.len());
    let second = (first + 1 + dice.below(pupils.len() - 1)) % pupils.len();
    let n = t.amount.map(|(from, to, unit)| {
        (
            from + i64::try_from(dice.below(usize::try_from(to - from + 1).unwrap_or(1)))
                .unwrap_or(0),
            unit,
        )
    });
    let fill = |text: &str| {
        text.replace("{class}", &class_on_paper(&class.name))
            .replace(
                "{grade}",
                &format!(
                    "{}年级",
                    material::GRADES[usize::try_from(class.grade).unwrap_or(1)]
                ),
            )
            .replace("{lead}", &lead.name)
            .replace("{student}", &pupils[first].name)
            .replace("{student2}", &pupils[second].name)
            .replace("{n}", &n.map_or(String::new(), |(n, _)| n.to_string()))
    };
    let detail = fill(t.detail);
    let mut people = Vec::new();
    for (mark, pupil) in [("{student}", pupils[first]), ("{student2}", pupils[second])] {
        if t.detail.contains(mark) {
            people.push(SamplePerson {
                kind: PersonKind::Student,
                key: Some(pupil.key.clone()),
                name: pupil.name.clone(),
            });
        }
    }
    if t.detail.contains("{lead}") || people.is_empty() {
        people.push(SamplePerson {
            kind: PersonKind::Staff,
            key: Some(lead.key.clone()),
            name: lead.name.clone(),
        });
    }
    let minute = t.minute + i64::try_from(dice.below(9)).unwrap_or(0);
    SampleFinding {
        key,
        days_before,
        observed: format!("{:02}:{:02}", minute / 60, minute % 60),
        entered_after: 3 + u32::try_from(dice.below(9)).unwrap_or(0),
        inspector: (*dice.pick(&["s10", "s13", "s15"])).into(),
        category: t.category,
        nature: t.nature,
        unit: Some(unit),
        class_group,
        place: fill(t.place),
        matter: t.matter.into(),
        detail,
        people,
        measure: n.map(|(n, unit)| Measure {
            milli: n * 1000,
            unit: unit.into(),
        }),
        rectification: t
            .rectification
            .map(|(requirement, due_in)| SampleRectification {
                requirement: fill(requirement),
                responsible: lead.name.clone(),
                due_in,
            }),
    }
}

fn documents() -> Vec<SampleDocument> {
    let composed = |key: &str,
                    days_before,
                    drafter: &str,
                    reaches,
                    leader: &str,
                    opinion: &str,
                    posted: &[(&str, u32)]| {
        SampleDocument {
            key: key.into(),
            kind: DocumentKind::Circular,
            days_before,
            composed: true,
            title: Vec::new(),
            blocks: Vec::new(),
            drafter: drafter.into(),
            reaches,
            sent_back: None,
            leader: leader.into(),
            opinion: opinion.into(),
            issuer: "s06".into(),
            posted: posted.iter().map(|(b, n)| ((*b).into(), *n)).collect(),
        }
    };
    let notice = material::NOTICE.iter().map(|(kind, text)| SampleBlock {
        kind: *kind,
        text: (*text).into(),
    });
    vec![
        composed(
            "d-1",
            4,
            "s10",
            StateKind::Issued,
            "s04",
            "同意印发。",
            // overdue on every day the sample may be opened on
            &[("hall", 3)],
        ),
        composed(
            "d-2",
            3,
            "s13",
            StateKind::Issued,
            "s04",
            "同意。请年级组逐项核对整改情况。",
            &[("hall", 7), ("teaching", 7)],
        ),
        composed(
            "d-3",
            2,
            "s15",
            StateKind::Issued,
            "s01",
            "同意印发，食堂的问题当天复查。",
            &[("hall", 7), ("canteen", 10)],
        ),
        composed("d-4", 1, "s10", StateKind::Submitted, "s04", "", &[]),
        SampleDocument {
            key: "d-5".into(),
            kind: DocumentKind::Notice,
            days_before: 1,
            composed: false,
            title: vec![
                "临江市实验小学关于做好冬季".into(),
                "校园安全自查工作的通知".into(),
            ],
            blocks: notice.collect::<Vec<SampleBlock>>(),
            drafter: "s05".into(),
            reaches: StateKind::Draft,
            sent_back: Some("自查范围请写明食堂和实验室，时间安排要具体到天。".into()),
            leader: "s01".into(),
            opinion: String::new(),
            issuer: "s06".into(),
            posted: Vec::new(),
        },
    ]
}

/// Writes the four files of `assets/sample`: name and bytes, one record a line.
pub fn files(sample: &Sample) -> Vec<(&'static str, String)> {
    let school = &sample.school;
    let school = [
        ("about", line(&school.about)),
        ("name", line(&school.name)),
        ("short_name", line(&school.short_name)),
        ("recipients", line(&school.recipients)),
        ("password", line(&school.password)),
        ("series", lines(&school.series)),
        ("units", lines(&school.units)),
        ("staff", lines(&school.staff)),
        ("class_groups", lines(&school.class_groups)),
        ("places", line(&school.places)),
        ("boards", lines(&school.boards)),
    ];
    let about = |text: &str| ("about", line(&text));
    let students = [
        about("示例学校的学生，人名由字表随机组成。"),
        ("students", lines(&sample.students)),
    ];
    let findings = [
        about("示例学校最近五个上学日的检查记录；days_before按上学日倒数，0为今天。"),
        ("findings", lines(&sample.findings)),
    ];
    let documents = [
        about("示例学校的公文；composed为true的由检查记录生成。"),
        ("documents", lines(&sample.documents)),
    ];
    vec![
        ("school.json", object(&school)),
        ("students.json", object(&students)),
        ("findings.json", object(&findings)),
        ("documents.json", object(&documents)),
    ]
}

fn line<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("BUG: plain data turns into JSON")
}
fn lines<T: Serialize>(rows: &[T]) -> String {
    let rows: Vec<String> = rows.iter().map(|r| format!("    {}", line(r))).collect();
    format!("[\n{}\n  ]", rows.join(",\n"))
}
fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, json)| format!("  \"{name}\": {json}"))
        .collect();
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar;
    use domain::documents::checks::{CheckLevel, check};
    use domain::documents::compose::compose;
    use domain::inspections::{Finding, FindingText, PersonRef, Rectification};
    use domain::org::{ClassGroup, Directory, NumberSeries, OfficeProfile, Staff, Student, Unit};
    use office::sample_data::{day_after, day_before};
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    #[test]
    fn the_committed_sample_is_what_the_maker_writes() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/sample");
        for (name, text) in files(&make(SEED)) {
            let path = format!("{folder}/{name}");
            if std::env::var_os("TONGBAO_WRITE_SAMPLE").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            let kept = std::fs::read_to_string(&path).unwrap();
            assert!(
                kept == text,
                "assets/sample/{name} is stale: run with TONGBAO_WRITE_SAMPLE=1 and read the difference"
            );
        }
    }

    #[test]
    fn the_sample_has_the_names_that_go_wrong() {
        let sample = make(SEED);
        let count = |name: &str| sample.students.iter().filter(|s| s.name == name).count();
        assert!(
            (390..=420).contains(&sample.students.len()),
            "{}",
            sample.students.len()
        );
        assert_eq!(
            (count("王若溪"), count("刘子墨"), count("陈雨桐")),
            (2, 2, 3)
        );
        for rare in ["䶮", "㛃", "𬭚", "玥", "堃", "垚", "喆", "昇"] {
            assert!(
                sample.students.iter().any(|s| s.name.contains(rare)),
                "{rare}"
            );
        }
        assert!(sample.students.iter().any(|s| s.name.starts_with("欧阳")));
        assert!(
            sample.school.staff.iter().any(|s| count(&s.name) == 1),
            "a pupil and a teacher share a name"
        );
    }

    #[test]
    fn every_problem_says_what_and_who_and_by_when() {
        for f in make(SEED)
            .findings
            .iter()
            .filter(|f| f.nature == Nature::Problem)
        {
            assert!(
                !f.matter.is_empty() && !f.people.is_empty() && f.rectification.is_some(),
                "{}",
                f.key
            );
            assert!(!f.detail.contains('{'), "{}: {}", f.key, f.detail);
        }
    }

    #[test]
    fn no_day_says_the_same_thing_twice() {
        for day in 0..5 {
            let sample = make(SEED);
            let mut seen = BTreeSet::new();
            for f in sample.findings.iter().filter(|f| f.days_before == day) {
                assert!(
                    seen.insert((f.matter.clone(), f.class_group.clone(), f.place.clone())),
                    "{} {}",
                    f.key,
                    f.matter
                );
            }
            assert!(seen.len() >= 12);
        }
    }

    /// The registers and findings of the sample with ids counted up, as on 20 November 2026 at 17:30.
    fn world(sample: &Sample) -> (Directory, Vec<Finding>) {
        let ids = RefCell::new(BTreeMap::new());
        let id = |key: &str| {
            let next = ids.borrow().len() as u128 + 1;
            *ids.borrow_mut()
                .entry(key.to_owned())
                .or_insert(Uuid::from_u128(next))
        };
        let s = &sample.school;
        let units = s
            .units
            .iter()
            .map(|u| Unit {
                id: id(&u.key),
                name: u.name.clone(),
                grade: u.grade,
            })
            .collect();
        let staff = s
            .staff
            .iter()
            .map(|p| Staff {
                id: id(&p.key),
                name: p.name.clone(),
                post: p.post.clone(),
                unit_id: Some(id(&p.unit)),
            })
            .collect();
        let classes = s.class_groups.iter().map(|c| ClassGroup {
            id: id(&c.key),
            name: c.name.clone(),
            grade: c.grade,
            number: c.number,
            homeroom_teacher: Some(id(&c.homeroom_teacher)),
        });
        let classes = classes.collect();
        let students = sample
            .students
            .iter()
            .map(|p| Student {
                id: id(&p.key),
                name: p.name.clone(),
                class_group_id: id(&p.class_group),
            })
            .collect();
        let today = calendar::parse_date("2026-11-20").unwrap();
        let now = calendar::start_of(today) + (17 * 60 + 30) * 60_000;
        let findings = sample.findings.iter().map(|f| {
            let (observed_at, entered_at) = f.moments(now);
            let inspected_on = calendar::day_of(observed_at);
            let people = f.people.iter().map(|p| PersonRef {
                kind: p.kind,
                id: p.key.as_ref().map(|k| id(k)),
                name: p.name.clone(),
            });
            let rectification = f.rectification.as_ref().map(|r| Rectification {
                requirement: r.requirement.clone(),
                responsible: r.responsible.clone(),
                due_on: day_after(inspected_on, r.due_in),
            });
            Finding {
                id: id(&f.key),
                text: FindingText {
                    category: f.category,
                    nature: f.nature,
                    unit_id: f.unit.as_ref().map(|k| id(k)),
                    class_group_id: f.class_group.as_ref().map(|k| id(k)),
                    place: f.place.clone(),
                    matter: f.matter.clone(),
                    detail: f.detail.clone(),
                    people: people.collect(),
                    measure: f.measure.clone(),
                    rectification,
                    observed_at,
                    photos: Vec::new(),
                },
                inspected_on,
                entered_at,
                entered_by: Uuid::nil(),
                inspector: s
                    .staff
                    .iter()
                    .find(|p| p.key == f.inspector)
                    .unwrap()
                    .name
                    .clone(),
                ver: 1,
                marks: domain::inspections::FindingMarks::default(),
            }
        });
        let findings = findings.collect();
        (
            Directory::new(units, classes, staff, students, s.places.clone()),
            findings,
        )
    }

    #[test]
    fn every_sample_day_makes_a_circular_without_faults() {
        let sample = make(SEED);
        let (directory, findings) = world(&sample);
        let series = |s: &SampleSeries| NumberSeries {
            prefix: s.prefix.clone(),
            purpose: s.purpose.clone(),
            start_after: None,
        };
        let profile = OfficeProfile {
            name: sample.school.name.clone(),
            short_name: sample.school.short_name.clone(),
            demo: true,
            series: sample.school.series.iter().map(series).collect(),
            recipients: sample.school.recipients.clone(),
        };
        let today = calendar::parse_date("2026-11-20").unwrap();
        for (days, ..) in DAYS {
            let on = day_before(today, days);
            let facts: Vec<Finding> = findings
                .iter()
                .filter(|f| f.inspected_on == on)
                .cloned()
                .collect();
            assert!(facts.iter().all(|f| f.text.check(f.entered_at).is_ok()));
            let mut n = 0;
            let content = compose(
                DocumentKind::Circular,
                &facts,
                &directory,
                &profile,
                on,
                &mut || {
                    n += 1;
                    format!("b{n}")
                },
            );
            if std::env::var_os("TONGBAO_SHOW_SAMPLE").is_some() {
                let text: Vec<String> = content
                    .blocks
                    .iter()
                    .map(|b| format!("{:?} {}", b.kind, b.text))
                    .collect();
                std::fs::write(
                    std::env::temp_dir().join(format!("sample-day-{days}.txt")),
                    text.join("\n"),
                )
                .unwrap();
            }
            let faults: Vec<_> = check(&content, &facts, &directory)
                .into_iter()
                .filter(|c| c.level != CheckLevel::Hint)
                .collect();
            assert_eq!(faults, [], "{on}");
            assert_eq!(content.finding_ids().len(), facts.len());
            assert_eq!(content.series, "临实小检");
        }
    }

    #[test]
    fn other_seeds_make_other_schools() {
        assert_ne!(make(1).students, make(2).students);
        assert_eq!(make(7), make(7));
    }
}
