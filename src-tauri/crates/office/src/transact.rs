//! The one way in which rows change: begin, change, audit, commit.
use crate::audit_chain::{ALGORITHMS_V1, EntryBody, clock_flag, commit, genesis};
use crate::keyring::{Entropy, SigningSeed};
use crate::{Office, OfficeError};
use domain::access::Actor;
use domain::audit::{ObjectKind, ObjectRef};
use std::collections::BTreeSet;
use store::audit::{EventRow, Tail};
use store::{Rd, Stamp, StoreError, Tx};
use uuid::Uuid;

/// Who changes something, and with which key they sign.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    /// The actor of the session.
    pub actor: &'a Actor,
    /// Their key, once they have chosen a password.
    pub seed: Option<&'a SigningSeed>,
}

/// A value, and the features whose screens must read again.
#[derive(Debug)]
pub struct Done<T> {
    /// The value.
    pub value: T,
    /// The features that changed.
    pub changed: BTreeSet<&'static str>,
}

/// How a change is recorded.
#[derive(Debug, Clone, Default)]
pub struct Record {
    sign: bool,
    image: bool,
    reason: Option<String>,
    approval_seq: Option<i64>,
}
impl Record {
    /// Records the change with the row as it became.
    pub fn full() -> Self {
        Record {
            image: true,
            ..Record::default()
        }
    }
    /// Records the commitment only: for drafts saved as typed.
    pub fn brief() -> Self {
        Record::default()
    }
    /// Has the actor sign the entry.
    #[must_use]
    pub fn signed(mut self) -> Self {
        self.sign = true;
        self
    }
    /// Adds what was written with it.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
    /// Names the approval it rests on.
    #[must_use]
    pub fn under(mut self, approval_seq: Option<i64>) -> Self {
        self.approval_seq = approval_seq;
        self
    }
}

/// A running change.
pub struct Writing<'a> {
    tx: Tx<'a>,
    entropy: &'a mut dyn Entropy,
    who: Who<'a>,
    now: i64,
    tail: Option<Tail>,
    genesis: [u8; 32],
    entries: usize,
    changed: BTreeSet<&'static str>,
}

/// Returns the feature whose screens show a kind of record.
fn feature(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::OfficeProfile
        | ObjectKind::Unit
        | ObjectKind::ClassGroup
        | ObjectKind::Staff
        | ObjectKind::Student => "org",
        ObjectKind::Account | ObjectKind::Session => "access",
        ObjectKind::Attachment => "attachments",
        ObjectKind::BackupPlan | ObjectKind::Backup => "backup",
        ObjectKind::SameDayRule => "today",
        ObjectKind::Document
        | ObjectKind::DocumentPage
        | ObjectKind::BoardSheet
        | ObjectKind::KeptText => "documents",
        ObjectKind::Finding
        | ObjectKind::FindingPhotos
        | ObjectKind::Supervision
        | ObjectKind::FollowupStep
        | ObjectKind::FindingCorrection
        | ObjectKind::FindingCategory
        | ObjectKind::SavedFilter
        | ObjectKind::InspectionSettings => "inspections",
        ObjectKind::Print => "printing",
        ObjectKind::Board | ObjectKind::Posting | ObjectKind::SheetCheck => "postings",
    }
}

impl Writing<'_> {
    /// Reads what this change sees.
    pub fn rd(&self) -> Rd<'_> {
        self.tx.rd()
    }
    /// Returns when it happens.
    pub fn now(&self) -> i64 {
        self.now
    }
    /// Returns who does it.
    pub fn actor(&self) -> &Actor {
        self.who.actor
    }
    /// Lends the randomness of the office.
    pub fn entropy(&mut self) -> &mut dyn Entropy {
        self.entropy
    }
    /// Makes an id: UUIDv7 of the change's time.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn new_id(&mut self) -> Result<Uuid, OfficeError> {
        new_id(self.entropy, self.now)
    }
    /// Returns the place of the next audit entry.
    pub fn next_seq(&self) -> i64 {
        self.tail.map_or(1, |t| t.seq + 1)
    }
    /// Changes one record and records it in the audit.
    ///
    /// # Errors
    /// What `write` says; `Refused` when a signature is asked for and there is no key.
    pub fn change<T>(
        &mut self,
        object: ObjectRef,
        action: &'static str,
        record: Record,
        write: impl FnOnce(&Tx<'_>, Stamp) -> Result<T, StoreError>,
    ) -> Result<T, OfficeError> {
        let before = store::audit::last_commitment(self.tx.rd(), object)?.and_then(|(_, c)| c);
        let had = store::image(self.tx.rd(), object)?;
        let ver = had
            .as_ref()
            .and_then(|v| v.get("ver"))
            .and_then(serde_json::Value::as_i64)
            .unwrap_or(0)
            + 1;
        let out = write(
            &self.tx,
            Stamp {
                ver,
                seq: self.next_seq(),
            },
        )?;
        let image = store::image(self.tx.rd(), object)?;
        self.append(object, ver, action, record, before, image)?;
        Ok(out)
    }
    /// Records that something was done that changed no record.
    ///
    /// # Errors
    /// As [`Writing::change`].
    pub fn note(
        &mut self,
        object: ObjectRef,
        action: &'static str,
        record: Record,
    ) -> Result<(), OfficeError> {
        self.append(object, 0, action, record, None, None)
    }
    fn append(
        &mut self,
        object: ObjectRef,
        ver: i64,
        action: &'static str,
        record: Record,
        before: Option<[u8; 32]>,
        image: Option<serde_json::Value>,
    ) -> Result<(), OfficeError> {
        let mut salt = [0u8; 16];
        self.entropy.fill(&mut salt)?;
        let after = image
            .as_ref()
            .map(|i| commit(&salt, i))
            .transpose()
            .map_err(|_| OfficeError::Bug("commitment"))?;
        let seq = self.next_seq();
        let seed = match (record.sign, self.who.seed) {
            (false, _) => None,
            (true, Some(seed)) => Some(seed),
            (true, None) => return Err(domain::Refusal::new("access-choose-password-first").into()),
        };
        let clock = clock_flag(self.tail.map(|t| t.latest_at), self.now);
        let body = EntryBody {
            seq: u64::try_from(seq).map_err(|_| OfficeError::Bug("seq"))?,
            at_ms: self.now,
            clock,
            actor: Some(self.who.actor.account_id),
            actor_role: self.who.actor.role_codes(),
            session: Some(self.who.actor.session_id),
            action: action.to_owned(),
            object_kind: object.kind.code().to_owned(),
            object_id: object.id.to_string(),
            object_ver: u64::try_from(ver).map_err(|_| OfficeError::Bug("ver"))?,
            approval_seq: record.approval_seq.and_then(|s| u64::try_from(s).ok()),
            before,
            after,
            prev: self.tail.map_or(self.genesis, |t| t.hash),
            alg: ALGORITHMS_V1,
        };
        let entry = body.seal(seed);
        let row = EventRow {
            seq,
            at_ms: self.now,
            clock: clock.code().to_owned(),
            actor: Some(self.who.actor.account_id),
            actor_role: entry.body.actor_role.clone(),
            session: Some(self.who.actor.session_id),
            action: action.to_owned(),
            object_kind: object.kind.code().to_owned(),
            object_id: object.id,
            object_ver: ver,
            approval_seq: record.approval_seq,
            before_c: before,
            after_c: after,
            prev: entry.body.prev,
            hash: entry.hash,
            alg: i64::from(ALGORITHMS_V1),
            sig: entry.sig,
        };
        let image = image.filter(|_| record.image).map(|i| i.to_string());
        store::audit::append(
            &self.tx,
            &row,
            &salt,
            image.as_deref(),
            record.reason.as_deref(),
        )?;
        self.tail = Some(Tail {
            seq,
            hash: entry.hash,
            latest_at: self.now,
        });
        self.entries += 1;
        self.changed.insert(feature(object.kind));
        self.changed.insert("audit");
        Ok(())
    }
}

/// Makes a UUIDv7 of a time and random bytes.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn new_id(entropy: &mut dyn Entropy, now: i64) -> Result<Uuid, OfficeError> {
    let mut random = [0u8; 10];
    entropy.fill(&mut random)?;
    let millis = u64::try_from(now).map_err(|_| OfficeError::Bug("time before 1970"))?;
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// Runs a change on an open database: `BEGIN IMMEDIATE`, the change, its audit entries, commit.
pub(crate) fn transact_on<'a, T>(
    db: &'a mut store::Db,
    entropy: &'a mut dyn Entropy,
    vault_id: Uuid,
    who: Who<'a>,
    now: i64,
    f: impl FnOnce(&mut Writing<'a>) -> Result<T, OfficeError>,
) -> Result<Done<T>, OfficeError> {
    let tx = db.begin()?;
    let before = tx.changes();
    let tail = store::audit::tail(tx.rd())?;
    let mut w = Writing {
        tx,
        entropy,
        who,
        now,
        tail,
        genesis: genesis(vault_id),
        entries: 0,
        changed: BTreeSet::new(),
    };
    let value = f(&mut w)?;
    if w.tx.changes() != before && w.entries == 0 {
        return Err(OfficeError::Bug("rows changed without an audit entry"));
    }
    w.tx.commit()?;
    Ok(Done {
        value,
        changed: w.changed,
    })
}

impl Office {
    /// Runs a change: nothing of it is kept unless all of it is, with its audit entries.
    ///
    /// # Errors
    /// [`OfficeError::DiskNearlyFull`] before anything is begun; what `f` says; `Bug` when rows changed without an entry.
    pub fn transact<T>(
        &mut self,
        who: Who<'_>,
        now: i64,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, OfficeError>,
    ) -> Result<Done<T>, OfficeError> {
        crate::folder::enough_space(self.layout.dir())?;
        self.transact_anyway(who, now, f)
    }
    /// Runs a change that is only a note in the audit: it may use the room that [`Office::transact`] leaves free.
    ///
    /// # Errors
    /// As [`Office::transact`].
    pub(crate) fn transact_note<T>(
        &mut self,
        who: Who<'_>,
        now: i64,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, OfficeError>,
    ) -> Result<Done<T>, OfficeError> {
        crate::folder::enough_space_for_a_note(self.layout.dir())?;
        self.transact_anyway(who, now, f)
    }
    fn transact_anyway<T>(
        &mut self,
        who: Who<'_>,
        now: i64,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, OfficeError>,
    ) -> Result<Done<T>, OfficeError> {
        let unnoted = self
            .unnoted
            .filter(|(session, _)| *session == who.actor.session_id);
        let done = transact_on(
            &mut self.db,
            &mut *self.entropy,
            self.vault_id,
            who,
            now,
            |w| {
                if let Some((session, at)) = unnoted {
                    let because = format!("began at {at}, when the disk was full");
                    w.note(
                        ObjectRef::new(ObjectKind::Session, session),
                        "access.sign_in",
                        Record::brief().because(&because),
                    )?;
                }
                f(w)
            },
        )?;
        if unnoted.is_some() {
            self.unnoted = None;
        }
        Ok(done)
    }
}
