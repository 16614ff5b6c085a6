//! Files that are either the old ones or the new ones, whatever happens in between.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::host;

/// Names the file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FolderError {
    /// Which file or directory.
    pub path: PathBuf,
    /// What the operating system said.
    pub source: io::Error,
}

impl FolderError {
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { path, source }
    }

    /// Says whether the disk is full.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        matches!(
            self.source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    }
}

/// Replaces a file: writes beside it, flushes, renames, flushes the directory.
///
/// After an error the old file is as it was, and nothing is left beside it.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let beside = name_beside(path);
    // A leftover of a killed program; the folder lock says that nobody else is writing it.
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(FolderError::at(&beside)(error));
        }
        _ => {}
    }
    let write = || {
        let mut file = host::create_private(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&beside, path)
    };
    if let Err(error) = write() {
        let _ = std::fs::remove_file(&beside);
        return Err(FolderError::at(path)(error));
    }
    sync_parent(path)
}

fn name_beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Makes the name of a file durable.
pub(crate) fn sync_parent(path: &Path) -> Result<(), FolderError> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    host::sync_dir(parent).map_err(FolderError::at(parent))
}

/// Flushes everything in a directory: files first, then names.
pub(super) fn sync_tree(dir: &Path) -> Result<(), FolderError> {
    for entry in std::fs::read_dir(dir).map_err(FolderError::at(dir))? {
        let entry = entry.map_err(FolderError::at(dir))?;
        let path = entry.path();
        if entry.file_type().map_err(FolderError::at(&path))?.is_dir() {
            sync_tree(&path)?;
        } else {
            let file = std::fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(&path);
            file.and_then(|file| file.sync_all())
                .map_err(FolderError::at(&path))?;
        }
    }
    host::sync_dir(dir).map_err(FolderError::at(dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        write_durably(&path, b"one").unwrap();
        write_durably(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_leftover_of_a_killed_program_is_no_obstacle() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(dir.path().join("a.part"), "half").unwrap();
        write_durably(&path, b"whole").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert!(!dir.path().join("a.part").exists());
    }

    #[test]
    fn a_failed_write_keeps_the_old_file_and_names_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("inside"), "kept").unwrap();
        let error = write_durably(&path, b"new").unwrap_err();
        assert_eq!(error.path, path);
        assert_eq!(std::fs::read(path.join("inside")).unwrap(), b"kept");
        assert!(!dir.path().join("a.part").exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        // /dev/full refuses every write as a full disk does.
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let source = (&full).write_all(b"x").unwrap_err();
        assert!(
            FolderError {
                path: PathBuf::from("a"),
                source
            }
            .is_disk_full()
        );
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(
            !FolderError {
                path: PathBuf::from("a"),
                source: denied
            }
            .is_disk_full()
        );
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        write_durably(&path, b"one").unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
