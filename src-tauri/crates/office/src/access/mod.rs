//! Signing in and out, accounts, keys.
use crate::folder::{self, FolderLock, Holder, Inspection, Layout};
use crate::keyring::{
    self, AccountState, Copies, Entropy, Keyring, NewAccount, RecoveryUse, SigningSeed, Throttle,
    UnlockError,
};
use crate::recovery::{Fingerprint, RecoveryCode};
use crate::transact::{new_id, transact_on};
use crate::{Call, Done, Office, OfficeError, Record, Who, Writing};
use domain::access::{Actor, ManageAccounts, Role, UseDesk};
use domain::audit::{ObjectKind, ObjectRef};
use domain::backup::BackupReason;
use domain::{Problems, Refusal};
use std::path::Path;
use store::access::AccountRow;
use uuid::Uuid;

/// 会话 — a person at the desk, from signing in to signing out.
pub struct Session {
    /// Who acts, with which roles.
    pub actor: Actor,
    /// What they typed.
    pub sign_in_name: String,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// Their signing key; absent until they have chosen a password.
    pub seed: Option<SigningSeed>,
    /// How they like the screen, as JSON of the api.
    pub preferences: String,
}
impl Session {
    /// Says whether a password must be chosen before anything else.
    pub fn must_choose_password(&self) -> bool {
        self.seed.is_none()
    }
}

/// What is needed to open an office, besides the password.
pub struct Opening<'a> {
    /// The data folder.
    pub dir: &'a Path,
    /// Now.
    pub now: i64,
    /// Who will hold the folder.
    pub holder: Holder,
    /// Randomness of the machine.
    pub entropy: Box<dyn Entropy + Send>,
}

/// Says what is in a folder, or why nothing can be opened there.
///
/// # Errors
/// [`OfficeError::NoOffice`], [`OfficeError::TooNew`], a refused place.
pub fn look(dir: &Path) -> Result<keyring::Header, OfficeError> {
    match folder::inspect(dir)? {
        Inspection::Ready { header, .. } => {
            folder::check_place(dir)?;
            Ok(header)
        }
        Inspection::Missing => Err(OfficeError::NoOffice("office-missing")),
        Inspection::NotAnOffice => Err(OfficeError::NoOffice("office-foreign")),
        Inspection::Damaged { .. } => Err(OfficeError::NoOffice("office-damaged")),
        Inspection::TooNew { found, max } => Err(OfficeError::TooNew {
            found: found.into(),
            max: max.into(),
        }),
    }
}

/// Opens the database. One that an older program wrote is copied before it is converted; on a nearly full disk it is
/// opened as it is.
fn open_database(
    layout: &Layout,
    master: &keyring::MasterKey,
    entropy: &mut dyn Entropy,
    now: i64,
    tight: bool,
) -> Result<store::Db, OfficeError> {
    let (path, key) = (layout.database(), master.database_key_hex());
    let newest = store::newest_schema();
    if tight {
        let db = store::Db::open_tight(&path, &key)?;
        return match db.schema_found()? {
            found if found < newest => Err(OfficeError::DiskNearlyFull),
            _ => Ok(db),
        };
    }
    if store::Db::schema_of(&path, &key)? < newest {
        crate::backup::before(layout, master, entropy, now, BackupReason::BeforeUpgrade)?;
    }
    Ok(store::Db::open(&path, &key)?)
}

fn actor_of(account: &AccountRow, session_id: Uuid) -> Actor {
    Actor {
        account_id: account.id,
        staff_id: account.staff_id,
        roles: account.roles.clone(),
        session_id,
    }
}

impl Office {
    /// Opens an office with a person's password. A failed attempt changes nothing and makes nothing.
    ///
    /// # Errors
    /// Wrong password, waiting time, a held, damaged, foreign or newer folder.
    pub fn sign_in(
        opening: Opening<'_>,
        throttle: &mut Throttle,
        sign_in_name: &str,
        password: &str,
    ) -> Result<(Office, Session), OfficeError> {
        let Opening {
            dir,
            now,
            holder,
            mut entropy,
        } = opening;
        crate::backup::finish_restore(dir, &holder)?;
        look(dir)?;
        throttle
            .check(sign_in_name, now)
            .map_err(|w| OfficeError::Wait {
                seconds: w.seconds.into(),
            })?;
        let mut keyring = Keyring::open(dir).map_err(OfficeError::OpenKeyring)?;
        let unlocked = match keyring.unlock(sign_in_name, password) {
            Ok(unlocked) => unlocked,
            Err(UnlockError::WrongPassword | UnlockError::UnknownAccount) => {
                throttle.failed(sign_in_name, now);
                return Err(OfficeError::WrongPassword);
            }
            Err(e) => return Err(OfficeError::Unlock(e)),
        };
        throttle.succeeded(sign_in_name);
        let lock = FolderLock::take(dir, &holder)?;
        // whoever held the folder until now may have written the keyring since it was read
        let current = Keyring::open(dir).map_err(OfficeError::OpenKeyring)?;
        let unlocked = if current.header() == keyring.header() {
            unlocked
        } else {
            current
                .unlock(sign_in_name, password)
                .map_err(|_| OfficeError::WrongPassword)?
        };
        keyring = current;
        let layout = Layout::of(dir);
        crate::backup::sweep_restores(dir);
        let tight = folder::enough_space(dir).is_err();
        let db = open_database(&layout, &unlocked.master, &mut *entropy, now, tight)?;
        let healed = unlocked.copies != Copies::BothGood && !tight;
        if healed {
            keyring.heal(&unlocked.master)?;
        }
        let vault_id = keyring.header().vault_id;
        let session_id = new_id(&mut *entropy, now)?;
        let mut office = Office {
            layout,
            db,
            keyring,
            master: unlocked.master.clone(),
            entropy,
            vault_id,
            unnoted: None,
            _lock: lock,
        };
        let account = store::access::account(office.db.rd(), unlocked.account.account_id)?
            .filter(|a| a.closed_at.is_none())
            .ok_or(OfficeError::WrongPassword)?;
        let session = office.begin_session(&account, session_id, unlocked.signing_seed, now)?;
        let call = Call {
            session: &session,
            now,
        };
        if !tight {
            office.note_keyring(call, healed)?;
        }
        match office.sweep_attachments() {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "attachments without a record swept"),
            // tried again at the next opening
            Err(e) => tracing::warn!(error = %e, "attachments not swept"),
        }
        Ok((office, session))
    }
    /// Puts into the audit what happened to the keyring while nobody could write there.
    fn note_keyring(&mut self, call: Call<'_>, healed: bool) -> Result<(), OfficeError> {
        let uses: Vec<RecoveryUse> = self
            .keyring
            .recovery_uses()
            .iter()
            .filter(|used| !used.audited)
            .copied()
            .collect();
        if uses.is_empty() && !healed {
            return Ok(());
        }
        self.transact(call.who(), call.now, |w| {
            for used in &uses {
                let reason = format!("sheet {} at {}", used.sheet, used.at_ms);
                w.note(
                    ObjectRef::new(ObjectKind::Account, used.account_id),
                    "access.recover",
                    Record::brief().because(&reason),
                )?;
            }
            if healed {
                w.note(
                    ObjectRef::new(ObjectKind::Session, call.session.actor.session_id),
                    "access.heal_keyring",
                    Record::brief(),
                )?;
            }
            Ok(())
        })?;
        if !uses.is_empty() {
            // a stop in between only notes the use twice
            self.keyring.mark_recovery_uses_audited(&self.master)?;
        }
        Ok(())
    }
    /// Says whether a recovery sheet was used and new ones are due.
    pub fn recovery_sheets_are_due(&self) -> bool {
        !self.keyring.recovery_uses().is_empty()
    }
    /// Makes two new recovery codes; the old sheets open nothing any more.
    ///
    /// # Errors
    /// [`OfficeError::Denied`], no signing key yet.
    pub fn replace_recovery_codes(
        &mut self,
        call: Call<'_>,
    ) -> Result<Done<[RecoveryCode; 2]>, OfficeError> {
        call.grant::<ManageAccounts>()?;
        folder::enough_space(self.layout.dir())?;
        let Office {
            db,
            keyring,
            master,
            entropy,
            vault_id,
            ..
        } = self;
        let done = transact_on(db, &mut **entropy, *vault_id, call.who(), call.now, |w| {
            let object = ObjectRef::new(ObjectKind::Account, call.session.actor.account_id);
            w.note(
                object,
                "access.replace_recovery_codes",
                Record::brief().signed(),
            )
        })?;
        // last: when the audit cannot be written the old sheets must go on opening
        let codes = keyring.replace_recovery_codes(master, &mut **entropy)?;
        Ok(Done {
            value: codes,
            changed: done.changed,
        })
    }
    /// Seats another person at the same open office: the dev host and the sample know several sittings.
    ///
    /// # Errors
    /// Wrong password.
    pub fn join(
        &mut self,
        sign_in_name: &str,
        password: &str,
        now: i64,
    ) -> Result<Session, OfficeError> {
        let unlocked = self
            .keyring
            .unlock(sign_in_name, password)
            .map_err(|_| OfficeError::WrongPassword)?;
        let session_id = new_id(&mut *self.entropy, now)?;
        let account = self.account(unlocked.account.account_id)?;
        if account.closed_at.is_some() {
            return Err(OfficeError::WrongPassword);
        }
        self.begin_session(&account, session_id, unlocked.signing_seed, now)
    }
    /// Records the sitting, and the signing key if the register does not have it yet.
    fn begin_session(
        &mut self,
        account: &AccountRow,
        session_id: Uuid,
        seed: Option<SigningSeed>,
        now: i64,
    ) -> Result<Session, OfficeError> {
        let person = store::org::member_of_staff(self.db.rd(), account.staff_id)?
            .ok_or(OfficeError::Bug("account without a person"))?;
        let session = Session {
            actor: actor_of(account, session_id),
            sign_in_name: account.sign_in_name.clone(),
            name: person.name,
            post: person.post,
            seed,
            preferences: account.preferences.clone(),
        };
        let call = Call {
            session: &session,
            now,
        };
        let key = session.seed.as_ref().map(SigningSeed::public_key);
        let may = call.grant::<UseDesk>()?;
        if self.read_only() {
            // a nearly full disk locks nobody out: they read, and their coming is noted as soon as it can be
            self.note_or_remember(call, "access.sign_in")?;
            return Ok(session);
        }
        self.transact(call.who(), now, |w| {
            if key.is_some() && key != account.public_key {
                let object = ObjectRef::new(ObjectKind::Account, account.id);
                w.change(object, "access.register_key", Record::full(), |tx, s| {
                    store::access::register_key(tx, &may, s, account.id, key)
                })?;
            }
            w.note(
                ObjectRef::new(ObjectKind::Session, session_id),
                "access.sign_in",
                Record::brief(),
            )
        })?;
        Ok(session)
    }
    /// Records that a sitting ended, and how: `access.lock` or `access.sign_out`.
    ///
    /// # Errors
    /// As [`Office::transact`].
    pub fn end_session(&mut self, call: Call<'_>, action: &'static str) -> Result<(), OfficeError> {
        self.note_or_remember(call, action)?;
        match self.settle() {
            // the log stays beside the file and is read with it
            Err(_) if self.read_only() => Ok(()),
            settled => settled,
        }
    }
    /// Notes that a sitting began or ended. Where there is no room even for that, the beginning is noted later and
    /// the end with the next beginning: nobody is kept in or out by a full disk.
    fn note_or_remember(
        &mut self,
        call: Call<'_>,
        action: &'static str,
    ) -> Result<(), OfficeError> {
        let object = ObjectRef::new(ObjectKind::Session, call.session.actor.session_id);
        let noted = self.transact_note(call.who(), call.now, |w| {
            w.note(object, action, Record::brief())
        });
        match noted {
            Ok(_) => Ok(()),
            Err(e) if e.is_lack_of_space() => {
                tracing::warn!(action, "no room in the audit");
                self.unnoted = (action == "access.sign_in")
                    .then_some((call.session.actor.session_id, call.now));
                Ok(())
            }
            Err(e) => Err(e),
        }
    }
    /// Checks the own password again, before something is signed.
    ///
    /// # Errors
    /// [`OfficeError::WrongPassword`].
    pub fn check_password(
        &self,
        call: Call<'_>,
        throttle: &mut Throttle,
        password: &str,
    ) -> Result<(), OfficeError> {
        let name = &call.session.sign_in_name;
        throttle
            .check(name, call.now)
            .map_err(|w| OfficeError::Wait {
                seconds: w.seconds.into(),
            })?;
        match self
            .keyring
            .unlock_account(call.session.actor.account_id, password)
        {
            Ok(_) => {
                throttle.succeeded(name);
                Ok(())
            }
            Err(UnlockError::WrongPassword | UnlockError::UnknownAccount) => {
                throttle.failed(name, call.now);
                Err(OfficeError::WrongPassword)
            }
            Err(e) => Err(OfficeError::Unlock(e)),
        }
    }
    /// Chooses the own password: the first time makes the signing key, later keeps it.
    ///
    /// # Errors
    /// Wrong present password, a password the policy refuses.
    pub fn choose_password(
        &mut self,
        session: &mut Session,
        now: i64,
        password: &str,
        new_password: &str,
    ) -> Result<Done<()>, OfficeError> {
        let account_id = session.actor.account_id;
        let unlocked = if session.must_choose_password() {
            self.keyring
                .choose_password(account_id, password, new_password, &mut *self.entropy)
        } else {
            self.keyring
                .change_password(account_id, password, new_password, &mut *self.entropy)
        };
        let unlocked = match unlocked {
            Ok(u) => u,
            Err(keyring::ChangeKeyringError::Unlock(UnlockError::WrongPassword)) => {
                return Err(OfficeError::WrongPassword);
            }
            Err(e) => return Err(e.into()),
        };
        let first = session.seed.is_none();
        session.seed = unlocked.signing_seed;
        let key = session.seed.as_ref().map(SigningSeed::public_key);
        let call = Call { session, now };
        let may = call.grant::<UseDesk>()?;
        let object = ObjectRef::new(ObjectKind::Account, account_id);
        let done = self.transact(call.who(), now, |w| {
            if first {
                w.change(object, "access.register_key", Record::full(), |tx, s| {
                    store::access::register_key(tx, &may, s, account_id, key)
                })
            } else {
                w.note(
                    ObjectRef::new(ObjectKind::Session, call.session.actor.session_id),
                    "access.change_password",
                    Record::brief(),
                )
            }
        });
        if first && done.is_err() {
            // not registered: the next sign-in does that, until then nothing is signed with it
            session.seed = None;
        }
        done
    }
    /// Keeps how a person likes the screen.
    ///
    /// # Errors
    /// As [`Office::transact`].
    pub fn prefer(&mut self, call: Call<'_>, preferences: &str) -> Result<Done<()>, OfficeError> {
        let may = call.grant::<UseDesk>()?;
        let account = call.session.actor.account_id;
        let object = ObjectRef::new(ObjectKind::Account, account);
        self.transact(call.who(), call.now, |w| {
            w.change(object, "access.prefer", Record::brief(), |tx, s| {
                store::access::prefer(tx, &may, s, account, preferences)
            })
        })
    }
    /// Lists accounts: `(row, name, post, still initial, fingerprint)`.
    ///
    /// # Errors
    /// [`OfficeError::Denied`].
    pub fn accounts(&self, call: Call<'_>) -> Result<Vec<AccountView>, OfficeError> {
        let may = call.grant::<ManageAccounts>()?;
        let rows = store::access::accounts(self.db.rd(), &may)?;
        rows.into_iter().map(|row| self.account_view(row)).collect()
    }
    /// Runs a change that ends with one of the keyring: if that cannot be written, the rows are rolled back.
    fn transact_with_keys<T>(
        &mut self,
        call: Call<'_>,
        f: impl FnOnce(&mut Writing<'_>, &mut Keyring, &keyring::MasterKey) -> Result<T, OfficeError>,
    ) -> Result<Done<T>, OfficeError> {
        folder::enough_space(self.layout.dir())?;
        let Office {
            db,
            keyring,
            master,
            entropy,
            vault_id,
            ..
        } = self;
        transact_on(db, &mut **entropy, *vault_id, call.who(), call.now, |w| {
            f(w, keyring, master)
        })
    }
    fn account_view(&self, row: AccountRow) -> Result<AccountView, OfficeError> {
        let person = store::org::member_of_staff(self.db.rd(), row.staff_id)?;
        let initial = self
            .keyring
            .header()
            .accounts
            .iter()
            .any(|a| a.account_id == row.id && a.state == AccountState::Initial);
        let fingerprint = row.public_key.map(|k| Fingerprint::of(&k).to_string());
        Ok(AccountView {
            name: person.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
            post: person.map(|p| p.post).unwrap_or_default(),
            initial,
            fingerprint,
            row,
        })
    }
    fn account(&self, id: Uuid) -> Result<AccountRow, OfficeError> {
        store::access::account(self.db.rd(), id)?
            .ok_or(OfficeError::Store(store::StoreError::NotFound))
    }
    /// Opens an account for a member of staff.
    ///
    /// # Errors
    /// Faults of the fields, a name in use, a password the policy refuses.
    pub fn open_account(
        &mut self,
        call: Call<'_>,
        staff_id: Uuid,
        sign_in_name: &str,
        roles: &[Role],
        initial_password: &str,
    ) -> Result<Done<AccountView>, OfficeError> {
        let may = call.grant::<ManageAccounts>()?;
        check_account("", sign_in_name, roles)?;
        let person = store::org::member_of_staff(self.db.rd(), staff_id)?
            .ok_or(OfficeError::Store(store::StoreError::NotFound))?;
        let done = self.transact_with_keys(call, |w, keyring, master| {
            let id = w.new_id()?;
            let row = AccountRow {
                id,
                ver: 1,
                staff_id,
                sign_in_name: sign_in_name.to_owned(),
                roles: roles.to_vec(),
                opened_at: w.now(),
                closed_at: None,
                public_key: None,
                preferences: String::new(),
            };
            let object = ObjectRef::new(ObjectKind::Account, id);
            w.change(
                object,
                "access.open_account",
                Record::full().signed(),
                |tx, s| store::access::open_account(tx, &may, s, &row),
            )?;
            let new = NewAccount {
                account_id: id,
                sign_in_name: row.sign_in_name.clone(),
                display_name: person.name.clone(),
                post: person.post.clone(),
                administrator: roles.contains(&Role::Administrator),
            };
            // a stop between keyring and commit can have left a slot without an account
            let orphan = keyring
                .header()
                .accounts
                .iter()
                .find(|a| a.sign_in_name == row.sign_in_name)
                .map(|a| a.account_id);
            if let Some(orphan) = orphan
                && store::access::account(w.rd(), orphan)?.is_none()
            {
                keyring.remove_account(master, orphan)?;
            }
            // last: if the keyring cannot be written, the row is rolled back
            keyring.add_account(master, &new, initial_password, w.entropy())?;
            Ok(row)
        })?;
        Ok(Done {
            value: self.account_view(done.value)?,
            changed: done.changed,
        })
    }
    /// Gives an account a new initial password; its signing key ends here.
    ///
    /// # Errors
    /// A closed or unknown account, a password the policy refuses.
    pub fn reset_password(
        &mut self,
        call: Call<'_>,
        account_id: Uuid,
        initial_password: &str,
    ) -> Result<Done<AccountView>, OfficeError> {
        let manage = call.grant::<ManageAccounts>()?;
        let may = call.grant::<UseDesk>()?;
        drop(manage);
        if call.is_me(account_id) {
            return Err(Refusal::new("access-own-account").into());
        }
        if self.account(account_id)?.closed_at.is_some() {
            return Err(Refusal::new("access-account-closed").into());
        }
        let done = self.transact_with_keys(call, |w, keyring, master| {
            let object = ObjectRef::new(ObjectKind::Account, account_id);
            w.change(
                object,
                "access.reset_password",
                Record::full().signed(),
                |tx, s| store::access::register_key(tx, &may, s, account_id, None),
            )?;
            keyring.reset_password(master, account_id, initial_password, w.entropy())?;
            Ok(())
        })?;
        Ok(Done {
            value: self.account_view(self.account(account_id)?)?,
            changed: done.changed,
        })
    }
    /// Closes an account: its key slot is removed.
    ///
    /// # Errors
    /// The own or the last administrator's account is not closed.
    pub fn close_account(
        &mut self,
        call: Call<'_>,
        account_id: Uuid,
    ) -> Result<Done<AccountView>, OfficeError> {
        let may = call.grant::<ManageAccounts>()?;
        if call.is_me(account_id) {
            return Err(Refusal::new("access-own-account").into());
        }
        if self.account(account_id)?.closed_at.is_some() {
            return Err(Refusal::new("access-account-closed").into());
        }
        let done = self.transact_with_keys(call, |w, keyring, master| {
            let now = w.now();
            let object = ObjectRef::new(ObjectKind::Account, account_id);
            w.change(
                object,
                "access.close_account",
                Record::full().signed(),
                |tx, s| store::access::close_account(tx, &may, s, account_id, now),
            )?;
            match keyring.remove_account(master, account_id) {
                // a stop between keyring and commit has taken the slot away already
                Ok(()) | Err(keyring::ChangeKeyringError::UnknownAccount) => Ok(()),
                Err(e) => Err(e.into()),
            }
        })?;
        Ok(Done {
            value: self.account_view(self.account(account_id)?)?,
            changed: done.changed,
        })
    }
}

/// 账号 as the administrator sees it.
#[derive(Debug)]
pub struct AccountView {
    /// The row.
    pub row: AccountRow,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: String,
    /// No own password chosen yet.
    pub initial: bool,
    /// The present signing key's fingerprint.
    pub fingerprint: Option<String>,
}

/// Uses a recovery code: resets an administrator's password and does nothing else.
///
/// # Errors
/// A held folder, a code that opens nothing, a person who is not an administrator, a password the policy refuses.
pub fn recover(
    opening: Opening<'_>,
    code: &str,
    sign_in_name: &str,
    initial_password: &str,
) -> Result<(), OfficeError> {
    let Opening {
        dir,
        now,
        holder,
        mut entropy,
    } = opening;
    crate::backup::finish_restore(dir, &holder)?;
    look(dir)?;
    // whoever has the office open would write their older keyring over the reset
    let _lock = FolderLock::take(dir, &holder)?;
    let mut keyring = Keyring::open(dir).map_err(OfficeError::OpenKeyring)?;
    let code = RecoveryCode::parse(code).map_err(|groups| {
        let mut p = Problems::default();
        for g in groups {
            p.add_with(
                "code",
                "access-recovery-group-wrong",
                [("group", i64::from(g.group).into())],
            );
        }
        OfficeError::Invalid(p)
    })?;
    let account = keyring
        .header()
        .account_named(sign_in_name)
        .cloned()
        .ok_or_else(|| Refusal::new("access-not-an-administrator"))?;
    let access = match keyring.open_recovery(&code) {
        Ok(a) => a,
        Err(UnlockError::WrongPassword) => {
            return Err(Refusal::new("access-recovery-code-wrong").into());
        }
        Err(e) => return Err(OfficeError::Unlock(e)),
    };
    // best effort: an office whose database is damaged must still be recovered
    if let Err(error) = crate::backup::before(
        &folder::Layout::of(dir),
        access.for_backup(),
        &mut *entropy,
        now,
        BackupReason::BeforeRecovery,
    ) {
        tracing::warn!(%error, "no backup before a recovery sheet was used");
    }
    access.reset_administrator(
        &mut keyring,
        account.account_id,
        initial_password,
        now,
        &mut *entropy,
    )?;
    Ok(())
}

/// Checks the fields of an account; `path` is put before each.
pub(crate) fn check_account(
    path: &str,
    sign_in_name: &str,
    roles: &[Role],
) -> Result<(), Problems> {
    let mut p = Problems::default();
    p.text(&format!("{path}sign_in_name"), sign_in_name, true, 20);
    if sign_in_name
        .chars()
        .any(|c| c.is_whitespace() || c.is_control())
    {
        p.add(
            format!("{path}sign_in_name"),
            "access-sign-in-name-malformed",
        );
    }
    if roles.is_empty() {
        p.add(format!("{path}roles"), "access-roles-missing");
    }
    if roles.contains(&Role::Administrator) && roles.iter().any(|r| r.approves()) {
        p.add(format!("{path}roles"), "access-roles-clash");
    }
    p.or(())
}

/// Names who acts while an office is founded.
pub(crate) fn founder(account_id: Uuid, staff_id: Uuid, session_id: Uuid) -> Actor {
    Actor {
        account_id,
        staff_id,
        roles: vec![Role::Administrator, Role::Office],
        session_id,
    }
}
/// The founder signs nothing.
pub(crate) fn founding(actor: &Actor) -> Who<'_> {
    Who { actor, seed: None }
}

#[cfg(test)]
mod tests;
