//! Board sheets as rows.
use crate::{Rd, Stamp, StoreError, Tx, id, json, malformed, to_json};
use domain::access::{Grant, IssueDocument};
use domain::documents::BoardPaper;
use domain::documents::sheet_code::SheetCode;
use domain::masking::{Clue, Mask};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was masked on a sheet, and what could still tell who a child is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MasksRow {
    /// Every place where a pupil's name stood.
    pub masks: Vec<Mask>,
    /// What was still there.
    pub clues: Vec<Clue>,
}
/// 张贴稿 — the frozen sheet for notice boards.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// Its id.
    pub id: Uuid,
    /// The document it shows.
    pub document_id: Uuid,
    /// The paper.
    pub paper: BoardPaper,
    /// How many sheets of that paper.
    pub pages: i64,
    /// 核验码.
    pub code: SheetCode,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its SHA-256.
    pub pdf_sha256: String,
    /// The data it was set from, as JSON.
    pub data: String,
    /// What was masked.
    pub masks: MasksRow,
    /// SHA-256 of the template.
    pub template_sha256: String,
    /// When it was frozen.
    pub frozen_at: i64,
}
/// Freezes a sheet.
///
/// # Errors
/// [`StoreError::Taken`] if the document has one, or the code is in use.
pub fn freeze_sheet(
    tx: &Tx<'_>,
    _: &Grant<IssueDocument>,
    s: Stamp,
    sheet: &SheetRow,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("freeze_sheet.sql"))?
        .execute(params![
            sheet.id.as_bytes(),
            s.ver,
            s.seq,
            sheet.document_id.as_bytes(),
            sheet.paper.code(),
            sheet.pages,
            sheet.code.to_string(),
            sheet.pdf,
            sheet.pdf_sha256,
            sheet.data,
            to_json(&sheet.masks)?,
            sheet.template_sha256,
            sheet.frozen_at
        ])?;
    Ok(())
}
/// By what a sheet is found.
#[derive(Debug, Clone, Copy)]
pub enum SheetBy {
    /// The document it shows.
    Document(Uuid),
    /// Its own id.
    Id(Uuid),
    /// The code in its foot.
    Code(SheetCode),
}
/// Finds a sheet. The office checks the permission on the document it shows.
///
/// # Errors
/// Device errors.
pub fn board_sheet(rd: Rd<'_>, by: SheetBy) -> Result<Option<SheetRow>, StoreError> {
    let (document, own, code) = match by {
        SheetBy::Document(d) => (Some(d), None, None),
        SheetBy::Id(i) => (None, Some(i), None),
        SheetBy::Code(c) => (None, None, Some(c.to_string())),
    };
    let mut st = rd.0.prepare_cached(include_str!("sheet.sql"))?;
    Ok(st
        .query_row(
            params![
                document.map(Uuid::into_bytes),
                own.map(Uuid::into_bytes),
                code
            ],
            |r| {
                let (paper, code): (String, String) = (r.get("paper")?, r.get("code")?);
                Ok(SheetRow {
                    id: id(r, "id")?,
                    document_id: id(r, "document_id")?,
                    paper: BoardPaper::from_code(&paper).ok_or_else(|| malformed("paper"))?,
                    pages: r.get("pages")?,
                    code: SheetCode::parse(&code).ok_or_else(|| malformed("code"))?,
                    pdf: r.get("pdf")?,
                    pdf_sha256: r.get("pdf_sha256")?,
                    data: r.get("data")?,
                    masks: json(r, "masks")?,
                    template_sha256: r.get("template_sha256")?,
                    frozen_at: r.get("frozen_at")?,
                })
            },
        )
        .optional()?)
}
