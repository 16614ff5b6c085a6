//! What an office sets for its findings, and the filters people keep.
use crate::{Rd, Stamp, StoreError, Tx, id, malformed};
use domain::access::{Grant, ManageInspections, ReadFindings, ReadOrg};
use domain::inspections::{Category, CategoryPreset, SavedFilter};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// Lists the categories that differ from the regulation's, with their ids.
///
/// # Errors
/// Device errors.
pub fn categories(
    rd: Rd<'_>,
    _: &Grant<ReadOrg>,
) -> Result<Vec<(Uuid, CategoryPreset)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("categories.sql"))?;
    let rows = st.query_map([], |r| {
        let code: String = r.get("code")?;
        Ok((
            id(r, "id")?,
            CategoryPreset {
                category: Category::from_code(&code).ok_or_else(|| malformed("code"))?,
                label: r.get("label")?,
                hidden: r.get("hidden")?,
                sort: r.get("sort")?,
            },
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Keeps one category as the office wants it.
///
/// # Errors
/// Device errors.
pub fn set_category(
    tx: &Tx<'_>,
    _: &Grant<ManageInspections>,
    s: Stamp,
    id: Uuid,
    c: &CategoryPreset,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("set_category.sql"))?
        .execute(params![
            id.as_bytes(),
            s.ver,
            s.seq,
            c.category.code(),
            c.label,
            c.hidden,
            c.sort
        ])?;
    Ok(())
}
/// Returns until which minute of its day a finding may be amended, if the office set one, and the id of the setting.
///
/// # Errors
/// Device errors.
pub fn settings(rd: Rd<'_>) -> Result<Option<(Uuid, i64)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("settings.sql"))?;
    Ok(st
        .query_row([], |r| Ok((id(r, "id")?, r.get("amend_until_minute")?)))
        .optional()?)
}
/// Keeps until which minute of its day a finding may be amended.
///
/// # Errors
/// Device errors.
pub fn set_closing(
    tx: &Tx<'_>,
    _: &Grant<ManageInspections>,
    s: Stamp,
    id: Uuid,
    minute: i64,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("set_closing.sql"))?
        .execute(params![id.as_bytes(), s.ver, s.seq, minute])?;
    Ok(())
}
/// Lists the filters that the actor keeps.
///
/// # Errors
/// Device errors.
pub fn filters(rd: Rd<'_>, may: &Grant<ReadFindings>) -> Result<Vec<SavedFilter>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("filters.sql"))?;
    let rows = st.query_map([may.actor().account_id.as_bytes()], |r| {
        Ok(SavedFilter {
            id: id(r, "id")?,
            name: r.get("name")?,
            filter: r.get("filter")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Keeps a filter of the actor.
///
/// # Errors
/// Device errors.
pub fn save_filter(
    tx: &Tx<'_>,
    may: &Grant<ReadFindings>,
    s: Stamp,
    f: &SavedFilter,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("save_filter.sql"))?
        .execute(params![
            f.id.as_bytes(),
            s.ver,
            s.seq,
            may.actor().account_id.as_bytes(),
            f.name,
            f.filter
        ])?;
    Ok(())
}
/// Deletes a filter of the actor.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn discard_filter(
    tx: &Tx<'_>,
    may: &Grant<ReadFindings>,
    filter: Uuid,
) -> Result<(), StoreError> {
    let gone = tx
        .conn()
        .prepare_cached(include_str!("discard_filter.sql"))?
        .execute(params![
            filter.as_bytes(),
            may.actor().account_id.as_bytes()
        ])?;
    if gone == 0 {
        return Err(StoreError::NotFound);
    }
    Ok(())
}
