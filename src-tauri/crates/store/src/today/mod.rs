//! What the office settled about its day.
use crate::{Rd, Stamp, StoreError, Tx, id};
use domain::access::{Grant, SetSameDayRule, UseDesk};
use domain::today::SameDayRule;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// Returns the rule with its id, if one was set.
///
/// # Errors
/// Device errors.
pub fn rule(rd: Rd<'_>, _: &Grant<UseDesk>) -> Result<Option<(Uuid, SameDayRule)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("rule.sql"))?;
    let row = st.query_row([], |r| {
        Ok((
            id(r, "id")?,
            SameDayRule {
                by_minute: r.get("by_minute")?,
            },
        ))
    });
    Ok(row.optional()?)
}
/// Sets the rule.
///
/// # Errors
/// Device errors.
pub fn set_rule(
    tx: &Tx<'_>,
    _: &Grant<SetSameDayRule>,
    s: Stamp,
    id: Uuid,
    rule: SameDayRule,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("set_rule.sql"))?
        .execute(params![id.as_bytes(), s.ver, s.seq, rule.by_minute])?;
    Ok(())
}
