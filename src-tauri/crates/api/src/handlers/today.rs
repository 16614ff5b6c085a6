//! What waits for me.
use super::documents::row as document_row;
use super::inspections::row as finding_row;
use crate::error::ApiError;
use crate::router::{Answer, Desk};
use crate::today::*;
use crate::wire::Nothing;
use domain::calendar;
use office::inspections::Filter;

pub(crate) fn today_overview(
    desk: &Desk,
    _: Nothing,
) -> Result<Answer<TodayOverviewResponse>, ApiError> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let today = calendar::day_of(call.now);
        let filter = Filter {
            from: Some(today),
            to: Some(today),
            limit: 200,
            ..Filter::default()
        };
        let unreported = o.unreported_days(call)?.into_iter().map(|d| UnreportedDay {
            on: d.on,
            findings: d.findings,
            due_at: calendar::end_of(d.on),
            overdue: call.now >= calendar::end_of(d.on),
            draft: d.draft.map(document_row),
        });
        Ok(Answer::read(TodayOverviewResponse {
            now: call.now,
            today,
            waiting: o.waiting(call)?.into_iter().map(document_row).collect(),
            under_way: o.under_way(call)?.into_iter().map(document_row).collect(),
            unreported: unreported.collect(),
            rectifications_due: o
                .rectifications_due(call)?
                .into_iter()
                .map(|f| finding_row(f, &names))
                .collect(),
            findings: o
                .findings(call, &filter)?
                .into_iter()
                .map(|f| finding_row(f, &names))
                .collect(),
        }))
    })
}
