//! Boards, postings and checks as rows.
use crate::{Rd, Stamp, StoreError, Tx, date_opt, id, json, malformed, to_json};
use chrono::NaiveDate;
use domain::access::{CheckSheet, Grant, ManageBoards, PostSheet, ReadPostings, TakeSheetDown};
use domain::documents::sheet_code::SheetCode;
use domain::documents::{BoardPaper, DocumentKind};
use domain::postings::{Board, BoardText, Posting, PostingState, SheetCheck, Standing};
use rusqlite::{Row, params};
use uuid::Uuid;

fn paper(r: &Row<'_>) -> rusqlite::Result<BoardPaper> {
    let code: String = r.get("paper")?;
    BoardPaper::from_code(&code).ok_or_else(|| malformed("paper"))
}
fn board_row(r: &Row<'_>) -> rusqlite::Result<Board> {
    Ok(Board {
        id: id(r, "id")?,
        text: BoardText {
            name: r.get("name")?,
            place: r.get("place")?,
            width_mm: r.get("width_mm")?,
            height_mm: r.get("height_mm")?,
            term_days: r.get("term_days")?,
        },
        retired_at: r.get("retired_at")?,
        ver: r.get("ver")?,
    })
}
fn posting_row(r: &Row<'_>) -> rusqlite::Result<Posting> {
    let down: (Option<i64>, Option<String>) = (r.get("down_at")?, r.get("down_name")?);
    Ok(Posting {
        id: id(r, "id")?,
        sheet_id: id(r, "sheet_id")?,
        board_id: id(r, "board_id")?,
        paper: paper(r)?,
        spots: json(r, "spots")?,
        posted_on: date_opt(r, "posted_on")?.ok_or_else(|| malformed("posted_on"))?,
        until_on: date_opt(r, "until_on")?.ok_or_else(|| malformed("until_on"))?,
        posted_at: r.get("posted_at")?,
        poster: r.get("poster")?,
        photos: json(r, "photos")?,
        state: match down {
            (Some(at), Some(name)) => PostingState::TakenDown {
                at,
                name,
                early: r.get("early_reason")?,
            },
            _ => PostingState::Hanging,
        },
        ver: r.get("ver")?,
    })
}

/// Lists the boards, those in use first.
///
/// # Errors
/// Device errors.
pub fn boards(rd: Rd<'_>, _: &Grant<ReadPostings>) -> Result<Vec<Board>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("boards.sql"))?;
    let rows = st.query_map([], board_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns one board.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn board(rd: Rd<'_>, _: &Grant<ReadPostings>, board: Uuid) -> Result<Board, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("board.sql"))?;
    Ok(st.query_row([board.as_bytes()], board_row)?)
}
/// Adds a board.
///
/// # Errors
/// [`StoreError::Taken`] if the name is.
pub fn add_board(
    tx: &Tx<'_>,
    _: &Grant<ManageBoards>,
    s: Stamp,
    b: &Board,
) -> Result<(), StoreError> {
    write_board(tx, include_str!("add_board.sql"), s, b)
}
/// Writes a board again.
///
/// # Errors
/// [`StoreError::Taken`] if the name is.
pub fn amend_board(
    tx: &Tx<'_>,
    _: &Grant<ManageBoards>,
    s: Stamp,
    b: &Board,
) -> Result<(), StoreError> {
    write_board(tx, include_str!("amend_board.sql"), s, b)
}
fn write_board(tx: &Tx<'_>, sql: &str, s: Stamp, b: &Board) -> Result<(), StoreError> {
    let t = &b.text;
    tx.conn().prepare_cached(sql)?.execute(params![
        b.id.as_bytes(),
        s.ver,
        s.seq,
        t.name,
        t.place,
        t.width_mm,
        t.height_mm,
        t.term_days,
        b.retired_at
    ])?;
    Ok(())
}

/// Lists what hangs, on one board or on all.
///
/// # Errors
/// Device errors.
pub fn hanging(
    rd: Rd<'_>,
    _: &Grant<ReadPostings>,
    board: Option<Uuid>,
) -> Result<Vec<Posting>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("hanging.sql"))?;
    let rows = st.query_map(params![board.map(Uuid::into_bytes)], posting_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Lists what is to come down on a day, the longest overdue first.
///
/// # Errors
/// Device errors.
pub fn due(rd: Rd<'_>, _: &Grant<ReadPostings>, on: NaiveDate) -> Result<Vec<Posting>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("due.sql"))?;
    let rows = st.query_map([on.to_string()], posting_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns one posting.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn posting(rd: Rd<'_>, _: &Grant<ReadPostings>, posting: Uuid) -> Result<Posting, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("posting.sql"))?;
    Ok(st.query_row([posting.as_bytes()], posting_row)?)
}
/// Lists where a sheet hangs and hung, oldest first.
///
/// # Errors
/// Device errors.
pub fn of_sheet(
    rd: Rd<'_>,
    _: &Grant<ReadPostings>,
    sheet: Uuid,
) -> Result<Vec<Posting>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("of_sheet.sql"))?;
    let rows = st.query_map([sheet.as_bytes()], posting_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Which postings a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only on this board.
    pub board_id: Option<Uuid>,
    /// Only what hangs.
    pub hanging: bool,
    /// Continue behind `(posted_at, id)`.
    pub after: Option<(i64, Uuid)>,
    /// At most this many.
    pub limit: i64,
}
/// Lists postings, last entered first.
///
/// # Errors
/// Device errors.
pub fn list(rd: Rd<'_>, _: &Grant<ReadPostings>, f: &Filter) -> Result<Vec<Posting>, StoreError> {
    let (at, after) = f.after.unwrap_or((i64::MAX, Uuid::max()));
    let mut st = rd.0.prepare_cached(include_str!("list.sql"))?;
    let rows = st.query_map(
        params![
            at,
            after.as_bytes(),
            f.board_id.map(Uuid::into_bytes),
            f.hanging,
            f.limit
        ],
        posting_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Records that a sheet hangs.
///
/// # Errors
/// [`StoreError::Taken`] if it hangs on that board already.
pub fn post(tx: &Tx<'_>, may: &Grant<PostSheet>, s: Stamp, p: &Posting) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("post.sql"))?
        .execute(params![
            p.id.as_bytes(),
            s.ver,
            s.seq,
            p.sheet_id.as_bytes(),
            p.board_id.as_bytes(),
            to_json(&p.spots)?,
            p.posted_on.to_string(),
            p.until_on.to_string(),
            p.posted_at,
            may.actor().account_id.as_bytes(),
            p.poster
        ])?;
    Ok(())
}
/// Writes which photos show a sheet on the wall.
///
/// # Errors
/// Device errors; the schema refuses what is down already.
pub fn photograph(
    tx: &Tx<'_>,
    _: &Grant<PostSheet>,
    s: Stamp,
    p: &Posting,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("photograph.sql"))?
        .execute(params![p.id.as_bytes(), s.ver, s.seq, to_json(&p.photos)?])?;
    Ok(())
}
/// Records that a sheet was taken down.
///
/// # Errors
/// Device errors; the schema refuses what is down already.
pub fn take_down(
    tx: &Tx<'_>,
    may: &Grant<TakeSheetDown>,
    s: Stamp,
    p: &Posting,
) -> Result<(), StoreError> {
    let PostingState::TakenDown { at, name, early } = &p.state else {
        return Err(StoreError::Malformed("posting"));
    };
    tx.conn()
        .prepare_cached(include_str!("take_down.sql"))?
        .execute(params![
            p.id.as_bytes(),
            s.ver,
            s.seq,
            at,
            may.actor().account_id.as_bytes(),
            name,
            early
        ])?;
    Ok(())
}

/// A board sheet as a board shows it.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// Its id.
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// 文种.
    pub kind: DocumentKind,
    /// The title in one line, masked as on the sheet.
    pub title: String,
    /// 发文字号.
    pub number: String,
    /// With the red head.
    pub red_head: bool,
    /// When its document was issued.
    pub issued_at: i64,
    /// On which paper.
    pub paper: BoardPaper,
    /// Its pages.
    pub pages: i64,
    /// The code in its foot, as it is printed.
    pub code: String,
}
fn sheet_row(r: &Row<'_>) -> rusqlite::Result<SheetRow> {
    let kind: String = r.get("kind")?;
    Ok(SheetRow {
        id: id(r, "id")?,
        document_id: id(r, "document_id")?,
        kind: DocumentKind::from_code(&kind).ok_or_else(|| malformed("kind"))?,
        title: r.get("title")?,
        number: r.get::<_, Option<String>>("number")?.unwrap_or_default(),
        red_head: r.get::<_, i64>("red_head")? == 1,
        issued_at: r.get("issued_at")?,
        paper: paper(r)?,
        pages: r.get("pages")?,
        code: SheetCode::parse(&r.get::<_, String>("code")?)
            .ok_or_else(|| malformed("code"))?
            .spaced(),
    })
}
/// Returns one sheet.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn sheet(rd: Rd<'_>, _: &Grant<ReadPostings>, sheet: Uuid) -> Result<SheetRow, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("sheet.sql"))?;
    Ok(st.query_row([sheet.as_bytes()], sheet_row)?)
}
/// Lists sheets, those never posted first, newest first: of one document, or with a text in title or number.
///
/// # Errors
/// Device errors.
pub fn sheets(
    rd: Rd<'_>,
    _: &Grant<ReadPostings>,
    document: Option<Uuid>,
    text: Option<&str>,
    limit: i64,
) -> Result<Vec<SheetRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("sheets.sql"))?;
    let rows = st.query_map(
        params![document.map(Uuid::into_bytes), text, limit],
        sheet_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records a comparison.
///
/// # Errors
/// Device errors.
pub fn check(
    tx: &Tx<'_>,
    may: &Grant<CheckSheet>,
    s: Stamp,
    c: &SheetCheck,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("check.sql"))?
        .execute(params![
            c.id.as_bytes(),
            s.ver,
            s.seq,
            c.sheet_id.as_bytes(),
            c.standing.code(),
            c.same,
            c.note,
            c.at,
            may.actor().account_id.as_bytes(),
            c.name
        ])?;
    Ok(())
}
/// Lists the last comparisons of a sheet, newest first.
///
/// # Errors
/// Device errors.
pub fn checks(
    rd: Rd<'_>,
    _: &Grant<ReadPostings>,
    sheet: Uuid,
) -> Result<Vec<SheetCheck>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("checks.sql"))?;
    let rows = st.query_map([sheet.as_bytes()], |r| {
        let standing: String = r.get("standing")?;
        Ok(SheetCheck {
            id: id(r, "id")?,
            sheet_id: id(r, "sheet_id")?,
            standing: Standing::from_code(&standing).ok_or_else(|| malformed("standing"))?,
            same: r.get::<_, i64>("same")? == 1,
            note: r.get("note")?,
            at: r.get("at")?,
            name: r.get("name")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Returns when a sheet that hangs on each board was last compared.
///
/// # Errors
/// Device errors.
pub fn last_checks(
    rd: Rd<'_>,
    _: &Grant<ReadPostings>,
) -> Result<std::collections::BTreeMap<Uuid, i64>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_checks.sql"))?;
    let rows = st.query_map([], |r| Ok((id(r, "board_id")?, r.get("at")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
