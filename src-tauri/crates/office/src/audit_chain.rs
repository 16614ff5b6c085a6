//! The audit chain as pure functions: what an entry says, how it is hashed and signed, and how a
//! whole chain is verified. No SQL, no clock.
//!
//! Every entry holds the hash of the one before it, so that an edited, missing, added or moved
//! entry shows. What a row held before and after stands in it only as a salted commitment: erasing
//! a row and its salt, as the law may ask, leaves the chain whole. Deeds that bind somebody are
//! signed by them.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

use crate::keyring::{SigningSeed, hexed, verify_signature};
use crate::recovery::Fingerprint;

/// SHA-256 for hashes and commitments, Ed25519 for signatures. Other numbers stay free (SM3, SM2).
pub const ALGORITHMS_V1: u16 = 1;
/// What is hashed begins with this, so that the hash is that of an audit entry and nothing else.
pub const ENTRY_DOMAIN: &str = "tongbao/audit/v1";
const GENESIS_DOMAIN: &str = "tongbao/audit/genesis/v1";
const ROW_DOMAIN: &str = "tongbao/row/v1";
/// Integers beyond this lose digits in RFC 8785 and are refused in rows.
const LARGEST_EXACT: u64 = 1 << 53;

/// Says whether the clock can be believed at an entry. Order is by `seq`, never by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockFlag {
    /// Not before the entry before it.
    Steady,
    /// Before the entry before it: the computer clock was set back.
    WentBack,
}

impl ClockFlag {
    /// Returns the stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::WentBack => "went_back",
        }
    }

    /// Reads the stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Steady, Self::WentBack]
            .into_iter()
            .find(|flag| flag.code() == code)
    }
}

/// Returns the flag of an entry made at `at_ms` after one made at `last_at_ms`.
#[must_use]
pub fn clock_flag(last_at_ms: Option<i64>, at_ms: i64) -> ClockFlag {
    if last_at_ms.is_some_and(|last| at_ms < last) {
        ClockFlag::WentBack
    } else {
        ClockFlag::Steady
    }
}

/// 审计记录 — who did what to which record, before it is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryBody {
    /// Place in the chain, from 1 without gaps.
    pub seq: u64,
    /// When, in Unix ms by the computer clock.
    pub at_ms: i64,
    /// Whether the clock can be believed.
    pub clock: ClockFlag,
    /// The account; `None` for what the program did by itself.
    pub actor: Option<Uuid>,
    /// The roles under which the actor acted.
    pub actor_role: String,
    /// The sitting.
    pub session: Option<Uuid>,
    /// What was done.
    pub action: String,
    /// Kind of the record.
    pub object_kind: String,
    /// Id of the record.
    pub object_id: String,
    /// Version of the record afterwards.
    pub object_ver: u64,
    /// The entry that approved this deed.
    pub approval_seq: Option<u64>,
    /// Commitment to the row before.
    pub before: Option<[u8; 32]>,
    /// Commitment to the row after.
    pub after: Option<[u8; 32]>,
    /// Hash of the entry before; of the first one [`genesis`].
    pub prev: [u8; 32],
    /// [`ALGORITHMS_V1`].
    pub alg: u16,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub body: EntryBody,
    /// [`EntryBody::hash`] of it.
    pub hash: [u8; 32],
    /// The actor's signature over the hash, where the action asks for one.
    pub sig: Option<[u8; 64]>,
}

/// The hashed form. Numbers are text: RFC 8785 rounds large ones, and two numbers must never hash alike.
#[derive(Serialize)]
struct Hashed<'a> {
    seq: String,
    at_ms: String,
    clock: &'static str,
    actor: Option<String>,
    actor_role: &'a str,
    session: Option<String>,
    action: &'a str,
    object_kind: &'a str,
    object_id: &'a str,
    object_ver: String,
    approval_seq: Option<String>,
    before: Option<String>,
    after: Option<String>,
    prev: String,
    alg: String,
}

impl EntryBody {
    /// Returns the bytes that are hashed: the domain, a zero byte, canonical JSON (RFC 8785).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let hashed = Hashed {
            seq: self.seq.to_string(),
            at_ms: self.at_ms.to_string(),
            clock: self.clock.code(),
            actor: self.actor.map(|id| id.to_string()),
            actor_role: &self.actor_role,
            session: self.session.map(|id| id.to_string()),
            action: &self.action,
            object_kind: &self.object_kind,
            object_id: &self.object_id,
            object_ver: self.object_ver.to_string(),
            approval_seq: self.approval_seq.map(|seq| seq.to_string()),
            before: self.before.map(|hash| hexed::encode(&hash)),
            after: self.after.map(|hash| hexed::encode(&hash)),
            prev: hexed::encode(&self.prev),
            alg: self.alg.to_string(),
        };
        let mut bytes = [ENTRY_DOMAIN.as_bytes(), &[0]].concat();
        serde_json_canonicalizer::to_writer(&hashed, &mut bytes)
            .expect("BUG: text has a canonical form");
        bytes
    }

    /// Returns the hash of the entry.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.encode()).into()
    }

    /// Makes the entry to be stored, signed if the action asks for it.
    #[must_use]
    pub fn seal(self, signer: Option<&SigningSeed>) -> Entry {
        let hash = self.hash();
        Entry {
            sig: signer.map(|seed| seed.sign(ENTRY_DOMAIN, &hash)),
            hash,
            body: self,
        }
    }
}

impl Entry {
    /// Says whether the entry bears a signature made with this key.
    #[must_use]
    pub fn is_signed_by(&self, public_key: &[u8; 32]) -> bool {
        self.sig
            .is_some_and(|sig| verify_signature(public_key, ENTRY_DOMAIN, &self.hash, &sig))
    }

    fn object(&self) -> String {
        format!("{}:{}", self.body.object_kind, self.body.object_id)
    }
}

/// Returns what stands before the first entry of an office's chain: a chain fits no other office.
#[must_use]
pub fn genesis(vault_id: Uuid) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(GENESIS_DOMAIN);
    hash.update([0]);
    hash.update(vault_id.as_bytes());
    hash.finalize().into()
}

/// Says why a row cannot be committed to: a mistake in the program.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// It holds a whole number too large to be exact in canonical JSON.
    #[error("a number in the row is too large to be exact: {0}")]
    InexactNumber(String),
    /// It has no JSON form.
    #[error("the row has no canonical form")]
    NoCanonicalForm(#[source] serde_json::Error),
}

/// Commits to a row with its `ver`: HMAC-SHA256 under the salt, over canonical JSON.
///
/// Without the salt nobody can tell what the row held, not even by trying every name.
pub fn commit<T: Serialize + ?Sized>(salt: &[u8; 16], row: &T) -> Result<[u8; 32], CommitError> {
    let row = serde_json::to_value(row).map_err(CommitError::NoCanonicalForm)?;
    refuse_inexact(&row)?;
    let canonical = serde_json_canonicalizer::to_vec(&row).map_err(CommitError::NoCanonicalForm)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(salt).expect("BUG: HMAC takes keys of any length");
    mac.update(ROW_DOMAIN.as_bytes());
    mac.update(&[0]);
    mac.update(&canonical);
    Ok(mac.finalize().into_bytes().into())
}

fn refuse_inexact(value: &serde_json::Value) -> Result<(), CommitError> {
    match value {
        serde_json::Value::Number(number) => {
            let size = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            match size {
                Some(LARGEST_EXACT..) => Err(CommitError::InexactNumber(number.to_string())),
                _ => Ok(()),
            }
        }
        serde_json::Value::Array(values) => values.iter().try_for_each(refuse_inexact),
        serde_json::Value::Object(fields) => fields.values().try_for_each(refuse_inexact),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::String(_) => {
            Ok(())
        }
    }
}

/// 签名公钥 — which key was whose, and for which part of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignerKey {
    /// The account.
    pub account_id: Uuid,
    /// Its public key.
    pub public_key: [u8; 32],
    /// The first entry that this key may sign.
    pub from_seq: u64,
    /// The last one; `None` while the key is in use.
    pub until_seq: Option<u64>,
}

/// What a chain is verified against.
#[derive(Debug, Clone, Copy)]
pub struct Expectation<'a> {
    /// [`genesis`] of the office.
    pub genesis: [u8; 32],
    /// Every key that ever signed.
    pub keys: &'a [SignerKey],
    /// The actions that must be signed.
    pub signed_actions: &'a BTreeSet<String>,
    /// Fingerprints from paper. Without them a signature shows only that the register of keys agrees.
    pub trusted: Option<&'a BTreeSet<Fingerprint>>,
    /// The last entry, as known from outside the chain: the only way to see that its tail was cut off.
    pub head: Option<Head>,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Place of the last entry.
    pub seq: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// What can be wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// Entries are missing before this one.
    EntryMissing,
    /// The entry stands behind a later one, or twice.
    OutOfOrder,
    /// The entry does not say what it said when it was hashed.
    EntryEdited,
    /// The entry does not follow the one before it.
    LinkBroken,
    /// The entry is hashed or signed in a way this program does not know.
    UnknownAlgorithm,
    /// The signature is not the actor's over this entry.
    SignatureWrong,
    /// The action asks for a signature and has none.
    SignatureMissing,
    /// The actor had no registered key at that time.
    SignerUnknown,
    /// The key is not among the fingerprints from paper.
    SignerNotTrusted,
    /// The clock went back and the entry does not say so.
    ClockUnflagged,
    /// The chain ends before the entry that is known to be its last, or with another one.
    TailMissing,
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub code: FindingCode,
    /// The record, as `kind:id`; `audit` for the chain itself.
    pub object: String,
    /// The entry.
    pub seq: Option<u64>,
}

/// Verifies a chain and returns everything that is wrong with it, in chain order.
///
/// Who holds the data key can rewrite the unsigned tail of a chain so that nothing shows here;
/// the signatures, the head and the fingerprints on paper are what they cannot rewrite.
pub fn verify_chain(
    entries: impl IntoIterator<Item = Entry>,
    expect: &Expectation<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last_at_ms: Option<i64> = None;
    let mut prev = expect.genesis;
    let mut highest = 0;
    for entry in entries {
        let seq = entry.body.seq;
        let mut find = |code| {
            findings.push(Finding {
                code,
                object: entry.object(),
                seq: Some(seq),
            });
        };
        let in_order = seq > highest;
        if !in_order {
            find(FindingCode::OutOfOrder);
        } else if seq != highest + 1 {
            find(FindingCode::EntryMissing);
        }
        if entry.body.alg != ALGORITHMS_V1 {
            find(FindingCode::UnknownAlgorithm);
        }
        let hash = entry.body.hash();
        if hash != entry.hash {
            find(FindingCode::EntryEdited);
        }
        // A gap is named once, as a gap.
        if entry.body.prev != prev && seq == highest + 1 {
            find(FindingCode::LinkBroken);
        }
        if in_order
            && clock_flag(last_at_ms, entry.body.at_ms) == ClockFlag::WentBack
            && entry.body.clock == ClockFlag::Steady
        {
            find(FindingCode::ClockUnflagged);
        }
        if let Some(code) = signature_problem(&entry, hash, expect) {
            find(code);
        }
        if in_order {
            highest = seq;
            // The stored hash: an edited entry is named once and does not break the links behind it.
            prev = entry.hash;
            if hash == entry.hash {
                last_at_ms = Some(entry.body.at_ms);
            }
        }
    }
    if let Some(head) = expect.head
        && (highest != head.seq || prev != head.hash)
    {
        findings.push(Finding {
            code: FindingCode::TailMissing,
            object: "audit".to_owned(),
            seq: Some(head.seq),
        });
    }
    findings
}

fn signature_problem(
    entry: &Entry,
    hash: [u8; 32],
    expect: &Expectation<'_>,
) -> Option<FindingCode> {
    let Some(sig) = entry.sig else {
        return expect
            .signed_actions
            .contains(&entry.body.action)
            .then_some(FindingCode::SignatureMissing);
    };
    let seq = entry.body.seq;
    let mut candidates = expect
        .keys
        .iter()
        .filter(|key| Some(key.account_id) == entry.body.actor)
        .filter(|key| key.from_seq <= seq && key.until_seq.is_none_or(|until| seq <= until))
        .peekable();
    if candidates.peek().is_none() {
        return Some(FindingCode::SignerUnknown);
    }
    // Over the hash of what the entry says now, so that an edit cannot keep its signature.
    let Some(key) =
        candidates.find(|key| verify_signature(&key.public_key, ENTRY_DOMAIN, &hash, &sig))
    else {
        return Some(FindingCode::SignatureWrong);
    };
    let trusted = expect
        .trusted
        .is_none_or(|trusted| trusted.contains(&Fingerprint::of(&key.public_key)));
    (!trusted).then_some(FindingCode::SignerNotTrusted)
}

#[cfg(test)]
#[path = "audit_chain_tests.rs"]
mod tests;
