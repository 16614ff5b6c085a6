//! Making a backup: copied, packed, opened again and compared; only then it gets its name.

use super::file::{
    self, BACKUP_ENDING, BackupFile, Body, HALF_ENDING, Head, Manifest, NAME_BEGINS, PARTS, POOL,
};
use crate::OfficeError;
use crate::folder::{self, FolderError, Layout, step};
use crate::keyring::{Entropy, Keyring, MasterKey, SigningSeed, hexed, random};
use domain::Refusal;
use domain::backup::BackupReason;
use domain::calendar;
use std::path::{Path, PathBuf};
use store::Db;
use uuid::Uuid;

/// A folder in which something is made, named so that a later run can sweep it.
const MAKING: &str = ".tongbao-making-";

/// A backup about to be made. It needs nothing of the office but its files: nobody waits for it.
pub struct BackupJob {
    pub(super) layout: Layout,
    pub(super) master: MasterKey,
    pub(super) signer: Option<(Uuid, SigningSeed)>,
    pub(super) backup_id: Uuid,
    pub(super) scratch: String,
    pub(super) now: i64,
    pub(super) reason: BackupReason,
}

/// A backup that was opened again after it was written and found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeBackup {
    /// Its id.
    pub backup_id: Uuid,
    /// The file.
    pub file: PathBuf,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// The last audit entry in it.
    pub seq: i64,
    /// When it was made.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
}

/// A folder that goes when it is dropped.
pub(super) struct Scratch(pub(super) PathBuf);
impl Scratch {
    pub(super) fn make(path: PathBuf) -> Result<Self, OfficeError> {
        folder::create_private_dir(&path).map_err(FolderError::at(&path))?;
        Ok(Scratch(path))
    }
}
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Removes what a killed run left half done in a place of backups.
pub(super) fn sweep(place: &Path) {
    // a place may hold other people's files: only names of ours are touched
    let ours = |name: &str| name.trim_start_matches('.').starts_with(NAME_BEGINS);
    for (dir, ending) in [(place.to_owned(), HALF_ENDING), (place.join(POOL), ".part")] {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(MAKING) {
                let _ = std::fs::remove_dir_all(entry.path());
            } else if name.ends_with(ending) && (ours(&name) || dir.ends_with(POOL)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// Names a folder to work in.
pub(super) fn scratch_name(entropy: &mut dyn Entropy) -> Result<String, OfficeError> {
    Ok(format!("{MAKING}{}", hexed::encode(&random::<4>(entropy)?)))
}

/// Opens an unpacked backup under the key and says whether it is what its manifest says.
pub(super) fn check_unpacked(
    dir: &Path,
    manifest: &Manifest,
    master: &MasterKey,
) -> Result<Db, OfficeError> {
    let damaged = || OfficeError::from(Refusal::new("backup-file-damaged"));
    let db =
        Db::open_reader(&dir.join(PARTS[1]), &master.database_key_hex()).map_err(|e| match e {
            store::StoreError::Unreadable => damaged(),
            e => e.into(),
        })?;
    if !db.copy_complaints()?.is_empty() {
        return Err(damaged());
    }
    let tail = store::audit::tail(db.rd())?;
    let head = &manifest.body.head;
    if tail.map_or((0, [0; 32]), |t| (t.seq, t.hash)) != (head.seq, head.hash)
        || db.schema_found()? != manifest.body.schema
    {
        return Err(damaged());
    }
    let keyring = Keyring::open(dir).map_err(|_| damaged())?;
    if keyring.header().vault_id != manifest.body.vault_id || !keyring.is_genuine(master) {
        return Err(damaged());
    }
    Ok(db)
}

impl BackupJob {
    /// Makes it in a place: a folder that may hold other backups.
    ///
    /// # Errors
    /// A full disk, a device that fails; then nothing is left of it and the earlier backups are as they were.
    pub fn run(&self, place: &Path) -> Result<MadeBackup, OfficeError> {
        if !place.is_dir() {
            std::fs::create_dir_all(place).map_err(FolderError::at(place))?;
        }
        sweep(place);
        let size = std::fs::metadata(self.layout.database())
            .map_err(FolderError::at(&self.layout.database()))?
            .len();
        // the copy, the file it is packed into, and the same unpacked again
        folder::enough_space_for(place, size.saturating_mul(3))?;
        let scratch = Scratch::make(place.join(&self.scratch))?;
        let (manifest, name) = self.collect(place, &scratch.0)?;
        let half = place.join(format!(".{name}{HALF_ENDING}"));
        let made = self.pack(&half, &manifest, &scratch.0);
        let made = made.and_then(|sha256| {
            let file = free_name(place, &name);
            std::fs::rename(&half, &file).map_err(FolderError::at(&file))?;
            folder::sync_parent(&file)?;
            Ok((sha256, file))
        });
        let (sha256, file) = match made {
            Ok(made) => made,
            Err(e) => {
                let _ = std::fs::remove_file(&half);
                return Err(e);
            }
        };
        step("backup.named");
        let bytes = std::fs::metadata(&file)
            .map_err(FolderError::at(&file))?
            .len();
        Ok(MadeBackup {
            backup_id: self.backup_id,
            file,
            sha256,
            bytes,
            seq: manifest.body.head.seq,
            made_at: self.now,
            reason: self.reason,
        })
    }
    /// Copies database and keyring into a folder, and the attachments that are new into the pool of the place.
    fn collect(&self, place: &Path, into: &Path) -> Result<(Manifest, String), OfficeError> {
        let key = self.master.database_key_hex();
        let copy = into.join(PARTS[1]);
        let reader = Db::open_reader(&self.layout.database(), &key)?;
        let keyring = || {
            Keyring::open(self.layout.dir())
                .map(|k| (k.header(), k.to_bytes()))
                .map_err(OfficeError::OpenKeyring)
        };
        let mut before = keyring()?;
        // both of one moment: an account that is opened meanwhile changes the keyring too
        for _ in 0..5 {
            let _ = std::fs::remove_file(&copy);
            reader.copy_to(&copy, &key)?;
            let after = keyring()?;
            if after.1 == before.1 {
                break;
            }
            before = after;
        }
        step("backup.copied");
        let (header, keys) = before;
        folder::write_durably(&into.join(PARTS[0]), &keys)?;
        let db = Db::open_reader(&copy, &key)?;
        let tail = store::audit::tail(db.rd())?;
        let schema = db.schema_found()?;
        drop(db);
        let known = newest_of(place, header.vault_id).map(|f| f.manifest.body.attachments);
        let attachments = file::attachments_of(&self.layout, known.as_deref().unwrap_or(&[]))?;
        put_attachments(&self.layout.attachments(), &place.join(POOL), &attachments)?;
        let parts = PARTS
            .iter()
            .map(|name| file::part_of(&into.join(name), name))
            .collect::<Result<Vec<_>, _>>()?;
        let head = Head {
            seq: tail.map_or(0, |t| t.seq),
            hash: tail.map_or([0; 32], |t| t.hash),
            at_ms: tail.map_or(0, |t| t.latest_at),
        };
        let name = format!(
            "{NAME_BEGINS}{}-{:06}",
            calendar::civil(self.now).format("%Y%m%d-%H%M%S"),
            head.seq
        );
        let body = Body {
            backup_id: self.backup_id,
            vault_id: header.vault_id,
            office_name: header.office_name,
            short_name: header.short_name,
            made_at: self.now,
            reason: self.reason.code().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            head,
            parts,
            attachments,
        };
        Ok((
            Manifest::seal(body, &self.master, self.signer.as_ref())?,
            name,
        ))
    }
    /// Packs, then unpacks what was packed and opens it. Returns the hash of the file.
    fn pack(&self, half: &Path, manifest: &Manifest, from: &Path) -> Result<String, OfficeError> {
        let _ = std::fs::remove_file(half);
        BackupFile::write(half, manifest, from)?;
        step("backup.packed");
        let again = Scratch::make(from.join("again"))?;
        let found = BackupFile::open(half)?;
        found.unpack(&again.0)?;
        drop(check_unpacked(&again.0, &found.manifest, &self.master)?);
        if found.manifest != *manifest || !found.manifest.is_genuine(&self.master)? {
            return Err(Refusal::new("backup-file-damaged").into());
        }
        step("backup.checked");
        hash_of(half)
    }
}

/// Returns the SHA-256 of a file as hex.
pub(super) fn hash_of(path: &Path) -> Result<String, OfficeError> {
    Ok(hexed::encode(&file::part_of(path, "")?.sha256))
}

/// Puts into a pool what is not there yet.
pub(super) fn put_attachments(
    from: &Path,
    pool: &Path,
    wanted: &[file::Part],
) -> Result<(), OfficeError> {
    if wanted.is_empty() {
        return Ok(());
    }
    if !pool.is_dir() {
        folder::create_private_dir(pool).map_err(FolderError::at(pool))?;
    }
    let missing: Vec<_> = wanted
        .iter()
        .filter(|p| !std::fs::metadata(pool.join(&p.name)).is_ok_and(|m| m.len() == p.bytes))
        .collect();
    folder::enough_space_for(pool, missing.iter().map(|p| p.bytes).sum())?;
    for part in missing {
        // the same picture sealed twice has other bytes under one name: what is copied is compared with itself
        let found = file::part_of(&from.join(&part.name), &part.name)?;
        file::copy_checked(&from.join(&part.name), &pool.join(&part.name), &found)?;
    }
    Ok(())
}

/// A name nobody has in this place.
fn free_name(place: &Path, name: &str) -> PathBuf {
    let numbered = |n: u32| match n {
        1 => place.join(format!("{name}{BACKUP_ENDING}")),
        n => place.join(format!("{name}-{n}{BACKUP_ENDING}")),
    };
    (1..)
        .map(numbered)
        .find(|path| !path.exists())
        .unwrap_or_else(|| numbered(1))
}

/// Lists the backups of a place by their names; unreadable ones too.
pub(super) fn files_in(place: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(place)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name().is_some_and(|n| {
                !n.to_string_lossy().starts_with('.')
                    && n.to_string_lossy().ends_with(BACKUP_ENDING)
            })
        })
        .collect();
    all.sort();
    all
}
/// Returns the newest readable backup of an office in a place.
pub(super) fn newest_of(place: &Path, vault_id: Uuid) -> Option<BackupFile> {
    files_in(place)
        .iter()
        .filter_map(|path| BackupFile::open(path).ok())
        .filter(|f| f.manifest.body.vault_id == vault_id)
        .max_by_key(|f| (f.manifest.body.made_at, f.manifest.body.head.seq))
}

/// Removes what the plan no longer keeps of one office in a place, and attachments that no backup there names.
pub(super) fn prune(
    place: &Path,
    vault_id: Uuid,
    plan: &domain::backup::BackupPlan,
    now: i64,
) -> Result<usize, OfficeError> {
    let all: Vec<BackupFile> = files_in(place)
        .iter()
        .filter_map(|path| BackupFile::open(path).ok())
        .collect();
    let ours: Vec<&BackupFile> = all
        .iter()
        .filter(|f| f.manifest.body.vault_id == vault_id && named_by_us(&f.path))
        .collect();
    let made: Vec<_> = ours
        .iter()
        .map(|f| (f.manifest.body.made_at, f.manifest.reason()))
        .collect();
    let gone = plan.superfluous(&made, now);
    for i in &gone {
        let path = &ours[*i].path;
        std::fs::remove_file(path).map_err(FolderError::at(path))?;
    }
    if gone.is_empty() {
        return Ok(0);
    }
    let removed: Vec<&Path> = gone.iter().map(|i| ours[*i].path.as_path()).collect();
    // an unreadable backup may name any attachment: then all of them stay
    if all.len() == files_in(place).len() + gone.len() {
        let named: std::collections::BTreeSet<&str> = all
            .iter()
            .filter(|f| !removed.contains(&f.path.as_path()))
            .flat_map(|f| f.manifest.body.attachments.iter().map(|p| p.name.as_str()))
            .collect();
        for entry in std::fs::read_dir(place.join(POOL))
            .into_iter()
            .flatten()
            .flatten()
        {
            if !named.contains(entry.file_name().to_string_lossy().as_ref()) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
    Ok(gone.len())
}
fn named_by_us(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|n| n.to_string_lossy().starts_with(NAME_BEGINS))
}

/// Puts a good backup into the second place, compared after it was written there.
pub(super) fn put_second(source: &BackupFile, place: &Path) -> Result<(), OfficeError> {
    if !place.is_dir() {
        return Err(Refusal::new("backup-second-missing").into());
    }
    sweep(place);
    put_attachments(
        &source.pool(),
        &place.join(POOL),
        &source.manifest.body.attachments,
    )?;
    let to = place.join(source.path.file_name().unwrap_or_default());
    if BackupFile::open(&to).is_ok_and(|f| f.manifest == source.manifest) {
        return Ok(());
    }
    let part = file::part_of(&source.path, "")?;
    folder::need(place, part.bytes.saturating_add(1024 * 1024))?;
    file::copy_checked(&source.path, &to, &part)
}
