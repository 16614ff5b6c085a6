//! The desk: one machine's office, who sits at it, and the one way to call a command.
use crate::access::{AccountCard, DeskState, OfficeCard, Preferences, SessionView};
use crate::error::{ApiError, ErrorCode};
use crate::wire::Message;
use domain::access::{Circumstance, MATRIX};
use domain::org::Directory;
use office::access::{Opening, Session};
use office::folder::Holder;
use office::keyring::{Entropy, Strength, SystemEntropy, Throttle};
use office::print::{Fonts, Printer};
use office::{Call, Clock, Done, Office, OfficeError};
use serde::{Serialize, de::DeserializeOwned};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// What a host gives its desk.
pub struct DeskConfig {
    /// Where the office lies or will lie: `…/NAME.tongbao`.
    pub office_dir: PathBuf,
    /// Where the bundled fonts lie.
    pub font_dirs: Vec<PathBuf>,
    /// Where saved PDFs go.
    pub export_dir: PathBuf,
    /// The machine's print service.
    pub print_service: Arc<dyn office::printing::PrintService>,
    /// The machine's clock.
    pub clock: Arc<dyn Clock>,
    /// The program that will hold the folder, for a second one to name.
    pub program: String,
    /// The account of the operating system.
    pub host_account: String,
    /// Sample and test offices may have passwords that are quick to check; never an office of people.
    pub quick_sample: bool,
}

/// An answer, and the features whose screens must read again.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    /// The response.
    pub value: serde_json::Value,
    /// The features that changed.
    pub changed: Vec<&'static str>,
}

/// Who sits at an opened office.
pub(crate) struct Seat {
    pub(crate) office: Office,
    pub(crate) session: Session,
    pub(crate) directory: Option<Arc<Directory>>,
}

/// What changes while a desk is used.
#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) seat: Option<Seat>,
    pub(crate) throttle: Throttle,
    pub(crate) last: Option<String>,
    /// Changes lie in the log of the database and not yet in its file.
    unsettled: bool,
}

/// One machine's desk.
pub struct Desk {
    pub(crate) config: DeskConfig,
    inner: Mutex<Inner>,
    printer: Mutex<Option<Printer>>,
    /// One copy or restore at a time; never asked for while `inner` is held.
    copying: Mutex<()>,
    reports: AtomicU64,
    called_at: AtomicI64,
}

/// How long nobody may have called before the desk settles what was written.
const IDLE_MS: i64 = 2_000;

impl Desk {
    /// Makes a desk; nothing is opened or made.
    pub fn new(config: DeskConfig) -> Self {
        Desk {
            config,
            inner: Mutex::default(),
            printer: Mutex::new(None),
            copying: Mutex::default(),
            reports: AtomicU64::new(1),
            called_at: AtomicI64::new(0),
        }
    }
    /// Calls a command by name. The only way into the office.
    ///
    /// # Errors
    /// One [`ApiError`]; its report id is also in the log, which holds no personal data.
    pub fn call(&self, name: &str, body: serde_json::Value) -> Result<Reply, ApiError> {
        self.called_at.store(self.now(), Ordering::Relaxed);
        let command = crate::COMMANDS
            .iter()
            .find(|c| c.name == name)
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "error-no-such-command"));
        let open = |c: &&crate::Command| c.permission == "none" || self.inner().seat.is_some();
        let command = command.and_then(|c| {
            // before the request is read: a stranger learns nothing, not even that it is malformed
            Some(c)
                .filter(open)
                .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))
        });
        command.and_then(|c| (c.run)(self, body)).map_err(|mut e| {
            let n = self.reports.fetch_add(1, Ordering::Relaxed);
            e.report_id = format!("{:x}-{n}", self.now() / 1000);
            if e.code == ErrorCode::Bug {
                tracing::error!(report = %e.report_id, command = name, key = %e.message_key, "bug");
            } else {
                tracing::info!(report = %e.report_id, command = name, code = ?e.code, key = %e.message_key, "refused");
            }
            e
        })
    }
    /// Does what can wait until nobody waits; a host calls it every second or so, and it never waits for a command.
    ///
    /// Once nobody has called for two seconds, the log is written back into the database file: a save then never
    /// pays for it, and a quiet office is one file.
    pub fn tend(&self) {
        let idle = self.now() - self.called_at.load(Ordering::Relaxed);
        // a clock that went back counts as idle
        if (0..IDLE_MS).contains(&idle) {
            return;
        }
        if let Ok(mut inner) = self.inner.try_lock()
            && std::mem::take(&mut inner.unsettled)
            && let Some(seat) = &inner.seat
            && let Err(e) = seat.office.settle()
        {
            // nothing is lost: the log is as durable as the file, and the next time comes
            inner.unsettled = true;
            tracing::warn!(error = %e, "the log could not be written back");
        }
    }
    /// Closes the office as when a person locks it: for a host that ends.
    pub fn close(&self) {
        let mut inner = self.inner();
        if let Some(mut seat) = inner.seat.take() {
            let call = Call {
                session: &seat.session,
                now: self.now(),
            };
            if let Err(e) = seat.office.end_session(call, "access.sign_out") {
                tracing::warn!(error = %e, "sign out at the end");
            }
        }
    }
    /// Does what is due without being asked: the backups of the plan. For hosts to call about once a minute.
    pub fn tick(&self) {
        crate::handlers::backup::tick(self);
    }
    /// Waits until no other copy or restore is under way.
    pub(crate) fn copying(&self) -> MutexGuard<'_, ()> {
        self.copying
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    pub(crate) fn now(&self) -> i64 {
        self.config.clock.now_ms()
    }
    /// A panic elsewhere must not lock people out: the data are safe in the database.
    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    pub(crate) fn holder(&self) -> Holder {
        Holder {
            pid: std::process::id(),
            program: self.config.program.clone(),
            since_ms: self.now(),
            host_account: self.config.host_account.clone(),
        }
    }
    pub(crate) fn entropy() -> Box<dyn Entropy + Send> {
        Box::new(SystemEntropy)
    }
    pub(crate) fn strength(&self) -> Strength {
        if self.config.quick_sample {
            Strength::ForTests
        } else {
            Strength::Standard
        }
    }
    pub(crate) fn opening(&self) -> Opening<'_> {
        Opening {
            dir: &self.config.office_dir,
            now: self.now(),
            holder: self.holder(),
            entropy: Self::entropy(),
        }
    }
    /// Lends the printer, made at its first use and kept warm.
    pub(crate) fn with_printer<T>(
        &self,
        f: impl FnOnce(&mut Printer) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut guard = self
            .printer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if guard.is_none() {
            let fonts = Fonts::discover(&self.config.font_dirs, &Fonts::system_folders())
                .map_err(|e| crate::handlers::office_error(OfficeError::Print(e)))?;
            *guard = Some(Printer::new(fonts));
        }
        f(guard
            .as_mut()
            .ok_or_else(|| ApiError::new(ErrorCode::Bug, "error-bug"))?)
    }
    /// Runs with whoever is signed in.
    pub(crate) fn with_seat<T>(
        &self,
        f: impl FnOnce(&mut Office, Call<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut inner = self.inner();
        let Inner { seat, .. } = &mut *inner;
        let seat = seat
            .as_mut()
            .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
        if seat.session.must_choose_password() {
            return Err(ApiError::new(
                ErrorCode::Denied,
                "access-choose-password-first",
            ));
        }
        f(
            &mut seat.office,
            Call {
                session: &seat.session,
                now: self.now(),
            },
        )
    }
    /// Returns the names of units, classes and people, kept until they change.
    pub(crate) fn directory(&self) -> Result<Arc<Directory>, ApiError> {
        let now = self.now();
        let mut inner = self.inner();
        let seat = inner
            .seat
            .as_mut()
            .ok_or_else(|| ApiError::new(ErrorCode::Denied, "error-not-signed-in"))?;
        if let Some(d) = &seat.directory {
            return Ok(Arc::clone(d));
        }
        let d = Arc::new(
            seat.office
                .directory(Call {
                    session: &seat.session,
                    now,
                })
                .map_err(crate::handlers::office_error)?,
        );
        seat.directory = Some(Arc::clone(&d));
        Ok(d)
    }
    /// Says where the desk stands.
    pub(crate) fn state(&self) -> DeskState {
        let inner = self.inner();
        if let Some(seat) = &inner.seat {
            let profile = seat.office.profile();
            let office = profile.map_or(
                OfficeCard {
                    name: String::new(),
                    short_name: String::new(),
                    demo: false,
                },
                |p| OfficeCard {
                    name: p.name,
                    short_name: p.short_name,
                    demo: p.demo,
                },
            );
            return DeskState::Open {
                office,
                session: session_view(&seat.session),
            };
        }
        let folder = self.config.office_dir.display().to_string();
        // a restore that was interrupted is finished before anybody is shown who may sign in
        if let Err(error) = office::backup::finish_restore(&self.config.office_dir, &self.holder())
        {
            tracing::warn!(%error, "a restore is not finished");
        }
        match office::access::look(&self.config.office_dir) {
            Ok(header) => {
                let now = self.now();
                let sample = header
                    .demo
                    .then(|| office::sample_data::Sample::load().ok())
                    .flatten();
                let wait = inner
                    .last
                    .as_ref()
                    .and_then(|n| inner.throttle.check(n, now).err())
                    .map_or(0, |w| i64::from(w.seconds) * 1000);
                DeskState::Locked {
                    office: OfficeCard {
                        name: header.office_name,
                        short_name: header.short_name,
                        demo: header.demo,
                    },
                    accounts: header
                        .accounts
                        .into_iter()
                        .map(|a| AccountCard {
                            sign_in_name: a.sign_in_name,
                            display_name: a.display_name,
                            post: a.post,
                            initial: a.state == office::keyring::AccountState::Initial,
                        })
                        .collect(),
                    last: inner.last.clone(),
                    wait_ms: wait,
                    sample_password: sample.map(|s| s.school.password),
                }
            }
            Err(OfficeError::NoOffice("office-missing")) => DeskState::NoOffice {
                problem: None,
                folder,
            },
            Err(e) => {
                let e = crate::handlers::office_error(e);
                DeskState::NoOffice {
                    problem: Some(Message {
                        message_key: e.message_key,
                        args: e.args,
                    }),
                    folder,
                }
            }
        }
    }
}

/// Describes a sitting.
pub(crate) fn session_view(s: &Session) -> SessionView {
    let may = |allows: fn(domain::access::Role, Circumstance) -> bool| {
        s.actor
            .roles
            .iter()
            .any(|r| domain::access::circumstances().any(|c| allows(*r, c)))
    };
    SessionView {
        account_id: s.actor.account_id,
        staff_id: s.actor.staff_id,
        name: s.name.clone(),
        post: s.post.clone(),
        roles: s.actor.roles.iter().map(|r| (*r).into()).collect(),
        permissions: MATRIX
            .iter()
            .filter(|row| may(row.allows))
            .map(|row| row.name.to_owned())
            .collect(),
        must_choose_password: s.must_choose_password(),
        preferences: preferences(s),
    }
}
pub(crate) fn preferences(s: &Session) -> Preferences {
    serde_json::from_str(&s.preferences).unwrap_or_default()
}

/// An answer of a handler: the response, and what changed.
pub(crate) struct Answer<T>(pub(crate) T, pub(crate) Vec<&'static str>);
impl<T> Answer<T> {
    pub(crate) fn read(value: T) -> Self {
        Answer(value, Vec::new())
    }
}
impl<T> From<Done<T>> for Answer<T> {
    fn from(d: Done<T>) -> Self {
        Answer(d.value, d.changed.into_iter().collect())
    }
}

/// The most bytes of one request: a long draft fits, a flood does not.
const REQUEST_MAX: usize = 8 * 1024 * 1024;
/// The same where a picture comes along: 40 MB and a third more for base64.
const PICTURE_MAX: usize = 56 * 1024 * 1024;

fn request_max(command: &str) -> usize {
    if command == "attachments_attach" {
        PICTURE_MAX
    } else {
        REQUEST_MAX
    }
}

/// Reads the request strictly, runs the handler, writes the response.
pub(crate) fn answer<Q: DeserializeOwned, R: Serialize>(
    desk: &Desk,
    command: &str,
    body: serde_json::Value,
    handler: fn(&Desk, Q) -> Result<Answer<R>, ApiError>,
) -> Result<Reply, ApiError> {
    let body = if body.is_null() {
        serde_json::json!({})
    } else {
        body
    };
    if approximate_size(&body) > request_max(command) {
        return Err(ApiError::new(ErrorCode::Invalid, "error-request-too-large"));
    }
    let request: Q = serde_json::from_value(body)
        .map_err(|_| ApiError::new(ErrorCode::Invalid, "error-request-malformed"))?;
    let Answer(value, changed) = handler(desk, request)?;
    let value =
        serde_json::to_value(value).map_err(|_| ApiError::new(ErrorCode::Bug, "error-bug"))?;
    if !changed.is_empty() {
        let mut inner = desk.inner();
        inner.unsettled = true;
        if changed.contains(&"org")
            && let Some(seat) = &mut inner.seat
        {
            seat.directory = None;
        }
    }
    Ok(Reply { value, changed })
}
fn approximate_size(v: &serde_json::Value) -> usize {
    match v {
        serde_json::Value::String(s) => s.len() + 2,
        serde_json::Value::Array(a) => a.iter().map(approximate_size).sum::<usize>() + 2,
        serde_json::Value::Object(o) => {
            o.iter()
                .map(|(k, v)| k.len() + approximate_size(v))
                .sum::<usize>()
                + 2
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => 8,
    }
}
