//! The ledger of prints as rows.
use crate::{Rd, Stamp, StoreError, Tx, id, malformed};
use domain::access::{Grant, PrintDocument, ReadPrints};
use domain::printing::{Media, Print, PrintSettings, PrintState, SheetKind, Sides, Trouble};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

fn state(r: &Row<'_>) -> rusqlite::Result<PrintState> {
    let code: String = r.get("state")?;
    let at = || r.get::<_, i64>("ended_at");
    Ok(match code.as_str() {
        "sending" => PrintState::Sending,
        "printing" => PrintState::Printing { job: r.get("job")? },
        "printed" => PrintState::Printed { at: at()? },
        "cancelled" => PrintState::Cancelled { at: at()? },
        "failed" => {
            let trouble: String = r.get("trouble")?;
            PrintState::Failed {
                trouble: Trouble::from_code(&trouble).ok_or_else(|| malformed("trouble"))?,
                at: at()?,
            }
        }
        _ => return Err(malformed("state")),
    })
}
fn row(r: &Row<'_>) -> rusqlite::Result<Print> {
    let code = |column: &str| r.get::<_, String>(column);
    Ok(Print {
        id: id(r, "id")?,
        document_id: id(r, "document_id")?,
        number: r.get("number")?,
        sheet: SheetKind::from_code(&code("sheet")?).ok_or_else(|| malformed("sheet"))?,
        by_account: id(r, "by_account")?,
        name: r.get("name")?,
        post: r.get("post")?,
        at: r.get("at")?,
        seq: r.get("seq")?,
        settings: PrintSettings {
            printer: r.get("printer")?,
            copies: r.get("copies")?,
            sides: Sides::from_code(&code("sides")?).ok_or_else(|| malformed("sides"))?,
            media: Media::from_code(&code("media")?).ok_or_else(|| malformed("media"))?,
        },
        pages: r.get("pages")?,
        sha256: r.get("sha256")?,
        reason: r.get("reason")?,
        state: state(r)?,
        ver: r.get("ver")?,
    })
}
/// Writes a print down before it is sent.
///
/// # Errors
/// Device errors.
pub fn begin(tx: &Tx<'_>, _: &Grant<PrintDocument>, s: Stamp, p: &Print) -> Result<(), StoreError> {
    let set = &p.settings;
    tx.conn()
        .prepare_cached(include_str!("begin.sql"))?
        .execute(params![
            p.id.as_bytes(),
            s.ver,
            s.seq,
            p.document_id.as_bytes(),
            p.number,
            p.sheet.code(),
            p.by_account.as_bytes(),
            p.name,
            p.post,
            p.at,
            set.printer,
            set.copies,
            set.sides.code(),
            set.media.code(),
            p.pages,
            p.sha256,
            p.reason,
            p.state.code()
        ])?;
    Ok(())
}
/// Writes what became of a print.
///
/// # Errors
/// Device errors; the schema refuses to end a print twice.
pub fn settle(
    tx: &Tx<'_>,
    _: &Grant<PrintDocument>,
    s: Stamp,
    print: Uuid,
    job: Option<i64>,
    state: PrintState,
) -> Result<(), StoreError> {
    let (trouble, ended) = match state {
        PrintState::Sending | PrintState::Printing { .. } => (None, None),
        PrintState::Printed { at } | PrintState::Cancelled { at } => (None, Some(at)),
        PrintState::Failed { trouble, at } => (Some(trouble.code()), Some(at)),
    };
    tx.conn()
        .prepare_cached(include_str!("settle.sql"))?
        .execute(params![
            print.as_bytes(),
            s.ver,
            s.seq,
            state.code(),
            job,
            trouble,
            ended
        ])?;
    Ok(())
}
/// Returns one print.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn print(rd: Rd<'_>, print: Uuid) -> Result<Print, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("print.sql"))?;
    Ok(st.query_row([print.as_bytes()], row)?)
}
/// Returns the prints of a document, oldest first.
///
/// # Errors
/// Device errors.
pub fn of_document(
    rd: Rd<'_>,
    _: &Grant<PrintDocument>,
    document: Uuid,
) -> Result<Vec<Print>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("of_document.sql"))?;
    let rows = st.query_map([document.as_bytes()], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns the last print of the account that may print.
///
/// # Errors
/// Device errors.
pub fn last_of(rd: Rd<'_>, may: &Grant<PrintDocument>) -> Result<Option<Print>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_of.sql"))?;
    Ok(st
        .query_row([may.actor().account_id.as_bytes()], row)
        .optional()?)
}
/// Which prints the ledger shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this document's.
    pub document: Option<Uuid>,
    /// Of drafts only this account's: for those who may not read others' drafts.
    pub drafts_of: Option<Uuid>,
    /// Continue behind this place.
    pub after: Option<i64>,
    /// At most this many.
    pub limit: i64,
}
/// Lists prints with the titles of their documents, newest first.
///
/// # Errors
/// Device errors.
pub fn list(
    rd: Rd<'_>,
    _: &Grant<ReadPrints>,
    f: &Filter,
) -> Result<Vec<(Print, String)>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("list.sql"))?;
    let rows = st.query_map(
        params![
            f.after.unwrap_or(i64::MAX),
            f.document.map(Uuid::into_bytes),
            f.drafts_of.map(Uuid::into_bytes),
            f.limit
        ],
        |r| Ok((row(r)?, r.get("title")?)),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
