//! From requests to use cases and back: conversion by hand, no rule of its own.
pub(crate) mod access;
pub(crate) mod attachments;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod documents;
pub(crate) mod inspections;
pub(crate) mod org;
pub(crate) mod postings;
pub(crate) mod printing;
pub(crate) mod today;

use crate::error::{ApiError, ErrorCode as C};
use office::OfficeError;
use office::StoreError;
use office::keyring::{ChangeKeyringError, OpenKeyringError, UnlockError};

/// Turns what the office says into the one shape of errors.
pub(crate) fn office_error(e: OfficeError) -> ApiError {
    match e {
        OfficeError::Denied(d) => {
            ApiError::new(C::Denied, "error-denied").with("permission", d.permission)
        }
        OfficeError::Invalid(p) => ApiError::invalid(p),
        OfficeError::Refused(r) => {
            let mut e = ApiError::new(C::Refused, &r.message_key);
            e.args = crate::wire::args(r.args);
            e
        }
        OfficeError::Stale { kept, .. } => {
            let key = if kept.is_some() {
                "error-stale-kept"
            } else {
                "error-stale"
            };
            let e = ApiError::new(C::Stale, key);
            match kept {
                Some(id) => e.with("kept_id", id.to_string()),
                None => e,
            }
        }
        OfficeError::Store(s) => store_error(&s),
        OfficeError::Print(p) => print_error(&p),
        OfficeError::WrongPassword => ApiError::new(C::Denied, "access-wrong-password"),
        OfficeError::Wait { seconds } => {
            ApiError::new(C::Refused, "access-wait").with("seconds", seconds)
        }
        OfficeError::OpenKeyring(k) => match k {
            OpenKeyringError::TooNew { .. } => ApiError::new(C::FileTooNew, "office-too-new"),
            OpenKeyringError::Missing => ApiError::new(C::Environment, "office-foreign"),
            OpenKeyringError::Damaged => ApiError::new(C::Environment, "office-damaged"),
            OpenKeyringError::Io { .. } => ApiError::new(C::Environment, "error-device"),
        },
        OfficeError::Unlock(u) => unlock_error(&u),
        OfficeError::Keyring(k) => keyring_error(k),
        OfficeError::Held(Some(h)) => ApiError::new(C::Busy, "office-held-by")
            .with("program", h.program)
            .with("pid", i64::from(h.pid))
            .with("account", h.host_account),
        OfficeError::Held(None) => ApiError::new(C::Busy, "office-held"),
        OfficeError::Place(p) => match p {
            office::folder::PlaceRefusal::NetworkShare { .. } => {
                ApiError::new(C::Environment, "office-on-network-share")
            }
            office::folder::PlaceRefusal::SyncFolder { product, .. } => {
                ApiError::new(C::Environment, "office-in-sync-folder")
                    .with("product", product.to_string())
            }
        },
        OfficeError::DiskNearlyFull => ApiError::new(C::Environment, "error-disk-full"),
        OfficeError::Occupied => ApiError::new(C::Refused, "office-occupied"),
        OfficeError::NoOffice(key) => ApiError::new(C::Environment, key),
        OfficeError::TooNew { found, max } => ApiError::new(C::FileTooNew, "office-too-new")
            .with("found", found)
            .with("max", max),
        OfficeError::File(_) => ApiError::new(C::Environment, "error-device"),
        OfficeError::Bug(_) => ApiError::new(C::Bug, "error-bug"),
    }
}
fn store_error(e: &StoreError) -> ApiError {
    match e {
        StoreError::Unreadable => ApiError::new(C::Environment, "office-damaged"),
        StoreError::FileTooNew { found, max } => ApiError::new(C::FileTooNew, "office-too-new")
            .with("found", *found)
            .with("max", *max),
        StoreError::Busy => ApiError::new(C::Busy, "office-held"),
        StoreError::DiskFull => ApiError::new(C::Environment, "error-disk-full"),
        StoreError::NotFound => ApiError::new(C::NotFound, "error-not-found"),
        StoreError::Taken => ApiError::new(C::Refused, "error-taken"),
        StoreError::Device(_) => ApiError::new(C::Environment, "error-device"),
        StoreError::Malformed(_) | StoreError::Sqlite(_) | StoreError::Migration(_) => {
            ApiError::new(C::Bug, "error-bug")
        }
    }
}
fn print_error(e: &office::print::PrintError) -> ApiError {
    use office::print::PrintError as P;
    match e {
        P::MissingCharacters { characters } => {
            ApiError::new(C::Refused, "documents-characters-missing")
                .with("characters", characters.iter().collect::<String>())
        }
        P::MissingFont { .. } => ApiError::new(C::Environment, "documents-fonts-missing"),
        P::Secret => ApiError::new(C::Refused, "documents-classified-refused"),
        P::Data { path, .. } => {
            ApiError::new(C::Invalid, "print-data-refused").with("path", path.clone())
        }
        P::UnknownTemplate { name } => {
            ApiError::new(C::NotFound, "print-unknown-template").with("name", name.clone())
        }
        _ => ApiError::new(C::Bug, "error-bug"),
    }
}
fn unlock_error(e: &UnlockError) -> ApiError {
    match e {
        UnlockError::WrongPassword | UnlockError::UnknownAccount => {
            ApiError::new(C::Denied, "access-wrong-password")
        }
        _ => ApiError::new(C::Environment, "office-keyring-altered"),
    }
}
fn keyring_error(e: ChangeKeyringError) -> ApiError {
    use ChangeKeyringError as K;
    match e {
        K::Unlock(u) => unlock_error(&u),
        K::PasswordRefused(problems) => {
            let mut p = domain::Problems::default();
            for problem in problems {
                office::org::password_problem("new_password", &problem, &mut p);
            }
            ApiError::invalid(p)
        }
        K::NameTaken { .. } => ApiError::new(C::Refused, "access-name-taken"),
        K::SamePassword => ApiError::new(C::Refused, "access-password-same"),
        K::LastAdministrator => ApiError::new(C::Refused, "access-last-administrator"),
        K::NotAdministrator => ApiError::new(C::Refused, "access-not-an-administrator"),
        K::UnknownAccount => ApiError::new(C::NotFound, "error-not-found"),
        K::Space(_) => ApiError::new(C::Environment, "error-disk-full"),
        K::Folder(e) => office_error(e.into()),
        _ => ApiError::new(C::Bug, "error-bug"),
    }
}
impl From<OfficeError> for ApiError {
    fn from(e: OfficeError) -> Self {
        office_error(e)
    }
}
