//! Putting a backup in place of an office.
//!
//! The backup is unpacked and opened beside the office, inside its folder. Then a note says that it is to take the
//! office's place: from there on every interruption is followed by the rest of the way, never by the way back.

use super::file::{BackupFile, PARTS};
use super::make::{MadeBackup, Scratch, check_unpacked, put_attachments};
use crate::access::Opening;
use crate::folder::{self, FolderError, FolderLock, Layout, step};
use crate::keyring::{Keyring, MasterKey, Throttle, UnlockError, hexed, random};
use crate::{Call, Office, OfficeError, Record};
use domain::access::ManageBackups;
use domain::audit::{ObjectKind, ObjectRef};
use domain::backup::{BackupPlan, BackupReason, Relation};
use domain::{Problems, Refusal, calendar};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use store::Db;
use store::backup::Work;
use uuid::Uuid;

/// The folder beside the office's files in which a backup is unpacked.
const RESTORING: &str = ".restoring-";
/// The note that an unpacked backup is to take the office's place.
const NOTE: &str = "restore";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    /// The folder with the unpacked backup.
    from: String,
    /// Where the files go that are replaced; absent when a safety copy was made of them.
    aside: Option<String>,
}

/// What a backup is, and what its restoring would cost.
#[derive(Debug, Clone)]
pub struct BackupPreview {
    /// The id of the backup.
    pub backup_id: Uuid,
    /// The name of the office in it.
    pub office_name: String,
    /// When it was made.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
    /// The last audit entry in it.
    pub seq: i64,
    /// Its length.
    pub bytes: u64,
    /// How it stands to the office; none where there is no office to compare.
    pub relation: Option<Relation>,
    /// What would be lost.
    pub lost: Vec<Work>,
    /// What it would bring back that the office does not have.
    pub gained: Vec<Work>,
    /// How many attachments are not beside it.
    pub attachments_missing: usize,
    /// Who can sign in to it, where nobody is signed in.
    pub accounts: Vec<crate::keyring::AccountHeader>,
    /// It is of the sample office.
    pub demo: bool,
}
impl BackupPreview {
    /// Returns the password that everybody may know: that of the sample office.
    pub fn demo_password(&self) -> Option<String> {
        let sample = crate::sample_data::Sample::load().ok()?;
        self.demo.then_some(sample.school.password)
    }
}

/// An unpacked backup that was opened and found good.
struct Unpacked {
    file: BackupFile,
    dir: Scratch,
    db: Db,
}

fn unpack(file: BackupFile, dir: PathBuf, master: &MasterKey) -> Result<Unpacked, OfficeError> {
    if !file.manifest.is_genuine(master)? {
        return Err(Refusal::new("backup-other-office").into());
    }
    let max = store::newest_schema();
    if file.manifest.body.schema > max {
        return Err(OfficeError::TooNew {
            found: file.manifest.body.schema,
            max,
        });
    }
    let room = dir.parent().unwrap_or(&dir).to_owned();
    folder::need(&room, file.bytes.saturating_add(folder::NOTE_SPACE))?;
    let dir = Scratch::make(dir)?;
    file.unpack(&dir.0)?;
    let db = check_unpacked(&dir.0, &file.manifest, master)?;
    Ok(Unpacked { file, dir, db })
}

/// Returns the last entry that two audits share. A chain is the same up to a place or differs from there on.
fn parting(a: store::Rd<'_>, b: store::Rd<'_>, last: i64) -> Result<i64, OfficeError> {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        let (in_a, in_b) = (
            store::backup::hash_at(a, middle)?,
            store::backup::hash_at(b, middle)?,
        );
        if in_a.is_some() && in_a == in_b {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(low)
}

fn preview(
    live: Option<&Db>,
    unpacked: &Unpacked,
    accounts: Vec<crate::keyring::AccountHeader>,
) -> Result<BackupPreview, OfficeError> {
    let body = &unpacked.file.manifest.body;
    let mut out = preview_of(&unpacked.file, accounts);
    if let Some(live) = live {
        let tail = store::audit::tail(live.rd())?.map_or(0, |t| t.seq);
        let shared = parting(live.rd(), unpacked.db.rd(), tail.min(body.head.seq))?;
        out.lost = store::backup::work_after(live.rd(), shared)?;
        out.gained = store::backup::work_after(unpacked.db.rd(), shared)?;
        out.relation = Some(Relation::of(!out.lost.is_empty(), !out.gained.is_empty()));
    }
    Ok(out)
}
fn preview_of(file: &BackupFile, accounts: Vec<crate::keyring::AccountHeader>) -> BackupPreview {
    let body = &file.manifest.body;
    BackupPreview {
        backup_id: body.backup_id,
        office_name: body.office_name.clone(),
        made_at: body.made_at,
        reason: file.manifest.reason(),
        seq: body.head.seq,
        bytes: file.bytes,
        relation: None,
        lost: Vec::new(),
        gained: Vec::new(),
        attachments_missing: file.attachments_missing(),
        accounts,
        demo: false,
    }
}

/// A backup that is ready to take the office's place.
pub struct Prepared {
    preview: BackupPreview,
    from: String,
    scratch: Scratch,
    sign_in_name: String,
    password: zeroize::Zeroizing<String>,
    safety: MadeBackup,
    /// Where this machine's second copies go is no affair of the day that comes back.
    plan: BackupPlan,
}
impl Prepared {
    /// Returns the copy of the office as it is now.
    pub fn safety_copy(&self) -> &MadeBackup {
        &self.safety
    }
}

/// What a person says when a backup shall be restored.
#[derive(Clone, Copy)]
pub struct Restoring<'a> {
    /// The backup.
    pub file: &'a Path,
    /// Their password now.
    pub password: &'a str,
    /// Their password when the backup was made, if it was another.
    pub password_then: &'a str,
    /// They have seen what would be lost.
    pub accept_loss: bool,
}

impl Office {
    fn restoring_dir(&mut self) -> Result<(String, PathBuf), OfficeError> {
        let name = format!(
            "{RESTORING}{}",
            hexed::encode(&random::<4>(&mut *self.entropy)?)
        );
        let path = self.layout.dir().join(&name);
        Ok((name, path))
    }
    fn unpacked(&mut self, file: &Path) -> Result<(String, Unpacked), OfficeError> {
        let file = BackupFile::open(file)?;
        if file.manifest.body.vault_id != self.vault_id {
            return Err(Refusal::new("backup-other-office").into());
        }
        let (name, dir) = self.restoring_dir()?;
        Ok((name, unpack(file, dir, &self.master)?))
    }
    /// Opens a backup and says what restoring it would cost. Nothing is changed.
    ///
    /// # Errors
    /// Denied; a file that is damaged, foreign, of another office or of a newer program.
    pub fn inspect_backup(
        &mut self,
        call: Call<'_>,
        file: &Path,
    ) -> Result<BackupPreview, OfficeError> {
        call.grant::<ManageBackups>()?;
        let (_, unpacked) = self.unpacked(file)?;
        preview(Some(&self.db), &unpacked, Vec::new())
    }
    /// Does everything but the last step: checks the passwords, opens the backup, makes a safety copy of the office.
    ///
    /// # Errors
    /// As [`Office::inspect_backup`]; a wrong password; what would be lost and was not accepted; a full disk.
    pub fn prepare_restore(
        &mut self,
        call: Call<'_>,
        throttle: &mut Throttle,
        r: Restoring<'_>,
    ) -> Result<Prepared, OfficeError> {
        call.grant::<ManageBackups>()?;
        self.check_password(call, throttle, r.password)?;
        let (from, unpacked) = self.unpacked(r.file)?;
        let found = preview(Some(&self.db), &unpacked, Vec::new())?;
        if !r.accept_loss && !found.lost.is_empty() {
            let records: i64 = found.lost.iter().map(|w| w.records).sum();
            return Err(Refusal::new("backup-would-lose")
                .with("count", records)
                .into());
        }
        if !r.accept_loss && found.attachments_missing > 0 {
            return Err(Refusal::new("backup-attachments-missing")
                .with("count", found.attachments_missing)
                .into());
        }
        // whoever restores must be able to open what comes back
        let then = if r.password_then.is_empty() {
            r.password
        } else {
            r.password_then
        };
        let name = &call.session.sign_in_name;
        opens(&unpacked.dir.0, name, then).map_err(|e| match e {
            OfficeError::WrongPassword => {
                let mut p = Problems::default();
                p.add("password_then", "backup-password-then");
                p.into()
            }
            e => e,
        })?;
        let safety = self
            .backup_job(call, BackupReason::BeforeRestore)?
            .run(&self.layout.backups())?;
        bring_attachments(&unpacked.file, &self.layout)?;
        let Unpacked { dir, db, .. } = unpacked;
        drop(db);
        step("restore.prepared");
        Ok(Prepared {
            preview: found,
            from,
            scratch: dir,
            sign_in_name: name.clone(),
            password: zeroize::Zeroizing::new(then.to_owned()),
            safety,
            plan: self.backup_plan(call)?,
        })
    }
    /// Puts the prepared backup in place of this office, which is closed by it, and notes that in the audit.
    ///
    /// # Errors
    /// Device errors. The office is then what it was, or becomes the backup when it is next opened.
    pub fn restore(self, opening: Opening<'_>, prepared: Prepared) -> Result<(), OfficeError> {
        self.db.checkpoint()?;
        let Office {
            layout, db, _lock, ..
        } = self;
        drop(db);
        let Prepared {
            preview,
            from,
            scratch,
            sign_in_name,
            password,
            safety,
            plan,
        } = prepared;
        let note = Note { from, aside: None };
        let text = serde_json::to_vec(&note).map_err(|_| OfficeError::Bug("note"))?;
        folder::write_durably(&layout.dir().join(NOTE), &text)?;
        // from here on the unpacked backup is no leftover
        std::mem::forget(scratch);
        step("restore.noted");
        roll_forward(layout.dir())?;
        drop(_lock);
        let safety_name = safety
            .file
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let seat = (sign_in_name.as_str(), password.as_str());
        note_restore(opening, &preview, seat, &safety_name, Some(&plan))
    }
}

/// Writes into the restored audit that it was restored, from what, and what the office was before.
fn note_restore(
    opening: Opening<'_>,
    preview: &BackupPreview,
    (sign_in_name, password): (&str, &str),
    instead_of: &str,
    plan: Option<&BackupPlan>,
) -> Result<(), OfficeError> {
    let now = opening.now;
    let (mut office, session) =
        Office::sign_in(opening, &mut Throttle::default(), sign_in_name, password)?;
    let call = Call {
        session: &session,
        now,
    };
    let because = format!(
        "from {} at entry {}; before: {instead_of}",
        preview.backup_id, preview.seq
    );
    let record = Record::brief().because(&because);
    let record = if session.seed.is_some() {
        record.signed()
    } else {
        record
    };
    office.transact(call.who(), now, |w| {
        w.note(
            ObjectRef::new(ObjectKind::Backup, preview.backup_id),
            "backup.restore",
            record,
        )
    })?;
    if let Some(plan) = plan
        && office.backup_plan(call)? != *plan
        && let Err(error) = office.keep_backup_plan(call, plan)
    {
        tracing::warn!(%error, "the plan is that of the backup");
    }
    office.end_session(call, "access.sign_out")
}

/// Says whether the database of an office can be read from end to end.
fn is_whole(dir: &Path, master: &MasterKey) -> bool {
    Db::open_reader(&Layout::of(dir).database(), &master.database_key_hex())
        .and_then(|db| db.integrity_complaints())
        .is_ok_and(|complaints| complaints.is_empty())
}

fn opens(dir: &Path, sign_in_name: &str, password: &str) -> Result<MasterKey, OfficeError> {
    let keyring = Keyring::open(dir).map_err(OfficeError::OpenKeyring)?;
    match keyring.unlock(sign_in_name, password) {
        Ok(unlocked) => Ok(unlocked.master),
        Err(UnlockError::WrongPassword | UnlockError::UnknownAccount) => {
            Err(OfficeError::WrongPassword)
        }
        Err(e) => Err(OfficeError::Unlock(e)),
    }
}

/// Copies the attachments of a backup that the office does not have and that are beside the backup.
fn bring_attachments(file: &BackupFile, layout: &Layout) -> Result<(), OfficeError> {
    let pool = file.pool();
    let there: Vec<_> = file
        .manifest
        .body
        .attachments
        .iter()
        .filter(|p| pool.join(&p.name).is_file())
        .cloned()
        .collect();
    put_attachments(&pool, &layout.attachments(), &there)
}

/// Goes on where a restore was interrupted, if one was.
///
/// # Errors
/// A held folder, device errors.
pub fn finish_restore(dir: &Path, holder: &folder::Holder) -> Result<bool, OfficeError> {
    if !dir.join(NOTE).is_file() {
        return Ok(false);
    }
    let _lock = FolderLock::take(dir, holder)?;
    roll_forward(dir)?;
    Ok(true)
}

/// Removes what an interrupted restore left that had not got as far as its note.
pub(crate) fn sweep_restores(dir: &Path) {
    if dir.join(NOTE).exists() {
        return;
    }
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(RESTORING) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Moves the unpacked backup into place. Whatever was already done is not done again.
fn roll_forward(dir: &Path) -> Result<(), OfficeError> {
    let layout = Layout::of(dir);
    let note_path = dir.join(NOTE);
    let note = std::fs::read(&note_path).map_err(FolderError::at(&note_path))?;
    let note: Note = serde_json::from_slice(&note)
        .ok()
        .filter(|n: &Note| is_ours(&n.from) && n.aside.as_deref().is_none_or(is_ours))
        .ok_or_else(|| OfficeError::File("the note of a restore".to_owned()))?;
    let from = dir.join(&note.from);
    let new_db = from.join(PARTS[1]);
    if new_db.is_file() {
        if let Some(aside) = &note.aside {
            put_aside(&layout, &dir.join(aside))?;
        }
        // the log of the old database must never be read into the new one
        for ending in ["-wal", "-shm"] {
            let mut log = layout.database().into_os_string();
            log.push(ending);
            remove(Path::new(&log))?;
        }
        folder::sync_parent(&note_path)?;
        step("restore.log-gone");
        std::fs::rename(&new_db, layout.database()).map_err(FolderError::at(&layout.database()))?;
        folder::sync_parent(&note_path)?;
    }
    step("restore.database");
    let keys = from.join(PARTS[0]);
    if keys.is_file() {
        let bytes = std::fs::read(&keys).map_err(FolderError::at(&keys))?;
        folder::write_durably(&layout.keyring(), &bytes)?;
        step("restore.keyring");
        folder::write_durably(&layout.keyring_copy(), &bytes)?;
    }
    remove(&note_path)?;
    folder::sync_parent(&note_path)?;
    let _ = std::fs::remove_dir_all(&from);
    Ok(())
}
fn is_ours(name: &str) -> bool {
    (name.starts_with(RESTORING) || name.starts_with(ASIDE))
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}
fn remove(path: &Path) -> Result<(), OfficeError> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(FolderError::at(path)(e).into()),
        _ => Ok(()),
    }
}

/// The folder for the files of a damaged office.
const ASIDE: &str = "damaged-";

fn put_aside(layout: &Layout, aside: &Path) -> Result<(), OfficeError> {
    if !aside.is_dir() {
        folder::create_private_dir(aside).map_err(FolderError::at(aside))?;
    }
    let mut log = layout.database().into_os_string();
    log.push("-wal");
    for file in [
        PathBuf::from(log),
        layout.database(),
        layout.keyring(),
        layout.keyring_copy(),
    ] {
        if file.is_file() {
            let to = aside.join(file.file_name().unwrap_or_default());
            std::fs::rename(&file, &to).map_err(FolderError::at(&file))?;
        }
    }
    Ok(())
}

/// Reads a backup where there is no office to compare it with: its manifest and who can sign in to it.
///
/// # Errors
/// A file that is damaged, foreign or of a newer program.
pub fn look_into(file: &Path) -> Result<BackupPreview, OfficeError> {
    let file = BackupFile::open(file)?;
    let header = Keyring::header_of(&file.keyring_bytes()?)
        .ok_or_else(|| OfficeError::from(Refusal::new("backup-file-damaged")))?;
    Ok(BackupPreview {
        demo: header.demo,
        ..preview_of(&file, header.accounts)
    })
}

/// Makes an office of a backup where there is none, or in place of one that is damaged beyond opening.
///
/// # Errors
/// A file that is damaged, foreign or of a newer program; a wrong password; a place where something else is.
pub fn restore_to(
    mut opening: Opening<'_>,
    throttle: &mut Throttle,
    file: &Path,
    sign_in_name: &str,
    password: &str,
) -> Result<BackupPreview, OfficeError> {
    let (dir, now) = (opening.dir, opening.now);
    finish_restore(dir, &opening.holder)?;
    throttle
        .check(sign_in_name, now)
        .map_err(|w| OfficeError::Wait {
            seconds: w.seconds.into(),
        })?;
    let file = BackupFile::open(file)?;
    let there = folder::inspect(dir)?;
    let damaged = match &there {
        folder::Inspection::Missing => false,
        folder::Inspection::Damaged { .. } => true,
        folder::Inspection::Ready { header, .. }
            if header.vault_id == file.manifest.body.vault_id =>
        {
            true
        }
        _ => return Err(OfficeError::Occupied),
    };
    let header = Keyring::header_of(&file.keyring_bytes()?)
        .ok_or_else(|| OfficeError::from(Refusal::new("backup-file-damaged")))?;
    let is_administrator = header
        .account_named(sign_in_name)
        .is_some_and(|a| a.administrator);
    if damaged && !is_administrator {
        return Err(Refusal::new("backup-needs-administrator").into());
    }
    let checked = |into: PathBuf, throttle: &mut Throttle| {
        // the keyring first: whoever does not know the password learns nothing of the rest
        let keys = Scratch::make(into.with_extension("keys"))?;
        file.unpack_first(&keys.0)?;
        let master = match opens(&keys.0, sign_in_name, password) {
            Ok(master) => master,
            Err(e) => {
                if matches!(e, OfficeError::WrongPassword) {
                    throttle.failed(sign_in_name, now);
                }
                return Err(e);
            }
        };
        throttle.succeeded(sign_in_name);
        if matches!(there, folder::Inspection::Ready { .. }) && is_whole(dir, &master) {
            // an office that opens is replaced by whoever is signed in to it, after a safety copy
            return Err(OfficeError::Occupied);
        }
        let path = file.path.clone();
        unpack(BackupFile::open(&path)?, into, &master)
    };
    let entropy = &mut *opening.entropy;
    let name = format!("{RESTORING}{}", hexed::encode(&random::<4>(entropy)?));
    let preview;
    if damaged {
        let lock = FolderLock::take(dir, &opening.holder)?;
        let unpacked = checked(dir.join(&name), throttle)?;
        preview = preview_of(&unpacked.file, Vec::new());
        let layout = Layout::of(dir);
        bring_attachments(&unpacked.file, &layout)?;
        let Unpacked {
            dir: scratch, db, ..
        } = unpacked;
        drop(db);
        let aside = format!("{ASIDE}{}", calendar::civil(now).format("%Y%m%d-%H%M%S"));
        let note = Note {
            from: name,
            aside: Some(aside),
        };
        let text = serde_json::to_vec(&note).map_err(|_| OfficeError::Bug("note"))?;
        folder::write_durably(&dir.join(NOTE), &text)?;
        std::mem::forget(scratch);
        step("restore.noted");
        roll_forward(dir)?;
        drop(lock);
    } else {
        preview = folder::create(dir, entropy, |layout, _| {
            let unpacked = checked(layout.dir().join(&name), throttle)?;
            let preview = preview_of(&unpacked.file, Vec::new());
            bring_attachments(&unpacked.file, layout)?;
            let Unpacked {
                dir: scratch, db, ..
            } = unpacked;
            drop(db);
            for (part, to) in [(PARTS[1], layout.database()), (PARTS[0], layout.keyring())] {
                std::fs::rename(scratch.0.join(part), &to).map_err(FolderError::at(&to))?;
            }
            std::fs::copy(layout.keyring(), layout.keyring_copy())
                .map_err(FolderError::at(&layout.keyring_copy()))?;
            Ok::<_, OfficeError>(preview)
        })
        .map_err(crate::org::creating)?;
    }
    note_restore(opening, &preview, (sign_in_name, password), "", None)?;
    Ok(preview)
}
