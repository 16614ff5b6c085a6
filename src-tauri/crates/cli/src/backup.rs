//! `backup OFFICE --to DIR` and `restore FILE --to NEW_DIR`.
use crate::verify::{password, who};
use crate::{Failure, Outcome, Run, host};
use office::access::Opening;
use office::backup::BackupReason::ByHand;
use office::folder::Holder;
use office::keyring::{SystemEntropy, Throttle};
use office::{Call, Clock, Office, OfficeError};
use serde_json::json;
use std::path::Path;

fn opening(dir: &Path) -> Opening<'_> {
    let now = host::SystemClock.now_ms();
    Opening {
        dir,
        now,
        holder: Holder {
            pid: std::process::id(),
            program: "tongbao".to_owned(),
            since_ms: now,
            host_account: host::host_account(),
        },
        entropy: Box::new(SystemEntropy),
    }
}

pub(crate) fn backup(run: &Run<'_>) -> Outcome {
    let (dir, to) = (run.needed_path("office")?, run.needed_path("to")?);
    let header = office::access::look(dir)?;
    let name = run
        .text("as")
        .map_or_else(|| who(&header), |n| Ok(n.to_owned()))?;
    let password = password(run, &header, &name)?;
    let (mut office, session) =
        Office::sign_in(opening(dir), &mut Throttle::default(), &name, &password)?;
    let call = Call {
        session: &session,
        now: host::SystemClock.now_ms(),
    };
    let made = office
        .backup_job(call, ByHand)
        .and_then(|job| job.run(to))
        .and_then(|made| office.note_backup(call, &made).map(|_| made));
    let ended = office.end_session(call, "access.sign_out");
    let made = made?;
    ended?;
    Ok(json!({"file": made.file.display().to_string(), "sha256": made.sha256, "seq": made.seq}))
}

pub(crate) fn restore(run: &Run<'_>) -> Outcome {
    let (file, to) = (run.needed_path("file")?, run.needed_path("to")?);
    let seen = office::backup::look_into(file)?;
    let name = match run.text("as") {
        Some(name) => name.to_owned(),
        None => seen
            .accounts
            .iter()
            .find(|a| a.administrator)
            .map(|a| a.sign_in_name.clone())
            .ok_or_else(|| crate::usage("cli-who"))?,
    };
    let password = match seen.demo_password() {
        Some(password) if run.matches.get_one::<u32>("password-fd").is_none() => password,
        _ => run.password(&name)?,
    };
    // only a new place: an office that is there is replaced from its own window
    if to.exists() && std::fs::read_dir(to).map_or(true, |mut d| d.next().is_some()) {
        return Err(Failure::from(OfficeError::Occupied));
    }
    let sha256 = office::backup::sha256_of(file)?;
    let restored = office::backup::restore_to(
        opening(to),
        &mut Throttle::default(),
        file,
        &name,
        &password,
    );
    let restored = restored?;
    Ok(json!({"file": to.display().to_string(), "sha256": sha256, "seq": restored.seq}))
}
