//! The audit, readable.
use crate::audit::*;
use crate::error::ApiError;
use crate::router::{Answer, Desk};
use crate::wire::Nothing;
use domain::calendar;

const PAGE: i64 = 200;

pub(crate) fn audit_list(
    desk: &Desk,
    q: AuditListRequest,
) -> Result<Answer<AuditListResponse>, ApiError> {
    desk.with_seat(|o, call| {
        let rows: Vec<AuditRow> = o
            .audit_page(call, q.before_seq, q.object_id, PAGE)?
            .into_iter()
            .map(|(r, name)| AuditRow {
                seq: r.seq,
                at: r.at_ms,
                clock_suspect: r.clock != "steady",
                name,
                roles: r.actor_role,
                action: r.action,
                object_kind: r.object_kind,
                object_id: r.object_id,
                signed: r.sig.is_some(),
                hash: r.hash.iter().take(8).map(|b| format!("{b:02x}")).collect(),
            })
            .collect();
        let next_seq = (i64::try_from(rows.len()) == Ok(PAGE))
            .then(|| rows.last().map(|r| r.seq))
            .flatten();
        Ok(Answer::read(AuditListResponse { rows, next_seq }))
    })
}
pub(crate) fn audit_verify(
    desk: &Desk,
    _: Nothing,
) -> Result<Answer<AuditVerifyResponse>, ApiError> {
    desk.with_seat(|o, call| {
        let v = o.verify(call, None)?;
        let findings: Vec<VerifyFinding> = v
            .findings
            .into_iter()
            .map(|f| VerifyFinding {
                code: f.code,
                object: f.object,
                seq: f.seq,
            })
            .collect();
        Ok(Answer::read(AuditVerifyResponse {
            ok: findings.is_empty(),
            findings,
            entries: i64::try_from(v.entries).unwrap_or(i64::MAX),
            on: calendar::day_of(call.now),
        }))
    })
}
