//! One writer at a time: a lock of the operating system, and a note of who holds it.

use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::{FolderError, Layout, write_durably};

/// Who holds an office: what a second program tells its user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// Name of the program.
    pub program: String,
    /// Since when, in Unix ms.
    pub since_ms: i64,
    /// The account of the operating system.
    pub host_account: String,
}

/// Says why an office could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another program has it open; it may not have said who it is.
    #[error("the office is open in another program: {0:?}")]
    HeldBy(Option<Holder>),
    /// The lock file could not be opened or locked.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// 独占锁 — holds an office for writing until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    note: PathBuf,
}

impl FolderLock {
    /// Takes the office in `dir` for this process, or says who has it.
    pub fn take(dir: &Path, holder: &Holder) -> Result<Self, LockError> {
        let layout = Layout::of(dir);
        let path = layout.lock();
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let file = opened.map_err(FolderError::at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::HeldBy(Self::holder(dir))),
            Err(TryLockError::Error(error)) => return Err(FolderError::at(&path)(error).into()),
        }
        // The note stands beside the lock: a locked file cannot be read on Windows.
        let note = layout.lock_holder();
        let written = write_durably(
            &note,
            &serde_json::to_vec(holder).expect("BUG: a holder is plain data"),
        );
        match written {
            // the lock holds without its note, and a full disk must not keep people from reading
            Err(error) if !error.is_disk_full() => Err(error.into()),
            _ => Ok(Self { file, note }),
        }
    }

    /// Reads who holds the office, or held it when a program was killed. Only a refused
    /// [`FolderLock::take`] says that somebody really does.
    #[must_use]
    pub fn holder(dir: &Path) -> Option<Holder> {
        let note = std::fs::read(Layout::of(dir).lock_holder()).ok()?;
        serde_json::from_slice(&note).ok()
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // The note first: after the unlock it may already be the next holder's.
        let _ = std::fs::remove_file(&self.note);
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(program: &str) -> Holder {
        Holder {
            pid: 42,
            program: program.to_owned(),
            since_ms: 1_700_000_000_000,
            host_account: "王老师".to_owned(),
        }
    }

    #[test]
    fn a_second_writer_is_told_who_holds_the_office() {
        let dir = tempfile::tempdir().unwrap();
        let first = FolderLock::take(dir.path(), &holder("tongbao")).unwrap();
        match FolderLock::take(dir.path(), &holder("tongbao-app")) {
            Err(LockError::HeldBy(Some(found))) => assert_eq!(found, holder("tongbao")),
            other => panic!("{other:?}"),
        }
        assert_eq!(
            FolderLock::holder(dir.path()),
            Some(holder("tongbao")),
            "the refused one wrote nothing"
        );
        drop(first);
        assert_eq!(FolderLock::holder(dir.path()), None);
        FolderLock::take(dir.path(), &holder("tongbao-app")).unwrap();
    }

    #[test]
    fn a_note_left_by_a_killed_program_holds_nobody_up() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("lock"), "").unwrap();
        std::fs::write(
            dir.path().join("lock.holder"),
            serde_json::to_vec(&holder("dead")).unwrap(),
        )
        .unwrap();
        let lock = FolderLock::take(dir.path(), &holder("alive")).unwrap();
        assert_eq!(FolderLock::holder(dir.path()), Some(holder("alive")));
        drop(lock);
    }

    #[test]
    fn a_holder_without_a_readable_note_is_still_a_holder() {
        let dir = tempfile::tempdir().unwrap();
        let _first = FolderLock::take(dir.path(), &holder("tongbao")).unwrap();
        std::fs::write(dir.path().join("lock.holder"), "{\"pid\":").unwrap();
        assert!(matches!(
            FolderLock::take(dir.path(), &holder("b")),
            Err(LockError::HeldBy(None))
        ));
    }

    #[test]
    fn of_many_that_race_exactly_one_wins() {
        let dir = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(8);
        let won: Vec<FolderLock> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        FolderLock::take(dir.path(), &holder("racer")).ok()
                    })
                })
                .collect();
            racers
                .into_iter()
                .filter_map(|racer| racer.join().unwrap())
                .collect()
        });
        assert_eq!(won.len(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        match FolderLock::take(&dir.path().join("nowhere"), &holder("a")) {
            Err(LockError::Folder(error)) => {
                assert_eq!(error.path, dir.path().join("nowhere/lock"));
            }
            other => panic!("{other:?}"),
        }
    }
}
