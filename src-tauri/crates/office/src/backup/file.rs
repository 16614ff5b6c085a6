//! One backup as one file: a first line, a manifest, the keyring and the database one after another.
//!
//! ```text
//! tongbao-backup 1 LENGTH SHA256      the checksum covers the rest of the line and the manifest
//! {"body":{…},"mac":…}                what is in it, in canonical JSON; the MAC needs the key of the office
//! keyring, office.db                  as they lie in the office: encrypted
//! ```
//! Attachments never change and are many, so they stand once in a folder `tongbao-attachments` beside the files of one place.

use crate::OfficeError;
use crate::folder::{self, FolderError, Layout};
use crate::keyring::{MasterKey, Purpose, SigningSeed, hexed, verify_signature};
use domain::Refusal;
use domain::backup::BackupReason;
use hmac::{KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The ending of a backup's name.
pub const BACKUP_ENDING: &str = ".tongbao-backup";
/// The ending of one that is being written.
pub(super) const HALF_ENDING: &str = ".tongbao-backup.part";
/// The beginning of every name in a place of backups that this program made and may remove.
pub(super) const NAME_BEGINS: &str = "tongbao-";
/// The folder of attachments in a place of backups.
pub(super) const POOL: &str = "tongbao-attachments";
const MAGIC: &str = "tongbao-backup";
const FORMAT: u32 = 1;
const CONTEXT: &str = "tongbao/backup/v1";
/// A manifest with a hundred thousand attachments is shorter.
const LARGEST_MANIFEST: u64 = 32 * 1024 * 1024;
/// The parts of a backup, in their order.
pub(super) const PARTS: [&str; 2] = ["keyring", "office.db"];

/// A file of a backup, or an attachment beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) bytes: u64,
    #[serde(with = "hexed")]
    pub(super) sha256: [u8; 32],
}

/// The end of the audit as it was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) seq: i64,
    #[serde(with = "hexed")]
    pub(super) hash: [u8; 32],
    pub(super) at_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) backup_id: Uuid,
    pub(super) vault_id: Uuid,
    pub(super) office_name: String,
    pub(super) short_name: String,
    pub(super) made_at: i64,
    pub(super) reason: String,
    pub(super) program: String,
    pub(super) schema: i64,
    pub(super) head: Head,
    pub(super) parts: Vec<Part>,
    pub(super) attachments: Vec<Part>,
}

/// Whose key signed the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    pub(super) account_id: Uuid,
    #[serde(with = "hexed")]
    pub(super) public_key: [u8; 32],
    #[serde(with = "hexed")]
    pub(super) signature: [u8; 64],
}

/// 备份清单 — what a backup holds, and proof of who knew the office's key when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) body: Body,
    signed: Option<Signed>,
    #[serde(with = "hexed")]
    mac: [u8; 32],
}

fn canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, OfficeError> {
    serde_json_canonicalizer::to_vec(value).map_err(|_| OfficeError::Bug("canonical manifest"))
}
fn mac_of(body: &[u8], master: &MasterKey) -> Result<hmac::Hmac<Sha256>, OfficeError> {
    let key = master.derive(Purpose::Backup);
    let mut mac = hmac::Hmac::<Sha256>::new_from_slice(key.as_slice())
        .map_err(|_| OfficeError::Bug("mac key"))?;
    mac.update(body);
    Ok(mac)
}

impl Manifest {
    /// Puts the MAC of the office and the signature of whoever makes it on a body.
    pub(super) fn seal(
        body: Body,
        master: &MasterKey,
        signer: Option<&(Uuid, SigningSeed)>,
    ) -> Result<Self, OfficeError> {
        let bytes = canonical(&body)?;
        let mac = mac_of(&bytes, master)?.finalize().into_bytes().into();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let signed = signer.map(|(account_id, seed)| Signed {
            account_id: *account_id,
            public_key: seed.public_key(),
            signature: seed.sign(CONTEXT, &hash),
        });
        Ok(Manifest { body, signed, mac })
    }
    /// Says whether somebody who held the office's key wrote it.
    pub(super) fn is_genuine(&self, master: &MasterKey) -> Result<bool, OfficeError> {
        let bytes = canonical(&self.body)?;
        let mac = mac_of(&bytes, master)?.verify_slice(&self.mac).is_ok();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let signed = self
            .signed
            .as_ref()
            .is_none_or(|s| verify_signature(&s.public_key, CONTEXT, &hash, &s.signature));
        Ok(mac && signed)
    }
    pub(super) fn reason(&self) -> BackupReason {
        BackupReason::from_code(&self.body.reason).unwrap_or(BackupReason::ByHand)
    }
}

/// What a file turned out to be instead of a backup.
#[derive(Debug)]
pub enum BackupFault {
    /// It is not there.
    Missing,
    /// It is something else.
    Foreign,
    /// It was cut short or altered.
    Damaged,
    /// A newer program wrote it.
    TooNew {
        /// The form found.
        found: u32,
    },
    /// It could not be read, or there is no room to unpack it.
    File(FolderError),
}
impl From<BackupFault> for OfficeError {
    fn from(fault: BackupFault) -> Self {
        let key = match fault {
            BackupFault::Missing => "backup-file-missing",
            BackupFault::Foreign => "backup-file-foreign",
            BackupFault::Damaged => "backup-file-damaged",
            BackupFault::TooNew { found } => {
                return OfficeError::TooNew {
                    found: found.into(),
                    max: FORMAT.into(),
                };
            }
            BackupFault::File(e) => return e.into(),
        };
        Refusal::new(key).into()
    }
}
fn at(path: &Path) -> impl FnOnce(std::io::Error) -> BackupFault {
    let path = path.to_owned();
    move |source| match source.kind() {
        std::io::ErrorKind::NotFound => BackupFault::Missing,
        std::io::ErrorKind::UnexpectedEof => BackupFault::Damaged,
        _ => BackupFault::File(FolderError { path, source }),
    }
}

/// A backup whose manifest was read and whose length is right. Its parts are checked when they are unpacked.
#[derive(Debug)]
pub(super) struct BackupFile {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) bytes: u64,
    parts_at: u64,
}

fn first_line(length: usize, manifest: &[u8]) -> String {
    let begin = format!("{MAGIC} {FORMAT} {length}");
    let mut hash = Sha256::new();
    hash.update(&begin);
    hash.update(b"\n");
    hash.update(manifest);
    format!("{begin} {}\n", hexed::encode(&hash.finalize()))
}

impl BackupFile {
    /// Writes a backup of parts that lie in `from`, and flushes it.
    pub(super) fn write(path: &Path, manifest: &Manifest, from: &Path) -> Result<(), OfficeError> {
        let text = canonical(manifest)?;
        let io = |e| OfficeError::from(FolderError::at(path)(e));
        let mut file = folder::create_private(path).map_err(io)?;
        file.write_all(first_line(text.len(), &text).as_bytes())
            .and_then(|()| file.write_all(&text))
            .map_err(io)?;
        for part in &manifest.body.parts {
            let source = from.join(&part.name);
            let mut source = File::open(&source).map_err(FolderError::at(&source))?;
            let written = std::io::copy(&mut source, &mut file).map_err(io)?;
            if written != part.bytes {
                return Err(OfficeError::Bug("a part changed while it was packed"));
            }
        }
        file.sync_all().map_err(io)
    }
    /// Reads what a file says of itself.
    pub(super) fn open(path: &Path) -> Result<Self, BackupFault> {
        let mut file = File::open(path).map_err(at(path))?;
        let meta = file.metadata().map_err(at(path))?;
        if !meta.is_file() {
            return Err(BackupFault::Foreign);
        }
        let mut begin = [0; 160];
        let mut got = 0;
        while got < begin.len() {
            match file.read(&mut begin[got..]).map_err(at(path))? {
                0 => break,
                n => got += n,
            }
        }
        let begin = &begin[..got];
        let magic = format!("{MAGIC} ");
        if !begin.starts_with(magic.as_bytes()) {
            // a name of ours without its beginning was cut off at once
            return Err(if begin.is_empty() {
                BackupFault::Damaged
            } else {
                BackupFault::Foreign
            });
        }
        let line = begin
            .iter()
            .position(|b| *b == b'\n')
            .and_then(|end| std::str::from_utf8(&begin[..end]).ok())
            .ok_or(BackupFault::Damaged)?;
        let mut words = line.split(' ').skip(1);
        let format: u32 = words
            .next()
            .and_then(|w| w.parse().ok())
            .ok_or(BackupFault::Damaged)?;
        if format > FORMAT {
            return Err(BackupFault::TooNew { found: format });
        }
        let length: u64 = words
            .next()
            .and_then(|w| w.parse().ok())
            .filter(|n| *n <= LARGEST_MANIFEST)
            .ok_or(BackupFault::Damaged)?;
        let mut text = vec![0; usize::try_from(length).map_err(|_| BackupFault::Damaged)?];
        let text_at = line.len() as u64 + 1;
        file.seek(SeekFrom::Start(text_at))
            .and_then(|_| file.read_exact(&mut text))
            .map_err(at(path))?;
        if format!("{line}\n") != first_line(text.len(), &text) {
            return Err(BackupFault::Damaged);
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| BackupFault::Damaged)?;
        let names: Vec<&str> = manifest
            .body
            .parts
            .iter()
            .map(|p| p.name.as_str())
            .collect();
        let whole = manifest
            .body
            .parts
            .iter()
            .try_fold(text_at + length, |sum, p| sum.checked_add(p.bytes));
        if names != PARTS || whole != Some(meta.len()) {
            return Err(BackupFault::Damaged);
        }
        if manifest.body.attachments.iter().any(|a| !is_plain(&a.name)) {
            return Err(BackupFault::Damaged);
        }
        Ok(BackupFile {
            path: path.to_owned(),
            manifest,
            bytes: meta.len(),
            parts_at: text_at + length,
        })
    }
    /// Unpacks the parts into a folder, each compared with its hash.
    pub(super) fn unpack(&self, into: &Path) -> Result<(), BackupFault> {
        self.unpack_some(into, PARTS.len())
    }
    /// Unpacks the keyring only.
    pub(super) fn unpack_first(&self, into: &Path) -> Result<(), BackupFault> {
        self.unpack_some(into, 1)
    }
    fn unpack_some(&self, into: &Path, parts: usize) -> Result<(), BackupFault> {
        let mut file = File::open(&self.path).map_err(at(&self.path))?;
        file.seek(SeekFrom::Start(self.parts_at))
            .map_err(at(&self.path))?;
        for part in self.manifest.body.parts.iter().take(parts) {
            let target = into.join(&part.name);
            let mut out = folder::create_private(&target).map_err(at(&target))?;
            let hash = copy_hashed(&mut (&mut file).take(part.bytes), &mut out, &target)?;
            if hash != (part.bytes, part.sha256) {
                return Err(BackupFault::Damaged);
            }
            out.sync_all().map_err(at(&target))?;
        }
        Ok(())
    }
    /// Reads the keyring in it, compared with its hash.
    pub(super) fn keyring_bytes(&self) -> Result<Vec<u8>, BackupFault> {
        let part = self
            .manifest
            .body
            .parts
            .first()
            .ok_or(BackupFault::Damaged)?;
        let mut file = File::open(&self.path).map_err(at(&self.path))?;
        file.seek(SeekFrom::Start(self.parts_at))
            .map_err(at(&self.path))?;
        let mut bytes = Vec::new();
        let found = copy_hashed(&mut file.take(part.bytes), &mut bytes, &self.path)?;
        if found == (part.bytes, part.sha256) {
            Ok(bytes)
        } else {
            Err(BackupFault::Damaged)
        }
    }
    /// Returns where its attachments lie.
    pub(super) fn pool(&self) -> PathBuf {
        self.path.with_file_name(POOL)
    }
    /// Counts the attachments that are not beside it.
    pub(super) fn attachments_missing(&self) -> usize {
        let pool = self.pool();
        let there = |p: &&Part| {
            std::fs::metadata(pool.join(&p.name)).is_ok_and(|m| m.is_file() && m.len() == p.bytes)
        };
        let all = &self.manifest.body.attachments;
        all.len() - all.iter().filter(there).count()
    }
}

/// A name that stays in its folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Copies to the end; returns how much it was, and its hash.
fn copy_hashed(
    from: &mut dyn Read,
    to: &mut dyn Write,
    target: &Path,
) -> Result<(u64, [u8; 32]), BackupFault> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        match from.read(&mut buffer).map_err(at(target))? {
            0 => return Ok((bytes, hash.finalize().into())),
            n => {
                hash.update(&buffer[..n]);
                to.write_all(&buffer[..n]).map_err(at(target))?;
                bytes += n as u64;
            }
        }
    }
}

/// Reads a file to its end and describes it.
pub(super) fn part_of(path: &Path, name: &str) -> Result<Part, OfficeError> {
    let mut file = File::open(path).map_err(FolderError::at(path))?;
    let (bytes, sha256) = copy_hashed(&mut file, &mut std::io::sink(), path)?;
    Ok(Part {
        name: name.to_owned(),
        bytes,
        sha256,
    })
}
/// Copies a file beside its name, compares what arrived with a hash, flushes it and gives it its name.
pub(super) fn copy_checked(from: &Path, to: &Path, part: &Part) -> Result<(), OfficeError> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = to.with_file_name(name);
    let _ = std::fs::remove_file(&beside);
    let copied = (|| {
        let mut source = File::open(from).map_err(at(from))?;
        let mut out = folder::create_private(&beside).map_err(at(&beside))?;
        if copy_hashed(&mut source, &mut out, &beside)? != (part.bytes, part.sha256) {
            return Err(BackupFault::Damaged);
        }
        out.sync_all().map_err(at(&beside))?;
        drop(out);
        // what stands on the other disk is what counts
        let mut back = File::open(&beside).map_err(at(&beside))?;
        if copy_hashed(&mut back, &mut std::io::sink(), &beside)? != (part.bytes, part.sha256) {
            return Err(BackupFault::Damaged);
        }
        std::fs::rename(&beside, to).map_err(at(to))
    })();
    if let Err(fault) = copied {
        let _ = std::fs::remove_file(&beside);
        return Err(fault.into());
    }
    Ok(folder::sync_parent(to)?)
}
/// Lists the attachments of an office; those named in `known` with the same size are not read again.
pub(super) fn attachments_of(layout: &Layout, known: &[Part]) -> Result<Vec<Part>, OfficeError> {
    let known: std::collections::BTreeMap<&str, &Part> =
        known.iter().map(|p| (p.name.as_str(), p)).collect();
    let dir = layout.attachments();
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(FolderError::at(&dir)(e).into()),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.map_err(FolderError::at(&dir))?;
        let meta = entry.metadata().map_err(FolderError::at(&dir))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !meta.is_file() || !is_plain(&name) || name.ends_with(".part") {
            continue;
        }
        all.push(match known.get(name.as_str()) {
            Some(part) if part.bytes == meta.len() => (*part).clone(),
            _ => part_of(&entry.path(), &name)?,
        });
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}
