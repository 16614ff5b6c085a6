//! Boards, what hangs on them, and papers compared with their frozen page.
use crate::error::ApiError;
use crate::postings::*;
use crate::router::{Answer, Desk};
use crate::wire::{Message, Nothing, args};
use domain::calendar;
use domain::postings as d;
use office::OfficeError;
use office::postings::{self as o, Filter};
use office::print::Pages;

type R<T> = Result<Answer<T>, ApiError>;

fn text_in(t: BoardText) -> d::BoardText {
    d::BoardText {
        name: t.name.trim().to_owned(),
        place: t.place.trim().to_owned(),
        width_mm: t.width_mm,
        height_mm: t.height_mm,
        term_days: t.term_days,
    }
}
fn spots(all: Vec<d::Spot>) -> Vec<Spot> {
    let out = |s: d::Spot| Spot {
        x_mm: s.x_mm,
        y_mm: s.y_mm,
    };
    all.into_iter().map(out).collect()
}
fn sheet(s: o::SheetRow) -> SheetRow {
    SheetRow {
        id: s.id,
        document_id: s.document_id,
        kind: s.kind.into(),
        title: s.title,
        number: s.number,
        red_head: s.red_head,
        issued_at: s.issued_at,
        paper: s.paper.into(),
        pages: s.pages,
        code: s.code,
    }
}
pub(crate) fn posting(v: o::PostingView) -> PostingRow {
    let p = v.posting;
    PostingRow {
        id: p.id,
        board_id: p.board_id,
        board_name: v.board_name,
        sheet: sheet(v.sheet),
        spots: spots(p.spots),
        posted_on: p.posted_on,
        until_on: p.until_on,
        posted_at: p.posted_at,
        poster: p.poster,
        photos: p.photos,
        due: v.due,
        overdue_days: v.overdue_days,
        down: match p.state {
            d::PostingState::Hanging => None,
            d::PostingState::TakenDown { at, name, early } => Some(TakenDown { at, name, early }),
        },
    }
}
fn postings(all: Vec<o::PostingView>) -> Vec<PostingRow> {
    all.into_iter().map(posting).collect()
}
fn board(v: o::BoardView) -> BoardView {
    let b = v.board;
    BoardView {
        id: b.id,
        ver: b.ver,
        text: BoardText {
            name: b.text.name,
            place: b.text.place,
            width_mm: b.text.width_mm,
            height_mm: b.text.height_mm,
            term_days: b.text.term_days,
        },
        retired: b.retired_at.is_some(),
        capacity_a4: v.capacity_a4,
        capacity_a3: v.capacity_a3,
        hanging: postings(v.hanging),
        free_a4: spots(v.free_a4),
        free_a3: spots(v.free_a3),
        checked_at: v.checked_at,
    }
}
fn check(c: d::SheetCheck) -> SheetCheckRow {
    SheetCheckRow {
        standing: c.standing.into(),
        same: c.same,
        note: c.note,
        at: c.at,
        name: c.name,
    }
}
fn svgs(pages: &Pages) -> Result<Vec<String>, ApiError> {
    (0..pages.len())
        .map(|i| Ok(pages.svg(i).map_err(OfficeError::Print)?))
        .collect()
}
fn board_changed(done: office::Done<uuid::Uuid>) -> Answer<PostingsBoardResponse> {
    Answer(
        PostingsBoardResponse {
            board_id: done.value,
        },
        done.changed.into_iter().collect(),
    )
}

pub(crate) fn postings_boards(desk: &Desk, _: Nothing) -> R<PostingsBoardsResponse> {
    desk.with_seat(|o, call| {
        Ok(Answer::read(PostingsBoardsResponse {
            now: call.now,
            today: calendar::day_of(call.now),
            boards: o.boards(call)?.into_iter().map(board).collect(),
            due: postings(o.postings_due(call)?),
            preset_term_days: office::postings::preset_term_days(),
        }))
    })
}
pub(crate) fn postings_add_board(
    desk: &Desk,
    q: PostingsAddBoardRequest,
) -> R<PostingsBoardResponse> {
    desk.with_seat(|o, call| Ok(board_changed(o.add_board(call, text_in(q.text))?)))
}
pub(crate) fn postings_amend_board(
    desk: &Desk,
    q: PostingsAmendBoardRequest,
) -> R<PostingsBoardResponse> {
    desk.with_seat(|o, call| {
        let done = o.amend_board(call, (q.board_id, q.ver), text_in(q.text))?;
        Ok(board_changed(done))
    })
}
pub(crate) fn postings_retire_board(
    desk: &Desk,
    q: PostingsRetireBoardRequest,
) -> R<PostingsBoardResponse> {
    desk.with_seat(|o, call| {
        let done = o.retire_board(call, (q.board_id, q.ver), q.retired)?;
        Ok(board_changed(done))
    })
}
pub(crate) fn postings_sheets(desk: &Desk, q: PostingsSheetsRequest) -> R<PostingsSheetsResponse> {
    let text = q.text.map(|t| t.trim().to_owned());
    let text = text.as_deref().filter(|t| !t.is_empty());
    desk.with_seat(|o, call| {
        let sheets = o.sheets(call, q.document_id, text)?;
        let out = |v: o::SheetView| SheetView {
            sheet: sheet(v.sheet),
            postings: postings(v.postings),
        };
        Ok(Answer::read(PostingsSheetsResponse {
            sheets: sheets.into_iter().map(out).collect(),
        }))
    })
}
pub(crate) fn postings_post(desk: &Desk, q: PostingsPostRequest) -> R<PostingsPostResponse> {
    desk.with_seat(|o, call| {
        let done = o.post_sheet(call, q.sheet_id, &q.board_ids, (q.posted_on, q.until_on))?;
        Ok(Answer(
            PostingsPostResponse {
                postings: postings(done.value),
            },
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn postings_take_down(desk: &Desk, q: PostingsTakeDownRequest) -> R<PostingRow> {
    desk.with_seat(|o, call| {
        let done = o.take_down(call, q.posting_id, q.reason.as_deref().unwrap_or_default())?;
        Ok(Answer(
            posting(done.value),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn postings_photograph(desk: &Desk, q: PostingsPhotographRequest) -> R<PostingRow> {
    desk.with_seat(|o, call| {
        let done = o.photograph_posting(call, q.posting_id, q.photos)?;
        Ok(Answer(
            posting(done.value),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn postings_list(desk: &Desk, q: PostingsListRequest) -> R<PostingsListResponse> {
    let limit = q.limit.unwrap_or(100).clamp(1, 200);
    desk.with_seat(|o, call| {
        let filter = Filter {
            board_id: q.board_id,
            hanging: q.hanging,
            after: q.after.map(|a| (a.posted_at, a.id)),
            limit: limit + 1,
        };
        let mut rows = postings(o.postings(call, &filter)?);
        let more = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(100));
        let next = if more {
            rows.last().map(|r| PostingCursor {
                posted_at: r.posted_at,
                id: r.id,
            })
        } else {
            None
        };
        Ok(Answer::read(PostingsListResponse { rows, next }))
    })
}
pub(crate) fn postings_slip(desk: &Desk, _: Nothing) -> R<PostingsSlipResponse> {
    desk.with_printer(|printer| {
        let pages = desk.with_seat(|o, call| Ok(o.take_down_slip(call, printer)?))?;
        Ok(Answer::read(PostingsSlipResponse {
            pages: svgs(&pages)?,
        }))
    })
}
pub(crate) fn postings_save_slip(desk: &Desk, _: Nothing) -> R<PostingsSaveSlipResponse> {
    let dir = &desk.config.export_dir;
    desk.with_printer(|printer| {
        desk.with_seat(|o, call| {
            let done = o.export_take_down_slip(call, printer)?;
            let (pdf, sha256) = done.value;
            let file = format!("{}-{}.pdf", o::SLIP, calendar::day_of(call.now));
            std::fs::create_dir_all(dir).map_err(|e| OfficeError::File(e.to_string()))?;
            office::folder::write_durably(&dir.join(&file), &pdf).map_err(OfficeError::from)?;
            Ok(Answer(
                PostingsSaveSlipResponse {
                    file,
                    folder: dir.display().to_string(),
                    sha256,
                },
                done.changed.into_iter().collect(),
            ))
        })
    })
}
pub(crate) fn postings_lookup_code(
    desk: &Desk,
    q: PostingsLookupCodeRequest,
) -> R<PostingsLookupCodeResponse> {
    desk.with_seat(|o, call| {
        let found = o.lookup_code(call, &q.text)?;
        Ok(Answer::read(PostingsLookupCodeResponse {
            standing: found.standing.into(),
            code: found.code,
            hint: Message {
                message_key: found.hint.message_key,
                args: args(found.hint.args),
            },
            sheet: found.sheet.map(sheet),
            postings: postings(found.postings),
            checks: found.checks.into_iter().map(check).collect(),
        }))
    })
}
pub(crate) fn postings_sheet_pages(
    desk: &Desk,
    q: PostingsSheetPagesRequest,
) -> R<PostingsSheetPagesResponse> {
    desk.with_printer(|printer| {
        let pages = desk.with_seat(|o, call| Ok(o.sheet_pages(call, printer, q.sheet_id)?))?;
        Ok(Answer::read(PostingsSheetPagesResponse {
            pages: svgs(&pages)?,
        }))
    })
}
pub(crate) fn postings_check_sheet(desk: &Desk, q: PostingsCheckSheetRequest) -> R<SheetCheckRow> {
    desk.with_seat(|o, call| {
        let done = o.check_sheet(call, q.sheet_id, q.same, q.note.trim())?;
        Ok(Answer(
            check(done.value),
            done.changed.into_iter().collect(),
        ))
    })
}
