//! Drafts, approval, issue.
use crate::access::Language;
use crate::documents::*;
use crate::error::{ApiError, ErrorCode};
use crate::router::{Answer, Desk};
use crate::wire::{Arg, Done, Message, args};
use crate::words::say;
use domain::calendar;
use domain::documents as d;
use domain::documents::checks::{Check, CheckLevel as Level};
use office::documents::{DocumentDetail, DocumentSummary, Filter};
use office::print::Pages;
use office::{Call, Office, OfficeError};
use std::collections::BTreeMap;
use uuid::Uuid;

mod posting;

pub(crate) use posting::{
    documents_board_page, documents_board_preview, documents_masks, documents_posting,
    documents_save_board_pdf,
};

type R<T> = Result<Answer<T>, ApiError>;

fn content_in(c: Content) -> d::Content {
    d::Content {
        kind: c.kind.into(),
        series: c.series,
        red_head: c.red_head,
        title: c.title,
        recipients: c.recipients,
        blocks: c
            .blocks
            .into_iter()
            .map(|b| d::Block {
                id: b.id,
                kind: b.kind.into(),
                text: b.text,
                finding_ids: b.finding_ids,
                table: b.table.map(|t| d::Table {
                    head: t.head,
                    rows: t.rows,
                    align: t.align.into_iter().map(Into::into).collect(),
                }),
                image: b.image.map(|i| d::Image {
                    attachment_id: i.attachment_id,
                    sha256: i.sha256,
                    width: i.width.into(),
                }),
            })
            .collect(),
        attachments: c.attachments,
        copy_to: c.copy_to,
        reports_on: c.reports_on,
        posting: posting::posting_in(c.posting),
    }
}
fn content_out(c: d::Content) -> Content {
    Content {
        kind: c.kind.into(),
        series: c.series,
        red_head: c.red_head,
        title: c.title,
        recipients: c.recipients,
        blocks: c
            .blocks
            .into_iter()
            .map(|b| Block {
                id: b.id,
                kind: b.kind.into(),
                text: b.text,
                finding_ids: b.finding_ids,
                table: b.table.map(|t| Table {
                    head: t.head,
                    rows: t.rows,
                    align: t.align.into_iter().map(Into::into).collect(),
                }),
                image: b.image.map(|i| Image {
                    attachment_id: i.attachment_id,
                    sha256: i.sha256,
                    width: i.width.into(),
                }),
            })
            .collect(),
        attachments: c.attachments,
        copy_to: c.copy_to,
        reports_on: c.reports_on,
        posting: posting::posting_out(c.posting),
    }
}
pub(crate) fn row(s: DocumentSummary) -> DocumentRow {
    row_of(&s)
}
fn row_of(s: &DocumentSummary) -> DocumentRow {
    let doc = &s.document;
    let (number, issued_at) = match &doc.state {
        d::State::Issued {
            number, issued_at, ..
        } => (Some(number.clone()), Some(*issued_at)),
        d::State::Draft { .. }
        | d::State::Submitted { .. }
        | d::State::Approved { .. }
        | d::State::Rejected { .. } => (None, None),
    };
    let submitted_at = if let d::State::Submitted { at, .. } = &doc.state {
        Some(*at)
    } else {
        None
    };
    DocumentRow {
        id: doc.id,
        kind: doc.content.kind.into(),
        state: doc.state.kind().into(),
        returned: s.returned(),
        title: doc.content.title_line(),
        number,
        drafter: s.drafter.clone(),
        own: s.own,
        changed_at: doc.changed_at,
        submitted_at,
        issued_at,
        reports_on: doc.content.reports_on,
        ver: doc.ver,
    }
}
fn view(v: DocumentDetail) -> DocumentView {
    let row = row_of(&v.summary);
    let state = v.summary.document.state;
    let opinion = |o: &d::Opinion| OpinionView {
        name: o.name.clone(),
        post: o.post.clone(),
        text: o.text.clone(),
        dated_on: o.dated_on,
        at: o.at,
    };
    let (opinion, signed_sha256, pdf_sha256, pages) = match &state {
        d::State::Draft { returned } => (returned.as_ref().map(opinion), None, None, None),
        d::State::Submitted { .. } => (None, None, None, None),
        d::State::Approved {
            opinion: o,
            signed_sha256,
            ..
        } => (Some(opinion(o)), Some(signed_sha256.clone()), None, None),
        d::State::Issued {
            opinion: o,
            signed_sha256,
            pdf_sha256,
            pages,
            ..
        } => (
            Some(opinion(o)),
            Some(signed_sha256.clone()),
            Some(pdf_sha256.clone()),
            Some(*pages),
        ),
        d::State::Rejected { opinion: o } => (Some(opinion(o)), None, None, None),
    };
    DocumentView {
        row,
        content: content_out(v.summary.document.content),
        steps: v
            .steps
            .into_iter()
            .map(|s| StepView {
                action: s.action,
                name: s.name,
                post: s.post,
                at: s.at,
                text: s.text,
                dated_on: s.dated_on,
            })
            .collect(),
        opinion,
        allowed: v.allowed.into_iter().map(str::to_owned).collect(),
        approve_hint: v.own_draft.then(|| Message::new("documents-own-draft")),
        kept_text: v.kept.map(|k| KeptTextView {
            id: k.id,
            at: k.at,
            content: content_out(k.content),
        }),
        pages,
        signed_sha256,
        pdf_sha256,
    }
}
fn seen(
    o: &Office,
    call: Call<'_>,
    id: Uuid,
    changed: impl IntoIterator<Item = &'static str>,
) -> R<DocumentView> {
    Ok(Answer(
        view(o.document(call, id)?),
        changed.into_iter().collect(),
    ))
}
pub(crate) fn documents_draft(desk: &Desk, q: DocumentsDraftRequest) -> R<DocumentView> {
    desk.with_seat(|o, call| {
        let done = o.draft_document(
            call,
            q.kind.into(),
            q.red_head.unwrap_or(true),
            &q.finding_ids,
        )?;
        seen(o, call, done.value, done.changed)
    })
}
pub(crate) fn documents_save(desk: &Desk, q: DocumentsSaveRequest) -> R<DocumentsSaveResponse> {
    desk.with_seat(|o, call| {
        let done = o.save_document(call, q.id, q.ver, content_in(q.content))?;
        Ok(Answer(
            DocumentsSaveResponse {
                ver: done.value,
                saved_at: call.now,
            },
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn documents_settle_kept(desk: &Desk, q: DocumentsSettleKeptRequest) -> R<Done> {
    desk.with_seat(|o, call| {
        let done = o.settle_kept(call, q.kept_id)?;
        Ok(Answer(Done {}, done.changed.into_iter().collect()))
    })
}
fn check(c: Check) -> CheckView {
    CheckView {
        level: match c.level {
            Level::Must => CheckLevel::Must,
            Level::Should => CheckLevel::Should,
            Level::Hint => CheckLevel::Hint,
        },
        code: c.code.to_owned(),
        message: Message {
            message_key: c.message_key,
            args: args(c.args),
        },
        block_id: c.block_id,
        source_key: c.source_key.to_owned(),
    }
}
/// Returns the wanted page, or the last one if there are fewer.
fn page_of(pages: &Pages, wanted: i64) -> Result<(i64, i64, String), ApiError> {
    let n = pages.len();
    let index = usize::try_from(wanted).unwrap_or(0).min(n - 1);
    let svg = pages.svg(index).map_err(OfficeError::Print)?;
    let int = |x: usize| i64::try_from(x).unwrap_or(i64::MAX);
    Ok((int(n), int(index), svg))
}
pub(crate) fn documents_preview(
    desk: &Desk,
    q: DocumentsPreviewRequest,
) -> R<DocumentsPreviewResponse> {
    let content = content_in(q.content);
    content.check_savable().map_err(ApiError::invalid)?;
    let names = desk.directory()?;
    let (profile, today, findings, (images, gone)) = desk.with_seat(|o, call| {
        call.grant::<domain::access::DraftDocument>()?;
        Ok((
            o.profile()?,
            calendar::day_of(call.now),
            o.findings_for_checks(call, &content)?,
            o.images_for_preview(call, &content),
        ))
    })?;
    // the office is free for others while the page is set
    let checks = gone
        .iter()
        .map(|block| d::checks::image_missing(block))
        .chain(d::checks::check(&content, &findings, &names))
        .map(check)
        .collect();
    desk.with_printer(|printer| {
        let pages = office::documents::preview(printer, &profile, &content, images, today)
            .map_err(OfficeError::Print)?;
        let place = q.at.as_deref().and_then(|id| pages.place_of(id));
        let wanted = place.and_then(|(page, _)| i64::try_from(page).ok());
        let (n, page, svg) = page_of(&pages, wanted.unwrap_or(q.page))?;
        let substitutes = printer
            .fonts_in_use()
            .into_iter()
            .filter(|f| !f.official && !f.role.official().is_empty())
            .map(|f| {
                format!(
                    "{} → {}",
                    f.role.official().first().copied().unwrap_or_default(),
                    f.name
                )
            })
            .collect();
        Ok(Answer::read(DocumentsPreviewResponse {
            pages: n,
            page,
            spot: place.map(|(_, down)| i64::from(down)),
            svg,
            checks,
            missing_characters: pages
                .missing_characters()
                .iter()
                .map(char::to_string)
                .collect(),
            substitutes,
        }))
    })
}
pub(crate) fn documents_list(desk: &Desk, q: DocumentsListRequest) -> R<DocumentsListResponse> {
    let limit = q.limit.unwrap_or(100).clamp(1, 200);
    desk.with_seat(|o, call| {
        let filter = Filter {
            states: q.states.into_iter().map(Into::into).collect(),
            drafter: q.own.then_some(call.session.actor.account_id),
            text: q.text.filter(|t| !t.is_empty()),
            after: q.after.map(|a| (a.changed_at, a.id)),
            limit: limit + 1,
            ..Filter::default()
        };
        let mut rows: Vec<DocumentRow> = o.documents(call, &filter)?.into_iter().map(row).collect();
        let more = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(100));
        let next = if more {
            rows.last().map(|r| DocumentCursor {
                changed_at: r.changed_at,
                id: r.id,
            })
        } else {
            None
        };
        Ok(Answer::read(DocumentsListResponse { rows, next }))
    })
}
pub(crate) fn documents_document(desk: &Desk, q: DocumentsDocumentRequest) -> R<DocumentView> {
    desk.with_seat(|o, call| seen(o, call, q.id, []))
}
pub(crate) fn documents_versions(
    desk: &Desk,
    q: DocumentsDocumentRequest,
) -> R<DocumentsVersionsResponse> {
    desk.with_seat(|o, call| {
        let versions = o.document_versions(call, q.id)?;
        let out = |v: office::documents::VersionRow| VersionView {
            ver: v.ver,
            at: v.at,
            name: v.name,
            content: content_out(v.content),
        };
        Ok(Answer::read(DocumentsVersionsResponse {
            versions: versions.into_iter().map(out).collect(),
        }))
    })
}
pub(crate) fn documents_page(desk: &Desk, q: DocumentsPageRequest) -> R<DocumentsPageResponse> {
    desk.with_printer(|printer| {
        let pages = desk.with_seat(|o, call| Ok(o.document_pages(call, printer, q.id)?))?;
        let (pages, page, svg) = page_of(&pages, q.page)?;
        Ok(Answer::read(DocumentsPageResponse { pages, page, svg }))
    })
}
pub(crate) fn documents_submit(desk: &Desk, q: DocumentsMoveRequest) -> R<DocumentView> {
    desk.with_printer(|printer| {
        desk.with_seat(|o, call| {
            let done = o.submit_document(call, printer, q.id, q.ver)?;
            seen(o, call, q.id, done.changed)
        })
    })
}
pub(crate) fn documents_recall(desk: &Desk, q: DocumentsMoveRequest) -> R<DocumentView> {
    desk.with_seat(|o, call| {
        let done = o.recall_document(call, q.id, q.ver)?;
        seen(o, call, q.id, done.changed)
    })
}
pub(crate) fn documents_discard(desk: &Desk, q: DocumentsMoveRequest) -> R<Done> {
    desk.with_seat(|o, call| {
        let done = o.discard_document(call, q.id, q.ver)?;
        Ok(Answer(Done {}, done.changed.into_iter().collect()))
    })
}
pub(crate) fn documents_approve(desk: &Desk, q: DocumentsApproveRequest) -> R<DocumentView> {
    let now = desk.now();
    let mut inner = desk.inner();
    let crate::router::Inner { seat, throttle, .. } = &mut *inner;
    let seat = seat
        .as_mut()
        .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
    let call = Call {
        session: &seat.session,
        now,
    };
    let done = seat.office.approve_document(
        call,
        throttle,
        (q.id, q.ver),
        office::documents::Signature {
            text: &q.opinion,
            dated_on: q.dated_on,
            password: &q.password,
        },
    )?;
    seen(&seat.office, call, q.id, done.changed)
}
pub(crate) fn documents_send_back(desk: &Desk, q: DocumentsReturnRequest) -> R<DocumentView> {
    desk.with_seat(|o, call| {
        let done = o.send_back_document(call, q.id, q.ver, &q.remarks)?;
        seen(o, call, q.id, done.changed)
    })
}
pub(crate) fn documents_reject(desk: &Desk, q: DocumentsReturnRequest) -> R<DocumentView> {
    desk.with_seat(|o, call| {
        let done = o.reject_document(call, q.id, q.ver, &q.remarks)?;
        seen(o, call, q.id, done.changed)
    })
}
pub(crate) fn documents_next_number(
    desk: &Desk,
    q: DocumentsDocumentRequest,
) -> R<DocumentsNextNumberResponse> {
    desk.with_seat(|o, call| {
        Ok(Answer::read(DocumentsNextNumberResponse {
            number: o.next_number(call, q.id)?,
        }))
    })
}
pub(crate) fn documents_issue(desk: &Desk, q: DocumentsIssueRequest) -> R<DocumentView> {
    desk.with_printer(|printer| {
        desk.with_seat(|o, call| {
            let done = o.issue_document(call, printer, q.id, q.ver)?;
            seen(o, call, q.id, done.changed)
        })
    })
}
pub(crate) fn documents_save_pdf(
    desk: &Desk,
    q: DocumentsDocumentRequest,
) -> R<DocumentsSavePdfResponse> {
    desk.with_seat(|o, call| {
        let done = o.export_pdf(call, q.id)?;
        save(desk, done, "documents-file-archive")
    })
}
/// Writes a frozen PDF where PDFs are saved; its name says the number and which of the two copies it is.
fn save(
    desk: &Desk,
    done: office::Done<(String, Vec<u8>, String)>,
    name: &str,
) -> R<DocumentsSavePdfResponse> {
    let dir = &desk.config.export_dir;
    let (number, pdf, sha256) = done.value;
    // the number and nothing else: no title, no name of a person
    let named = BTreeMap::from([("number".to_owned(), Arg::Text(number))]);
    let name: String = say(Language::ZhCn, name, &named)
        .chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        })
        .take(80)
        .collect();
    let file = format!("{name}.pdf");
    std::fs::create_dir_all(dir).map_err(|e| OfficeError::File(e.to_string()))?;
    office::folder::write_durably(&dir.join(&file), &pdf).map_err(OfficeError::from)?;
    Ok(Answer(
        DocumentsSavePdfResponse {
            file,
            folder: dir.display().to_string(),
            sha256,
        },
        done.changed.into_iter().collect(),
    ))
}
