//! One file of `attachments/`: a mark, a nonce, and the sealed bytes, bound to the file's name.
use crate::OfficeError;
use crate::keyring::{Entropy, MasterKey, Purpose, random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// The first bytes of every file, with the form it is written in.
const MARK: &[u8; 8] = b"TBATT\x01\0\0";
const NONCE: usize = 24;

fn cipher(master: &MasterKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*master.derive(Purpose::Attachments)).into())
}

/// Seals bytes for the file of this name.
pub(super) fn seal(
    master: &MasterKey,
    entropy: &mut dyn Entropy,
    name: &str,
    bytes: &[u8],
) -> Result<Vec<u8>, OfficeError> {
    let nonce: [u8; NONCE] = random(entropy)?;
    let payload = Payload {
        msg: bytes,
        aad: name.as_bytes(),
    };
    let sealed = cipher(master)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| OfficeError::Bug("a picture could not be sealed"))?;
    Ok([&MARK[..], &nonce, &sealed].concat())
}

/// Opens the file of this name; nothing when a single bit of it is not as it was written.
pub(super) fn open(master: &MasterKey, name: &str, file: &[u8]) -> Option<Vec<u8>> {
    let rest = file.strip_prefix(MARK)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload {
        msg: sealed,
        aad: name.as_bytes(),
    };
    cipher(master).decrypt(&XNonce::from(nonce), payload).ok()
}
