//! Findings of the day.
mod followup;
mod presets;
mod register;

pub(crate) use followup::*;
pub(crate) use presets::*;
pub(crate) use register::*;

use crate::error::ApiError;
use crate::inspections::*;
use crate::router::{Answer, Desk};
use crate::wire::Nothing;
use domain::inspections as d;
use domain::inspections::recognise::{self, Value};
use domain::org::Directory;
use office::inspections::{Filter, FindingView};

type R<T> = Result<Answer<T>, ApiError>;

fn text_in(t: FindingText) -> d::FindingText {
    d::FindingText {
        category: t.category.into(),
        nature: t.nature.into(),
        unit_id: t.unit_id,
        class_group_id: t.class_group_id,
        place: t.place.trim().to_owned(),
        matter: t.matter.trim().to_owned(),
        detail: t.detail.trim().to_owned(),
        people: t
            .people
            .into_iter()
            .map(|p| d::PersonRef {
                kind: p.kind.into(),
                id: p.id,
                name: p.name.trim().to_owned(),
            })
            .collect(),
        measure: t.measure.map(|m| d::Measure {
            milli: m.milli,
            unit: m.unit.trim().to_owned(),
        }),
        rectification: t.rectification.map(|r| d::Rectification {
            requirement: r.requirement.trim().to_owned(),
            responsible: r.responsible.trim().to_owned(),
            due_on: r.due_on,
        }),
        observed_at: t.observed_at,
        photos: t.photos,
    }
}
fn text_out(t: d::FindingText) -> FindingText {
    FindingText {
        category: t.category.into(),
        nature: t.nature.into(),
        unit_id: t.unit_id,
        class_group_id: t.class_group_id,
        place: t.place,
        matter: t.matter,
        detail: t.detail,
        people: t
            .people
            .into_iter()
            .map(|p| PersonRef {
                kind: p.kind.into(),
                id: p.id,
                name: p.name,
            })
            .collect(),
        measure: t.measure.map(|m| Measure {
            milli: m.milli,
            unit: m.unit,
        }),
        rectification: t.rectification.map(|r| Rectification {
            requirement: r.requirement,
            responsible: r.responsible,
            due_on: r.due_on,
        }),
        observed_at: t.observed_at,
        photos: t.photos,
    }
}
pub(crate) fn row(v: FindingView, names: &Directory) -> FindingRow {
    let f = v.finding;
    FindingRow {
        id: f.id,
        ver: f.ver,
        inspected_on: f.inspected_on,
        entered_at: f.entered_at,
        inspector: f.inspector,
        unit_name: f
            .text
            .unit_id
            .and_then(|id| names.unit(id))
            .map(|u| u.name.clone()),
        class_name: f
            .text
            .class_group_id
            .and_then(|id| names.class_group(id))
            .map(|c| c.name.clone()),
        text: text_out(f.text),
        category_label: Some(f.marks.category_label).filter(|l| !l.is_empty()),
        corrections: f.marks.corrections,
        announced_at: f.marks.supervision.as_ref().and_then(|s| s.announced_at),
        supervisors: f.marks.supervision.map(|s| s.supervisors),
        followup: f.marks.followup.map(Into::into),
        can_amend: v.can_amend,
        can_correct: v.can_correct,
        can_reply: v.can_reply,
        can_confirm: v.can_confirm,
        can_reopen: v.can_reopen,
        stated_in: v
            .stated_in
            .into_iter()
            .map(|(document_id, label)| StatedIn { document_id, label })
            .collect(),
    }
}
pub(crate) fn inspections_start(desk: &Desk, _: Nothing) -> R<InspectionsStartResponse> {
    desk.with_seat(|o, call| {
        let (category, place, unit_id) =
            o.last_finding(call)?
                .unwrap_or((d::Category::DutyGeneral, String::new(), None));
        Ok(Answer::read(InspectionsStartResponse {
            category: category.into(),
            place,
            unit_id,
            now: call.now,
        }))
    })
}
pub(crate) fn inspections_log(desk: &Desk, q: InspectionsLogRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let done = o.log_finding(call, text_in(q.text))?;
        Ok(Answer(
            row(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_amend(desk: &Desk, q: InspectionsAmendRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| {
        let done = o.amend_finding(call, q.id, q.ver, text_in(q.text))?;
        Ok(Answer(
            row(done.value, &names),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_finding(desk: &Desk, q: InspectionsFindingRequest) -> R<FindingRow> {
    let names = desk.directory()?;
    desk.with_seat(|o, call| Ok(Answer::read(row(o.finding(call, q.id)?, &names))))
}
fn trimmed(text: &Option<String>) -> Option<String> {
    text.as_ref()
        .map(|t| t.trim().to_owned())
        .filter(|t| !t.is_empty())
}
fn filter_in(q: &InspectionsListRequest, now: i64, limit: i64) -> Filter {
    use domain::inspections::followup::FollowupState as S;
    use office::inspections::FollowupFilter as F;
    Filter {
        from: q.from,
        to: q.to,
        nature: q.nature.map(Into::into),
        category: q.category.map(Into::into),
        unit_id: q.unit_id,
        class_group_id: q.class_group_id,
        text: trimmed(&q.text),
        person: trimmed(&q.person),
        followup: q.followup.map(|f| match f {
            FollowupFilter::Open => F::In(S::Open),
            FollowupFilter::Replied => F::In(S::Replied),
            FollowupFilter::Closed => F::In(S::Closed),
            FollowupFilter::Overdue => F::Overdue,
        }),
        supervision: q.supervision,
        today: Some(domain::calendar::day_of(now)),
        after: q.after.as_ref().map(|a| (a.observed_at, a.id)),
        limit,
    }
}
pub(crate) fn inspections_list(
    desk: &Desk,
    q: InspectionsListRequest,
) -> R<InspectionsListResponse> {
    let names = desk.directory()?;
    let limit = q.limit.unwrap_or(100).clamp(1, 200);
    desk.with_seat(|o, call| {
        let filter = filter_in(&q, call.now, limit + 1);
        let mut rows: Vec<FindingRow> = o
            .findings(call, &filter)?
            .into_iter()
            .map(|f| row(f, &names))
            .collect();
        let more = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(100));
        let next = if more {
            rows.last().map(|r| FindingCursor {
                observed_at: r.text.observed_at,
                id: r.id,
            })
        } else {
            None
        };
        Ok(Answer::read(InspectionsListResponse { rows, next }))
    })
}
fn value_text(v: &Value) -> String {
    match v {
        Value::ClassGroup(id) | Value::Unit(id) => id.to_string(),
        Value::Person(p) => {
            p.id.map(|id| id.to_string())
                .unwrap_or_else(|| p.name.clone())
        }
        Value::Place(s) => s.clone(),
        Value::Measure(m) => format!("{} {}", m.milli, m.unit),
        Value::Time(at) => at.to_string(),
        Value::Category(c) => c.code().into_owned(),
        Value::Nature(n) => n.code().to_owned(),
    }
}
fn chip_kind(k: recognise::ChipKind) -> ChipKind {
    use recognise::ChipKind as K;
    match k {
        K::ClassGroup => ChipKind::ClassGroup,
        K::Unit => ChipKind::Unit,
        K::Person => ChipKind::Person,
        K::Place => ChipKind::Place,
        K::Measure => ChipKind::Measure,
        K::Time => ChipKind::Time,
        K::Category => ChipKind::Category,
        K::Nature => ChipKind::Nature,
        K::Matter => ChipKind::Matter,
    }
}
pub(crate) fn inspections_recognise(
    desk: &Desk,
    q: InspectionsRecogniseRequest,
) -> R<InspectionsRecogniseResponse> {
    let names = desk.directory()?;
    let (last, now) = desk.with_seat(|o, call| {
        let last = o
            .last_finding(call)?
            .map_or(d::Category::DutyGeneral, |(c, _, _)| c);
        Ok((last, call.now))
    })?;
    let r = recognise::recognise(&q.line, &names, now);
    let text = text_out(r.text(last, now));
    let chips = r.chips.into_iter().map(|c| Chip {
        kind: chip_kind(c.kind),
        text: c.text,
        label: c.label,
        doubtful: c.doubtful,
        candidates: c
            .candidates
            .into_iter()
            .map(|k| ChipCandidate {
                value: value_text(&k.value),
                label: k.label,
            })
            .collect(),
    });
    Ok(Answer::read(InspectionsRecogniseResponse {
        chips: chips.collect(),
        text,
    }))
}
