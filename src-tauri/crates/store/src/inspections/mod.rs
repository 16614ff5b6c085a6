//! Findings as rows.
mod followup;
mod presets;

pub use followup::{add_step, correct, corrections, set_photos, steps, supervise};
pub use presets::{
    categories, discard_filter, filters, save_filter, set_category, set_closing, settings,
};

use crate::{Rd, Stamp, StoreError, Tx, date_opt, id, id_opt, json, malformed, to_json};
use chrono::NaiveDate;
use domain::access::{Actor, AmendFinding, Grant, LogFinding, ReadFindings, ReadOrg};
use domain::inspections::followup::{FollowupAction, FollowupState};
use domain::inspections::{
    Category, Finding, FindingMarks, FindingText, Measure, Nature, Rectification, Supervision,
};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// Reads what a person wrote: of a finding, and of a correction.
fn text(r: &Row<'_>) -> rusqlite::Result<FindingText> {
    let category: String = r.get("category")?;
    let nature: String = r.get("nature")?;
    let unit: Option<String> = r.get("measure_unit")?;
    let milli: Option<i64> = r.get("measure_milli")?;
    let responsible: Option<String> = r.get("rect_responsible")?;
    let rectification = match (responsible, date_opt(r, "rect_due_on")?) {
        (Some(responsible), Some(due_on)) => Some(Rectification {
            requirement: r.get("rect_requirement")?,
            responsible,
            due_on,
        }),
        _ => None,
    };
    Ok(FindingText {
        category: Category::from_code(&category).ok_or_else(|| malformed("category"))?,
        nature: Nature::from_code(&nature).ok_or_else(|| malformed("nature"))?,
        unit_id: id_opt(r, "unit_id")?,
        class_group_id: id_opt(r, "class_group_id")?,
        place: r.get("place")?,
        matter: r.get("matter")?,
        detail: r.get("detail")?,
        people: json(r, "people")?,
        measure: unit.zip(milli).map(|(unit, milli)| Measure { milli, unit }),
        rectification,
        observed_at: r.get("observed_at")?,
        photos: json(r, "photos")?,
    })
}
fn row(r: &Row<'_>) -> rusqlite::Result<Finding> {
    let text = text(r)?;
    let last: Option<String> = r.get("last_step")?;
    let last = last
        .map(|a| FollowupAction::from_code(&a).ok_or_else(|| malformed("last_step")))
        .transpose()?;
    let supervisors: Option<String> = r.get("supervisors")?;
    let supervision = match supervisors {
        Some(_) => Some(Supervision {
            supervisors: json(r, "supervisors")?,
            announced_at: r.get("announced_at")?,
        }),
        None => None,
    };
    Ok(Finding {
        id: id(r, "id")?,
        inspected_on: date_opt(r, "inspected_on")?.ok_or_else(|| malformed("inspected_on"))?,
        entered_at: r.get("entered_at")?,
        entered_by: id(r, "entered_by")?,
        inspector: r.get("inspector")?,
        ver: r.get("ver")?,
        marks: FindingMarks {
            category_label: r
                .get::<_, Option<String>>("category_label")?
                .unwrap_or_default(),
            corrections: r.get("corrections")?,
            supervision,
            followup: text
                .rectification
                .as_ref()
                .map(|_| FollowupState::after(last)),
        },
        text,
    })
}
/// Who entered a finding and the day it belongs to: what the policy must know.
#[derive(Debug, Clone, Copy)]
pub struct FindingFacts {
    /// The account.
    pub entered_by: Uuid,
    /// The day.
    pub inspected_on: NaiveDate,
    /// The version.
    pub ver: i64,
    /// It concerns the class, unit or grade of the actor.
    pub in_charge: bool,
    /// Something must be put right.
    pub required: bool,
    /// A document that states it was submitted: its text is settled.
    pub reported: bool,
}
/// Returns what the policy must know of a finding.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn facts(rd: Rd<'_>, actor: &Actor, finding: Uuid) -> Result<FindingFacts, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("facts.sql"))?;
    let roles = actor.role_codes();
    Ok(st.query_row(
        params![finding.as_bytes(), actor.staff_id.as_bytes(), roles],
        |r| {
            Ok(FindingFacts {
                entered_by: id(r, "entered_by")?,
                inspected_on: date_opt(r, "inspected_on")?
                    .ok_or_else(|| malformed("inspected_on"))?,
                ver: r.get("ver")?,
                in_charge: r.get("in_charge")?,
                required: r.get("required")?,
                reported: r.get("reported")?,
            })
        },
    )?)
}
/// To whose charge a list is limited, for the parameters `staff` and `roles` of its SQL; nobody: it is not.
fn charge(may: &Grant<ReadFindings>) -> (Option<[u8; 16]>, String) {
    let actor = may.actor();
    let staff = may.is_limited().then(|| actor.staff_id.into_bytes());
    (staff, actor.role_codes())
}
/// Returns one finding.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn finding(
    rd: Rd<'_>,
    may: &Grant<ReadFindings>,
    finding: Uuid,
) -> Result<Finding, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("finding.sql"))?;
    let (staff, roles) = charge(may);
    Ok(st.query_row(params![finding.as_bytes(), staff, roles], row)?)
}
/// Returns a finding as it was first written, without its corrections.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn as_written(
    rd: Rd<'_>,
    _: &Grant<ReadFindings>,
    finding: Uuid,
) -> Result<Finding, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("as_written.sql"))?;
    Ok(st.query_row([finding.as_bytes()], row)?)
}
/// Writes a new finding.
///
/// # Errors
/// Device errors.
pub fn log(tx: &Tx<'_>, _: &Grant<LogFinding>, s: Stamp, f: &Finding) -> Result<(), StoreError> {
    write(tx, include_str!("log.sql"), s, f)?;
    if !f.text.place.is_empty() {
        tx.conn()
            .prepare_cached(include_str!("use_place.sql"))?
            .execute([&f.text.place])?;
    }
    Ok(())
}
/// Writes a finding again.
///
/// # Errors
/// Device errors.
pub fn amend(
    tx: &Tx<'_>,
    _: &Grant<AmendFinding>,
    s: Stamp,
    f: &Finding,
) -> Result<(), StoreError> {
    write(tx, include_str!("amend.sql"), s, f)
}
fn write(tx: &Tx<'_>, sql: &str, s: Stamp, f: &Finding) -> Result<(), StoreError> {
    let t = &f.text;
    tx.conn().prepare_cached(sql)?.execute(params![
        f.id.as_bytes(),
        s.ver,
        s.seq,
        t.category.code(),
        t.nature.code(),
        t.unit_id.map(Uuid::into_bytes),
        t.class_group_id.map(Uuid::into_bytes),
        t.place,
        t.matter,
        t.detail,
        to_json(&t.people)?,
        t.measure.as_ref().map(|m| m.milli),
        t.measure.as_ref().map(|m| &m.unit),
        t.rectification.as_ref().map(|x| &x.requirement),
        t.rectification.as_ref().map(|x| &x.responsible),
        t.rectification.as_ref().map(|x| x.due_on.to_string()),
        t.observed_at,
        f.inspected_on.to_string(),
        f.entered_at,
        f.entered_by.as_bytes(),
        f.inspector
    ])?;
    Ok(())
}
/// How far putting right has come, as a list asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowupFilter {
    /// In this state.
    In(FollowupState),
    /// Not closed though its day is over.
    Overdue,
}
impl FollowupFilter {
    fn code(self) -> &'static str {
        match self {
            FollowupFilter::In(FollowupState::Open) => "open",
            FollowupFilter::In(FollowupState::Replied) => "replied",
            FollowupFilter::In(FollowupState::Closed) => "closed",
            FollowupFilter::Overdue => "overdue",
        }
    }
}
/// Which findings a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// From this day.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
    /// Only this nature.
    pub nature: Option<Nature>,
    /// Only this category.
    pub category: Option<Category>,
    /// Only this unit.
    pub unit_id: Option<Uuid>,
    /// Only this class.
    pub class_group_id: Option<Uuid>,
    /// Only those that contain this.
    pub text: Option<String>,
    /// Only those that name this person: concerned, responsible or inspecting.
    pub person: Option<String>,
    /// Only those that stand so with what must be put right.
    pub followup: Option<FollowupFilter>,
    /// Only 督查结果, or only what is none.
    pub supervision: Option<bool>,
    /// Today, for what is overdue.
    pub today: Option<NaiveDate>,
    /// Continue behind `(observed_at, id)`.
    pub after: Option<(i64, Uuid)>,
    /// At most this many.
    pub limit: i64,
}
/// Lists findings, newest first.
///
/// # Errors
/// Device errors.
pub fn list(rd: Rd<'_>, may: &Grant<ReadFindings>, f: &Filter) -> Result<Vec<Finding>, StoreError> {
    let (staff, roles) = charge(may);
    let (at, after) = f.after.map_or((i64::MAX, Uuid::max()), |a| a);
    let from = f.from.map(domain::calendar::start_of);
    // 24:00 is the next day's
    let to = f.to.map(|on| domain::calendar::end_of(on) - 1);
    let mut st = rd.0.prepare_cached(include_str!("list.sql"))?;
    let rows = st.query_map(
        params![
            at.min(to.unwrap_or(i64::MAX)),
            at,
            after.as_bytes(),
            from.unwrap_or(i64::MIN),
            f.nature.map(Nature::code),
            f.category.map(Category::code),
            f.unit_id.map(Uuid::into_bytes),
            f.class_group_id.map(Uuid::into_bytes),
            f.text,
            f.limit,
            staff,
            roles,
            f.person,
            f.followup.map(FollowupFilter::code),
            f.today.map(|on| on.to_string()),
            f.supervision
        ],
        row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Lists the findings of one day that no submitted document states, by day: `(day, count)`, newest first.
///
/// # Errors
/// Device errors.
pub fn unreported_days(
    rd: Rd<'_>,
    may: &Grant<ReadFindings>,
    since: NaiveDate,
) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("unreported_days.sql"))?;
    let (staff, roles) = charge(may);
    let rows = st.query_map(params![since.to_string(), staff, roles], |r| {
        Ok((
            date_opt(r, "inspected_on")?.ok_or_else(|| malformed("inspected_on"))?,
            r.get("n")?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Lists problems whose rectification is due on a day or was before, and is not confirmed: the nearest day first.
///
/// # Errors
/// Device errors.
pub fn rectifications_due(
    rd: Rd<'_>,
    may: &Grant<ReadFindings>,
    on: NaiveDate,
) -> Result<Vec<Finding>, StoreError> {
    let (staff, roles) = charge(may);
    let mut st =
        rd.0.prepare_cached(include_str!("rectifications_due.sql"))?;
    let rows = st.query_map(params![on.to_string(), staff, roles], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns what a person logged last: `(category, place, unit)`.
///
/// # Errors
/// Device errors.
pub fn last_of(
    rd: Rd<'_>,
    _: &Grant<LogFinding>,
    account: Uuid,
) -> Result<Option<(Category, String, Option<Uuid>)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_of.sql"))?;
    Ok(st
        .query_row([account.as_bytes()], |r| {
            let category: String = r.get("category")?;
            Ok((
                Category::from_code(&category).ok_or_else(|| malformed("category"))?,
                r.get("place")?,
                id_opt(r, "unit_id")?,
            ))
        })
        .optional()?)
}
/// Lists known places, most used first.
///
/// # Errors
/// Device errors.
pub fn places(rd: Rd<'_>, _: &Grant<ReadOrg>) -> Result<Vec<String>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("places.sql"))?;
    let rows = st.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Lists the documents that state a finding: `(document, number or title)`.
///
/// # Errors
/// Device errors.
pub fn stated_in(
    rd: Rd<'_>,
    _: &Grant<ReadFindings>,
    finding: Uuid,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("stated_in.sql"))?;
    let rows = st.query_map([finding.as_bytes()], |r| {
        Ok((id(r, "id")?, r.get("label")?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
