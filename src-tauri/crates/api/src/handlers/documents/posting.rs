//! The board sheet.
use super::{R, check, content_in, page_of, save};
use crate::documents::*;
use crate::error::ApiError;
use crate::router::{Answer, Desk};
use domain::calendar;
use domain::documents as d;
use domain::masking as m;
use office::OfficeError;
use office::documents::{MasksRow, SheetRow, preview_sheet};

pub(super) fn posting_in(p: Posting) -> d::PostingManner {
    d::PostingManner {
        paper: p.paper.into(),
        form: p.form.into(),
        decisions: p
            .decisions
            .into_iter()
            .map(|x| m::MaskDecision {
                name: x.name,
                word: x.word,
                choice: x.choice.into(),
                reason: x.reason,
            })
            .collect(),
    }
}
pub(super) fn posting_out(p: d::PostingManner) -> Posting {
    Posting {
        paper: p.paper.into(),
        form: p.form.into(),
        decisions: p
            .decisions
            .into_iter()
            .map(|x| MaskDecision {
                name: x.name,
                word: x.word,
                choice: x.choice.into(),
                reason: x.reason,
            })
            .collect(),
    }
}
fn block_of(path: &str) -> Option<String> {
    d::posting::block_of(path).map(str::to_owned)
}
fn shown(row: MasksRow) -> (Vec<MaskView>, Vec<ClueView>) {
    let masks = row.masks.into_iter().map(|x| MaskView {
        block_id: block_of(&x.path),
        asks: x.asks(),
        path: x.path,
        name: x.name,
        pupils: x.pupils,
        from: x.from,
        to: x.to,
        doubt: x.doubt.map(Into::into),
        word: x.word,
        choice: x.choice.map(Into::into),
        reason: x.reason,
    });
    let clues = row.clues.into_iter().map(|c| ClueView {
        block_id: block_of(&c.path),
        kind: c.kind.into(),
        path: c.path,
        text: c.text,
    });
    (masks.collect(), clues.collect())
}
fn sheet(s: SheetRow) -> BoardSheetView {
    BoardSheetView {
        id: s.id,
        paper: s.paper.into(),
        pages: s.pages,
        code: s.code.spaced(),
        pdf_sha256: s.pdf_sha256,
        frozen_at: s.frozen_at,
    }
}
/// Masks a text that need not be saved, with the names the desk keeps.
fn masked(
    desk: &Desk,
    content: &d::Content,
) -> Result<
    (
        d::posting::MaskedContent,
        domain::org::OfficeProfile,
        chrono::NaiveDate,
    ),
    ApiError,
> {
    content.check_savable().map_err(ApiError::invalid)?;
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let masked = o.masked(call, &names, content)?;
        Ok((masked, o.profile()?, calendar::day_of(call.now)))
    })
}
pub(crate) fn documents_masks(desk: &Desk, q: DocumentsMasksRequest) -> R<DocumentsMasksResponse> {
    let (masked, _, _) = masked(desk, &content_in(q.content))?;
    let checks = d::posting::checks(&masked).into_iter().map(check).collect();
    let (masks, clues) = shown(MasksRow {
        masks: masked.masks,
        clues: masked.clues,
    });
    Ok(Answer::read(DocumentsMasksResponse {
        audience: masked.audience.into(),
        masks,
        clues,
        checks,
    }))
}
pub(crate) fn documents_posting(
    desk: &Desk,
    q: DocumentsDocumentRequest,
) -> R<DocumentsPostingResponse> {
    desk.with_seat(|o, call| {
        let view = o.document_posting(call, q.id)?;
        let (masks, clues) = shown(view.masks);
        Ok(Answer::read(DocumentsPostingResponse {
            audience: view.audience.into(),
            masks,
            clues,
            sheet: view.sheet.map(sheet),
        }))
    })
}
pub(crate) fn documents_board_preview(
    desk: &Desk,
    q: DocumentsBoardPreviewRequest,
) -> R<DocumentsPageResponse> {
    desk.with_seat(|_, call| Ok(call.grant::<domain::access::DraftDocument>()?))?;
    let (masked, profile, today) = masked(desk, &content_in(q.content))?;
    desk.with_printer(|printer| {
        let pages = preview_sheet(printer, &profile, &masked, today).map_err(OfficeError::Print)?;
        let (pages, page, svg) = page_of(&pages, q.page)?;
        Ok(Answer::read(DocumentsPageResponse { pages, page, svg }))
    })
}
pub(crate) fn documents_board_page(
    desk: &Desk,
    q: DocumentsPageRequest,
) -> R<DocumentsPageResponse> {
    desk.with_printer(|printer| {
        let pages = desk.with_seat(|o, call| Ok(o.document_board_pages(call, printer, q.id)?))?;
        let (pages, page, svg) = page_of(&pages, q.page)?;
        Ok(Answer::read(DocumentsPageResponse { pages, page, svg }))
    })
}
pub(crate) fn documents_save_board_pdf(
    desk: &Desk,
    q: DocumentsDocumentRequest,
) -> R<DocumentsSavePdfResponse> {
    desk.with_seat(|o, call| {
        let done = o.export_board_sheet(call, q.id)?;
        save(desk, done, "documents-file-board")
    })
}
