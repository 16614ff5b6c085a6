//! The data folder `<office>.tongbao/`: what lies where, how it comes to be, and who may write it.
//!
//! ```text
//! office.db              the database, encrypted
//! keyring, keyring.bak   who may open it
//! attachments/           encrypted, named by the hash of their content
//! backups/               verified copies
//! lock, lock.holder      the one writer, and who that is
//! ```

mod durable;
mod host;
mod lock;
mod place;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub(crate) use crate::keyring::random;
pub(crate) use durable::sync_parent;
pub use durable::{FolderError, write_durably};
pub(crate) use host::{create_private, create_private_dir, removable_disks};
pub use lock::{FolderLock, Holder, LockError};
pub use place::{PlaceRefusal, check_place};

use crate::keyring::{Copies, Entropy, EntropyError, Header, Keyring, OpenKeyringError, hexed};

/// The ending of every data folder's name.
pub const FOLDER_ENDING: &str = ".tongbao";
/// What must stay free for a write to begin: 200 MiB.
pub const FREE_SPACE_GUARD: u64 = 200 * 1024 * 1024;
/// What must stay free to note in the audit what was read or handed out, when records are no longer written: 16 MiB.
pub const NOTE_SPACE: u64 = 16 * 1024 * 1024;
/// The first bytes of a database that nobody encrypted.
const PLAIN_DATABASE: &[u8] = b"SQLite format 3\0";
const SMALLEST_DATABASE: u64 = 4096;

/// 数据文件夹 — the places of everything in one data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    dir: PathBuf,
}

impl Layout {
    /// Returns the layout of the data folder `dir`.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    /// Returns the data folder itself.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.dir.join("office.db")
    }

    /// Returns the keyring.
    #[must_use]
    pub fn keyring(&self) -> PathBuf {
        self.dir.join("keyring")
    }

    /// Returns the second copy of the keyring.
    #[must_use]
    pub fn keyring_copy(&self) -> PathBuf {
        self.dir.join("keyring.bak")
    }

    /// Returns the folder of attachments.
    #[must_use]
    pub fn attachments(&self) -> PathBuf {
        self.dir.join("attachments")
    }

    /// Returns the folder of backups.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.dir.join("backups")
    }

    /// Returns the lock file.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.dir.join("lock")
    }

    /// Returns the note of who holds the lock.
    #[must_use]
    pub fn lock_holder(&self) -> PathBuf {
        self.dir.join("lock.holder")
    }
}

/// What a folder turned out to be, without a password and without a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspection {
    /// It is not there, or it is empty: a new office can be made here.
    Missing,
    /// It is there and holds something else.
    NotAnOffice,
    /// It is an office, but part of it is gone or spoiled.
    Damaged {
        /// What.
        what: Damage,
    },
    /// A newer program made it.
    TooNew {
        /// Form of its keyring.
        found: u32,
        /// Newest form that this program reads.
        max: u32,
    },
    /// It can be signed in to.
    Ready {
        /// What stands in the clear.
        header: Header,
        /// How the copies of the keyring were found.
        copies: Copies,
    },
}

/// What is wrong with an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The keyring and its copy are both gone.
    KeyringMissing,
    /// The keyring and its copy are both spoiled.
    KeyringSpoiled,
    /// The database is gone.
    DatabaseMissing,
    /// The database is shorter than one page.
    DatabaseTruncated,
    /// The database is not encrypted: it is not ours.
    DatabasePlain,
}

/// Looks at a folder. Writes nothing and asks for no password.
pub fn inspect(dir: &Path) -> Result<Inspection, FolderError> {
    let layout = Layout::of(dir);
    match std::fs::metadata(dir) {
        Ok(found) if !found.is_dir() => return Ok(Inspection::NotAnOffice),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Inspection::Missing),
        Err(error) => return Err(FolderError::at(dir)(error)),
    }
    let keyring = match Keyring::open(dir) {
        Ok(keyring) => keyring,
        Err(OpenKeyringError::TooNew { found, max }) => {
            return Ok(Inspection::TooNew { found, max });
        }
        Err(OpenKeyringError::Io { path, source }) => return Err(FolderError { path, source }),
        Err(OpenKeyringError::Missing) if is_empty(dir)? => return Ok(Inspection::Missing),
        // A database and a folder of attachments together are an office that lost its keyring.
        Err(OpenKeyringError::Missing)
            if layout.database().is_file() && layout.attachments().is_dir() =>
        {
            return Ok(Inspection::Damaged {
                what: Damage::KeyringMissing,
            });
        }
        Err(OpenKeyringError::Missing) => return Ok(Inspection::NotAnOffice),
        Err(OpenKeyringError::Damaged)
            if layout.database().is_file() || begins_as_keyring(&layout) =>
        {
            return Ok(Inspection::Damaged {
                what: Damage::KeyringSpoiled,
            });
        }
        Err(OpenKeyringError::Damaged) => return Ok(Inspection::NotAnOffice),
    };
    if let Some(what) = database_damage(&layout.database())? {
        return Ok(Inspection::Damaged { what });
    }
    Ok(Inspection::Ready {
        header: keyring.header(),
        copies: keyring.copies(),
    })
}

fn is_empty(dir: &Path) -> Result<bool, FolderError> {
    Ok(std::fs::read_dir(dir)
        .map_err(FolderError::at(dir))?
        .next()
        .is_none())
}

fn begins_as_keyring(layout: &Layout) -> bool {
    [layout.keyring(), layout.keyring_copy()]
        .iter()
        .any(|path| {
            let mut first = [0; 16];
            std::fs::File::open(path)
                .and_then(|mut file| file.read_exact(&mut first))
                .is_ok()
                && first == *b"tongbao-keyring "
        })
}

fn database_damage(path: &Path) -> Result<Option<Damage>, FolderError> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some(Damage::DatabaseMissing));
        }
        Err(error) => return Err(FolderError::at(path)(error)),
    };
    let found = file.metadata().map_err(FolderError::at(path))?;
    if !found.is_file() {
        return Ok(Some(Damage::DatabaseMissing));
    }
    let mut first = Vec::new();
    file.take(PLAIN_DATABASE.len() as u64)
        .read_to_end(&mut first)
        .map_err(FolderError::at(path))?;
    Ok(if first == PLAIN_DATABASE {
        Some(Damage::DatabasePlain)
    } else if found.len() < SMALLEST_DATABASE {
        Some(Damage::DatabaseTruncated)
    } else {
        None
    })
}

/// Says why no office was made. Nothing of it is left on the disk.
#[derive(Debug, thiserror::Error)]
pub enum CreateFolderError<E> {
    /// Something is there already.
    #[error("there is something in {0} already")]
    Occupied(PathBuf),
    /// The place will not do.
    #[error(transparent)]
    Place(#[from] PlaceRefusal),
    /// The disk is nearly full.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// A file could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No random bytes for a name.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// What was to be put in could not be made.
    #[error("the office could not be filled")]
    Fill(E),
}

/// Makes a data folder that is there whole or not at all.
///
/// `fill` makes the keyring and the database in a folder beside the final one and must have
/// closed the database when it returns; then everything is flushed and the folder gets its name.
pub fn create<T, E>(
    dir: &Path,
    entropy: &mut dyn Entropy,
    fill: impl FnOnce(&Layout, &mut dyn Entropy) -> Result<T, E>,
) -> Result<T, CreateFolderError<E>> {
    check_place(dir)?;
    let occupied = || CreateFolderError::Occupied(dir.to_owned());
    match std::fs::metadata(dir) {
        Ok(found) if !found.is_dir() || !is_empty(dir)? => return Err(occupied()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(FolderError::at(dir)(error).into());
        }
        _ => {}
    }
    let parent = dir
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(FolderError::at(parent))?;
    enough_space(parent)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(dir.file_name().ok_or_else(occupied)?);
    name.push(format!(".{}.making", hexed::encode(&random::<4>(entropy)?)));
    let making = parent.join(name);
    sweep_makings(parent, dir);
    host::create_private_dir(&making).map_err(FolderError::at(&making))?;
    let held = making.join(HELD);
    let file = host::create_private(&held).map_err(FolderError::at(&held))?;
    file.lock().map_err(FolderError::at(&held))?;
    let made = fill_and_name(&making, dir, entropy, fill, file);
    if made.is_err() {
        let _ = std::fs::remove_dir_all(&making);
    }
    made
}

/// Ends the program at a named step, as a power cut would: debug builds only, when a test asks for it.
pub(crate) fn step(name: &str) {
    if cfg!(debug_assertions) && std::env::var("TONGBAO_STOP_AT").is_ok_and(|at| at == name) {
        std::process::abort();
    }
}

/// The file by which a folder being made is held; the lock goes with the process, however it ends.
const HELD: &str = "making";

/// Removes what a killed program left of an office of this name. What another program is making is left alone.
fn sweep_makings(parent: &Path, dir: &Path) {
    let begin = format!(
        ".{}.",
        dir.file_name().unwrap_or_default().to_string_lossy()
    );
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(&begin) || !name.ends_with(".making") {
            continue;
        }
        let left = match std::fs::File::open(entry.path().join(HELD)) {
            Ok(file) => file.try_lock().is_ok(),
            Err(_) => true,
        };
        if left {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn fill_and_name<T, E>(
    making: &Path,
    dir: &Path,
    entropy: &mut dyn Entropy,
    fill: impl FnOnce(&Layout, &mut dyn Entropy) -> Result<T, E>,
    held: std::fs::File,
) -> Result<T, CreateFolderError<E>> {
    let layout = Layout::of(making);
    for part in [layout.attachments(), layout.backups()] {
        host::create_private_dir(&part).map_err(FolderError::at(&part))?;
    }
    let filled = fill(&layout, entropy).map_err(CreateFolderError::Fill)?;
    step("create.filled");
    drop(held);
    let note = making.join(HELD);
    std::fs::remove_file(&note).map_err(FolderError::at(&note))?;
    durable::sync_tree(making)?;
    // An empty folder may be in the way; one that is no longer empty stays, and stops us.
    match std::fs::remove_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
            return Err(CreateFolderError::Occupied(dir.to_owned()));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(FolderError::at(dir)(error).into());
        }
        _ => {}
    }
    std::fs::rename(making, dir).map_err(FolderError::at(dir))?;
    durable::sync_parent(dir)?;
    Ok(filled)
}

/// Says that the disk is nearly full.
#[derive(Debug, thiserror::Error)]
pub enum SpaceError {
    /// Less is free than a write may need.
    #[error("{free} bytes are free, {needed} are needed")]
    NotEnough {
        /// Bytes this user may still write.
        free: u64,
        /// Bytes that must be free.
        needed: u64,
    },
    /// The system did not tell.
    #[error(transparent)]
    Unknown(#[from] FolderError),
}

/// Asks, before a write, whether the disk has the 200 MiB that keep a nearly full disk from tearing an office.
pub fn enough_space(dir: &Path) -> Result<(), SpaceError> {
    enough_space_for(dir, 0)
}

/// Asks the same with room for something large.
pub fn enough_space_for(dir: &Path, bytes: u64) -> Result<(), SpaceError> {
    need(dir, FREE_SPACE_GUARD.saturating_add(bytes))
}

/// Asks whether there is room for a note in the audit, which comes out of what the guard kept free.
pub fn enough_space_for_a_note(dir: &Path) -> Result<(), SpaceError> {
    need(dir, NOTE_SPACE)
}

/// Asks whether the disk of a folder has so many bytes left.
pub fn need(dir: &Path, needed: u64) -> Result<(), SpaceError> {
    match host::free_bytes(dir).map_err(FolderError::at(dir))? {
        Some(free) if free < needed => Err(SpaceError::NotEnough { free, needed }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
