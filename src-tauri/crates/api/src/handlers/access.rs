//! Signing in and out, accounts.
use crate::access::*;
use crate::error::{ApiError, ErrorCode};
use crate::router::{Answer, Desk, Seat, session_view};
use crate::wire::{Done, Nothing};
use office::access::{AccountView, Session};
use office::{Call, Office};

type R<T> = Result<Answer<T>, ApiError>;

pub(crate) fn access_status(desk: &Desk, _: Nothing) -> R<AccessStatusResponse> {
    Ok(Answer::read(AccessStatusResponse {
        desk: desk.state(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
pub(crate) fn access_sign_in(desk: &Desk, q: AccessSignInRequest) -> R<SessionView> {
    let mut inner = desk.inner();
    if inner.seat.is_some() {
        return Err(ApiError::new(
            ErrorCode::Refused,
            "access-already-signed-in",
        ));
    }
    let (office, session) = Office::sign_in(
        desk.opening(),
        &mut inner.throttle,
        &q.sign_in_name,
        &q.password,
    )?;
    let view = session_view(&session);
    inner.last = Some(q.sign_in_name);
    inner.seat = Some(Seat {
        office,
        session,
        directory: None,
    });
    Ok(Answer(view, vec!["access"]))
}
/// A person who must choose a password may do just that.
fn with_session<T>(
    desk: &Desk,
    f: impl FnOnce(&mut Office, &mut Session, i64) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let now = desk.now();
    let mut inner = desk.inner();
    let seat = inner
        .seat
        .as_mut()
        .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
    f(&mut seat.office, &mut seat.session, now)
}
pub(crate) fn access_choose_password(
    desk: &Desk,
    q: AccessChoosePasswordRequest,
) -> R<SessionView> {
    let now = desk.now();
    let mut inner = desk.inner();
    let crate::router::Inner { seat, throttle, .. } = &mut *inner;
    let seat = seat
        .as_mut()
        .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
    let name = seat.session.sign_in_name.clone();
    throttle
        .check(&name, now)
        .map_err(|w| office::OfficeError::Wait {
            seconds: w.seconds.into(),
        })?;
    let chosen = seat
        .office
        .choose_password(&mut seat.session, now, &q.password, &q.new_password);
    match chosen {
        Ok(done) => {
            throttle.succeeded(&name);
            let view = session_view(&seat.session);
            Ok(Answer(view, done.changed.into_iter().collect()))
        }
        Err(e) => {
            if matches!(e, office::OfficeError::WrongPassword) {
                throttle.failed(&name, now);
            }
            Err(e.into())
        }
    }
}
fn leave(desk: &Desk, action: &'static str) -> R<Done> {
    let now = desk.now();
    let mut inner = desk.inner();
    if let Some(mut seat) = inner.seat.take() {
        let ended = seat.office.end_session(
            Call {
                session: &seat.session,
                now,
            },
            action,
        );
        inner.last = (action == "access.lock").then(|| seat.session.sign_in_name.clone());
        drop(seat);
        ended?;
    }
    Ok(Answer(Done {}, vec!["access"]))
}
pub(crate) fn access_lock(desk: &Desk, _: Nothing) -> R<Done> {
    leave(desk, "access.lock")
}
pub(crate) fn access_sign_out(desk: &Desk, _: Nothing) -> R<Done> {
    leave(desk, "access.sign_out")
}
pub(crate) fn access_prefer(desk: &Desk, q: Preferences) -> R<Preferences> {
    if ![100, 115, 130, 150, 175].contains(&q.text_percent) {
        let mut p = domain::Problems::default();
        p.add("text_percent", "error-field-malformed");
        return Err(ApiError::invalid(p));
    }
    let text = serde_json::to_string(&q).map_err(|_| ApiError::new(ErrorCode::Bug, "error-bug"))?;
    with_session(desk, |office, session, now| {
        let done = office.prefer(Call { session, now }, &text)?;
        session.preferences = text;
        Ok(Answer(q, done.changed.into_iter().collect()))
    })
}
fn row(v: AccountView) -> AccountRow {
    AccountRow {
        account_id: v.row.id,
        staff_id: v.row.staff_id,
        sign_in_name: v.row.sign_in_name,
        name: v.name,
        post: v.post,
        roles: v.row.roles.into_iter().map(Into::into).collect(),
        initial: v.initial,
        closed: v.row.closed_at.is_some(),
        fingerprint: v.fingerprint,
        ver: v.row.ver,
    }
}
pub(crate) fn access_accounts(desk: &Desk, _: Nothing) -> R<AccessAccountsResponse> {
    desk.with_seat(|o, call| {
        Ok(Answer::read(AccessAccountsResponse {
            accounts: o.accounts(call)?.into_iter().map(row).collect(),
            recovery_sheets_due: o.recovery_sheets_are_due(),
        }))
    })
}
pub(crate) fn access_open_account(desk: &Desk, q: AccessOpenAccountRequest) -> R<AccountRow> {
    let roles: Vec<_> = q.roles.into_iter().map(Into::into).collect();
    desk.with_seat(|o, call| {
        let done = o.open_account(
            call,
            q.staff_id,
            &q.sign_in_name,
            &roles,
            &q.initial_password,
        )?;
        Ok(Answer(row(done.value), done.changed.into_iter().collect()))
    })
}
pub(crate) fn access_reset_password(desk: &Desk, q: AccessResetPasswordRequest) -> R<AccountRow> {
    desk.with_seat(|o, call| {
        let done = o.reset_password(call, q.account_id, &q.initial_password)?;
        Ok(Answer(row(done.value), done.changed.into_iter().collect()))
    })
}
pub(crate) fn access_close_account(desk: &Desk, q: AccessCloseAccountRequest) -> R<AccountRow> {
    desk.with_seat(|o, call| {
        let done = o.close_account(call, q.account_id)?;
        Ok(Answer(row(done.value), done.changed.into_iter().collect()))
    })
}
pub(crate) fn access_recover(desk: &Desk, q: AccessRecoverRequest) -> R<Done> {
    let inner = desk.inner();
    if inner.seat.is_some() {
        return Err(ApiError::new(
            ErrorCode::Refused,
            "access-already-signed-in",
        ));
    }
    office::access::recover(
        desk.opening(),
        &q.code,
        &q.sign_in_name,
        &q.initial_password,
    )?;
    Ok(Answer(Done {}, vec!["access"]))
}
/// The old sheets open nothing any more; the new ones are shown once.
pub(crate) fn access_replace_recovery_codes(
    desk: &Desk,
    _: Nothing,
) -> R<crate::org::OrgFoundResponse> {
    // the fonts are asked for first: old sheets are not made void while new ones cannot be shown
    desk.with_printer(|_| Ok(()))?;
    let (done, office_name) =
        desk.with_seat(|o, call| Ok((o.replace_recovery_codes(call)?, o.profile()?.name)))?;
    let shown = crate::handlers::org::shown(
        desk,
        &office_name,
        &done.value,
        domain::calendar::day_of(desk.now()),
    )?;
    Ok(Answer(shown, done.changed.into_iter().collect()))
}
pub(crate) fn access_permissions(desk: &Desk, _: Nothing) -> R<AccessPermissionsResponse> {
    use domain::access::{Condition, MATRIX, Role as R, UseDesk, conditions};
    let condition = |c: Condition| {
        let states: Vec<_> = c.states.iter().flatten().map(|s| (*s).into()).collect();
        // a list is read by everybody who reads one of its lines: nothing to tell people
        (c.states.is_empty() || !states.is_empty()).then_some(PermissionCondition {
            own: c.own,
            open: c.open,
            in_charge: c.in_charge,
            states,
        })
    };
    desk.with_seat(|_, call| {
        call.grant::<UseDesk>()?;
        let row = |row: &domain::access::MatrixRow| PermissionRow {
            permission: row.name.to_owned(),
            when: R::ALL
                .into_iter()
                .map(|role| {
                    let when = conditions(row.allows, role);
                    when.into_iter().filter_map(condition).collect()
                })
                .collect(),
        };
        Ok(Answer::read(AccessPermissionsResponse {
            roles: R::ALL.into_iter().map(Into::into).collect(),
            permissions: MATRIX.iter().map(row).collect(),
        }))
    })
}
