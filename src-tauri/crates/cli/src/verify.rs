//! `verify DIR`: does everything in an office add up, by the keys it knows and by fingerprints from paper.
use crate::{Failure, Outcome, Run, host, read_file};
use api::{ApiError, ErrorCode};
use office::access::Opening;
use office::folder::Holder;
use office::keyring::{Header, OpenKeyringError, SystemEntropy, Throttle, UnlockError};
use office::{Call, Clock, Office, OfficeError, StoreError};
use serde_json::json;

/// What is wrong with a folder that cannot be opened at all; anything else is no finding but an error.
fn fault(e: &OfficeError) -> Option<&'static str> {
    match e {
        OfficeError::NoOffice("office-missing") => Some("folder_missing"),
        OfficeError::NoOffice("office-foreign")
        | OfficeError::OpenKeyring(OpenKeyringError::Missing) => Some("folder_foreign"),
        OfficeError::NoOffice(_) | OfficeError::OpenKeyring(OpenKeyringError::Damaged) => {
            Some("file_damaged")
        }
        OfficeError::Store(
            StoreError::Unreadable | StoreError::Malformed(_) | StoreError::Sqlite(_),
        ) => Some("file_damaged"),
        OfficeError::TooNew { .. } | OfficeError::OpenKeyring(OpenKeyringError::TooNew { .. }) => {
            Some("file_too_new")
        }
        OfficeError::Unlock(UnlockError::Altered) => Some("keyring_altered"),
        _ => None,
    }
}
fn opened<T>(result: Result<T, OfficeError>) -> Result<Result<T, serde_json::Value>, Failure> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(e) => match fault(&e) {
            Some(code) => Ok(Err(
                json!({"ok": false, "findings": [{"code": code, "object": "folder", "seq": 0}]}),
            )),
            None => Err(e.into()),
        },
    }
}
/// Who verifies when nobody is named: the administrator.
pub(crate) fn who(header: &Header) -> Result<String, Failure> {
    let account = header.accounts.iter().find(|a| a.administrator);
    account
        .map(|a| a.sign_in_name.clone())
        .ok_or_else(|| crate::usage("cli-who"))
}
/// The sample's password stands on its sign-in screen: nobody need be asked for it.
pub(crate) fn password(run: &Run<'_>, header: &Header, name: &str) -> Result<String, Failure> {
    let sample = header
        .demo
        .then(|| office::sample_data::Sample::load().ok())
        .flatten();
    match sample {
        Some(s) if run.matches.get_one::<u32>("password-fd").is_none() => Ok(s.school.password),
        _ => run.password(name),
    }
}

pub(crate) fn verify(run: &Run<'_>) -> Outcome {
    let dir = run.needed_path("dir")?;
    let trusted = match run.path("trust") {
        None => None,
        Some(file) => Some(
            office::recovery::parse_trust_file(&read_file(file)?).map_err(|lines| {
                let mut e =
                    ApiError::new(ErrorCode::Invalid, "error-invalid").with("count", lines.len());
                e.fields = lines
                    .iter()
                    .map(|l| api::error::FieldProblem {
                        path: format!("line.{}", l.line),
                        message_key: "cli-not-a-fingerprint".to_owned(),
                        args: [(
                            "line".to_owned(),
                            api::wire::Arg::Number(i64::try_from(l.line).unwrap_or(i64::MAX)),
                        )]
                        .into(),
                    })
                    .collect();
                e
            })?,
        ),
    };
    let header = match opened(office::access::look(dir))? {
        Ok(header) => header,
        Err(answer) => return Ok(answer),
    };
    let name = match run.text("as") {
        Some(name) => name.to_owned(),
        None => who(&header)?,
    };
    let password = password(run, &header, &name)?;
    let clock = host::SystemClock;
    let holder = Holder {
        pid: std::process::id(),
        program: "tongbao".to_owned(),
        since_ms: clock.now_ms(),
        host_account: host::host_account(),
    };
    let opening = Opening {
        dir,
        now: clock.now_ms(),
        holder,
        entropy: Box::new(SystemEntropy),
    };
    let (mut office, session) = match opened(Office::sign_in(
        opening,
        &mut Throttle::default(),
        &name,
        &password,
    ))? {
        Ok(seated) => seated,
        Err(answer) => return Ok(answer),
    };
    let call = Call {
        session: &session,
        now: clock.now_ms(),
    };
    let verified = opened(office.verify(call, trusted.as_ref()));
    // the sitting ends in the audit whatever was found; a file too damaged to write says so in the findings
    let ended = office.end_session(call, "access.sign_out");
    let verified = match verified? {
        Ok(verified) => verified,
        Err(answer) => return Ok(answer),
    };
    let findings: Vec<_> = verified
        .findings
        .iter()
        .map(|f| json!({"code": f.code, "object": f.object, "seq": f.seq}))
        .collect();
    if findings.is_empty() {
        ended?;
    }
    Ok(json!({"ok": findings.is_empty(), "findings": findings, "entries": verified.entries}))
}
