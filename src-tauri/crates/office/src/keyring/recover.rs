//! The two recovery sheets: each opens one door, to reset an administrator, and no other.

use uuid::Uuid;

use super::entropy::{Entropy, EntropyError};
use super::file::Body;
use super::secrets::MasterKey;
use super::slot::{Passphrase, Slot, SlotHolder};
use super::{ChangeKeyringError, Keyring, RecoveryUse, UnlockError, put_password};
use crate::recovery::RecoveryCode;

/// What a recovery code brings out: the right to reset one administrator's password.
///
/// It holds the master key but hands it to nothing but a backup, so it can neither read nor sign.
#[derive(Debug)]
pub struct RecoveryAccess {
    master: MasterKey,
    sheet: u8,
}

impl RecoveryAccess {
    /// Returns which sheet it was: 1 or 2.
    #[must_use]
    pub fn sheet(&self) -> u8 {
        self.sheet
    }

    /// Lends the key to a copy that is made before anything is changed; the copy is as encrypted as the office.
    pub(crate) fn for_backup(&self) -> &MasterKey {
        &self.master
    }

    /// Sets a new first password for an administrator and notes the use of the sheet.
    ///
    /// The note stays in the keyring until the codes are replaced: the next administrator to sign
    /// in has it audited and prints new sheets.
    pub fn reset_administrator(
        self,
        keyring: &mut Keyring,
        account_id: Uuid,
        initial_password: &str,
        now_ms: i64,
        entropy: &mut dyn Entropy,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = keyring.proven_body(&self.master)?;
        let account = body
            .account(account_id)
            .ok_or(ChangeKeyringError::UnknownAccount)?;
        if !account.administrator {
            return Err(ChangeKeyringError::NotAdministrator);
        }
        put_password(
            &mut body,
            account_id,
            initial_password,
            &self.master,
            None,
            entropy,
        )?;
        body.recovery_uses.push(RecoveryUse {
            sheet: self.sheet,
            account_id,
            at_ms: now_ms,
            audited: false,
        });
        keyring.write(body, &self.master)
    }
}

impl Keyring {
    /// Opens the way to reset an administrator with the code of a recovery sheet.
    pub fn open_recovery(&self, code: &RecoveryCode) -> Result<RecoveryAccess, UnlockError> {
        let body = &self.sealed.body;
        let sheets = body.slots.iter().filter_map(|slot| match slot.holder {
            SlotHolder::Recovery { sheet } => Some((sheet, slot)),
            SlotHolder::Account { .. } => None,
        });
        for (sheet, slot) in sheets {
            if let Some(opened) = slot.open(body.vault(), &Passphrase(code.bytes())) {
                if !self.sealed.is_genuine(&opened.master) {
                    return Err(UnlockError::Altered);
                }
                return Ok(RecoveryAccess {
                    master: opened.master,
                    sheet,
                });
            }
        }
        Err(UnlockError::WrongPassword)
    }

    /// Returns the uses of recovery sheets since the codes were last replaced.
    #[must_use]
    pub fn recovery_uses(&self) -> &[RecoveryUse] {
        &self.sealed.body.recovery_uses
    }

    /// Remembers that the audit now knows of every use. The uses themselves stay until the codes are replaced.
    pub fn mark_recovery_uses_audited(
        &mut self,
        master: &MasterKey,
    ) -> Result<(), ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        for used in &mut body.recovery_uses {
            used.audited = true;
        }
        self.write(body, master)
    }

    /// Makes two new recovery codes; the old sheets open nothing any more.
    pub fn replace_recovery_codes(
        &mut self,
        master: &MasterKey,
        entropy: &mut dyn Entropy,
    ) -> Result<[RecoveryCode; 2], ChangeKeyringError> {
        let mut body = self.proven_body(master)?;
        let codes = put_codes(&mut body, master, entropy)?;
        self.write(body, master)?;
        Ok(codes)
    }
}

pub(super) fn put_codes(
    body: &mut Body,
    master: &MasterKey,
    entropy: &mut dyn Entropy,
) -> Result<[RecoveryCode; 2], EntropyError> {
    body.slots
        .retain(|slot| !matches!(slot.holder, SlotHolder::Recovery { .. }));
    body.recovery_uses.clear();
    let codes = [
        RecoveryCode::random(entropy)?,
        RecoveryCode::random(entropy)?,
    ];
    for (sheet, code) in (1..).zip(&codes) {
        let holder = SlotHolder::Recovery { sheet };
        let passphrase = Passphrase(code.bytes());
        body.slots.push(Slot::make(
            body.vault(),
            holder,
            body.work,
            &passphrase,
            master,
            None,
            entropy,
        )?);
    }
    Ok(codes)
}
