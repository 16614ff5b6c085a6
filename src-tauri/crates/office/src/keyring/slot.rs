//! One slot: the master key, and a person's signing seed, sealed under one password.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::entropy::{Entropy, EntropyError, random, random_id};
use super::hexed;
use super::secrets::{MasterKey, SigningSeed};

/// How much work one guess costs. Part of the file, so that a stronger setting can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// 64 MiB, three passes, four lanes: for every office that holds real data.
    Standard,
    /// Next to nothing: for test offices only. [`super::Header::weak`] tells on it.
    ForTests,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Work {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

/// The least work of a real office.
pub(crate) const FLOOR: Work = Work {
    memory_kib: 64 * 1024,
    passes: 3,
    lanes: 4,
};
/// More than this and a made-up keyring could stop an old machine.
const CEILING: Work = Work {
    memory_kib: 256 * 1024,
    passes: 16,
    lanes: 16,
};

impl From<Strength> for Work {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Standard => FLOOR,
            Strength::ForTests => Self {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
        }
    }
}

impl Work {
    pub(crate) fn is_possible(self) -> bool {
        (1..=CEILING.lanes).contains(&self.lanes)
            && (1..=CEILING.passes).contains(&self.passes)
            && (8 * self.lanes..=CEILING.memory_kib).contains(&self.memory_kib)
    }

    pub(crate) fn is_below_floor(self) -> bool {
        self.memory_kib < FLOOR.memory_kib || self.passes < FLOOR.passes
    }
}

/// The ways to turn a password into a key. Names for others (SM3) stay free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KdfAlgorithm {
    /// Argon2id, version 0x13.
    Argon2idV19,
}

/// The ways to seal. Names for others (SM4) stay free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SealAlgorithm {
    Xchacha20Poly1305,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kdf {
    pub(crate) algorithm: KdfAlgorithm,
    pub(crate) work: Work,
    #[serde(with = "hexed")]
    pub(crate) salt: [u8; 16],
}

/// Who opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum SlotHolder {
    Account { account_id: Uuid },
    Recovery { sheet: u8 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) slot_id: Uuid,
    pub(crate) holder: SlotHolder,
    pub(crate) kdf: Kdf,
    pub(crate) seal: SealAlgorithm,
    #[serde(with = "hexed")]
    pub(crate) nonce: [u8; 24],
    #[serde(with = "hexed")]
    pub(crate) sealed: Vec<u8>,
}

/// What stands around the slots and is bound into each of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vault {
    pub(crate) vault_id: Uuid,
    pub(crate) epoch: u32,
}

/// The secret of the person or the sheet: normalised password bytes, or the bytes of a recovery code.
pub(crate) struct Passphrase<'a>(pub(crate) &'a [u8]);

pub(crate) struct Opened {
    pub(crate) master: MasterKey,
    pub(crate) seed: Option<SigningSeed>,
}

const MASTER: std::ops::Range<usize> = 0..32;
const HAS_SEED: usize = 32;
const SEED: std::ops::Range<usize> = 33..65;
const PLAIN_LENGTH: usize = 65;

#[derive(Serialize)]
struct Bound<'a> {
    domain: &'static str,
    vault_id: Uuid,
    epoch: u32,
    slot_id: Uuid,
    holder: SlotHolder,
    kdf: &'a Kdf,
    seal: SealAlgorithm,
}

impl Slot {
    pub(crate) fn make(
        vault: Vault,
        holder: SlotHolder,
        work: Work,
        passphrase: &Passphrase<'_>,
        master: &MasterKey,
        seed: Option<&SigningSeed>,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, EntropyError> {
        let mut slot = Self {
            slot_id: random_id(entropy)?,
            holder,
            kdf: Kdf {
                algorithm: KdfAlgorithm::Argon2idV19,
                work,
                salt: random(entropy)?,
            },
            seal: SealAlgorithm::Xchacha20Poly1305,
            nonce: random(entropy)?,
            sealed: Vec::new(),
        };
        let mut plain = Zeroizing::new([0; PLAIN_LENGTH]);
        plain[MASTER].copy_from_slice(master.bytes());
        if let Some(seed) = seed {
            plain[HAS_SEED] = 1;
            plain[SEED].copy_from_slice(seed.bytes());
        }
        let aad = slot.bound(vault);
        slot.sealed = slot
            .cipher(passphrase)
            .encrypt(
                &XNonce::from(slot.nonce),
                Payload {
                    msg: plain.as_slice(),
                    aad: &aad,
                },
            )
            .expect("BUG: 65 bytes can be sealed");
        Ok(slot)
    }

    /// Opens the slot; `None` means the password is wrong or the slot is not what was sealed.
    pub(crate) fn open(&self, vault: Vault, passphrase: &Passphrase<'_>) -> Option<Opened> {
        let aad = self.bound(vault);
        let payload = Payload {
            msg: &self.sealed,
            aad: &aad,
        };
        let plain = Zeroizing::new(
            self.cipher(passphrase)
                .decrypt(&XNonce::from(self.nonce), payload)
                .ok()?,
        );
        if plain.len() != PLAIN_LENGTH {
            return None;
        }
        let part = |range: std::ops::Range<usize>| {
            let mut bytes = Zeroizing::new([0; 32]);
            bytes.copy_from_slice(&plain[range]);
            bytes
        };
        let seed = (plain[HAS_SEED] == 1).then(|| SigningSeed::from_bytes(part(SEED)));
        Some(Opened {
            master: MasterKey::from_bytes(part(MASTER)),
            seed,
        })
    }

    /// Everything a thief might want to change about the slot, as bytes that are authenticated with it.
    fn bound(&self, vault: Vault) -> Vec<u8> {
        serde_json_canonicalizer::to_vec(&Bound {
            domain: "tongbao/keyring-slot/v1",
            vault_id: vault.vault_id,
            epoch: vault.epoch,
            slot_id: self.slot_id,
            holder: self.holder,
            kdf: &self.kdf,
            seal: self.seal,
        })
        .expect("BUG: ids and small numbers have a canonical form")
    }

    fn cipher(&self, passphrase: &Passphrase<'_>) -> XChaCha20Poly1305 {
        let KdfAlgorithm::Argon2idV19 = self.kdf.algorithm;
        let SealAlgorithm::Xchacha20Poly1305 = self.seal;
        let Work {
            memory_kib,
            passes,
            lanes,
        } = self.kdf.work;
        let params = Params::new(memory_kib, passes, lanes, Some(32))
            .expect("BUG: checked when the file was read");
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.0, &self.kdf.salt, key.as_mut_slice())
            .expect("BUG: checked when the file was read");
        XChaCha20Poly1305::new_from_slice(key.as_slice()).expect("BUG: the key has 32 bytes")
    }
}
