//! Attached pictures as rows; their bytes lie beside the database.
use crate::{Rd, Stamp, StoreError, Tx, id, malformed};
use domain::access::{AttachImage, Grant, ReadAttachment};
use domain::attachments::{Attachment, ImageFormat};
use rusqlite::{Row, params};
use std::collections::BTreeSet;
use uuid::Uuid;

fn row(r: &Row<'_>) -> rusqlite::Result<Attachment> {
    let mime: String = r.get("mime")?;
    Ok(Attachment {
        id: id(r, "id")?,
        sha256: r.get("sha256")?,
        thumb_sha256: r.get("thumb_sha256")?,
        format: ImageFormat::from_mime(&mime).ok_or_else(|| malformed("mime"))?,
        bytes: r.get("bytes")?,
        width: r.get("width")?,
        height: r.get("height")?,
        taken_at: r.get("taken_at")?,
        attached_at: r.get("attached_at")?,
        attached_by: id(r, "attached_by")?,
    })
}
/// Writes a new attachment.
///
/// # Errors
/// Device errors.
pub fn attach(
    tx: &Tx<'_>,
    _: &Grant<AttachImage>,
    s: Stamp,
    a: &Attachment,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("attach.sql"))?
        .execute(params![
            a.id.as_bytes(),
            s.ver,
            s.seq,
            a.sha256,
            a.thumb_sha256,
            a.format.mime(),
            a.bytes,
            a.width,
            a.height,
            a.taken_at,
            a.attached_at,
            a.attached_by.as_bytes()
        ])?;
    Ok(())
}
/// Returns one attachment.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn attachment(
    rd: Rd<'_>,
    _: &Grant<ReadAttachment>,
    attachment: Uuid,
) -> Result<Attachment, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("attachment.sql"))?;
    Ok(st.query_row([attachment.as_bytes()], row)?)
}
/// Returns the names of all files that some row speaks of: what else lies there is nobody's.
///
/// # Errors
/// Device errors.
pub fn contents(rd: Rd<'_>) -> Result<BTreeSet<String>, StoreError> {
    let mut st = rd.0.prepare(include_str!("contents.sql"))?;
    let rows = st.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
