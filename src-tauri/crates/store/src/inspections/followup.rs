//! What stands beside a finding: photos, supervision, corrections, the steps of putting right.
use crate::inspections::text;
use crate::{Rd, Stamp, StoreError, Tx, id, json, malformed, to_json};
use domain::access::{CorrectFinding, Grant, LogSupervision, Permission, ReadFindings};
use domain::inspections::followup::{FollowupAction, FollowupStep};
use domain::inspections::{Correction, Supervision};
use rusqlite::params;
use uuid::Uuid;

/// Keeps which photos a finding has, in their order.
///
/// # Errors
/// Device errors.
pub fn set_photos<P: Permission>(
    tx: &Tx<'_>,
    _: &Grant<P>,
    s: Stamp,
    finding: Uuid,
    photos: &[Uuid],
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("set_photos.sql"))?
        .execute(params![finding.as_bytes(), s.ver, s.seq, to_json(&photos)?])?;
    Ok(())
}
/// Keeps who supervised, and when it was made known.
///
/// # Errors
/// Device errors.
pub fn supervise(
    tx: &Tx<'_>,
    _: &Grant<LogSupervision>,
    s: Stamp,
    finding: Uuid,
    v: &Supervision,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("supervise.sql"))?
        .execute(params![
            finding.as_bytes(),
            s.ver,
            s.seq,
            to_json(&v.supervisors)?,
            v.announced_at
        ])?;
    Ok(())
}
/// Adds a correction.
///
/// # Errors
/// Device errors.
pub fn correct(
    tx: &Tx<'_>,
    _: &Grant<CorrectFinding>,
    s: Stamp,
    c: &Correction,
) -> Result<(), StoreError> {
    let t = &c.text;
    tx.conn()
        .prepare_cached(include_str!("correct.sql"))?
        .execute(params![
            c.id.as_bytes(),
            s.ver,
            s.seq,
            c.finding_id.as_bytes(),
            c.reason,
            c.at,
            c.by.as_bytes(),
            c.name,
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
            to_json(&t.photos)?
        ])?;
    Ok(())
}
/// Lists the corrections of a finding, oldest first.
///
/// # Errors
/// Device errors.
pub fn corrections(
    rd: Rd<'_>,
    _: &Grant<ReadFindings>,
    finding: Uuid,
) -> Result<Vec<Correction>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("corrections.sql"))?;
    let rows = st.query_map([finding.as_bytes()], |r| {
        Ok(Correction {
            id: id(r, "id")?,
            finding_id: id(r, "finding_id")?,
            reason: r.get("reason")?,
            at: r.get("at")?,
            by: id(r, "by_account")?,
            name: r.get("name")?,
            text: text(r)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Adds a step: each kind of step has a permission of its own.
///
/// # Errors
/// Device errors.
pub fn add_step<P: Permission>(
    tx: &Tx<'_>,
    _: &Grant<P>,
    s: Stamp,
    step: &FollowupStep,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_step.sql"))?
        .execute(params![
            step.id.as_bytes(),
            s.ver,
            s.seq,
            step.finding_id.as_bytes(),
            step.action.code(),
            step.text,
            to_json(&step.photos)?,
            step.at,
            step.by.as_bytes(),
            step.name
        ])?;
    Ok(())
}
/// Lists the steps of a finding, oldest first.
///
/// # Errors
/// Device errors.
pub fn steps(
    rd: Rd<'_>,
    _: &Grant<ReadFindings>,
    finding: Uuid,
) -> Result<Vec<FollowupStep>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("steps.sql"))?;
    let rows = st.query_map([finding.as_bytes()], |r| {
        let action: String = r.get("action")?;
        Ok(FollowupStep {
            id: id(r, "id")?,
            finding_id: id(r, "finding_id")?,
            action: FollowupAction::from_code(&action).ok_or_else(|| malformed("action"))?,
            text: r.get("text")?,
            photos: json(r, "photos")?,
            at: r.get("at")?,
            by: id(r, "by_account")?,
            name: r.get("name")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
