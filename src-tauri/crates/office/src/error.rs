//! What an office can answer instead of doing it.
use crate::{folder, keyring};
use domain::access::Denied;
use domain::{Problems, Refusal};
use uuid::Uuid;

/// Says why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The permission is missing.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields are wrong: all of them.
    #[error("invalid")]
    Invalid(Problems),
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Somebody saved a newer version.
    #[error("stale: {found} is newer than {read}")]
    Stale {
        /// The version that was read.
        read: i64,
        /// The version found.
        found: i64,
        /// Where the text was kept, if there was one to keep.
        kept: Option<Uuid>,
    },
    /// The database.
    #[error(transparent)]
    Store(store::StoreError),
    /// The page setter.
    #[error(transparent)]
    Print(#[from] print::PrintError),
    /// The password is wrong.
    #[error("wrong password")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("wait {seconds} s")]
    Wait {
        /// How long.
        seconds: i64,
    },
    /// The keyring could not be read.
    #[error(transparent)]
    OpenKeyring(keyring::OpenKeyringError),
    /// The keyring refuses to open or was altered by hand.
    #[error(transparent)]
    Unlock(keyring::UnlockError),
    /// The keyring could not be changed.
    #[error(transparent)]
    Keyring(#[from] keyring::ChangeKeyringError),
    /// Another program has the office open.
    #[error("held by another program")]
    Held(Option<folder::Holder>),
    /// The place will not do for a live office.
    #[error(transparent)]
    Place(#[from] folder::PlaceRefusal),
    /// The disk is nearly full: nothing was begun.
    #[error("disk nearly full")]
    DiskNearlyFull,
    /// Something is there already.
    #[error("occupied")]
    Occupied,
    /// There is no office in the folder, or it is damaged or foreign.
    #[error("{0}")]
    NoOffice(&'static str),
    /// A newer program wrote it.
    #[error("newer: {found} > {max}")]
    TooNew {
        /// The format found.
        found: i64,
        /// The newest known.
        max: i64,
    },
    /// A file could not be written or read.
    #[error("file: {0}")]
    File(String),
    /// A fault of the program: nothing was changed.
    #[error("bug: {0}")]
    Bug(&'static str),
}
impl OfficeError {
    /// Says whether there was no room on the disk.
    pub fn is_lack_of_space(&self) -> bool {
        matches!(
            self,
            OfficeError::DiskNearlyFull | OfficeError::Store(store::StoreError::DiskFull)
        )
    }
}
impl From<Problems> for OfficeError {
    fn from(p: Problems) -> Self {
        OfficeError::Invalid(p)
    }
}
impl From<store::StoreError> for OfficeError {
    fn from(e: store::StoreError) -> Self {
        match e {
            store::StoreError::FileTooNew { found, max } => OfficeError::TooNew { found, max },
            other => OfficeError::Store(other),
        }
    }
}
impl From<folder::SpaceError> for OfficeError {
    fn from(_: folder::SpaceError) -> Self {
        OfficeError::DiskNearlyFull
    }
}
impl From<folder::FolderError> for OfficeError {
    fn from(e: folder::FolderError) -> Self {
        if e.is_disk_full() {
            OfficeError::DiskNearlyFull
        } else {
            OfficeError::File(e.to_string())
        }
    }
}
impl From<folder::LockError> for OfficeError {
    fn from(e: folder::LockError) -> Self {
        match e {
            folder::LockError::HeldBy(holder) => OfficeError::Held(holder),
            folder::LockError::Folder(e) => e.into(),
        }
    }
}
impl From<keyring::EntropyError> for OfficeError {
    fn from(_: keyring::EntropyError) -> Self {
        OfficeError::Bug("no random bytes")
    }
}
