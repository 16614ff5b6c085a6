//! 备份 — copies of the office that were opened before they count, and putting one of them back.
mod file;
mod make;
mod restore;

pub use domain::backup::BackupReason;
pub use file::{BACKUP_ENDING, BackupFault};
pub use make::{BackupJob, MadeBackup};
pub(crate) use restore::sweep_restores;
pub use restore::{BackupPreview, Prepared, Restoring, finish_restore, look_into, restore_to};

use crate::folder::{self, Layout};
use crate::keyring::{Entropy, MasterKey};
use crate::transact::new_id;
use crate::{Call, Done, Office, OfficeError, Record};
use domain::Problems;
use domain::access::{MakeBackup, ManageBackups, SeeBackups};
use domain::audit::{ObjectKind, ObjectRef};
use domain::backup::BackupPlan;
use file::BackupFile;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What a file in a place of backups turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Its manifest and its length are right; it was opened before it got its name.
    Good,
    /// It was cut short or altered.
    Damaged,
    /// It belongs to another office.
    OtherOffice,
    /// A newer program wrote it.
    TooNew,
}

/// A file in a place of backups.
#[derive(Debug, Clone)]
pub struct BackupRow {
    /// Where it lies.
    pub file: PathBuf,
    /// What it is.
    pub condition: Condition,
    /// When it was made; 0 where that cannot be read.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
    /// The last audit entry in it.
    pub seq: i64,
    /// Its length.
    pub bytes: u64,
    /// The office in it.
    pub office_name: String,
}

/// How the last second copy went; kept beside the backups and not in the office, which a restore replaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondCopy {
    /// When one arrived last.
    pub last_at: Option<i64>,
    /// The last audit entry in it.
    pub last_seq: Option<i64>,
    /// When one was tried in vain since.
    pub failed_at: Option<i64>,
    /// Why it was in vain: the key of a message.
    pub failure: Option<String>,
}

/// How the office is safe.
#[derive(Debug, Clone)]
pub struct Safety {
    /// The last good backup here.
    pub last_good_at: Option<i64>,
    /// The second place, if there is one.
    pub second_place: Option<String>,
    /// How it stands there.
    pub second: SecondCopy,
    /// The disk is nearly full: nothing is written.
    pub read_only: bool,
}

/// The file that remembers the second copy.
const SECOND: &str = "second.json";
/// A tried and failed second copy is tried again after so long.
const RETRY_MS: i64 = 60_000;

fn row_of(path: &Path, vault_id: Option<Uuid>) -> BackupRow {
    let bytes = std::fs::metadata(path).map_or(0, |m| m.len());
    let unreadable = |condition| BackupRow {
        file: path.to_owned(),
        condition,
        made_at: 0,
        reason: BackupReason::Scheduled,
        seq: 0,
        bytes,
        office_name: String::new(),
    };
    match BackupFile::open(path) {
        Ok(f) => BackupRow {
            condition: if vault_id.is_none_or(|v| v == f.manifest.body.vault_id) {
                Condition::Good
            } else {
                Condition::OtherOffice
            },
            file: path.to_owned(),
            made_at: f.manifest.body.made_at,
            reason: f.manifest.reason(),
            seq: f.manifest.body.head.seq,
            bytes,
            office_name: f.manifest.body.office_name,
        },
        Err(BackupFault::TooNew { .. }) => unreadable(Condition::TooNew),
        Err(_) => unreadable(Condition::Damaged),
    }
}
/// Lists the backups in a folder, newest first; those that cannot be read are named too.
pub fn backups_in(place: &Path, vault_id: Option<Uuid>) -> Vec<BackupRow> {
    let mut rows: Vec<BackupRow> = make::files_in(place)
        .iter()
        .map(|path| row_of(path, vault_id))
        .collect();
    rows.sort_by_key(|r| std::cmp::Reverse((r.made_at, r.seq)));
    rows
}
/// Lists the backups on disks that can be carried away: at their top, or one folder below it.
pub fn backups_on_removable_disks() -> Vec<BackupRow> {
    let mut rows = Vec::new();
    for disk in removable_disks() {
        rows.extend(backups_in(&disk, None));
        for entry in std::fs::read_dir(&disk).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                rows.extend(backups_in(&entry.path(), None));
            }
        }
    }
    rows.sort_by_key(|r| std::cmp::Reverse((r.made_at, r.seq)));
    rows
}
/// Names the disks that can be carried away and are there now.
pub fn removable_disks() -> Vec<PathBuf> {
    folder::removable_disks()
}
/// Returns the backups that lie in the folder of an office that cannot be opened.
pub fn backups_of(office_dir: &Path) -> Vec<BackupRow> {
    backups_in(&Layout::of(office_dir).backups(), None)
}

/// Returns the SHA-256 of a file as hex.
///
/// # Errors
/// Device errors.
pub fn sha256_of(file: &Path) -> Result<String, OfficeError> {
    make::hash_of(file)
}

/// Makes a backup of an office that nobody has signed in to yet, with the key at hand.
pub(crate) fn before(
    layout: &Layout,
    master: &MasterKey,
    entropy: &mut dyn Entropy,
    now: i64,
    reason: BackupReason,
) -> Result<MadeBackup, OfficeError> {
    let job = BackupJob {
        layout: layout.clone(),
        master: master.clone(),
        signer: None,
        backup_id: new_id(entropy, now)?,
        scratch: make::scratch_name(entropy)?,
        now,
        reason,
    };
    job.run(&layout.backups())
}

impl Office {
    fn second_file(&self) -> PathBuf {
        self.layout.backups().join(SECOND)
    }
    fn second(&self) -> SecondCopy {
        std::fs::read(self.second_file())
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }
    /// Says whether the disk is so full that nothing is written any more.
    pub fn read_only(&self) -> bool {
        folder::enough_space(self.layout.dir()).is_err()
    }
    /// Returns the plan.
    ///
    /// # Errors
    /// Device errors.
    pub fn backup_plan(&self, call: Call<'_>) -> Result<BackupPlan, OfficeError> {
        let may = call.grant::<SeeBackups>()?;
        Ok(store::backup::plan(self.db.rd(), &may)?)
    }
    /// Says when the office was last copied, here and elsewhere.
    ///
    /// # Errors
    /// Device errors.
    pub fn safety(&self, call: Call<'_>) -> Result<Safety, OfficeError> {
        let plan = self.backup_plan(call)?;
        Ok(Safety {
            last_good_at: make::newest_of(&self.layout.backups(), self.vault_id)
                .map(|f| f.manifest.body.made_at),
            second_place: plan.second_place,
            second: self.second(),
            read_only: self.read_only(),
        })
    }
    /// Lists the backups here and in the second place.
    ///
    /// # Errors
    /// Denied.
    pub fn backups(&self, call: Call<'_>) -> Result<(Vec<BackupRow>, Vec<BackupRow>), OfficeError> {
        call.grant::<ManageBackups>()?;
        let plan = self.backup_plan(call)?;
        let second = plan.second_place.map_or_else(Vec::new, |place| {
            backups_in(Path::new(&place), Some(self.vault_id))
        });
        Ok((
            backups_in(&self.layout.backups(), Some(self.vault_id)),
            second,
        ))
    }
    /// Changes the plan.
    ///
    /// # Errors
    /// Denied; numbers that make no sense; a second place that is not there or lies inside the office.
    pub fn change_backup_plan(
        &mut self,
        call: Call<'_>,
        plan: &BackupPlan,
    ) -> Result<Done<()>, OfficeError> {
        call.grant::<ManageBackups>()?;
        plan.check()?;
        if let Some(place) = &plan.second_place {
            self.check_second_place(Path::new(place))?;
        }
        let moved = self.backup_plan(call)?.second_place != plan.second_place;
        let done = self.keep_backup_plan(call, plan)?;
        if moved {
            self.remember_second(&SecondCopy::default());
        }
        Ok(done)
    }
    fn keep_backup_plan(
        &mut self,
        call: Call<'_>,
        plan: &BackupPlan,
    ) -> Result<Done<()>, OfficeError> {
        let may = call.grant::<ManageBackups>()?;
        let (id, _) = store::org::profile(self.db.rd())?;
        let object = ObjectRef::new(ObjectKind::BackupPlan, id);
        self.transact(call.who(), call.now, |w| {
            w.change(object, "backup.plan", Record::full(), |tx, s| {
                store::backup::keep_plan(tx, &may, s, id, plan)
            })
        })
    }
    fn check_second_place(&self, place: &Path) -> Result<(), OfficeError> {
        let mut p = Problems::default();
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !place.is_absolute() || !place.is_dir() {
            p.add("second_place", "backup-second-not-a-folder");
        } else if whole(place).starts_with(whole(self.layout.dir())) {
            p.add("second_place", "backup-second-inside");
        } else {
            let probe = place.join(".tongbao-writable");
            let _ = std::fs::remove_file(&probe);
            if folder::write_durably(&probe, b"").is_err() {
                p.add("second_place", "backup-second-not-writable");
            }
            let _ = std::fs::remove_file(&probe);
        }
        Ok(p.or(())?)
    }
    fn remember_second(&self, second: &SecondCopy) {
        let written = serde_json::to_vec(second)
            .map_err(|e| e.to_string())
            .and_then(|b| {
                folder::write_durably(&self.second_file(), &b).map_err(|e| e.to_string())
            });
        if let Err(error) = written {
            tracing::warn!(%error, "the second copy is not remembered");
        }
    }
    /// Says whether a backup is due by the plan, or a second copy that failed.
    ///
    /// # Errors
    /// Device errors.
    pub fn backup_is_due(&self, call: Call<'_>) -> Result<bool, OfficeError> {
        let plan = self.backup_plan(call)?;
        let newest = make::newest_of(&self.layout.backups(), self.vault_id);
        let changed = match &newest {
            Some(f) => {
                !store::backup::work_after(self.db.rd(), f.manifest.body.head.seq)?.is_empty()
            }
            None => true,
        };
        let last = newest.map(|f| f.manifest.body.made_at);
        Ok(plan.is_due(last, changed, call.now))
    }
    /// Says whether a second copy is owed: one that failed, or one that was never made.
    ///
    /// # Errors
    /// Device errors.
    pub fn second_copy_is_due(&self, call: Call<'_>) -> Result<bool, OfficeError> {
        let plan = self.backup_plan(call)?;
        let second = self.second();
        let newest = make::newest_of(&self.layout.backups(), self.vault_id)
            .map(|f| f.manifest.body.head.seq);
        let waited = second
            .failed_at
            .is_none_or(|at| at > call.now || call.now - at >= RETRY_MS);
        Ok(plan.second_place.is_some() && waited && newest > second.last_seq)
    }
    /// Prepares a backup: what is needed to make it while others go on working.
    ///
    /// # Errors
    /// Denied.
    pub fn backup_job(
        &mut self,
        call: Call<'_>,
        reason: BackupReason,
    ) -> Result<BackupJob, OfficeError> {
        call.grant::<MakeBackup>()?;
        let signer = call
            .session
            .seed
            .clone()
            .map(|seed| (call.session.actor.account_id, seed));
        Ok(BackupJob {
            layout: self.layout.clone(),
            master: self.master.clone(),
            signer,
            backup_id: new_id(&mut *self.entropy, call.now)?,
            scratch: make::scratch_name(&mut *self.entropy)?,
            now: call.now,
            reason,
        })
    }
    /// Returns where backups of this office lie.
    pub fn backups_dir(&self) -> PathBuf {
        self.layout.backups()
    }
    /// Records a good backup and removes those that the plan no longer keeps.
    ///
    /// # Errors
    /// As [`Office::transact`].
    pub fn note_backup(
        &mut self,
        call: Call<'_>,
        made: &MadeBackup,
    ) -> Result<Done<()>, OfficeError> {
        call.grant::<MakeBackup>()?;
        let because = format!("{} at entry {}", made.reason.code(), made.seq);
        let done = self.transact(call.who(), call.now, |w| {
            w.note(
                ObjectRef::new(ObjectKind::Backup, made.backup_id),
                "backup.make",
                Record::brief().because(&because),
            )
        })?;
        if made.file.starts_with(self.layout.dir()) {
            let plan = self.backup_plan(call)?;
            if let Err(error) = make::prune(&self.layout.backups(), self.vault_id, &plan, call.now)
            {
                tracing::warn!(%error, "old backups stay");
            }
        }
        Ok(done)
    }
    /// Prepares the second copy of the newest backup: where from and where to.
    ///
    /// # Errors
    /// Device errors.
    pub fn second_copy(&self, call: Call<'_>) -> Result<Option<SecondJob>, OfficeError> {
        let plan = self.backup_plan(call)?;
        let newest = make::newest_of(&self.layout.backups(), self.vault_id);
        Ok(plan
            .second_place
            .clone()
            .zip(newest)
            .map(|(place, newest)| SecondJob {
                newest,
                place: PathBuf::from(place),
                plan,
                vault_id: self.vault_id,
                now: call.now,
            }))
    }
    /// Remembers how a second copy went.
    pub fn note_second_copy(&mut self, job: &SecondJob, result: &Result<(), OfficeError>) {
        let before = self.second();
        self.remember_second(&match result {
            Ok(()) => SecondCopy {
                last_at: Some(job.newest.manifest.body.made_at),
                last_seq: Some(job.newest.manifest.body.head.seq),
                failed_at: None,
                failure: None,
            },
            Err(e) => SecondCopy {
                failed_at: Some(job.now),
                failure: Some(failure_key(e).to_owned()),
                ..before
            },
        });
    }
}

/// Why a second copy failed, in the words of the catalogue.
fn failure_key(e: &OfficeError) -> &'static str {
    match e {
        OfficeError::Refused(r) if r.message_key == "backup-second-missing" => {
            "backup-second-missing"
        }
        OfficeError::DiskNearlyFull => "backup-second-full",
        _ => "backup-second-failed",
    }
}

/// A second copy about to be made.
pub struct SecondJob {
    newest: BackupFile,
    place: PathBuf,
    plan: BackupPlan,
    vault_id: Uuid,
    now: i64,
}
impl SecondJob {
    /// Makes it, and removes from the second place what the plan no longer keeps.
    ///
    /// # Errors
    /// A place that is gone or full.
    pub fn run(&self) -> Result<(), OfficeError> {
        make::put_second(&self.newest, &self.place)?;
        if let Err(error) = make::prune(&self.place, self.vault_id, &self.plan, self.now) {
            tracing::warn!(%error, "old second copies stay");
        }
        Ok(())
    }
}
