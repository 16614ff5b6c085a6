//! Documents as rows.
use crate::{Rd, Stamp, StoreError, Tx, date_opt, id, json, malformed, to_json};
use chrono::NaiveDate;
use domain::access::{DiscardDocument, DraftDocument, Grant, IssueDocument, ReadDocument};
use domain::documents::lifecycle::Document;
use domain::documents::{Content, State, StateKind};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

mod sheets;

pub use sheets::{MasksRow, SheetBy, SheetRow, board_sheet, freeze_sheet};

fn row(r: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: id(r, "id")?,
        content: json(r, "content")?,
        state: json(r, "state_data")?,
        drafter: id(r, "drafter")?,
        drafted_at: r.get("drafted_at")?,
        changed_at: r.get("changed_at")?,
        ver: r.get("ver")?,
    })
}
/// What the policy must know of a document.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFacts {
    /// Who drafts it.
    pub drafter: Uuid,
    /// Where it stands.
    pub state: StateKind,
    /// Its version.
    pub ver: i64,
}
/// Returns what the policy must know of a document.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn facts(rd: Rd<'_>, document: Uuid) -> Result<DocumentFacts, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("facts.sql"))?;
    Ok(st.query_row([document.as_bytes()], |r| {
        let state: String = r.get("state")?;
        Ok(DocumentFacts {
            drafter: id(r, "drafter")?,
            state: StateKind::from_code(&state).ok_or_else(|| malformed("state"))?,
            ver: r.get("ver")?,
        })
    })?)
}
/// Returns a document.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn document(
    rd: Rd<'_>,
    _: &Grant<ReadDocument>,
    document: Uuid,
) -> Result<Document, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("document.sql"))?;
    Ok(st.query_row([document.as_bytes()], row)?)
}
/// Begins a document.
///
/// # Errors
/// Device errors.
pub fn begin(
    tx: &Tx<'_>,
    _: &Grant<DraftDocument>,
    s: Stamp,
    d: &Document,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("begin.sql"))?
        .execute(params![
            d.id.as_bytes(),
            s.ver,
            s.seq,
            d.content.kind.code(),
            d.state.kind().code(),
            to_json(&d.state)?,
            to_json(&d.content)?,
            d.content.title_line(),
            d.content.reports_on.map(|on| on.to_string()),
            d.drafter.as_bytes(),
            d.drafted_at,
            d.changed_at
        ])?;
    link(tx, d)
}
/// Writes a document's content and state again. Any permission that moves a document is proof enough.
///
/// # Errors
/// Device errors; the schema refuses to touch an issued one.
pub fn write<P: domain::access::Permission>(
    tx: &Tx<'_>,
    _: &Grant<P>,
    s: Stamp,
    d: &Document,
) -> Result<(), StoreError> {
    let number = match &d.state {
        State::Issued { number, .. } => Some(number),
        State::Draft { .. }
        | State::Submitted { .. }
        | State::Approved { .. }
        | State::Rejected { .. } => None,
    };
    tx.conn()
        .prepare_cached(include_str!("write.sql"))?
        .execute(params![
            d.id.as_bytes(),
            s.ver,
            s.seq,
            d.content.kind.code(),
            d.state.kind().code(),
            to_json(&d.state)?,
            to_json(&d.content)?,
            d.content.title_line(),
            number,
            d.content.reports_on.map(|on| on.to_string()),
            d.changed_at
        ])?;
    link(tx, d)
}
fn link(tx: &Tx<'_>, d: &Document) -> Result<(), StoreError> {
    let want: std::collections::BTreeSet<Uuid> = d.content.finding_ids().into_iter().collect();
    let have: std::collections::BTreeSet<Uuid> = linked(tx.rd(), d.id)?.into_iter().collect();
    for gone in have.difference(&want) {
        tx.conn()
            .prepare_cached(include_str!("unlink.sql"))?
            .execute(params![d.id.as_bytes(), gone.as_bytes()])?;
    }
    for new in want.difference(&have) {
        // a link to a finding that is not there is dropped, not an error: the text stays
        tx.conn()
            .prepare_cached(include_str!("link.sql"))?
            .execute(params![d.id.as_bytes(), new.as_bytes()])?;
    }
    Ok(())
}
fn linked(rd: Rd<'_>, document: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("linked.sql"))?;
    let rows = st.query_map([document.as_bytes()], |r| id(r, "finding_id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Removes a discarded draft.
///
/// # Errors
/// Device errors; the schema refuses anything but a draft or a rejected one.
pub fn discard(tx: &Tx<'_>, _: &Grant<DiscardDocument>, document: Uuid) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("discard.sql"))?
        .execute([document.as_bytes()])?;
    Ok(())
}
/// Keeps a version as it was submitted.
///
/// # Errors
/// Device errors.
pub fn keep_version<P: domain::access::Permission>(
    tx: &Tx<'_>,
    _: &Grant<P>,
    document: Uuid,
    ver: i64,
    at: i64,
    name: &str,
    content: &Content,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("keep_version.sql"))?
        .execute(params![
            document.as_bytes(),
            ver,
            at,
            name,
            to_json(content)?
        ])?;
    Ok(())
}
/// A version as it was submitted.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// Its number.
    pub ver: i64,
    /// When.
    pub at: i64,
    /// By whom.
    pub name: String,
    /// The text.
    pub content: Content,
}
/// Lists the submitted versions, oldest first.
///
/// # Errors
/// Device errors.
pub fn versions(
    rd: Rd<'_>,
    _: &Grant<ReadDocument>,
    document: Uuid,
) -> Result<Vec<VersionRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("versions.sql"))?;
    let rows = st.query_map([document.as_bytes()], |r| {
        Ok(VersionRow {
            ver: r.get("ver")?,
            at: r.get("at")?,
            name: r.get("name")?,
            content: json(r, "content")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// One step a document took.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// Its audit entry.
    pub seq: i64,
    /// The action.
    pub action: String,
    /// Who.
    pub name: String,
    /// As what.
    pub post: String,
    /// When.
    pub at: i64,
    /// What was written.
    pub text: String,
    /// The date written with it.
    pub dated_on: Option<NaiveDate>,
}
/// Adds a step.
///
/// # Errors
/// Device errors.
pub fn add_step<P: domain::access::Permission>(
    tx: &Tx<'_>,
    _: &Grant<P>,
    document: Uuid,
    s: &StepRow,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("add_step.sql"))?
        .execute(params![
            s.seq,
            document.as_bytes(),
            s.action,
            s.name,
            s.post,
            s.at,
            s.text,
            s.dated_on.map(|d| d.to_string())
        ])?;
    Ok(())
}
/// Lists the steps, oldest first.
///
/// # Errors
/// Device errors.
pub fn steps(
    rd: Rd<'_>,
    _: &Grant<ReadDocument>,
    document: Uuid,
) -> Result<Vec<StepRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("steps.sql"))?;
    let rows = st.query_map([document.as_bytes()], |r| {
        Ok(StepRow {
            seq: r.get("seq")?,
            action: r.get("action")?,
            name: r.get("name")?,
            post: r.get("post")?,
            at: r.get("at")?,
            text: r.get("text")?,
            dated_on: date_opt(r, "dated_on")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns the last number taken of a series in a year.
///
/// # Errors
/// Device errors.
pub fn last_number(
    rd: Rd<'_>,
    _: &Grant<IssueDocument>,
    prefix: &str,
    year: i32,
) -> Result<Option<i64>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_number.sql"))?;
    Ok(st
        .query_row(params![prefix, year], |r| r.get(0))
        .optional()?
        .flatten())
}
/// Takes a number for a document, for ever.
///
/// # Errors
/// [`StoreError::Taken`].
pub fn take_number(
    tx: &Tx<'_>,
    _: &Grant<IssueDocument>,
    prefix: &str,
    year: i32,
    number: i64,
    document: Uuid,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("take_number.sql"))?
        .execute(params![prefix, year, number, document.as_bytes()])?;
    Ok(())
}
/// The frozen page of an issued document.
#[derive(Debug, Clone)]
pub struct PageRow {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its SHA-256.
    pub pdf_sha256: String,
    /// Its pages.
    pub pages: i64,
    /// The data it was set from, as JSON.
    pub data: String,
    /// SHA-256 of the template.
    pub template_sha256: String,
}
/// Freezes the page of a document.
///
/// # Errors
/// [`StoreError::Taken`] if it has one.
pub fn freeze_page(
    tx: &Tx<'_>,
    _: &Grant<IssueDocument>,
    s: Stamp,
    document: Uuid,
    p: &PageRow,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("freeze_page.sql"))?
        .execute(params![
            document.as_bytes(),
            s.ver,
            s.seq,
            p.pdf,
            p.pdf_sha256,
            p.pages,
            p.data,
            p.template_sha256
        ])?;
    Ok(())
}
/// Returns the frozen page.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn page(rd: Rd<'_>, document: Uuid) -> Result<PageRow, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("page.sql"))?;
    Ok(st.query_row([document.as_bytes()], |r| {
        Ok(PageRow {
            pdf: r.get("pdf")?,
            pdf_sha256: r.get("pdf_sha256")?,
            pages: r.get("pages")?,
            data: r.get("data")?,
            template_sha256: r.get("template_sha256")?,
        })
    })?)
}
/// Which documents a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these states; all if empty.
    pub states: Vec<StateKind>,
    /// Only this drafter's.
    pub drafter: Option<Uuid>,
    /// Only this drafter's, and what is issued: for those who may not read others' drafts.
    pub readable_by: Option<Uuid>,
    /// Only the circulars on this day.
    pub reports_on: Option<NaiveDate>,
    /// Only titles and numbers that contain this.
    pub text: Option<String>,
    /// Continue behind `(changed_at, id)`.
    pub after: Option<(i64, Uuid)>,
    /// At most this many.
    pub limit: i64,
}
/// Lists documents, last changed first.
///
/// # Errors
/// Device errors.
pub fn list(rd: Rd<'_>, _: &Grant<ReadDocument>, f: &Filter) -> Result<Vec<Document>, StoreError> {
    let (at, after) = f.after.unwrap_or((i64::MAX, Uuid::max()));
    let states = (!f.states.is_empty()).then(|| {
        f.states
            .iter()
            .map(|s| s.code())
            .collect::<Vec<_>>()
            .join(",")
    });
    let mut st = rd.0.prepare_cached(include_str!("list.sql"))?;
    let rows = st.query_map(
        params![
            at,
            after.as_bytes(),
            states,
            f.drafter.map(Uuid::into_bytes),
            f.readable_by.map(Uuid::into_bytes),
            f.reports_on.map(|d| d.to_string()),
            f.text,
            f.limit
        ],
        row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// A text kept beside a newer one.
#[derive(Debug, Clone)]
pub struct KeptText {
    /// Its id.
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// Whose.
    pub by_account: Uuid,
    /// When.
    pub at: i64,
    /// The text.
    pub content: Content,
}
/// Keeps a text beside a newer one.
///
/// # Errors
/// Device errors.
pub fn keep_text(
    tx: &Tx<'_>,
    _: &Grant<DraftDocument>,
    s: Stamp,
    k: &KeptText,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("keep_text.sql"))?
        .execute(params![
            k.id.as_bytes(),
            s.ver,
            s.seq,
            k.document_id.as_bytes(),
            k.by_account.as_bytes(),
            k.at,
            to_json(&k.content)?
        ])?;
    Ok(())
}
/// Returns the last unsettled text of a person for a document, or by its own id.
///
/// # Errors
/// Device errors.
pub fn kept_text(
    rd: Rd<'_>,
    document: Option<Uuid>,
    kept: Option<Uuid>,
    by: Uuid,
) -> Result<Option<KeptText>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("kept_text.sql"))?;
    Ok(st
        .query_row(
            params![
                document.map(Uuid::into_bytes),
                kept.map(Uuid::into_bytes),
                by.as_bytes()
            ],
            |r| {
                Ok(KeptText {
                    id: id(r, "id")?,
                    document_id: id(r, "document_id")?,
                    by_account: id(r, "by_account")?,
                    at: r.get("at")?,
                    content: json(r, "content")?,
                })
            },
        )
        .optional()?)
}
/// Settles a kept text.
///
/// # Errors
/// Device errors.
pub fn settle_kept(
    tx: &Tx<'_>,
    _: &Grant<DraftDocument>,
    s: Stamp,
    kept: Uuid,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("settle_kept.sql"))?
        .execute(params![kept.as_bytes(), s.ver, s.seq])?;
    Ok(())
}
/// Lists every text kept beside a document, settled or not.
///
/// # Errors
/// Device errors.
pub fn kept_of(
    rd: Rd<'_>,
    _: &Grant<DiscardDocument>,
    document: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("kept_of.sql"))?;
    let rows = st.query_map([document.as_bytes()], |r| id(r, "id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Removes a kept text together with its document.
///
/// # Errors
/// Device errors.
pub fn drop_kept(tx: &Tx<'_>, _: &Grant<DiscardDocument>, kept: Uuid) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("drop_kept.sql"))?
        .execute([kept.as_bytes()])?;
    Ok(())
}
