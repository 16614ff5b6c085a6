//! `Office` = one opened data folder: use cases, permission, transaction, audit.
//!
//! **Invariant:** no row changes outside [`Office::transact`].
//! **Invariant:** time, randomness and the actor are arguments.
pub mod access;
pub mod attachments;
pub mod audit;
pub mod audit_chain;
pub mod backup;
pub mod documents;
pub mod error;
pub mod folder;
pub mod inspections;
pub mod keyring;
pub mod org;
pub mod postings;
pub mod printing;
pub mod recovery;
pub mod sample;
pub mod sample_data;
pub mod today;
pub mod transact;

/// The page setter, lent to those above so that they depend on one crate.
pub use print;
/// What the database may say.
pub use store::StoreError;
/// What one side of a restore has and the other does not.
pub use store::backup::Work;

pub use error::OfficeError;
pub use transact::{Done, Record, Who, Writing};

use access::Session;
use domain::access::{Circumstance, Grant, Permission, grant};
use uuid::Uuid;

/// The clock, passed in by the host; tests have a fixed one.
pub trait Clock: Send + Sync {
    /// Returns now, Unix ms UTC.
    fn now_ms(&self) -> i64;
}

/// One call: who, and when.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The sitting.
    pub session: &'a Session,
    /// Now, Unix ms.
    pub now: i64,
}
impl Call<'_> {
    /// Names the actor of a change.
    pub fn who(&self) -> Who<'_> {
        Who {
            actor: &self.session.actor,
            seed: self.session.seed.as_ref(),
        }
    }
    /// Checks a permission that does not depend on a record.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn grant<P: Permission>(&self) -> Result<Grant<P>, OfficeError> {
        self.grant_for::<P>(Circumstance::default())
    }
    /// Checks a permission in the circumstances of a record.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn grant_for<P: Permission>(&self, c: Circumstance) -> Result<Grant<P>, OfficeError> {
        Ok(grant::<P>(&self.session.actor, c)?)
    }
    /// Checks a permission for a list: whoever has it for some records only gets a grant limited to those.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn grant_within<P: Permission>(&self) -> Result<Grant<P>, OfficeError> {
        self.grant_for::<P>(Circumstance {
            in_charge: true,
            ..Circumstance::default()
        })
    }
    /// Says whether an account is the actor's own.
    pub fn is_me(&self, account: Uuid) -> bool {
        self.session.actor.account_id == account
    }
}

/// One opened data folder. The only writer of it, as long as it lives.
pub struct Office {
    layout: folder::Layout,
    db: store::Db,
    keyring: keyring::Keyring,
    master: keyring::MasterKey,
    entropy: Box<dyn keyring::Entropy + Send>,
    vault_id: Uuid,
    /// A sitting that began when there was no room to note it, and when.
    unnoted: Option<(Uuid, i64)>,
    _lock: folder::FolderLock,
}
impl Office {
    /// Returns where it lies.
    pub fn dir(&self) -> &std::path::Path {
        self.layout.dir()
    }
    /// Writes the log back, so that a quiet office is one file.
    ///
    /// # Errors
    /// Device errors.
    pub fn settle(&self) -> Result<(), OfficeError> {
        Ok(self.db.checkpoint()?)
    }
}

/// Returns the SHA-256 of bytes as hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}
