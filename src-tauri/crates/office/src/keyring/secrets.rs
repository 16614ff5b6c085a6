//! Keys in memory: wiped when dropped, never printed.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

use super::hexed;

/// The 32 random bytes from which every key of one office is derived.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// What a derived key is for. The name goes into the derivation and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The database file.
    Database,
    /// Files in `attachments/`.
    Attachments,
    /// Files in `backups/`.
    Backup,
    /// The head file that stands outside the database.
    Head,
    /// The check over the clear part of the keyring.
    Keyring,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Database => "db",
            Self::Attachments => "attachments",
            Self::Backup => "backup",
            Self::Head => "head",
            Self::Keyring => "keyring",
        }
    }
}

impl MasterKey {
    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Derives the key of one purpose: HKDF-SHA256 with "tongbao/<purpose>/v1".
    #[must_use]
    pub fn derive(&self, purpose: Purpose) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let info = format!("tongbao/{}/v1", purpose.name());
        Hkdf::<Sha256>::new(None, self.0.as_slice())
            .expand(info.as_bytes(), key.as_mut_slice())
            .expect("BUG: 32 bytes are a valid HKDF length");
        key
    }

    /// Returns the database key as the 64 hexadecimal digits that SQLCipher takes.
    #[must_use]
    pub fn database_key_hex(&self) -> Zeroizing<String> {
        hexed::encode_secret(self.derive(Purpose::Database).as_slice())
    }

    pub(crate) fn keyring_mac(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(self.derive(Purpose::Keyring).as_slice())
            .expect("BUG: HMAC takes keys of any length")
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// The secret half of one person's Ed25519 key. Only that person's password brings it into memory.
#[derive(Clone)]
pub struct SigningSeed(Zeroizing<[u8; 32]>);

impl SigningSeed {
    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the public half, which the register of signers keeps.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        SigningKey::from_bytes(&self.0).verifying_key().to_bytes()
    }

    /// Signs a hash. The context says what the signature is for, so that it fits nothing else.
    #[must_use]
    pub fn sign(&self, context: &str, hash: &[u8; 32]) -> [u8; 64] {
        SigningKey::from_bytes(&self.0)
            .sign(&signed_message(context, hash))
            .to_bytes()
    }
}

impl fmt::Debug for SigningSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSeed(..)")
    }
}

/// Says whether a signature was made by this key, for this context, over this hash.
#[must_use]
pub fn verify_signature(
    public_key: &[u8; 32],
    context: &str,
    hash: &[u8; 32],
    signature: &[u8; 64],
) -> bool {
    VerifyingKey::from_bytes(public_key).is_ok_and(|key| {
        key.verify_strict(
            &signed_message(context, hash),
            &Signature::from_bytes(signature),
        )
        .is_ok()
    })
}

/// A context ends in a zero byte, so no context is the beginning of another.
fn signed_message(context: &str, hash: &[u8; 32]) -> Vec<u8> {
    debug_assert!(!context.as_bytes().contains(&0), "BUG: a context is text");
    [context.as_bytes(), &[0], hash].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master(byte: u8) -> MasterKey {
        MasterKey::from_bytes(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn each_purpose_and_each_office_has_a_key_of_its_own() {
        let purposes = [
            Purpose::Database,
            Purpose::Attachments,
            Purpose::Backup,
            Purpose::Head,
            Purpose::Keyring,
        ];
        let mut keys: Vec<[u8; 32]> = Vec::new();
        for office in [1, 2] {
            keys.extend(purposes.map(|purpose| *master(office).derive(purpose)));
        }
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        assert!(
            !keys.contains(&[1; 32]),
            "a derived key is never the master key itself"
        );
    }

    #[test]
    fn derived_keys_stay_the_same_for_ever() {
        // Worked with Python's hmac: HKDF-SHA256, no salt, info "tongbao/db/v1".
        let key = master(0).database_key_hex();
        assert_eq!(key.len(), 64);
        assert_eq!(
            key.as_str(),
            "37e81e7ab969442e601fe0d875d7f2fe03d4dc2ee85ba3eb4ed795069e48ea3b"
        );
    }

    #[test]
    fn a_signature_fits_only_its_context_hash_and_key() {
        let seed = SigningSeed::from_bytes(Zeroizing::new([7; 32]));
        let other = SigningSeed::from_bytes(Zeroizing::new([8; 32]));
        let signature = seed.sign("a", &[1; 32]);
        assert!(verify_signature(
            &seed.public_key(),
            "a",
            &[1; 32],
            &signature
        ));
        assert!(!verify_signature(
            &seed.public_key(),
            "b",
            &[1; 32],
            &signature
        ));
        assert!(!verify_signature(
            &seed.public_key(),
            "a",
            &[2; 32],
            &signature
        ));
        assert!(!verify_signature(
            &other.public_key(),
            "a",
            &[1; 32],
            &signature
        ));
        let mut bent = signature;
        bent[63] ^= 1;
        assert!(!verify_signature(&seed.public_key(), "a", &[1; 32], &bent));
    }

    #[test]
    fn keys_are_never_printed() {
        let seed = SigningSeed::from_bytes(Zeroizing::new([7; 32]));
        assert_eq!(
            format!("{:?} {seed:?}", master(7)),
            "MasterKey(..) SigningSeed(..)"
        );
    }
}
