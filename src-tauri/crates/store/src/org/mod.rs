//! The office, its units and people as rows.
use crate::{Rd, Stamp, StoreError, Tx, id, id_opt, json, to_json};
use domain::access::{Grant, ManageOrg, ReadOrg};
use domain::org::{ClassGroup, OfficeProfile, Staff, Student, Unit};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// Returns the office's id and profile; needed by every page, so every account may read it.
///
/// # Errors
/// [`StoreError::NotFound`] in a file that was never founded.
pub fn profile(rd: Rd<'_>) -> Result<(Uuid, OfficeProfile), StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("profile.sql"))?;
    Ok(st.query_row([], |r| {
        let demo: i64 = r.get("demo")?;
        Ok((
            id(r, "id")?,
            OfficeProfile {
                name: r.get("name")?,
                short_name: r.get("short_name")?,
                demo: demo != 0,
                series: json(r, "series")?,
                recipients: r.get("recipients")?,
            },
        ))
    })?)
}
/// Writes the profile of a new office.
///
/// # Errors
/// Device errors.
pub fn found(
    tx: &Tx<'_>,
    _: &Grant<ManageOrg>,
    s: Stamp,
    office: Uuid,
    p: &OfficeProfile,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("found.sql"))?
        .execute(params![
            office.as_bytes(),
            s.ver,
            s.seq,
            p.name,
            p.short_name,
            i64::from(p.demo),
            to_json(&p.series)?,
            p.recipients
        ])?;
    Ok(())
}
fn unit(r: &Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        id: id(r, "id")?,
        name: r.get("name")?,
        grade: r.get("grade")?,
    })
}
/// Lists units.
///
/// # Errors
/// Device errors.
pub fn units(rd: Rd<'_>, _: &Grant<ReadOrg>) -> Result<Vec<Unit>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("units.sql"))?;
    let rows = st.query_map([], unit)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Adds a unit.
///
/// # Errors
/// [`StoreError::Taken`] for a name in use.
pub fn add_unit(tx: &Tx<'_>, _: &Grant<ManageOrg>, s: Stamp, u: &Unit) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_unit.sql"))?
        .execute(params![u.id.as_bytes(), s.ver, s.seq, u.name, u.grade])?;
    Ok(())
}
fn class_group(r: &Row<'_>) -> rusqlite::Result<ClassGroup> {
    Ok(ClassGroup {
        id: id(r, "id")?,
        name: r.get("name")?,
        grade: r.get("grade")?,
        number: r.get("number")?,
        homeroom_teacher: id_opt(r, "homeroom_teacher")?,
    })
}
/// Lists class groups.
///
/// # Errors
/// Device errors.
pub fn class_groups(rd: Rd<'_>, _: &Grant<ReadOrg>) -> Result<Vec<ClassGroup>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("class_groups.sql"))?;
    let rows = st.query_map([], class_group)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Adds a class group.
///
/// # Errors
/// [`StoreError::Taken`] for a class that exists.
pub fn add_class_group(
    tx: &Tx<'_>,
    _: &Grant<ManageOrg>,
    s: Stamp,
    c: &ClassGroup,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_class_group.sql"))?
        .execute(params![
            c.id.as_bytes(),
            s.ver,
            s.seq,
            c.name,
            c.grade,
            c.number,
            c.homeroom_teacher.map(Uuid::into_bytes)
        ])?;
    Ok(())
}
fn member(r: &Row<'_>) -> rusqlite::Result<Staff> {
    Ok(Staff {
        id: id(r, "id")?,
        name: r.get("name")?,
        post: r.get("post")?,
        unit_id: id_opt(r, "unit_id")?,
    })
}
/// Lists staff.
///
/// # Errors
/// Device errors.
pub fn staff(rd: Rd<'_>, _: &Grant<ReadOrg>) -> Result<Vec<Staff>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("staff.sql"))?;
    let rows = st.query_map([], member)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns one member of staff, for naming people.
///
/// # Errors
/// Device errors.
pub fn member_of_staff(rd: Rd<'_>, person: Uuid) -> Result<Option<Staff>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("member_of_staff.sql"))?;
    Ok(st.query_row([person.as_bytes()], member).optional()?)
}
/// Adds a member of staff.
///
/// # Errors
/// Device errors.
pub fn add_staff(tx: &Tx<'_>, _: &Grant<ManageOrg>, s: Stamp, p: &Staff) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_staff.sql"))?
        .execute(params![
            p.id.as_bytes(),
            s.ver,
            s.seq,
            p.name,
            p.post,
            p.unit_id.map(Uuid::into_bytes)
        ])?;
    Ok(())
}
/// Lists pupils by name and class, for recognising names.
///
/// # Errors
/// Device errors.
pub fn students(rd: Rd<'_>, _: &Grant<ReadOrg>) -> Result<Vec<Student>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("students.sql"))?;
    let rows = st.query_map([], |r| {
        Ok(Student {
            id: id(r, "id")?,
            name: r.get("name")?,
            class_group_id: id(r, "class_group_id")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Adds a pupil.
///
/// # Errors
/// Device errors.
pub fn add_student(
    tx: &Tx<'_>,
    _: &Grant<ManageOrg>,
    s: Stamp,
    p: &Student,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_student.sql"))?
        .execute(params![
            p.id.as_bytes(),
            s.ver,
            s.seq,
            p.name,
            p.class_group_id.as_bytes()
        ])?;
    Ok(())
}
/// Finds people whose name contains a text, at most 20: `(is_staff, id, name, post or class)`.
///
/// # Errors
/// Device errors.
pub fn find_people(
    rd: Rd<'_>,
    _: &Grant<ReadOrg>,
    text: &str,
) -> Result<Vec<(bool, Uuid, String, String)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("find_people.sql"))?;
    let rows = st.query_map([text], |r| {
        Ok((
            r.get::<_, i64>("staff")? == 1,
            id(r, "id")?,
            r.get("name")?,
            r.get("place")?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
