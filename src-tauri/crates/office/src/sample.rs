//! 示例学校 — made by replaying its days through the ordinary use cases.
use crate::access::{Opening, Session};
use crate::folder::{self, Holder};
use crate::keyring::{Entropy, Strength, Throttle};
use crate::org::{
    Founding, FoundingAccount, FoundingClass, FoundingPerson, class_name, creating, fill,
};
use crate::recovery::RecoveryCode;
use crate::sample_data::{Sample, SampleDocument, SampleFinding, dated, day_after, day_before};
use crate::{Call, Office, OfficeError};
use domain::access::Role;
use domain::calendar;
use domain::documents::{Block, StateKind};
use domain::inspections::{FindingText, PersonRef, Rectification};
use domain::org::{NumberSeries, OfficeProfile, StartAfter};
use domain::postings::BoardText;
use print::Printer;
use std::collections::BTreeMap;
use std::path::Path;
use uuid::Uuid;

/// What is needed to make the sample office.
pub struct Making<'a> {
    /// Where.
    pub dir: &'a Path,
    /// Now: the sample's today is the day of this instant.
    pub now: i64,
    /// Who holds the folder meanwhile.
    pub holder: Holder,
    /// How hard the passwords are to guess: [`Strength::ForTests`] only in tests.
    pub strength: Strength,
    /// Randomness.
    pub entropy: &'a mut dyn FnMut() -> Box<dyn Entropy + Send>,
}

fn founding(sample: &Sample, year: i32) -> Founding {
    let unit_name: BTreeMap<&str, &str> = sample
        .school
        .units
        .iter()
        .map(|u| (u.key.as_str(), u.name.as_str()))
        .collect();
    let staff_name: BTreeMap<&str, &str> = sample
        .school
        .staff
        .iter()
        .map(|s| (s.key.as_str(), s.name.as_str()))
        .collect();
    let class_of: BTreeMap<&str, String> = sample
        .school
        .class_groups
        .iter()
        .map(|c| (c.key.as_str(), class_name(c.grade, c.number)))
        .collect();
    let series = sample
        .school
        .series
        .iter()
        .map(|s| NumberSeries {
            prefix: s.prefix.clone(),
            purpose: s.purpose.clone(),
            start_after: Some(StartAfter {
                year,
                number: s.last_number,
            }),
        })
        .collect();
    Founding {
        profile: OfficeProfile {
            name: sample.school.name.clone(),
            short_name: sample.school.short_name.clone(),
            demo: true,
            series,
            recipients: sample.school.recipients.clone(),
        },
        units: sample
            .school
            .units
            .iter()
            .map(|u| (u.name.clone(), u.grade))
            .collect(),
        class_groups: sample
            .school
            .class_groups
            .iter()
            .map(|c| FoundingClass {
                grade: c.grade,
                number: c.number,
                homeroom_teacher: staff_name
                    .get(c.homeroom_teacher.as_str())
                    .map(|n| (*n).to_owned()),
            })
            .collect(),
        people: sample
            .school
            .staff
            .iter()
            .map(|s| FoundingPerson {
                name: s.name.clone(),
                post: s.post.clone(),
                unit: unit_name
                    .get(s.unit.as_str())
                    .copied()
                    .unwrap_or_default()
                    .to_owned(),
                account: s.account.as_ref().map(|a| FoundingAccount {
                    sign_in_name: a.sign_in_name.clone(),
                    roles: a.roles.clone(),
                    password: sample.school.password.clone(),
                    chosen: true,
                }),
            })
            .collect(),
        students: sample
            .students
            .iter()
            .map(|s| {
                (
                    s.name.clone(),
                    class_of
                        .get(s.class_group.as_str())
                        .cloned()
                        .unwrap_or_default(),
                )
            })
            .collect(),
    }
}

/// Ids of the sample's short keys.
struct Keys {
    units: BTreeMap<String, Uuid>,
    classes: BTreeMap<String, Uuid>,
    staff: BTreeMap<String, Uuid>,
    students: BTreeMap<String, Uuid>,
    boards: BTreeMap<String, Uuid>,
}

/// A running replay.
struct Replay<'a> {
    sample: &'a Sample,
    office: Office,
    seats: BTreeMap<String, Session>,
    keys: Keys,
    findings: BTreeMap<String, Uuid>,
    today: chrono::NaiveDate,
    now: i64,
    last: i64,
}

const MINUTE: i64 = 60_000;

/// Makes the sample office; returns its two recovery codes.
///
/// # Errors
/// As founding an office and each use case.
pub fn make(making: Making<'_>, printer: &mut Printer) -> Result<[RecoveryCode; 2], OfficeError> {
    let sample =
        Sample::load().map_err(|_| OfficeError::Bug("the shipped sample cannot be read"))?;
    let today = calendar::day_of(making.now);
    let first_day = sample
        .findings
        .iter()
        .map(|f| f.days_before)
        .max()
        .unwrap_or(0);
    let founded_at = calendar::start_of(day_before(today, first_day)) + 6 * 60 * MINUTE;
    let founding = founding(&sample, chrono::Datelike::year(&today));
    founding.check()?;
    let mut entropy = (making.entropy)();
    // whole or not at all: a program that is killed half way leaves nothing under this name
    folder::create(making.dir, &mut *entropy, |layout, entropy| {
        let codes = fill(layout, &founding, making.strength, founded_at, entropy)?;
        replay(
            &sample,
            &making.holder,
            layout.dir(),
            making.now,
            founded_at,
            (making.entropy)(),
            printer,
        )?;
        Ok(codes)
    })
    .map_err(creating)
}

fn replay(
    sample: &Sample,
    holder: &Holder,
    dir: &Path,
    now: i64,
    founded_at: i64,
    entropy: Box<dyn Entropy + Send>,
    printer: &mut Printer,
) -> Result<(), OfficeError> {
    let accounts: Vec<(&str, &str)> = sample
        .school
        .staff
        .iter()
        .filter_map(|s| {
            s.account
                .as_ref()
                .map(|a| (s.key.as_str(), a.sign_in_name.as_str()))
        })
        .collect();
    let (first, first_name) = *accounts
        .first()
        .ok_or(OfficeError::Bug("the sample has no account"))?;
    let opening = Opening {
        dir,
        now: founded_at,
        holder: holder.clone(),
        entropy,
    };
    let password = &sample.school.password;
    let (mut office, session) =
        Office::sign_in(opening, &mut Throttle::default(), first_name, password)?;
    let mut seats = BTreeMap::from([(first.to_owned(), session)]);
    for (key, name) in &accounts[1..] {
        seats.insert((*key).to_owned(), office.join(name, password, founded_at)?);
    }
    let boards = hang_boards(sample, &mut office, &seats, founded_at)?;
    let keys = {
        let call = Call {
            session: &seats[first],
            now: founded_at,
        };
        let overview = office.overview(call)?;
        let by_unit: BTreeMap<String, Uuid> = overview
            .units
            .iter()
            .map(|u| (u.name.clone(), u.id))
            .collect();
        let by_class: BTreeMap<String, Uuid> = overview
            .class_groups
            .iter()
            .map(|c| (c.name.clone(), c.id))
            .collect();
        let by_staff: BTreeMap<String, Uuid> = overview
            .staff
            .iter()
            .map(|s| (s.name.clone(), s.id))
            .collect();
        let mut students = BTreeMap::new();
        let mut rows = office.students(call)?;
        for s in &sample.students {
            let class = sample
                .school
                .class_groups
                .iter()
                .find(|c| c.key == s.class_group)
                .and_then(|c| by_class.get(&class_name(c.grade, c.number)));
            if let Some(i) = rows
                .iter()
                .position(|r| r.name == s.name && Some(&r.class_group_id) == class)
            {
                students.insert(s.key.clone(), rows.swap_remove(i).id);
            }
        }
        Keys {
            units: sample
                .school
                .units
                .iter()
                .filter_map(|u| Some((u.key.clone(), *by_unit.get(&u.name)?)))
                .collect(),
            classes: sample
                .school
                .class_groups
                .iter()
                .filter_map(|c| {
                    Some((
                        c.key.clone(),
                        *by_class.get(&class_name(c.grade, c.number))?,
                    ))
                })
                .collect(),
            staff: sample
                .school
                .staff
                .iter()
                .filter_map(|s| Some((s.key.clone(), *by_staff.get(&s.name)?)))
                .collect(),
            students,
            boards,
        }
    };
    let mut r = Replay {
        sample,
        office,
        seats,
        keys,
        findings: BTreeMap::new(),
        today: calendar::day_of(now),
        now,
        last: founded_at,
    };
    let days = sample
        .findings
        .iter()
        .map(|f| f.days_before)
        .max()
        .unwrap_or(0);
    for days_before in (0..=days).rev() {
        for f in sample
            .findings
            .iter()
            .filter(|f| f.days_before == days_before)
        {
            r.log(f)?;
        }
        for d in sample
            .documents
            .iter()
            .filter(|d| d.days_before == days_before)
        {
            r.write(d, printer)?;
        }
    }
    r.office.settle()
}

/// Writes down the boards, as somebody of the office.
fn hang_boards(
    sample: &Sample,
    office: &mut Office,
    seats: &BTreeMap<String, Session>,
    now: i64,
) -> Result<BTreeMap<String, Uuid>, OfficeError> {
    let session = seats
        .values()
        .find(|s| s.actor.roles.contains(&Role::Office))
        .ok_or(OfficeError::Bug("nobody of the office in the sample"))?;
    let call = Call { session, now };
    let mut boards = BTreeMap::new();
    for b in &sample.school.boards {
        let text = BoardText {
            name: b.name.clone(),
            place: b.place.clone(),
            width_mm: b.width_mm,
            height_mm: b.height_mm,
            term_days: b.term_days,
        };
        boards.insert(b.key.clone(), office.add_board(call, text)?.value);
    }
    Ok(boards)
}

impl Replay<'_> {
    /// Moves on to `wanted`, never back and never beyond now.
    fn at(&mut self, wanted: i64) -> i64 {
        self.last = wanted.max(self.last).min(self.now.max(self.last));
        self.last
    }
    fn log(&mut self, f: &SampleFinding) -> Result<(), OfficeError> {
        let on = day_before(self.today, f.days_before);
        let (observed_at, entered_at) = f.moments(self.now);
        let people = f.people.iter().map(|p| {
            let register = match p.kind {
                domain::inspections::PersonKind::Staff => Some(&self.keys.staff),
                domain::inspections::PersonKind::Student => Some(&self.keys.students),
                domain::inspections::PersonKind::Other => None,
            };
            PersonRef {
                kind: p.kind,
                id: register
                    .zip(p.key.as_ref())
                    .and_then(|(r, k)| r.get(k).copied()),
                name: p.name.clone(),
            }
        });
        let text = FindingText {
            category: f.category,
            nature: f.nature,
            unit_id: f
                .unit
                .as_ref()
                .and_then(|u| self.keys.units.get(u).copied()),
            class_group_id: f
                .class_group
                .as_ref()
                .and_then(|c| self.keys.classes.get(c).copied()),
            place: f.place.clone(),
            matter: f.matter.clone(),
            detail: f.detail.clone(),
            people: people.collect(),
            measure: f.measure.clone(),
            rectification: f.rectification.as_ref().map(|x| Rectification {
                requirement: x.requirement.clone(),
                responsible: x.responsible.clone(),
                due_on: day_after(on, x.due_in),
            }),
            observed_at,
            photos: Vec::new(),
        };
        let now = self.at(entered_at);
        let call = Call {
            session: &self.seats[&f.inspector],
            now,
        };
        let done = self.office.log_finding(call, text)?;
        self.findings.insert(f.key.clone(), done.value.finding.id);
        Ok(())
    }
    fn write(&mut self, d: &SampleDocument, printer: &mut Printer) -> Result<(), OfficeError> {
        let on = day_before(self.today, d.days_before);
        let begin = self.at(calendar::start_of(on) + 16 * 60 * MINUTE + 35 * MINUTE);
        let chosen: Vec<Uuid> = if d.composed {
            self.sample
                .findings
                .iter()
                .filter(|f| f.days_before == d.days_before)
                .filter_map(|f| self.findings.get(&f.key).copied())
                .collect()
        } else {
            Vec::new()
        };
        let drafter = Call {
            session: &self.seats[&d.drafter],
            now: begin,
        };
        let id = self
            .office
            .draft_document(drafter, d.kind, true, &chosen)?
            .value;
        if !d.composed {
            let mut content = self.office.document(drafter, id)?.summary.document.content;
            content.title.clone_from(&d.title);
            let block = |(i, b): (usize, &crate::sample_data::SampleBlock)| {
                Block::new(format!("b{}", i + 1), b.kind, dated(&b.text, on))
            };
            content.blocks = d.blocks.iter().enumerate().map(block).collect();
            self.office.save_document(drafter, id, 1, content)?;
        }
        let mut ver = self.office.document(drafter, id)?.summary.document.ver;
        if d.reaches == StateKind::Draft && d.sent_back.is_none() {
            return Ok(());
        }
        let now = self.at(begin + 10 * MINUTE);
        self.office.submit_document(
            Call {
                session: &self.seats[&d.drafter],
                now,
            },
            printer,
            id,
            ver,
        )?;
        ver += 1;
        let now = self.at(begin + 25 * MINUTE);
        let leader = Call {
            session: &self.seats[&d.leader],
            now,
        };
        if let Some(remarks) = &d.sent_back {
            self.office.send_back_document(leader, id, ver, remarks)?;
            return Ok(());
        }
        if d.reaches == StateKind::Submitted {
            return Ok(());
        }
        let throttle = &mut Throttle::default();
        self.office.approve_document(
            leader,
            throttle,
            (id, ver),
            crate::documents::Signature {
                text: &d.opinion,
                dated_on: on,
                password: &self.sample.school.password,
            },
        )?;
        if d.reaches == StateKind::Approved {
            return Ok(());
        }
        let now = self.at(begin + 35 * MINUTE);
        self.office.issue_document(
            Call {
                session: &self.seats[&d.issuer],
                now,
            },
            printer,
            id,
            ver + 1,
        )?;
        self.post(d, id, on, begin + 50 * MINUTE)
    }
    fn post(
        &mut self,
        d: &SampleDocument,
        document: Uuid,
        on: chrono::NaiveDate,
        wanted: i64,
    ) -> Result<(), OfficeError> {
        let now = self.at(wanted);
        let call = Call {
            session: &self.seats[&d.issuer],
            now,
        };
        for (key, days) in &d.posted {
            let sheets = self.office.sheets(call, Some(document), None)?;
            let (Some(sheet), Some(board)) = (sheets.first(), self.keys.boards.get(key)) else {
                return Err(OfficeError::Bug("the sample posts what is not there"));
            };
            let until = on + chrono::Duration::days(i64::from(*days));
            self.office
                .post_sheet(call, sheet.sheet.id, &[*board], (on, Some(until)))?;
        }
        Ok(())
    }
}
