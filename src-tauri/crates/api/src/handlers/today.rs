//! What waits for me.
use super::documents::row as document_row;
use super::inspections::row as finding_row;
use crate::error::ApiError;
use crate::router::{Answer, Desk};
use crate::today::*;
use crate::wire::Nothing;
use domain::calendar;
use domain::today::SameDayRule;
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
        let rule = o.same_day_rule(call)?;
        let unreported = o.unreported_days(call)?.into_iter().map(|d| UnreportedDay {
            on: d.on,
            findings: d.findings,
            due_at: rule.due_at(d.on),
            late: call.now >= rule.due_at(d.on),
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
            take_down: o
                .postings_due(call)?
                .into_iter()
                .map(super::postings::posting)
                .collect(),
            findings: o
                .findings(call, &filter)?
                .into_iter()
                .map(|f| finding_row(f, &names))
                .collect(),
        }))
    })
}
pub(crate) fn today_rule(desk: &Desk, _: Nothing) -> Result<Answer<TodayRule>, ApiError> {
    desk.with_seat(|o, call| {
        let rule = o.same_day_rule(call)?;
        Ok(Answer::read(TodayRule {
            by_minute: rule.by_minute,
        }))
    })
}
pub(crate) fn today_set_rule(desk: &Desk, q: TodayRule) -> Result<Answer<TodayRule>, ApiError> {
    let rule = SameDayRule {
        by_minute: q.by_minute,
    };
    desk.with_seat(|o, call| {
        let done = o.set_same_day_rule(call, rule)?;
        Ok(Answer(q, done.changed.into_iter().collect()))
    })
}
