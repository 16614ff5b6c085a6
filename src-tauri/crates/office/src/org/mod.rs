//! The office itself: founding it, its units and people.
use crate::access::{check_account, founder, founding};
use crate::folder::{self, Layout};
use crate::keyring::{Entropy, FirstPassword, Keyring, NewAccount, OfficeNames, Strength};
use crate::recovery::RecoveryCode;
use crate::transact::{new_id, transact_on};
use crate::{Call, Done, Office, OfficeError, Record, Writing};
use domain::Problems;
use domain::access::{Grant, ManageAccounts, ManageOrg, ReadOrg, Role, grant};
use domain::audit::{ObjectKind, ObjectRef};
pub use domain::org::class_name;
use domain::org::{
    ClassGroup, OfficeProfile, Staff, Student, Unit, check_person_name, check_prefix,
};
use std::path::Path;
use store::access::AccountRow;
use uuid::Uuid;

/// What a new office begins with. Units and classes are named, people may have accounts.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Names, series, recipients.
    pub profile: OfficeProfile,
    /// 部门: name and grade.
    pub units: Vec<(String, Option<i64>)>,
    /// 班级.
    pub class_groups: Vec<FoundingClass>,
    /// 教职工.
    pub people: Vec<FoundingPerson>,
    /// 学生: name and class name.
    pub students: Vec<(String, String)>,
}
/// 班级 of a new office.
#[derive(Debug, Clone)]
pub struct FoundingClass {
    /// The grade, 1–12.
    pub grade: i64,
    /// The number within the grade.
    pub number: i64,
    /// 班主任 by name.
    pub homeroom_teacher: Option<String>,
}
/// A person of a new office.
#[derive(Debug, Clone)]
pub struct FoundingPerson {
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The unit by name; empty for none.
    pub unit: String,
    /// The account, if the person shall sign in.
    pub account: Option<FoundingAccount>,
}
/// The account of a person of a new office.
#[derive(Debug, Clone)]
pub struct FoundingAccount {
    /// What they type.
    pub sign_in_name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Their password.
    pub password: String,
    /// They chose it themselves: only in the sample office.
    pub chosen: bool,
}

impl Founding {
    /// Checks all of it; all faults at once.
    ///
    /// # Errors
    /// [`Problems`] by field.
    pub fn check(&self) -> Result<(), Problems> {
        let mut p = Problems::default();
        p.text("name", &self.profile.name, true, 40);
        p.text("short_name", &self.profile.short_name, true, 12);
        if self.profile.series.is_empty() {
            p.add("series", "error-field-missing");
        }
        for (i, s) in self.profile.series.iter().enumerate() {
            check_prefix(&format!("series.{i}.prefix"), &s.prefix, &mut p);
        }
        for (i, s) in self.profile.series.iter().enumerate() {
            if s.start_after
                .is_some_and(|x| !(0..=99_999).contains(&x.number))
            {
                p.add(format!("series.{i}.last_number"), "error-field-malformed");
            }
        }
        let mut names = std::collections::BTreeSet::new();
        for (i, (name, _)) in self.units.iter().enumerate() {
            p.text(&format!("units.{i}"), name, true, 30);
            if !names.insert(name) {
                p.add(format!("units.{i}"), "error-field-twice");
            }
        }
        let mut classes = std::collections::BTreeSet::new();
        for (i, c) in self.class_groups.iter().enumerate() {
            if !(1..=12).contains(&c.grade) {
                p.add(format!("class_groups.{i}.grade"), "org-grade-out-of-range");
            }
            if !(1..=99).contains(&c.number) {
                p.add(
                    format!("class_groups.{i}.number"),
                    "org-class-number-out-of-range",
                );
            }
            if !classes.insert((c.grade, c.number)) {
                p.add(format!("class_groups.{i}"), "error-field-twice");
            }
        }
        let mut sign_in = std::collections::BTreeSet::new();
        for (i, person) in self.people.iter().enumerate() {
            check_person_name(&format!("people.{i}.name"), &person.name, &mut p);
            p.text(&format!("people.{i}.post"), &person.post, false, 40);
            if !person.unit.is_empty() && !names.contains(&person.unit) {
                p.add(format!("people.{i}.unit"), "org-unit-unknown");
            }
            if let Some(a) = &person.account {
                let at = format!("people.{i}.account.");
                if let Err(mut more) = check_account(&at, &a.sign_in_name, &a.roles) {
                    p.0.append(&mut more.0);
                }
                if !sign_in.insert(&a.sign_in_name) {
                    p.add(format!("{at}sign_in_name"), "error-field-twice");
                }
                let office = [self.profile.name.as_str(), self.profile.short_name.as_str()];
                for problem in
                    crate::keyring::password_problems(&a.password, &a.sign_in_name, &office)
                {
                    password_problem(&format!("{at}initial_password"), &problem, &mut p);
                }
            }
        }
        for role in [Role::Principal, Role::Office, Role::Administrator] {
            if !self
                .people
                .iter()
                .filter_map(|x| x.account.as_ref())
                .any(|a| a.roles.contains(&role))
            {
                p.add_with("people", "org-role-missing", [("role", role.code().into())]);
            }
        }
        p.or(())
    }
}

/// Turns a refused password into a message.
pub fn password_problem(path: &str, problem: &crate::keyring::PasswordProblem, p: &mut Problems) {
    use crate::keyring::PasswordProblem as P;
    match problem {
        P::TooShort { min, found } => p.add_with(
            path,
            "access-password-too-short",
            [("min", (*min).into()), ("found", (*found).into())],
        ),
        P::TooLong { max } => {
            p.add_with(path, "access-password-too-long", [("max", (*max).into())])
        }
        P::ContainsSignInName => p.add(path, "access-password-has-name"),
        P::ContainsOfficeName => p.add(path, "access-password-has-office"),
        P::TooCommon => p.add(path, "access-password-too-common"),
        P::TooFewCharacters { .. } => p.add(path, "access-password-monotonous"),
    };
}

/// Founds an office: the folder is there whole or not at all.
///
/// # Errors
/// Faults of the fields, an occupied or refused place, a full disk.
pub fn found(
    dir: &Path,
    f: &Founding,
    strength: Strength,
    now: i64,
    entropy: &mut dyn Entropy,
) -> Result<[RecoveryCode; 2], OfficeError> {
    f.check()?;
    folder::create(dir, entropy, |layout, entropy| {
        fill(layout, f, strength, now, entropy)
    })
    .map_err(creating)
}

/// Says why no folder was made.
pub(crate) fn creating(e: folder::CreateFolderError<OfficeError>) -> OfficeError {
    match e {
        folder::CreateFolderError::Occupied(_) => OfficeError::Occupied,
        folder::CreateFolderError::Place(p) => p.into(),
        folder::CreateFolderError::Space(s) => s.into(),
        folder::CreateFolderError::Folder(x) => x.into(),
        folder::CreateFolderError::Entropy(x) => x.into(),
        folder::CreateFolderError::Fill(x) => x,
    }
}

pub(crate) fn fill(
    layout: &Layout,
    f: &Founding,
    strength: Strength,
    now: i64,
    entropy: &mut dyn Entropy,
) -> Result<[RecoveryCode; 2], OfficeError> {
    let mut accounts = Vec::new();
    for person in &f.people {
        if let Some(a) = &person.account {
            accounts.push((person, a, new_id(entropy, now)?));
        }
    }
    let new: Vec<(NewAccount, FirstPassword<'_>)> = accounts
        .iter()
        .map(|(person, a, id)| {
            let account = NewAccount {
                account_id: *id,
                sign_in_name: a.sign_in_name.clone(),
                display_name: person.name.clone(),
                post: person.post.clone(),
                administrator: a.roles.contains(&Role::Administrator),
            };
            (
                account,
                if a.chosen {
                    FirstPassword::Chosen(&a.password)
                } else {
                    FirstPassword::Initial(&a.password)
                },
            )
        })
        .collect();
    let names = OfficeNames {
        office_name: f.profile.name.clone(),
        short_name: f.profile.short_name.clone(),
        demo: f.profile.demo,
    };
    let created = Keyring::create(layout.dir(), names, &new, strength, entropy)?;
    let header = created.keyring.header();
    let mut db = store::Db::open(&layout.database(), &created.master.database_key_hex())?;
    let session_id = new_id(entropy, now)?;
    let founder_account = accounts
        .iter()
        .find(|(_, a, _)| a.roles.contains(&Role::Administrator))
        .map(|(_, _, id)| *id)
        .ok_or(OfficeError::Bug("no administrator"))?;
    let actor = founder(founder_account, founder_account, session_id);
    let manage = grant::<ManageOrg>(&actor, Default::default())?;
    let open = grant::<ManageAccounts>(&actor, Default::default())?;
    let ids: std::collections::BTreeMap<&str, Uuid> = accounts
        .iter()
        .map(|(_, a, id)| (a.sign_in_name.as_str(), *id))
        .collect();
    transact_on(
        &mut db,
        entropy,
        header.vault_id,
        founding(&actor),
        now,
        |w| {
            let office = w.new_id()?;
            let object = ObjectRef::new(ObjectKind::OfficeProfile, office);
            w.change(object, "org.found", Record::full(), |tx, s| {
                store::org::found(tx, &manage, s, office, &f.profile)
            })?;
            let mut units = std::collections::BTreeMap::new();
            for (name, grade) in &f.units {
                units.insert(name.as_str(), add_unit(w, &manage, name, *grade)?.id);
            }
            let mut staff = std::collections::BTreeMap::new();
            for person in &f.people {
                let row = add_staff(
                    w,
                    &manage,
                    &person.name,
                    &person.post,
                    units.get(person.unit.as_str()).copied(),
                )?;
                staff.entry(person.name.as_str()).or_insert(row.id);
                if let Some(a) = &person.account {
                    let id = ids[a.sign_in_name.as_str()];
                    let row = AccountRow {
                        id,
                        ver: 1,
                        staff_id: row.id,
                        sign_in_name: a.sign_in_name.clone(),
                        roles: a.roles.clone(),
                        opened_at: now,
                        closed_at: None,
                        public_key: None,
                        preferences: String::new(),
                    };
                    let object = ObjectRef::new(ObjectKind::Account, id);
                    w.change(object, "access.open_account", Record::full(), |tx, s| {
                        store::access::open_account(tx, &open, s, &row)
                    })?;
                }
            }
            let mut classes = std::collections::BTreeMap::new();
            for c in &f.class_groups {
                let teacher = c
                    .homeroom_teacher
                    .as_deref()
                    .and_then(|n| staff.get(n).copied());
                let row = add_class_group(w, &manage, c.grade, c.number, teacher)?;
                classes.insert(row.name, row.id);
            }
            for (name, class) in &f.students {
                let Some(class_group_id) = classes.get(class).copied() else {
                    return Err(OfficeError::Bug("student without a class"));
                };
                let id = w.new_id()?;
                let row = Student {
                    id,
                    name: name.clone(),
                    class_group_id,
                };
                w.change(
                    ObjectRef::new(ObjectKind::Student, id),
                    "org.add_student",
                    Record::brief(),
                    |tx, s| store::org::add_student(tx, &manage, s, &row),
                )?;
            }
            Ok(())
        },
    )?;
    db.checkpoint()?;
    Ok(created.recovery_codes)
}

fn add_unit(
    w: &mut Writing<'_>,
    may: &Grant<ManageOrg>,
    name: &str,
    grade: Option<i64>,
) -> Result<Unit, OfficeError> {
    let unit = Unit {
        id: w.new_id()?,
        name: name.to_owned(),
        grade,
    };
    w.change(
        ObjectRef::new(ObjectKind::Unit, unit.id),
        "org.add_unit",
        Record::full(),
        |tx, s| store::org::add_unit(tx, may, s, &unit),
    )?;
    Ok(unit)
}
fn add_staff(
    w: &mut Writing<'_>,
    may: &Grant<ManageOrg>,
    name: &str,
    post: &str,
    unit_id: Option<Uuid>,
) -> Result<Staff, OfficeError> {
    let person = Staff {
        id: w.new_id()?,
        name: name.to_owned(),
        post: post.to_owned(),
        unit_id,
    };
    w.change(
        ObjectRef::new(ObjectKind::Staff, person.id),
        "org.add_staff",
        Record::full(),
        |tx, s| store::org::add_staff(tx, may, s, &person),
    )?;
    Ok(person)
}
fn add_class_group(
    w: &mut Writing<'_>,
    may: &Grant<ManageOrg>,
    grade: i64,
    number: i64,
    homeroom_teacher: Option<Uuid>,
) -> Result<ClassGroup, OfficeError> {
    let row = ClassGroup {
        id: w.new_id()?,
        name: class_name(grade, number),
        grade,
        number,
        homeroom_teacher,
    };
    w.change(
        ObjectRef::new(ObjectKind::ClassGroup, row.id),
        "org.add_class_group",
        Record::full(),
        |tx, s| store::org::add_class_group(tx, may, s, &row),
    )?;
    Ok(row)
}

/// All that forms choose from.
#[derive(Debug)]
pub struct Overview {
    /// The office.
    pub profile: OfficeProfile,
    /// 部门.
    pub units: Vec<Unit>,
    /// 班级.
    pub class_groups: Vec<ClassGroup>,
    /// 教职工.
    pub staff: Vec<Staff>,
    /// Known places, most used first.
    pub places: Vec<String>,
}

impl Office {
    /// Returns the office's profile.
    ///
    /// # Errors
    /// Device errors.
    pub fn profile(&self) -> Result<OfficeProfile, OfficeError> {
        Ok(store::org::profile(self.db.rd())?.1)
    }
    /// Returns all that forms choose from.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn overview(&self, call: Call<'_>) -> Result<Overview, OfficeError> {
        let may = call.grant::<ReadOrg>()?;
        let rd = self.db.rd();
        Ok(Overview {
            profile: self.profile()?,
            units: store::org::units(rd, &may)?,
            class_groups: store::org::class_groups(rd, &may)?,
            staff: store::org::staff(rd, &may)?,
            places: store::inspections::places(rd, &may)?,
        })
    }
    /// Lists pupils by name and class.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn students(&self, call: Call<'_>) -> Result<Vec<Student>, OfficeError> {
        let may = call.grant::<ReadOrg>()?;
        Ok(store::org::students(self.db.rd(), &may)?)
    }
    /// Finds people by a part of their name: `(is_staff, id, name, post or class)`.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn find_people(
        &self,
        call: Call<'_>,
        text: &str,
    ) -> Result<Vec<(bool, Uuid, String, String)>, OfficeError> {
        let may = call.grant::<ReadOrg>()?;
        Ok(store::org::find_people(self.db.rd(), &may, text.trim())?)
    }
    /// Adds a unit.
    ///
    /// # Errors
    /// A name that is missing, too long or taken.
    pub fn add_unit(&mut self, call: Call<'_>, name: &str) -> Result<Done<Unit>, OfficeError> {
        let may = call.grant::<ManageOrg>()?;
        let mut p = Problems::default();
        p.text("name", name, true, 30);
        p.or(())?;
        self.transact(call.who(), call.now, |w| {
            add_unit(w, &may, name.trim(), None)
        })
    }
    /// Adds a class group.
    ///
    /// # Errors
    /// A grade or number out of range, a class that exists.
    pub fn add_class_group(
        &mut self,
        call: Call<'_>,
        grade: i64,
        number: i64,
    ) -> Result<Done<ClassGroup>, OfficeError> {
        let may = call.grant::<ManageOrg>()?;
        let mut p = Problems::default();
        if !(1..=12).contains(&grade) {
            p.add("grade", "org-grade-out-of-range");
        }
        if !(1..=99).contains(&number) {
            p.add("number", "org-class-number-out-of-range");
        }
        p.or(())?;
        self.transact(call.who(), call.now, |w| {
            add_class_group(w, &may, grade, number, None)
        })
    }
    /// Adds a member of staff.
    ///
    /// # Errors
    /// A name that is missing or hides characters, an unknown unit.
    pub fn add_staff(
        &mut self,
        call: Call<'_>,
        name: &str,
        post: &str,
        unit_id: Option<Uuid>,
    ) -> Result<Done<Staff>, OfficeError> {
        let may = call.grant::<ManageOrg>()?;
        let mut p = Problems::default();
        check_person_name("name", name, &mut p);
        p.text("post", post, false, 40);
        p.or(())?;
        self.transact(call.who(), call.now, |w| {
            add_staff(w, &may, name.trim(), post.trim(), unit_id)
        })
    }
}
