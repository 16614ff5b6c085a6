//! The keyring: who may open an office, each with a password of their own.
//!
//! One random master key opens everything. It is kept only in slots: one a person, sealed under
//! that person's password, and one for each of two printed recovery sheets. A slot also holds the
//! person's signing seed, so that nobody else can sign for them. Names stand in the clear, for
//! the sign-in screen; a MAC under the master key shows at unlock if somebody changed them.
//!
//! The file exists twice. Both copies are written before a change counts as done, and a damaged
//! one is made good from the other. Nothing here writes when an unlock fails.

mod entropy;
mod file;
pub(crate) mod hexed;
mod password;
mod recover;
mod secrets;
mod slot;
#[cfg(test)]
mod tests;
mod throttle;

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) use entropy::random;
pub use entropy::{Entropy, EntropyError, SystemEntropy};
pub use password::{
    LONGEST_PASSWORD, PasswordProblem, SHORTEST_PASSWORD, password_problems,
    suggest_initial_password,
};
pub use recover::RecoveryAccess;
pub use secrets::{MasterKey, Purpose, SigningSeed, verify_signature};
pub use slot::Strength;
pub use throttle::{FREE_ATTEMPTS, Throttle, Wait};

use crate::folder::{self, FolderError, Layout, SpaceError};
use crate::recovery::RecoveryCode;
use file::{Body, Copy, FORMAT, Sealed};
use password::normal_form;
use slot::{Opened, Passphrase, Slot, SlotHolder};

/// How far a person has come with their own password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Opens with the first password that somebody else set; must choose an own one, cannot sign.
    Initial,
    /// Opens with a password of the person's own choice and has a signing key.
    Active,
}

/// 账号 — what the sign-in screen shows of an account before anybody has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountHeader {
    /// Id of the account.
    pub account_id: Uuid,
    /// What is typed to sign in; unique without regard to case and width of letters.
    pub sign_in_name: String,
    /// Name of the person.
    pub display_name: String,
    /// 岗位: the code of the post, as the domain writes it.
    pub post: String,
    /// Whether a recovery sheet may reset this account.
    pub administrator: bool,
    /// Whether the person has chosen a password.
    pub state: AccountState,
    /// Public half of the signing key, once there is one.
    #[serde(with = "hexed::option")]
    pub public_key: Option<[u8; 32]>,
}

/// What can be read of an office without a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Id of the office, for ever.
    pub vault_id: Uuid,
    /// 机构名称: full name of the office.
    pub office_name: String,
    /// 简称: short name of the office.
    pub short_name: String,
    /// The sample office, whose password everybody may know.
    pub demo: bool,
    /// Accounts in the order in which they were added.
    pub accounts: Vec<AccountHeader>,
    /// Grows by one with every change of the keyring.
    pub revision: u32,
    /// Says that some password costs an attacker less work than a real office asks for.
    pub weak: bool,
}

impl Header {
    /// Finds the account with a sign-in name, in whatever case and width it is typed.
    #[must_use]
    pub fn account_named(&self, sign_in_name: &str) -> Option<&AccountHeader> {
        let name = fold_name(sign_in_name);
        self.accounts
            .iter()
            .find(|account| fold_name(&account.sign_in_name) == name)
    }
}

/// The two names of an office, and whether it is the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeNames {
    /// Full name.
    pub office_name: String,
    /// Short name.
    pub short_name: String,
    /// The sample office; fixed when it is made.
    pub demo: bool,
}

/// 账号 — the clear part of an account to be added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Id of the account.
    pub account_id: Uuid,
    /// What is typed to sign in.
    pub sign_in_name: String,
    /// Name of the person.
    pub display_name: String,
    /// 岗位: the code of the post.
    pub post: String,
    /// Whether a recovery sheet may reset this account.
    pub administrator: bool,
}

/// The password that an account of a new office begins with.
#[derive(Clone, Copy)]
pub enum FirstPassword<'a> {
    /// Chosen by the person, who sits at the keyboard: active at once, with a signing key.
    Chosen(&'a str),
    /// Set for somebody else, who replaces it at first sign-in.
    Initial(&'a str),
}

/// Which of the two recovery sheets was used, for whom and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryUse {
    /// 1 or 2.
    pub sheet: u8,
    /// The administrator whose password was reset.
    pub account_id: Uuid,
    /// When, in Unix ms.
    pub at_ms: i64,
    /// Whether the audit knows of it: with a sheet alone nobody can write there.
    pub audited: bool,
}

/// How the two copies of the keyring were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Copies {
    /// Both are good and equal.
    BothGood,
    /// `keyring` is damaged or missing; `keyring.bak` was used.
    MainDamaged,
    /// `keyring.bak` is damaged or missing.
    BackupDamaged,
    /// `keyring` is an older state; `keyring.bak` was used.
    MainOlder,
    /// `keyring.bak` is an older or another state.
    BackupOlder,
    /// `keyring` was changed by hand; `keyring.bak` was used.
    MainAltered,
}

/// A new office's keyring and the secrets that exist only now.
#[derive(Debug)]
pub struct Created {
    /// The keyring, already on disk.
    pub keyring: Keyring,
    /// The master key, to make the database with.
    pub master: MasterKey,
    /// To be printed and then forgotten.
    pub recovery_codes: [RecoveryCode; 2],
    /// The first account whose person chose the password, as if just signed in.
    pub signed_in: Option<Unlocked>,
}

/// What a right password brings out.
#[derive(Debug, Clone)]
pub struct Unlocked {
    /// The master key.
    pub master: MasterKey,
    /// Whose password it was.
    pub account: AccountHeader,
    /// The signing key; absent until the person has chosen a password.
    pub signing_seed: Option<SigningSeed>,
    /// How the copies were found; anything but [`Copies::BothGood`] asks for [`Keyring::heal`].
    pub copies: Copies,
}

/// Says why a keyring cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenKeyringError {
    /// Neither copy exists.
    #[error("there is no keyring")]
    Missing,
    /// Neither copy is whole.
    #[error("both copies of the keyring are damaged")]
    Damaged,
    /// A newer program wrote it.
    #[error("the keyring has form {found}, this program reads up to {max}")]
    TooNew {
        /// Form of the file.
        found: u32,
        /// Newest form this program reads.
        max: u32,
    },
    /// The operating system did not let us read it.
    #[error("the keyring cannot be read: {path}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}

/// Says why a password opened nothing. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// No account has this sign-in name.
    #[error("no account has this sign-in name")]
    UnknownAccount,
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongPassword,
    /// The password is right, but the names or slots around it were changed by hand in both copies.
    #[error("the keyring was changed by hand")]
    Altered,
}

/// Says why a change of the keyring was not made. Nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeKeyringError {
    /// The password that should prove the person did not open their slot.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The master key is that of another office, or the file was changed by hand.
    #[error("the master key does not fit this keyring")]
    WrongMaster,
    /// The new password is refused, for all these reasons.
    #[error("the password is refused: {0:?}")]
    PasswordRefused(Vec<PasswordProblem>),
    /// The new password is the old one.
    #[error("the new password is the old one")]
    SamePassword,
    /// The sign-in name is empty.
    #[error("the sign-in name is empty")]
    NameEmpty,
    /// Another account has this sign-in name.
    #[error("another account has the sign-in name {sign_in_name}")]
    NameTaken {
        /// The name.
        sign_in_name: String,
    },
    /// The account id is already there.
    #[error("the account is already there")]
    AccountExists,
    /// There is no such account.
    #[error("there is no such account")]
    UnknownAccount,
    /// The person has already chosen a password.
    #[error("the person has already chosen a password")]
    NotInitial,
    /// The person has not yet chosen a password.
    #[error("the person has not yet chosen a password")]
    StillInitial,
    /// Nobody could administer the office any more.
    #[error("the office would have no administrator")]
    LastAdministrator,
    /// A recovery sheet resets administrators only.
    #[error("a recovery sheet resets administrators only")]
    NotAdministrator,
    /// A keyring is already there.
    #[error("a keyring is already there")]
    KeyringExists,
    /// The disk is nearly full.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// The file could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// 钥匙簿 — the opened keyring file of one office: names in the clear, keys still sealed.
#[derive(Debug)]
pub struct Keyring {
    dir: PathBuf,
    sealed: Sealed,
    /// The other copy, when it is good but different.
    other: Option<Sealed>,
    copies: Copies,
}

impl Keyring {
    /// Makes the keyring of a new office in `dir`, both copies, and the two recovery codes.
    pub fn create(
        dir: &Path,
        names: OfficeNames,
        accounts: &[(NewAccount, FirstPassword<'_>)],
        strength: Strength,
        entropy: &mut dyn Entropy,
    ) -> Result<Created, ChangeKeyringError> {
        let layout = Layout::of(dir);
        if layout.keyring().exists() || layout.keyring_copy().exists() {
            return Err(ChangeKeyringError::KeyringExists);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut_slice())?;
        let master = MasterKey::from_bytes(bytes);
        let body = Body {
            revision: 0,
            epoch: 1,
            vault_id: entropy::random_id(entropy)?,
            office_name: names.office_name,
            short_name: names.short_name,
            demo: names.demo,
            work: strength.into(),
            accounts: Vec::new(),
            slots: Vec::new(),
            recovery_uses: Vec::new(),
        };
        let mut keyring = Self {
            dir: dir.to_owned(),
            sealed: body.clone().seal(&master),
            other: None,
            copies: Copies::BothGood,
        };
        let mut body = body;
        let mut signed_in = None;
        for (account, first) in accounts {
            let (password, seed) = match first {
                FirstPassword::Chosen(password) => (password, Some(new_seed(entropy)?)),
                FirstPassword::Initial(password) => (password, None),
            };
            let header = admit(
                &mut body,
                account,
                password,
                &master,
                seed.as_ref(),
                entropy,
            )?;
            if seed.is_some() && signed_in.is_none() {
                signed_in = Some(Unlocked {
                    master: master.clone(),
                    account: header,
                    signing_seed: seed,
                    copies: Copies::BothGood,
                });
            }
        }
        if !body.accounts.iter().any(|account| account.administrator) {
            return Err(ChangeKeyringError::LastAdministrator);
        }
        let recovery_codes = recover::put_codes(&mut body, &master, entropy)?;
        keyring.write(body, &master)?;
        Ok(Created {
            keyring,
            master,
            recovery_codes,
            signed_in,
        })
    }

    /// Reads the keyring of the office in `dir`. Writes nothing, whatever it finds.
    pub fn open(dir: &Path) -> Result<Self, OpenKeyringError> {
        let layout = Layout::of(dir);
        let (sealed, other, copies) = match (
            file::read(&layout.keyring()),
            file::read(&layout.keyring_copy()),
        ) {
            (Copy::TooNew { found }, _) | (_, Copy::TooNew { found }) => {
                return Err(OpenKeyringError::TooNew { found, max: FORMAT });
            }
            (Copy::Good(main), Copy::Good(copy)) if main == copy => (*main, None, Copies::BothGood),
            (Copy::Good(main), Copy::Good(copy)) if copy.body.revision > main.body.revision => {
                (*copy, Some(*main), Copies::MainOlder)
            }
            (Copy::Good(main), Copy::Good(copy)) => (*main, Some(*copy), Copies::BackupOlder),
            (Copy::Good(main), _) => (*main, None, Copies::BackupDamaged),
            (_, Copy::Good(copy)) => (*copy, None, Copies::MainDamaged),
            (Copy::Missing, Copy::Missing) => return Err(OpenKeyringError::Missing),
            (Copy::Unreadable(source), _) => {
                return Err(OpenKeyringError::Io {
                    path: layout.keyring(),
                    source,
                });
            }
            (_, Copy::Unreadable(source)) => {
                return Err(OpenKeyringError::Io {
                    path: layout.keyring_copy(),
                    source,
                });
            }
            (Copy::Damaged | Copy::Missing, Copy::Damaged | Copy::Missing) => {
                return Err(OpenKeyringError::Damaged);
            }
        };
        Ok(Self {
            dir: dir.to_owned(),
            sealed,
            other,
            copies,
        })
    }

    /// Returns what stands in the clear. Not yet proven: an unlock proves it.
    #[must_use]
    pub fn header(&self) -> Header {
        let body = &self.sealed.body;
        Header {
            vault_id: body.vault_id,
            office_name: body.office_name.clone(),
            short_name: body.short_name.clone(),
            demo: body.demo,
            accounts: body.accounts.clone(),
            revision: body.revision,
            weak: body.work.is_below_floor()
                || body.slots.iter().any(|slot| slot.kdf.work.is_below_floor()),
        }
    }

    /// Reads what stands in the clear of a keyring that lies in a backup; none if it is no whole keyring.
    #[must_use]
    pub fn header_of(bytes: &[u8]) -> Option<Header> {
        match file::parse(bytes) {
            Copy::Good(sealed) => Some(
                Self {
                    dir: PathBuf::new(),
                    sealed: *sealed,
                    other: None,
                    copies: Copies::BothGood,
                }
                .header(),
            ),
            _ => None,
        }
    }

    /// Returns the file as it stands on the disk.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.sealed.to_file()
    }

    /// Says whether it was written by somebody who held this master key.
    #[must_use]
    pub fn is_genuine(&self, master: &MasterKey) -> bool {
        self.sealed.is_genuine(master)
    }

    /// Returns how the two copies were found, or left by the last change.
    #[must_use]
    pub fn copies(&self) -> Copies {
        self.copies
    }

    /// Opens the office for the person with this sign-in name.
    pub fn unlock(&self, sign_in_name: &str, password: &str) -> Result<Unlocked, UnlockError> {
        let name = fold_name(sign_in_name);
        let account = self
            .sealed
            .body
            .accounts
            .iter()
            .find(|account| fold_name(&account.sign_in_name) == name);
        self.unlock_account(
            account.ok_or(UnlockError::UnknownAccount)?.account_id,
            password,
        )
    }

    /// Opens the office for this account: also to ask for the password again before an approval.
    pub fn unlock_account(
        &self,
        account_id: Uuid,
        password: &str,
    ) -> Result<Unlocked, UnlockError> {
        if password.len() > LONGEST_PASSWORD * 16 {
            return Err(UnlockError::WrongPassword);
        }
        let password = normal_form(password);
        let passphrase = Passphrase(password.as_bytes());
        let open = |sealed: &Sealed| -> Result<(Opened, AccountHeader), UnlockError> {
            let account = sealed
                .body
                .account(account_id)
                .ok_or(UnlockError::UnknownAccount)?;
            let slot = sealed
                .body
                .account_slot(account_id)
                .ok_or(UnlockError::Altered)?;
            let opened = slot
                .open(sealed.body.vault(), &passphrase)
                .ok_or(UnlockError::WrongPassword)?;
            if !sealed.is_genuine(&opened.master) {
                return Err(UnlockError::Altered);
            }
            Ok((opened, account.clone()))
        };
        let (opened, account, copies) = match (open(&self.sealed), &self.other) {
            (Ok((opened, account)), _) => (opened, account, self.copies),
            // The password is right but the names were changed: the other copy may be the true one.
            // A wrong password never goes there, or an old password could live on in an old copy.
            (Err(UnlockError::Altered), Some(other)) => {
                let (opened, account) = open(other).map_err(|_| UnlockError::Altered)?;
                (opened, account, Copies::MainAltered)
            }
            (Err(error), _) => return Err(error),
        };
        Ok(Unlocked {
            master: opened.master,
            account,
            signing_seed: opened.seed,
            copies,
        })
    }

    /// Makes both copies good again and returns what was wrong. For after a successful unlock.
    pub fn heal(&mut self, master: &MasterKey) -> Result<Copies, ChangeKeyringError> {
        let mut found = self.copies;
        if !self.sealed.is_genuine(master) {
            let other = self.other.take_if(|other| other.is_genuine(master));
            self.sealed = other.ok_or(ChangeKeyringError::WrongMaster)?;
            found = Copies::MainAltered;
        }
        if found != Copies::BothGood {
            self.put(self.sealed.clone())?;
        }
        Ok(found)
    }

    /// Adds a person, whose first password somebody else has set.
    pub fn add_account(
        &mut self,
        master: &MasterKey,
        account: &NewAccount,
        initial_password: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        admit(&mut body, account, initial_password, master, None, entropy)?;
        self.write(body, master)
    }

    /// Changes the names, the post or the administrator mark of an account.
    pub fn update_account(
        &mut self,
        master: &MasterKey,
        account: &NewAccount,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        check_name(&body, account)?;
        let header = account_mut(&mut body, account.account_id)?;
        header.sign_in_name.clone_from(&account.sign_in_name);
        header.display_name.clone_from(&account.display_name);
        header.post.clone_from(&account.post);
        header.administrator = account.administrator;
        if !body.accounts.iter().any(|account| account.administrator) {
            return Err(ChangeKeyringError::LastAdministrator);
        }
        self.write(body, master)
    }

    /// Changes the names of the office.
    pub fn rename_office(
        &mut self,
        master: &MasterKey,
        names: OfficeNames,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        body.office_name = names.office_name;
        body.short_name = names.short_name;
        self.write(body, master)
    }

    /// Replaces the first password by one of the person's own, and makes their signing key.
    pub fn choose_password(
        &mut self,
        account_id: Uuid,
        initial_password: &str,
        new_password: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Unlocked, ChangeKeyringError> {
        let unlocked = self.unlock_account(account_id, initial_password)?;
        if unlocked.account.state != AccountState::Initial {
            return Err(ChangeKeyringError::NotInitial);
        }
        let seed = new_seed(entropy)?;
        self.rewrap(unlocked, initial_password, new_password, seed, entropy)
    }

    /// Replaces the person's password; the signing key stays.
    pub fn change_password(
        &mut self,
        account_id: Uuid,
        old_password: &str,
        new_password: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Unlocked, ChangeKeyringError> {
        let unlocked = self.unlock_account(account_id, old_password)?;
        let Some(seed) = unlocked.signing_seed.clone() else {
            return Err(ChangeKeyringError::StillInitial);
        };
        self.rewrap(unlocked, old_password, new_password, seed, entropy)
    }

    fn rewrap(
        &mut self,
        unlocked: Unlocked,
        old_password: &str,
        new_password: &str,
        seed: SigningSeed,
        entropy: &mut dyn Entropy,
    ) -> Result<Unlocked, ChangeKeyringError> {
        let master = unlocked.master;
        if unlocked.copies == Copies::MainAltered {
            self.heal(&master)?;
        }
        if normal_form(old_password) == normal_form(new_password) {
            return Err(ChangeKeyringError::SamePassword);
        }
        let mut body = self.proven_body(&master)?;
        let account = put_password(
            &mut body,
            unlocked.account.account_id,
            new_password,
            &master,
            Some(&seed),
            entropy,
        )?;
        self.write(body, &master)?;
        Ok(Unlocked {
            master,
            account,
            signing_seed: Some(seed),
            copies: self.copies,
        })
    }

    /// Sets a new first password for somebody who lost theirs. Their signing key is gone for good.
    pub fn reset_password(
        &mut self,
        master: &MasterKey,
        account_id: Uuid,
        initial_password: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        put_password(
            &mut body,
            account_id,
            initial_password,
            master,
            None,
            entropy,
        )?;
        self.write(body, master)
    }

    /// Takes away an account and its slot. The master key stays the same.
    pub fn remove_account(
        &mut self,
        master: &MasterKey,
        account_id: Uuid,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        account_mut(&mut body, account_id)?;
        body.accounts
            .retain(|account| account.account_id != account_id);
        body.slots
            .retain(|slot| slot.holder != SlotHolder::Account { account_id });
        if !body.accounts.iter().any(|account| account.administrator) {
            return Err(ChangeKeyringError::LastAdministrator);
        }
        self.write(body, master)
    }

    fn proven_body(&self, master: &MasterKey) -> Result<Body, ChangeKeyringError> {
        if self.sealed.is_genuine(master) {
            Ok(self.sealed.body.clone())
        } else {
            Err(ChangeKeyringError::WrongMaster)
        }
    }

    /// Writes a changed body to both copies.
    fn write(&mut self, mut body: Body, master: &MasterKey) -> Result<(), ChangeKeyringError> {
        body.revision += 1;
        self.put(body.seal(master))
    }

    /// Once the first copy is on disk the change has happened. A failure of the second is
    /// remembered in `copies` and made good by the next heal.
    fn put(&mut self, sealed: Sealed) -> Result<(), ChangeKeyringError> {
        folder::enough_space(&self.dir)?;
        let layout = Layout::of(&self.dir);
        let file = sealed.to_file();
        folder::write_durably(&layout.keyring(), &file)?;
        let second = folder::write_durably(&layout.keyring_copy(), &file);
        self.copies = if second.is_ok() {
            Copies::BothGood
        } else {
            Copies::BackupOlder
        };
        self.sealed = sealed;
        self.other = None;
        Ok(())
    }
}

fn new_seed(entropy: &mut dyn Entropy) -> Result<SigningSeed, EntropyError> {
    let mut bytes = Zeroizing::new([0; 32]);
    entropy.fill(bytes.as_mut_slice())?;
    Ok(SigningSeed::from_bytes(bytes))
}

fn account_mut(
    body: &mut Body,
    account_id: Uuid,
) -> Result<&mut AccountHeader, ChangeKeyringError> {
    let found = body
        .accounts
        .iter_mut()
        .find(|account| account.account_id == account_id);
    found.ok_or(ChangeKeyringError::UnknownAccount)
}

fn check_name(body: &Body, account: &NewAccount) -> Result<(), ChangeKeyringError> {
    let name = fold_name(&account.sign_in_name);
    if name.is_empty() {
        return Err(ChangeKeyringError::NameEmpty);
    }
    let taken = body.accounts.iter().any(|other| {
        other.account_id != account.account_id && fold_name(&other.sign_in_name) == name
    });
    if taken {
        return Err(ChangeKeyringError::NameTaken {
            sign_in_name: account.sign_in_name.clone(),
        });
    }
    Ok(())
}

/// Adds an account to a body, with its slot.
fn admit(
    body: &mut Body,
    account: &NewAccount,
    password: &str,
    master: &MasterKey,
    seed: Option<&SigningSeed>,
    entropy: &mut dyn Entropy,
) -> Result<AccountHeader, ChangeKeyringError> {
    if body.account(account.account_id).is_some() {
        return Err(ChangeKeyringError::AccountExists);
    }
    check_name(body, account)?;
    body.accounts.push(AccountHeader {
        account_id: account.account_id,
        sign_in_name: account.sign_in_name.clone(),
        display_name: account.display_name.clone(),
        post: account.post.clone(),
        administrator: account.administrator,
        state: AccountState::Initial,
        public_key: None,
    });
    put_password(body, account.account_id, password, master, seed, entropy)
}

/// Gives an account a new slot in place of its old one; with a seed it becomes active.
fn put_password(
    body: &mut Body,
    account_id: Uuid,
    password: &str,
    master: &MasterKey,
    seed: Option<&SigningSeed>,
    entropy: &mut dyn Entropy,
) -> Result<AccountHeader, ChangeKeyringError> {
    let account = body
        .account(account_id)
        .ok_or(ChangeKeyringError::UnknownAccount)?;
    let problems = password_problems(
        password,
        &account.sign_in_name,
        &[&body.office_name, &body.short_name],
    );
    if !problems.is_empty() {
        return Err(ChangeKeyringError::PasswordRefused(problems));
    }
    let password = normal_form(password);
    let holder = SlotHolder::Account { account_id };
    let passphrase = Passphrase(password.as_bytes());
    let slot = Slot::make(
        body.vault(),
        holder,
        body.work,
        &passphrase,
        master,
        seed,
        entropy,
    )?;
    body.slots.retain(|slot| slot.holder != holder);
    body.slots.push(slot);
    let account = account_mut(body, account_id)?;
    account.state = if seed.is_some() {
        AccountState::Active
    } else {
        AccountState::Initial
    };
    account.public_key = seed.map(SigningSeed::public_key);
    Ok(account.clone())
}

/// Brings a sign-in name into the form in which names are compared.
pub(crate) fn fold_name(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_lowercase()
}
