//! 审计 — the chain as rows.
use crate::{Rd, StoreError, Tx, id_opt};
use domain::access::{Grant, ReadAudit};
use domain::audit::ObjectRef;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// One stored entry.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its place.
    pub seq: i64,
    /// The clock then, Unix ms.
    pub at_ms: i64,
    /// `steady` or `went_back`.
    pub clock: String,
    /// The account.
    pub actor: Option<Uuid>,
    /// Its roles then.
    pub actor_role: String,
    /// The sitting.
    pub session: Option<Uuid>,
    /// `feature.verb`.
    pub action: String,
    /// The kind's code.
    pub object_kind: String,
    /// The record.
    pub object_id: Uuid,
    /// Its version after the change.
    pub object_ver: i64,
    /// The approval it rests on.
    pub approval_seq: Option<i64>,
    /// Commitment to the row before.
    pub before_c: Option<[u8; 32]>,
    /// Commitment to the row after.
    pub after_c: Option<[u8; 32]>,
    /// Hash of the entry before.
    pub prev: [u8; 32],
    /// Its hash.
    pub hash: [u8; 32],
    /// The algorithms.
    pub alg: i64,
    /// The actor's signature over the hash.
    pub sig: Option<[u8; 64]>,
}
fn event(r: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        seq: r.get("seq")?,
        at_ms: r.get("at_ms")?,
        clock: r.get("clock")?,
        actor: id_opt(r, "actor")?,
        actor_role: r.get("actor_role")?,
        session: id_opt(r, "session")?,
        action: r.get("action")?,
        object_kind: r.get("object_kind")?,
        object_id: crate::id(r, "object_id")?,
        object_ver: r.get("object_ver")?,
        approval_seq: r.get("approval_seq")?,
        before_c: r.get("before_c")?,
        after_c: r.get("after_c")?,
        prev: r.get("prev")?,
        hash: r.get("hash")?,
        alg: r.get("alg")?,
        sig: r.get("sig")?,
    })
}

/// The end of the chain.
#[derive(Debug, Clone, Copy)]
pub struct Tail {
    /// The last entry's place.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// Its clock.
    pub latest_at: i64,
}
/// Returns the end of the chain; none for an empty one.
///
/// # Errors
/// Device errors.
pub fn tail(rd: Rd<'_>) -> Result<Option<Tail>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("tail.sql"))?;
    Ok(st
        .query_row([], |r| {
            Ok(Tail {
                seq: r.get("seq")?,
                hash: r.get("hash")?,
                latest_at: r.get("at_ms")?,
            })
        })
        .optional()?)
}
/// Appends an entry with its payload.
///
/// # Errors
/// Device errors.
pub fn append(
    tx: &Tx<'_>,
    e: &EventRow,
    salt: &[u8; 16],
    image: Option<&str>,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("append.sql"))?
        .execute(params![
            e.seq,
            e.at_ms,
            e.clock,
            e.actor.map(Uuid::into_bytes),
            e.actor_role,
            e.session.map(Uuid::into_bytes),
            e.action,
            e.object_kind,
            e.object_id.as_bytes(),
            e.object_ver,
            e.approval_seq,
            e.before_c,
            e.after_c,
            e.prev,
            e.hash,
            e.alg,
            e.sig
        ])?;
    tx.conn()
        .prepare_cached(include_str!("append_payload.sql"))?
        .execute(params![e.seq, salt, image, reason])?;
    Ok(())
}
/// The place of an entry and what it commits to; nothing for a record that was removed.
pub type Commitment = (i64, Option<[u8; 32]>);

/// Returns the last commitment to a record and the place of its entry.
///
/// # Errors
/// Device errors.
pub fn last_commitment(rd: Rd<'_>, object: ObjectRef) -> Result<Option<Commitment>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_commitment.sql"))?;
    Ok(st
        .query_row(params![object.id.as_bytes(), object.kind.code()], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .optional()?)
}
/// Returns the salt of an entry.
///
/// # Errors
/// [`StoreError::NotFound`] if the payload is gone.
pub fn salt(rd: Rd<'_>, seq: i64) -> Result<[u8; 16], StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("salt.sql"))?;
    Ok(st.query_row([seq], |r| r.get(0))?)
}
/// Returns the place of a record's last entry of an action.
///
/// # Errors
/// Device errors.
pub fn last_of(rd: Rd<'_>, object: ObjectRef, action: &str) -> Result<Option<i64>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("last_of.sql"))?;
    Ok(st
        .query_row(params![object.id.as_bytes(), action], |r| r.get(0))
        .optional()?
        .flatten())
}
/// Lists entries, newest first, before a place.
///
/// # Errors
/// Device errors.
pub fn page(
    rd: Rd<'_>,
    _: &Grant<ReadAudit>,
    before: Option<i64>,
    object: Option<Uuid>,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("page.sql"))?;
    let rows = st.query_map(
        params![
            before.unwrap_or(i64::MAX),
            object.map(Uuid::into_bytes),
            limit
        ],
        event,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// Reads the whole chain in order, for the verifier.
///
/// # Errors
/// Device errors.
pub fn all(rd: Rd<'_>) -> Result<Vec<EventRow>, StoreError> {
    let mut st = rd.0.prepare(include_str!("all.sql"))?;
    let rows = st.query_map([], event)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
/// A signing key and the entries it may sign.
#[derive(Debug, Clone)]
pub struct SignerRow {
    /// The account.
    pub account_id: Uuid,
    /// The Ed25519 public key.
    pub public_key: [u8; 32],
    /// From this entry.
    pub from_seq: i64,
    /// To this entry.
    pub until_seq: Option<i64>,
}
/// Lists all signing keys there ever were.
///
/// # Errors
/// Device errors.
pub fn signers(rd: Rd<'_>) -> Result<Vec<SignerRow>, StoreError> {
    let mut st = rd.0.prepare(include_str!("signers.sql"))?;
    let rows = st.query_map([], |r| {
        Ok(SignerRow {
            account_id: crate::id(r, "account_id")?,
            public_key: r.get("public_key")?,
            from_seq: r.get("from_seq")?,
            until_seq: r.get("until_seq")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
