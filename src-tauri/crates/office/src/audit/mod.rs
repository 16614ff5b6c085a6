//! 审计 — reading it, and finding out whether everything adds up.
use crate::audit_chain::{
    ClockFlag, Entry, EntryBody, Expectation, SignerKey, commit, genesis, verify_chain,
};
use crate::documents::{APPROVAL, signed_sha256};
use crate::keyring::verify_signature;
use crate::recovery::Fingerprint;
use crate::{Call, Office, OfficeError, sha256_hex};
use domain::access::{Circumstance, ReadAudit, ReadDocument, grant};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::{SignedContent, State};
use std::collections::{BTreeMap, BTreeSet};
use store::audit::EventRow;
use uuid::Uuid;

/// The actions whose entries bear a personal signature.
pub const SIGNED_ACTIONS: [&str; 12] = [
    "documents.save_board_pdf",
    "documents.submit",
    "documents.approve",
    "documents.send_back",
    "documents.reject",
    "documents.issue",
    "documents.save_pdf",
    "printing.print",
    "access.reset_password",
    "access.replace_recovery_codes",
    "access.close_account",
    "documents.recall",
];

/// Something that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyFinding {
    /// What, as a stable code.
    pub code: String,
    /// The record, as `kind:id`; `audit` for the chain.
    pub object: String,
    /// The entry.
    pub seq: i64,
}

/// What the verifier found.
#[derive(Debug)]
pub struct Verified {
    /// All that is wrong.
    pub findings: Vec<VerifyFinding>,
    /// How many entries were read.
    pub entries: usize,
}

fn entry(r: &EventRow) -> Option<Entry> {
    Some(Entry {
        body: EntryBody {
            seq: r.seq.try_into().ok()?,
            at_ms: r.at_ms,
            clock: ClockFlag::from_code(&r.clock)?,
            actor: r.actor,
            actor_role: r.actor_role.clone(),
            session: r.session,
            action: r.action.clone(),
            object_kind: r.object_kind.clone(),
            object_id: r.object_id.to_string(),
            object_ver: r.object_ver.try_into().ok()?,
            approval_seq: match r.approval_seq {
                Some(s) => Some(s.try_into().ok()?),
                None => None,
            },
            before: r.before_c,
            after: r.after_c,
            prev: r.prev,
            alg: r.alg.try_into().ok()?,
        },
        hash: r.hash,
        sig: r.sig,
    })
}

impl Office {
    /// Lists entries, newest first, with the actor's name.
    ///
    /// # Errors
    /// Denied.
    pub fn audit_page(
        &self,
        call: Call<'_>,
        before: Option<i64>,
        object: Option<Uuid>,
        limit: i64,
    ) -> Result<Vec<(EventRow, String)>, OfficeError> {
        let may = call.grant::<ReadAudit>()?;
        let rows = store::audit::page(self.db.rd(), &may, before, object, limit)?;
        rows.into_iter()
            .map(|r| {
                let name = r
                    .actor
                    .map(|a| self.account_name(a))
                    .transpose()?
                    .unwrap_or_default();
                Ok((r, name))
            })
            .collect()
    }
    /// Returns the name behind an account.
    ///
    /// # Errors
    /// Device errors.
    pub fn account_name(&self, account: Uuid) -> Result<String, OfficeError> {
        let Some(a) = store::access::account(self.db.rd(), account)? else {
            return Ok(String::new());
        };
        Ok(store::org::member_of_staff(self.db.rd(), a.staff_id)?
            .map(|p| p.name)
            .unwrap_or_default())
    }
    /// Verifies the chain, every row against its last commitment, every approval and every frozen page.
    ///
    /// `trusted` are fingerprints from paper: without them a signature shows only that the register of keys agrees.
    ///
    /// # Errors
    /// Denied, device errors.
    pub fn verify(
        &self,
        call: Call<'_>,
        trusted: Option<&BTreeSet<Fingerprint>>,
    ) -> Result<Verified, OfficeError> {
        call.grant::<ReadAudit>()?;
        let rd = self.db.rd();
        let mut findings: Vec<VerifyFinding> = Vec::new();
        for complaint in self.db.integrity_complaints()? {
            findings.push(VerifyFinding {
                code: "file_damaged".into(),
                object: complaint,
                seq: 0,
            });
        }
        let rows = store::audit::all(rd)?;
        let signers = store::audit::signers(rd)?;
        let keys: Vec<SignerKey> = signers
            .iter()
            .map(|s| SignerKey {
                account_id: s.account_id,
                public_key: s.public_key,
                from_seq: s.from_seq.unsigned_abs(),
                until_seq: s.until_seq.map(i64::unsigned_abs),
            })
            .collect();
        let signed_actions: BTreeSet<String> =
            SIGNED_ACTIONS.iter().map(|s| (*s).to_owned()).collect();
        let mut entries = Vec::with_capacity(rows.len());
        for r in &rows {
            match entry(r) {
                Some(e) => entries.push(e),
                None => findings.push(VerifyFinding {
                    code: "entry_edited".into(),
                    object: "audit".into(),
                    seq: r.seq,
                }),
            }
        }
        let expect = Expectation {
            genesis: genesis(self.vault_id),
            keys: &keys,
            signed_actions: &signed_actions,
            trusted,
            head: None,
        };
        for f in verify_chain(entries, &expect) {
            let code = serde_json::to_value(f.code)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default();
            findings.push(VerifyFinding {
                code,
                object: f.object,
                seq: f.seq.and_then(|s| i64::try_from(s).ok()).unwrap_or(0),
            });
        }
        self.verify_rows(&rows, &mut findings)?;
        self.verify_documents(&keys, trusted, &mut findings)?;
        self.verify_attachments(&mut findings)?;
        Ok(Verified {
            findings,
            entries: rows.len(),
        })
    }
    /// Every live row has its last commitment, and every commitment its row.
    fn verify_rows(
        &self,
        rows: &[EventRow],
        findings: &mut Vec<VerifyFinding>,
    ) -> Result<(), OfficeError> {
        let rd = self.db.rd();
        let mut last: BTreeMap<(String, Uuid), store::audit::Commitment> = BTreeMap::new();
        for r in rows {
            if r.after_c.is_some() || r.before_c.is_some() {
                last.insert((r.object_kind.clone(), r.object_id), (r.seq, r.after_c));
            }
        }
        for kind in ObjectKind::ALL {
            for id in store::ids(rd, kind)? {
                let object = format!("{}:{id}", kind.code());
                let image = store::image(rd, ObjectRef::new(kind, id))?;
                let found = last.remove(&(kind.code().to_owned(), id));
                let (seq, ok) = match (found, image) {
                    (Some((seq, Some(after))), Some(image)) => {
                        let ok = store::audit::salt(rd, seq).is_ok_and(|salt| {
                            commit(&salt, &image).is_ok_and(|c| c == after)
                                && image.get("last_seq").and_then(serde_json::Value::as_i64)
                                    == Some(seq)
                        });
                        (seq, ok)
                    }
                    (Some((seq, None)), _) => (seq, false),
                    _ => (0, false),
                };
                if !ok {
                    findings.push(VerifyFinding {
                        code: if seq == 0 {
                            "row_without_entry"
                        } else {
                            "row_altered"
                        }
                        .into(),
                        object,
                        seq,
                    });
                }
            }
        }
        for ((kind, id), (seq, after)) in last {
            if after.is_some() {
                findings.push(VerifyFinding {
                    code: "row_missing".into(),
                    object: format!("{kind}:{id}"),
                    seq,
                });
            }
        }
        Ok(())
    }
    /// Every approval is signed over exactly the stored content, every frozen page has its hash.
    fn verify_documents(
        &self,
        keys: &[SignerKey],
        trusted: Option<&BTreeSet<Fingerprint>>,
        findings: &mut Vec<VerifyFinding>,
    ) -> Result<(), OfficeError> {
        let rd = self.db.rd();
        let reader = domain::access::Actor {
            account_id: Uuid::nil(),
            staff_id: Uuid::nil(),
            roles: vec![domain::access::Role::Office],
            session_id: Uuid::nil(),
        };
        let may = grant::<ReadDocument>(&reader, Circumstance::default())?;
        for id in store::ids(rd, ObjectKind::Document)? {
            let Ok(d) = store::documents::document(rd, &may, id) else {
                findings.push(VerifyFinding {
                    code: "row_altered".into(),
                    object: format!("document:{id}"),
                    seq: 0,
                });
                continue;
            };
            let (opinion, sha, signature, organ) = match &d.state {
                State::Approved {
                    opinion,
                    signed_sha256,
                    signature,
                    organ,
                }
                | State::Issued {
                    opinion,
                    signed_sha256,
                    signature,
                    organ,
                    ..
                } => (opinion, signed_sha256, signature, organ),
                State::Draft { .. } | State::Submitted { .. } | State::Rejected { .. } => continue,
            };
            let object = format!("document:{id}");
            let content = SignedContent::new(d.content.clone(), organ.clone(), opinion.dated_on);
            let (hash, hex) = signed_sha256(&content)?;
            let seq = store::audit::last_of(
                rd,
                ObjectRef::new(ObjectKind::Document, id),
                "documents.approve",
            )?
            .unwrap_or(0);
            let by: Vec<Fingerprint> = unhex(signature).map_or_else(Vec::new, |sig| {
                keys.iter()
                    .filter(|k| {
                        k.account_id == opinion.by
                            && verify_signature(&k.public_key, APPROVAL, &hash, &sig)
                    })
                    .map(|k| Fingerprint::of(&k.public_key))
                    .collect()
            });
            let code = if hex != *sha || by.is_empty() {
                Some("approval_forged")
            } else if trusted.is_some_and(|t| !by.iter().any(|f| t.contains(f))) {
                // a key from the register, but not one that is known from paper
                Some("signer_not_trusted")
            } else {
                None
            };
            if let Some(code) = code {
                findings.push(VerifyFinding {
                    code: code.into(),
                    object: object.clone(),
                    seq,
                });
            }
            if let State::Issued { pdf_sha256, .. } = &d.state {
                let ok = store::documents::page(rd, id).is_ok_and(|p| {
                    sha256_hex(&p.pdf) == *pdf_sha256 && p.pdf_sha256 == *pdf_sha256
                });
                if !ok {
                    findings.push(VerifyFinding {
                        code: "page_altered".into(),
                        object,
                        seq,
                    });
                }
                let by = store::documents::SheetBy::Document(id);
                let whole = store::documents::board_sheet(rd, by)
                    .is_ok_and(|s| s.is_none_or(|s| sha256_hex(&s.pdf) == s.pdf_sha256));
                if !whole {
                    findings.push(VerifyFinding {
                        code: "page_altered".into(),
                        object: format!("board_sheet:{id}"),
                        seq,
                    });
                }
            }
        }
        Ok(())
    }
}

fn unhex(text: &str) -> Option<[u8; 64]> {
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|i| {
            text.get(i..i + 2)
                .and_then(|b| u8::from_str_radix(b, 16).ok())
        })
        .collect();
    bytes?.try_into().ok()
}
