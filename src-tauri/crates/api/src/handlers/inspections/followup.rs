//! What is added to a finding and never taken back.
use super::{R, row, text_in, text_out};
use crate::inspections::*;
use crate::router::{Answer, Desk};
use domain::org::Directory;
use office::inspections::NewStep;
use office::{Call, Done, Office, OfficeError};

fn history(h: office::inspections::FindingHistory, names: &Directory) -> FindingHistory {
    FindingHistory {
        row: row(h.view, names),
        as_written: h.as_written.map(|f| text_out(f.text)),
        corrections: h
            .corrections
            .into_iter()
            .map(|c| CorrectionView {
                id: c.id,
                reason: c.reason,
                at: c.at,
                name: c.name,
                text: text_out(c.text),
            })
            .collect(),
        steps: h
            .steps
            .into_iter()
            .map(|s| FollowupStepView {
                id: s.id,
                action: s.action.into(),
                text: s.text,
                photos: s.photos,
                at: s.at,
                name: s.name,
            })
            .collect(),
    }
}
pub(crate) fn inspections_history(desk: &Desk, q: InspectionsFindingRequest) -> R<FindingHistory> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        Ok(Answer::read(history(
            o.finding_history(call, q.id)?,
            &names,
        )))
    })
}
pub(crate) fn inspections_correct(desk: &Desk, q: InspectionsCorrectRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let reason = q.reason.trim();
        let done = o.correct_finding(call, q.id, q.corrections, text_in(q.text), reason)?;
        Ok(Answer(
            row(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
fn step(
    desk: &Desk,
    q: &InspectionsStepRequest,
    add: fn(
        &mut Office,
        Call<'_>,
        NewStep<'_>,
    ) -> Result<Done<office::inspections::FindingHistory>, OfficeError>,
) -> R<FindingHistory> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let new = NewStep {
            finding: q.id,
            steps: q.steps,
            text: q.text.trim(),
            photos: &q.photos,
        };
        let done = add(o, call, new)?;
        Ok(Answer(
            history(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_reply(desk: &Desk, q: InspectionsStepRequest) -> R<FindingHistory> {
    step(desk, &q, Office::reply_rectification)
}
pub(crate) fn inspections_confirm(desk: &Desk, q: InspectionsStepRequest) -> R<FindingHistory> {
    step(desk, &q, Office::confirm_rectification)
}
pub(crate) fn inspections_reopen(desk: &Desk, q: InspectionsStepRequest) -> R<FindingHistory> {
    step(desk, &q, Office::reopen_rectification)
}
pub(crate) fn inspections_supervise(desk: &Desk, q: InspectionsSuperviseRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let supervision = domain::inspections::Supervision {
            supervisors: q
                .supervisors
                .into_iter()
                .map(|n| n.trim().to_owned())
                .collect(),
            announced_at: q.announced_at,
        };
        let done = o.log_supervision(call, text_in(q.text), supervision)?;
        Ok(Answer(
            row(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_announce(desk: &Desk, q: InspectionsAnnounceRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let done = o.announce_supervision(call, q.id, q.announced_at)?;
        Ok(Answer(
            row(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
