//! Printing. While the print service is asked, nobody's office is held.
use crate::error::ApiError;
use crate::printing::*;
use crate::router::{Answer, Desk};
use crate::wire::Nothing;
use domain::printing as p;
use office::Office;
use office::print::{FontUse, Role};
use office::printing::{Filter, JobNews, PrintJob, PrintOrder, job_name};

type R<T> = Result<Answer<T>, ApiError>;

fn settings_in(s: PrintSettings) -> p::PrintSettings {
    p::PrintSettings {
        printer: s.printer,
        copies: s.copies,
        sides: s.sides.into(),
        media: s.media.into(),
    }
}
fn settings_out(s: p::PrintSettings) -> PrintSettings {
    PrintSettings {
        printer: s.printer,
        copies: s.copies,
        sides: s.sides.into(),
        media: s.media.into(),
    }
}
fn row(print: p::Print, title: String) -> PrintRow {
    let (state, trouble, ended_at) = match print.state {
        p::PrintState::Sending => (PrintStateKind::Sending, None, None),
        p::PrintState::Printing { .. } => (PrintStateKind::Printing, None, None),
        p::PrintState::Printed { at } => (PrintStateKind::Printed, None, Some(at)),
        p::PrintState::Failed { trouble, at } => {
            (PrintStateKind::Failed, Some(trouble.into()), Some(at))
        }
        p::PrintState::Cancelled { at } => (PrintStateKind::Cancelled, None, Some(at)),
    };
    PrintRow {
        id: print.id,
        document_id: print.document_id,
        number: print.number,
        title,
        sheet: print.sheet.into(),
        name: print.name,
        post: print.post,
        at: print.at,
        seq: print.seq,
        settings: settings_out(print.settings),
        pages: print.pages,
        sha256: print.sha256,
        reason: print.reason,
        state,
        trouble,
        ended_at,
    }
}
fn followed(print: p::Print, held_up: Option<p::Trouble>) -> PrintingFollowResponse {
    PrintingFollowResponse {
        print: row(print, String::new()),
        held_up: held_up.map(Into::into),
    }
}
fn queues(desk: &Desk) -> (Vec<QueueRow>, Option<Trouble>) {
    match desk.config.print_service.queues() {
        Ok(queues) => (
            queues
                .into_iter()
                .map(|q| QueueRow {
                    name: q.name,
                    label: q.label,
                    is_default: q.is_default,
                    two_sided: q.two_sided,
                    a3: q.a3,
                    trouble: q.trouble.map(Into::into),
                })
                .collect(),
            None,
        ),
        Err(trouble) => (Vec::new(), Some(trouble.into())),
    }
}
fn role(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Body => "body",
        Role::Heading => "heading",
        Role::Subheading => "subheading",
        Role::PageNumber => "page_number",
        Role::Rare => "rare",
    }
}
fn font(used: FontUse) -> FontRow {
    let wanted = used.role.official().first().map(|name| (*name).to_owned());
    FontRow {
        role: role(used.role).to_owned(),
        stand_in: !used.official && wanted.is_some(),
        wanted,
        used: used.name,
    }
}
fn fonts(desk: &Desk) -> Result<Vec<FontRow>, ApiError> {
    desk.with_printer(|printer| Ok(printer.fonts_in_use().into_iter().map(font).collect()))
}
pub(crate) fn printing_queues(desk: &Desk, _: Nothing) -> R<PrintingQueuesResponse> {
    desk.with_seat(|_, call| Ok(call.grant::<domain::access::UseDesk>()?))?;
    let (queues, trouble) = queues(desk);
    Ok(Answer::read(PrintingQueuesResponse { queues, trouble }))
}
pub(crate) fn printing_fonts(desk: &Desk, _: Nothing) -> R<PrintingFontsResponse> {
    desk.with_seat(|_, call| Ok(call.grant::<domain::access::UseDesk>()?))?;
    Ok(Answer::read(PrintingFontsResponse {
        fonts: fonts(desk)?,
    }))
}
pub(crate) fn printing_start(desk: &Desk, q: PrintingStartRequest) -> R<PrintingStartResponse> {
    let begin = desk.with_seat(|o, call| Ok(o.print_desk(call, q.document_id)?))?;
    let (queues, trouble) = queues(desk);
    let there = |name: &str| queues.iter().any(|queue| queue.name == name);
    let first = || {
        let default = queues.iter().find(|queue| queue.is_default);
        default.or(queues.first()).map(|queue| queue.name.clone())
    };
    let last = begin.last.map(settings_out);
    let mut settings = last.unwrap_or(PrintSettings {
        printer: String::new(),
        copies: 1,
        sides: Sides::OneSided,
        media: Media::A4,
    });
    if !there(&settings.printer) {
        settings.printer = first().unwrap_or_default();
    }
    // the paper is that of the sheet, whatever was printed last
    if let Some(sheet) = begin.sheets.first() {
        settings.media = sheet.media.into();
    }
    let sheets = begin
        .sheets
        .into_iter()
        .map(|s| PrintableRow {
            sheet: s.sheet.into(),
            pages: s.pages,
            media: s.media.into(),
            copies_out: s.copies_out,
            reason_needed: s.copies_out > 0 && s.sheet != p::SheetKind::Draft,
        })
        .collect();
    Ok(Answer::read(PrintingStartResponse {
        queues,
        trouble,
        sheets,
        settings,
        fonts: fonts(desk)?,
    }))
}
pub(crate) fn printing_print(desk: &Desk, q: PrintingPrintRequest) -> R<PrintingFollowResponse> {
    let order = PrintOrder {
        document_id: q.document_id,
        sheet: q.sheet.into(),
        settings: settings_in(q.settings),
        reason: &q.reason,
    };
    let begun = desk.with_printer(|printer| {
        desk.with_seat(|o, call| Ok(o.begin_print(call, printer, order)?))
    })?;
    let (print, pdf) = begun.value;
    let name = job_name(print.id);
    let sent = desk.config.print_service.send(&PrintJob {
        name: &name,
        settings: &print.settings,
        pdf: &pdf,
    });
    // whoever locked the desk meanwhile finds the job again by its name
    let done = desk.with_seat(|o, call| Ok(o.print_sent(call, print.id, sent)?))?;
    let changed = begun.changed.into_iter().chain(done.changed).collect();
    Ok(Answer(followed(done.value, None), changed))
}
pub(crate) fn printing_follow(desk: &Desk, q: PrintingFollowRequest) -> R<PrintingFollowResponse> {
    let (print, lost) = desk.with_seat(|o, call| {
        let print = o.print(call, q.id)?;
        let lost = Office::print_is_lost(call, &print);
        Ok((print, lost))
    })?;
    let service = &desk.config.print_service;
    let printer = &print.settings.printer;
    match print.state {
        p::PrintState::Printed { .. }
        | p::PrintState::Failed { .. }
        | p::PrintState::Cancelled { .. } => Ok(Answer::read(followed(print, None))),
        p::PrintState::Sending => {
            let done = match service.find(printer, &job_name(print.id)) {
                Ok(Some(job)) => {
                    desk.with_seat(|o, call| Ok(o.print_sent(call, print.id, Ok(job))?))?
                }
                Ok(None) if lost => desk.with_seat(|o, call| {
                    Ok(o.print_sent(call, print.id, Err(p::Trouble::Unknown))?)
                })?,
                Ok(None) => return Ok(Answer::read(followed(print, None))),
                Err(trouble) => return Ok(Answer::read(followed(print, Some(trouble)))),
            };
            Ok(Answer(
                followed(done.value, None),
                done.changed.into_iter().collect(),
            ))
        }
        p::PrintState::Printing { job } => {
            let news = match service.news(printer, job) {
                Ok(news) => news,
                Err(trouble) => return Ok(Answer::read(followed(print, Some(trouble)))),
            };
            let held_up = match news {
                JobNews::Running(held_up) => held_up,
                JobNews::Completed | JobNews::Aborted(_) | JobNews::Cancelled => None,
            };
            let done = desk.with_seat(|o, call| Ok(o.print_news(call, print.id, news)?))?;
            Ok(Answer(
                followed(done.value, held_up),
                done.changed.into_iter().collect(),
            ))
        }
    }
}
pub(crate) fn printing_cancel(desk: &Desk, q: PrintingFollowRequest) -> R<PrintingFollowResponse> {
    let print = desk.with_seat(|o, call| Ok(o.print(call, q.id)?))?;
    if let p::PrintState::Printing { job } = print.state
        && let Err(trouble) = desk
            .config
            .print_service
            .cancel(&print.settings.printer, job)
    {
        return Ok(Answer::read(followed(print, Some(trouble))));
    }
    printing_follow(desk, q)
}
pub(crate) fn printing_list(desk: &Desk, q: PrintingListRequest) -> R<PrintingListResponse> {
    let limit = q.limit.unwrap_or(100).clamp(1, 200);
    desk.with_seat(|o, call| {
        let filter = Filter {
            document: q.document_id,
            after: q.after.map(|a| a.seq),
            limit: limit + 1,
            ..Filter::default()
        };
        let mut rows: Vec<PrintRow> = o
            .prints(call, &filter)?
            .into_iter()
            .map(|(print, title)| row(print, title))
            .collect();
        let more = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(100));
        let next = rows
            .last()
            .filter(|_| more)
            .map(|r| PrintCursor { seq: r.seq });
        Ok(Answer::read(PrintingListResponse { rows, next }))
    })
}
