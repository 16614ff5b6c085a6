//! The keyring file: `tongbao-keyring VERSION SHA256` on the first line, canonical JSON below it.
//!
//! The first line keeps this form in every version, so that an older program can tell a newer
//! file from a damaged one. The checksum finds damage; the MAC, whose key only a password
//! brings out, finds changes made by hand.

use hmac::Mac;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;
use uuid::Uuid;

use super::hexed;
use super::secrets::MasterKey;
use super::slot::{Slot, SlotHolder, Vault, Work};
use super::{AccountHeader, RecoveryUse};

pub(crate) const MAGIC: &str = "tongbao-keyring";
/// The newest form this program reads and the one it writes.
pub(crate) const FORMAT: u32 = 1;
const LARGEST: u64 = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// Grows by one with every change: tells the newer of two good copies.
    pub(crate) revision: u32,
    /// Generation of the master key.
    pub(crate) epoch: u32,
    pub(crate) vault_id: Uuid,
    pub(crate) office_name: String,
    pub(crate) short_name: String,
    /// The sample office: said by the program that made it, not by its name. Absent where it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) demo: bool,
    /// Work of the slots still to be made.
    pub(crate) work: Work,
    pub(crate) accounts: Vec<AccountHeader>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) recovery_uses: Vec<RecoveryUse>,
}

impl Body {
    pub(crate) fn vault(&self) -> Vault {
        Vault {
            vault_id: self.vault_id,
            epoch: self.epoch,
        }
    }

    pub(crate) fn account(&self, account_id: Uuid) -> Option<&AccountHeader> {
        self.accounts
            .iter()
            .find(|account| account.account_id == account_id)
    }

    pub(crate) fn account_slot(&self, account_id: Uuid) -> Option<&Slot> {
        self.slots
            .iter()
            .find(|slot| slot.holder == SlotHolder::Account { account_id })
    }

    fn mac(&self, master: &MasterKey) -> hmac::Hmac<Sha256> {
        let mut mac = master.keyring_mac();
        mac.update(&canonical(self));
        mac
    }

    /// Puts the MAC of the master key on a body.
    pub(crate) fn seal(self, master: &MasterKey) -> Sealed {
        let mac = self.mac(master).finalize().into_bytes().into();
        Sealed { body: self, mac }
    }

    fn is_sound(&self) -> bool {
        let once = |mut keys: Vec<String>| {
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            keys.len() == all
        };
        self.work.is_possible()
            && self.slots.iter().all(|slot| slot.kdf.work.is_possible())
            && once(
                self.accounts
                    .iter()
                    .map(|account| account.account_id.to_string())
                    .collect(),
            )
            && once(
                self.accounts
                    .iter()
                    .map(|account| super::fold_name(&account.sign_in_name))
                    .collect(),
            )
    }
}

/// A body with the MAC over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sealed {
    pub(crate) body: Body,
    #[serde(with = "hexed")]
    mac: [u8; 32],
}

impl Sealed {
    /// Says whether this body was written by somebody who held the master key.
    pub(crate) fn is_genuine(&self, master: &MasterKey) -> bool {
        self.body.mac(master).verify_slice(&self.mac).is_ok()
    }

    pub(crate) fn to_file(&self) -> Vec<u8> {
        let body = canonical(self);
        let mut file = format!("{MAGIC} {FORMAT} {}\n", checksum(FORMAT, &body)).into_bytes();
        file.extend_from_slice(&body);
        file
    }
}

fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("BUG: the keyring has a canonical form")
}

fn checksum(format: u32, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{MAGIC} {format}\n"));
    hash.update(body);
    hexed::encode(&hash.finalize())
}

/// What one copy of the keyring turned out to be.
#[derive(Debug)]
pub(crate) enum Copy {
    Good(Box<Sealed>),
    Missing,
    Damaged,
    TooNew { found: u32 },
    Unreadable(std::io::Error),
}

/// Reads one copy from disk.
pub(crate) fn read(path: &Path) -> Copy {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Copy::Missing,
        Err(error) => return Copy::Unreadable(error),
    };
    let mut bytes = Vec::new();
    match file.take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LARGEST => Copy::Damaged,
        Ok(_) => parse(&bytes),
        Err(error) => Copy::Unreadable(error),
    }
}

/// Reads one copy from bytes: nothing but the exact bytes that were written is good.
pub(crate) fn parse(bytes: &[u8]) -> Copy {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
        return Copy::Damaged;
    };
    let body = &bytes[end + 1..];
    let Ok(line) = std::str::from_utf8(&bytes[..end]) else {
        return Copy::Damaged;
    };
    let Some(format) = line
        .split(' ')
        .nth(1)
        .and_then(|version| version.parse::<u32>().ok())
    else {
        return Copy::Damaged;
    };
    if line != format!("{MAGIC} {format} {}", checksum(format, body)) {
        return Copy::Damaged;
    }
    if format > FORMAT {
        return Copy::TooNew { found: format };
    }
    match serde_json::from_slice::<Sealed>(body) {
        Ok(sealed) if sealed.body.is_sound() => Copy::Good(Box::new(sealed)),
        _ => Copy::Damaged,
    }
}
