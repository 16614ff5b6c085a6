//! 附件图片 — taking a picture in, and giving it out again.
//!
//! What is kept lies in `attachments/`, each file sealed under the office's key for attachments and named by the
//! SHA-256 of what it says. A file is there and flushed before its row is committed; a file without a row is nobody's
//! and is swept away when the office is opened.
mod picture;
mod sealed;

pub use picture::Picture;

use crate::audit::VerifyFinding;
use crate::{Call, Done, Office, OfficeError, Record, folder, sha256_hex};
use domain::Refusal;
use domain::access::{AttachImage, ReadAttachment};
use domain::attachments::{Attachment, ImageFormat};
use domain::audit::{ObjectKind, ObjectRef};
use std::path::PathBuf;
use uuid::Uuid;

impl Office {
    /// Attaches the bytes of a picture file: checked, turned, shrunk, stripped, sealed, recorded.
    ///
    /// # Errors
    /// A refusal that says what the file is; denied; disk full.
    pub fn attach_image(
        &mut self,
        call: Call<'_>,
        file: &[u8],
    ) -> Result<Done<Attachment>, OfficeError> {
        call.grant::<AttachImage>()?;
        self.attach_picture(call, &Picture::read(file)?)
    }
    /// Attaches a picture that was made ready before.
    ///
    /// # Errors
    /// Denied, disk full.
    pub fn attach_picture(
        &mut self,
        call: Call<'_>,
        picture: &Picture,
    ) -> Result<Done<Attachment>, OfficeError> {
        let may = call.grant::<AttachImage>()?;
        folder::enough_space(self.layout.dir())?;
        let sha256 = self.keep_sealed(&picture.bytes)?;
        let thumb_sha256 = self.keep_sealed(&picture.thumb)?;
        self.transact(call.who(), call.now, |w| {
            let attachment = Attachment {
                id: w.new_id()?,
                sha256,
                thumb_sha256,
                format: picture.format,
                bytes: i64::try_from(picture.bytes.len())
                    .map_err(|_| OfficeError::Bug("a picture of that size"))?,
                width: picture.width,
                height: picture.height,
                taken_at: picture.taken_at,
                attached_at: call.now,
                attached_by: call.session.actor.account_id,
            };
            let object = ObjectRef::new(ObjectKind::Attachment, attachment.id);
            w.change(object, "attachments.attach", Record::full(), |tx, s| {
                store::attachments::attach(tx, &may, s, &attachment)
            })?;
            Ok(attachment)
        })
    }
    /// Returns what is known of an attached picture.
    ///
    /// # Errors
    /// Denied, not found.
    pub fn attachment(&self, call: Call<'_>, id: Uuid) -> Result<Attachment, OfficeError> {
        let may = call.grant::<ReadAttachment>()?;
        Ok(store::attachments::attachment(self.db.rd(), &may, id)?)
    }
    /// Returns an attached picture: what it is, and its bytes.
    ///
    /// # Errors
    /// Denied, not found; a refusal when its file is gone or was changed.
    pub fn attachment_image(
        &self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<(Attachment, Vec<u8>), OfficeError> {
        let a = self.attachment(call, id)?;
        let bytes = self.open_sealed(&a.sha256)?;
        Ok((a, bytes))
    }
    /// Returns the thumbnail of an attached picture, always a JPEG.
    ///
    /// # Errors
    /// As [`Office::attachment_image`].
    pub fn attachment_thumb(
        &self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<(ImageFormat, Vec<u8>), OfficeError> {
        let a = self.attachment(call, id)?;
        Ok((ImageFormat::Jpeg, self.open_sealed(&a.thumb_sha256)?))
    }
    /// Checks that every one of these is an attached picture.
    ///
    /// # Errors
    /// Not found.
    pub fn check_attachments(&self, call: Call<'_>, ids: &[Uuid]) -> Result<(), OfficeError> {
        ids.iter()
            .try_for_each(|id| self.attachment(call, *id).map(drop))
    }
    fn sealed_at(&self, sha256: &str) -> PathBuf {
        self.layout.attachments().join(sha256)
    }
    /// Writes bytes under the name of their content; what lies there already is left, unless it is spoiled.
    fn keep_sealed(&mut self, bytes: &[u8]) -> Result<String, OfficeError> {
        let sha256 = sha256_hex(bytes);
        if self.open_sealed(&sha256).is_ok() {
            return Ok(sha256);
        }
        let file = sealed::seal(&self.master, &mut *self.entropy, &sha256, bytes)?;
        folder::write_durably(&self.sealed_at(&sha256), &file)?;
        Ok(sha256)
    }
    fn open_sealed(&self, sha256: &str) -> Result<Vec<u8>, OfficeError> {
        let file = match std::fs::read(self.sealed_at(sha256)) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Refusal::new("attachments-missing").into());
            }
            Err(e) => return Err(OfficeError::File(e.to_string())),
        };
        sealed::open(&self.master, sha256, &file)
            .filter(|bytes| sha256_hex(bytes) == sha256)
            .ok_or_else(|| Refusal::new("attachments-altered").into())
    }
    /// Removes files that no row speaks of: left by a stop between file and row. Returns how many.
    ///
    /// # Errors
    /// When the rows cannot be read: then nothing is removed.
    pub(crate) fn sweep_attachments(&self) -> Result<usize, OfficeError> {
        let known = store::attachments::contents(self.db.rd())?;
        let mut swept = 0;
        let Ok(entries) = std::fs::read_dir(self.layout.attachments()) else {
            return Ok(0);
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let hash = name.strip_suffix(".part").unwrap_or(name);
            let ours = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
            if ours && !known.contains(name) && std::fs::remove_file(entry.path()).is_ok() {
                swept += 1;
            }
        }
        Ok(swept)
    }
    /// Every attached picture has its file, and the file says what its name says.
    pub(crate) fn verify_attachments(
        &self,
        findings: &mut Vec<VerifyFinding>,
    ) -> Result<(), OfficeError> {
        for sha256 in store::attachments::contents(self.db.rd())? {
            let code = match self.open_sealed(&sha256) {
                Ok(_) => continue,
                Err(OfficeError::Refused(r)) if r.message_key == "attachments-missing" => {
                    "attachment_missing"
                }
                Err(_) => "attachment_altered",
            };
            findings.push(VerifyFinding {
                code: code.into(),
                object: format!("attachment:{sha256}"),
                seq: 0,
            });
        }
        Ok(())
    }
}
