//! Copies of the office, and putting one of them back. What takes long is done while others go on working.
use crate::backup::*;
use crate::error::{ApiError, ErrorCode};
use crate::router::{Answer, Desk};
use crate::wire::{Done, Nothing};
use domain::Refusal;
use domain::backup::{BackupPlan, BackupReason as Reason, SECOND_COPY_LATE_DAYS};
use domain::calendar;
use office::backup::{self, MadeBackup, Restoring, Safety};
use office::{Call, Office, OfficeError};
use std::path::{Path, PathBuf};

type R<T> = Result<Answer<T>, ApiError>;

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
fn second_state(s: &Safety, now: i64) -> SecondState {
    let late =
        |at: i64| (calendar::day_of(now) - calendar::day_of(at)).num_days() > SECOND_COPY_LATE_DAYS;
    match (&s.second_place, s.second.failed_at, s.second.last_at) {
        (None, _, _) => SecondState::NotChosen,
        (Some(_), Some(_), _) => SecondState::Failed,
        (Some(_), None, None) => SecondState::Never,
        (Some(_), None, Some(at)) if late(at) => SecondState::Late,
        (Some(_), None, Some(_)) => SecondState::Good,
    }
}
fn status(s: Safety, now: i64) -> BackupStatusResponse {
    BackupStatusResponse {
        now,
        last_good_at: s.last_good_at,
        age_days: s.last_good_at.map(|at| {
            (calendar::day_of(now) - calendar::day_of(at))
                .num_days()
                .max(0)
        }),
        second: second_state(&s, now),
        second_at: s.second.last_at,
        second_failure: s.second.failure,
        read_only: s.read_only,
    }
}
fn row(r: backup::BackupRow) -> BackupRow {
    let name = r.file.file_name().unwrap_or_default();
    BackupRow {
        name: name.to_string_lossy().into_owned(),
        file: r.file.display().to_string(),
        condition: r.condition.into(),
        made_at: r.made_at,
        reason: r.reason.into(),
        seq: r.seq,
        bytes: number(r.bytes),
        office_name: r.office_name,
    }
}
fn preview(p: backup::BackupPreview) -> BackupPreviewView {
    let work = |all: Vec<office::Work>| -> Vec<BackupWork> {
        all.into_iter()
            .map(|w| BackupWork {
                object_kind: w.kind.code().to_owned(),
                records: w.records,
                since: w.since,
            })
            .collect()
    };
    BackupPreviewView {
        office_name: p.office_name,
        made_at: p.made_at,
        reason: p.reason.into(),
        seq: p.seq,
        bytes: number(p.bytes),
        relation: p.relation.map(Into::into),
        lost_since: p.lost.iter().map(|w| w.since).min(),
        lost: work(p.lost),
        gained: work(p.gained),
        attachments_missing: i64::try_from(p.attachments_missing).unwrap_or(i64::MAX),
        accounts: p
            .accounts
            .into_iter()
            .map(|a| BackupAccount {
                sign_in_name: a.sign_in_name,
                display_name: a.display_name,
                post: a.post,
                administrator: a.administrator,
            })
            .collect(),
    }
}

pub(crate) fn backup_status(desk: &Desk, _: Nothing) -> R<BackupStatusResponse> {
    desk.with_seat(|o, call| Ok(Answer::read(status(o.safety(call)?, call.now))))
}
fn overview(o: &Office, call: Call<'_>) -> Result<BackupOverviewResponse, OfficeError> {
    let (here, second) = o.backups(call)?;
    let plan = o.backup_plan(call)?;
    Ok(BackupOverviewResponse {
        plan: BackupPlanView {
            every_minutes: plan.every_minutes,
            all_days: plan.all_days,
            daily: plan.daily,
            weekly: plan.weekly,
            monthly: plan.monthly,
            second_place: plan.second_place,
        },
        status: status(o.safety(call)?, call.now),
        folder: o.backups_dir().display().to_string(),
        here: here.into_iter().map(row).collect(),
        second: second.into_iter().map(row).collect(),
        disks: backup::removable_disks()
            .iter()
            .map(|d| d.display().to_string())
            .collect(),
    })
}
pub(crate) fn backup_overview(desk: &Desk, _: Nothing) -> R<BackupOverviewResponse> {
    desk.with_seat(|o, call| Ok(Answer::read(overview(o, call)?)))
}
pub(crate) fn backup_plan(desk: &Desk, q: BackupPlanView) -> R<BackupOverviewResponse> {
    let place = q.second_place.map(|p| p.trim().to_owned());
    let plan = BackupPlan {
        every_minutes: q.every_minutes,
        all_days: q.all_days,
        daily: q.daily,
        weekly: q.weekly,
        monthly: q.monthly,
        second_place: place.filter(|p| !p.is_empty()),
    };
    let changed = desk.with_seat(|o, call| Ok(o.change_backup_plan(call, &plan)?.changed))?;
    // a place that was just chosen gets its first copy at once
    second_copy(desk);
    desk.with_seat(|o, call| Ok(Answer(overview(o, call)?, changed.into_iter().collect())))
}

/// Makes a backup off the desk and notes it there.
fn make(desk: &Desk, reason: Reason, to: Option<&Path>) -> Result<MadeBackup, ApiError> {
    let _one = desk.copying();
    let (job, place, session) = desk.with_seat(|o, call| {
        let place = to.map_or_else(|| o.backups_dir(), Path::to_owned);
        Ok((
            o.backup_job(call, reason)?,
            place,
            call.session.actor.session_id,
        ))
    })?;
    let made = job.run(&place)?;
    // whoever asked may be gone by now: the backup is good without a note
    let noted = desk.with_seat(|o, call| {
        if call.session.actor.session_id == session {
            o.note_backup(call, &made)?;
        }
        Ok(())
    });
    if let Err(error) = noted {
        tracing::warn!(%error, "a backup is not noted");
    }
    Ok(made)
}
/// Brings the newest backup to the second place, if there is one; how it went is remembered.
fn second_copy(desk: &Desk) {
    let _one = desk.copying();
    let Ok(Some(job)) = desk.with_seat(|o, call| Ok(o.second_copy(call)?)) else {
        return;
    };
    let result = job.run();
    if let Err(error) = &result {
        tracing::warn!(%error, "no second copy");
    }
    let _ = desk.with_seat(|o, _| {
        o.note_second_copy(&job, &result);
        Ok(())
    });
}
/// What is due is done; what goes wrong stands in the log and in the status.
pub(crate) fn tick(desk: &Desk) {
    let due = desk.with_seat(|o, call| {
        // on a nearly full disk a backup would be the next thing to fail
        let backup = !o.read_only() && o.backup_is_due(call)?;
        Ok((backup, o.second_copy_is_due(call)?))
    });
    let Ok((backup, second)) = due else { return };
    if backup && let Err(error) = make(desk, Reason::Scheduled, None) {
        tracing::warn!(%error, "no backup");
    }
    if backup || second {
        second_copy(desk);
    }
}
pub(crate) fn backup_make(desk: &Desk, q: BackupMakeRequest) -> R<BackupMakeResponse> {
    let to = match q.to.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(place) => Some(a_folder(place, "to")?),
    };
    let made = make(desk, Reason::ByHand, to.as_deref())?;
    if to.is_none() {
        second_copy(desk);
    }
    let second = desk
        .with_seat(|o, call| Ok(second_state(&o.safety(call)?, call.now)))
        .unwrap_or(SecondState::NotChosen);
    Ok(Answer(
        BackupMakeResponse {
            file: made.file.display().to_string(),
            sha256: made.sha256,
            seq: made.seq,
            bytes: number(made.bytes),
            made_at: made.made_at,
            second,
        },
        vec!["backup", "audit"],
    ))
}
/// A folder as a person names one: whole, and there.
fn a_folder(text: &str, path: &str) -> Result<PathBuf, ApiError> {
    let folder = PathBuf::from(text);
    if folder.is_absolute() && folder.is_dir() {
        return Ok(folder);
    }
    let mut p = domain::Problems::default();
    p.add(path, "backup-second-not-a-folder");
    Err(ApiError::invalid(p))
}
pub(crate) fn backup_inspect(desk: &Desk, q: BackupFileRequest) -> R<BackupPreviewView> {
    let _one = desk.copying();
    desk.with_seat(|o, call| {
        Ok(Answer::read(preview(
            o.inspect_backup(call, Path::new(&q.file))?,
        )))
    })
}
pub(crate) fn backup_restore(desk: &Desk, q: BackupRestoreRequest) -> R<BackupRestoreResponse> {
    let _one = desk.copying();
    let now = desk.now();
    let mut inner = desk.inner();
    let crate::router::Inner { seat, throttle, .. } = &mut *inner;
    let held = seat
        .as_mut()
        .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
    let call = Call {
        session: &held.session,
        now,
    };
    let restoring = Restoring {
        file: Path::new(&q.file),
        password: &q.password,
        password_then: q.password_then.as_deref().unwrap_or_default(),
        accept_loss: q.accept_loss,
    };
    let prepared = held.office.prepare_restore(call, throttle, restoring)?;
    let name = prepared.safety_copy().file.file_name().unwrap_or_default();
    let safety_copy = name.to_string_lossy().into_owned();
    // the office closes here: whatever happens now, the next to sign in finds one or the other, whole
    let seat = seat
        .take()
        .ok_or_else(|| ApiError::new(ErrorCode::Bug, "error-bug"))?;
    inner.last = None;
    seat.office.restore(desk.opening(), prepared)?;
    Ok(Answer(
        BackupRestoreResponse { safety_copy },
        vec!["access", "org", "inspections", "documents", "backup"],
    ))
}

/// Before anybody is signed in a backup may be looked for only where there is no office to open.
fn nothing_to_open(desk: &Desk) -> Result<(), ApiError> {
    if desk.inner().seat.is_some() {
        return Err(ApiError::new(
            ErrorCode::Refused,
            "access-already-signed-in",
        ));
    }
    Ok(())
}
pub(crate) fn backup_found(desk: &Desk, q: BackupFoundRequest) -> R<BackupFoundResponse> {
    nothing_to_open(desk)?;
    let mut rows = match q.folder.as_deref().map(str::trim) {
        None | Some("") => {
            let mut rows = backup::backups_of(&desk.config.office_dir);
            rows.extend(backup::backups_on_removable_disks());
            rows
        }
        Some(folder) => backup::backups_in(&a_folder(folder, "folder")?, None),
    };
    rows.sort_by_key(|r| std::cmp::Reverse((r.made_at, r.seq)));
    Ok(Answer::read(BackupFoundResponse {
        rows: rows.into_iter().take(200).map(row).collect(),
    }))
}
pub(crate) fn backup_look(desk: &Desk, q: BackupFileRequest) -> R<BackupPreviewView> {
    nothing_to_open(desk)?;
    Ok(Answer::read(preview(backup::look_into(Path::new(
        &q.file,
    ))?)))
}
pub(crate) fn backup_restore_here(desk: &Desk, q: BackupRestoreHereRequest) -> R<Done> {
    nothing_to_open(desk)?;
    let _one = desk.copying();
    let mut inner = desk.inner();
    let file = Path::new(&q.file);
    let restored = backup::restore_to(
        desk.opening(),
        &mut inner.throttle,
        file,
        &q.sign_in_name,
        &q.password,
    );
    match restored {
        Ok(_) => Ok(Answer(Done {}, vec!["access", "org", "backup"])),
        Err(OfficeError::Occupied) => {
            Err(OfficeError::from(Refusal::new("backup-office-opens")).into())
        }
        Err(e) => Err(e.into()),
    }
}
