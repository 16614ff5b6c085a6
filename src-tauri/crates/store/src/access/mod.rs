//! Accounts as rows; the keys themselves are in the keyring.
use crate::{Rd, Stamp, StoreError, Tx, id};
use domain::access::{Grant, ManageAccounts, Role, UseDesk};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// 账号 — an account.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Its id.
    pub id: Uuid,
    /// Counts its versions.
    pub ver: i64,
    /// The person.
    pub staff_id: Uuid,
    /// What they type.
    pub sign_in_name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// When it was opened.
    pub opened_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// The present signing key.
    pub public_key: Option<[u8; 32]>,
    /// How the person likes the screen, as JSON of the api.
    pub preferences: String,
}
fn row(r: &Row<'_>) -> rusqlite::Result<AccountRow> {
    let roles: String = r.get("roles")?;
    Ok(AccountRow {
        id: id(r, "id")?,
        ver: r.get("ver")?,
        staff_id: id(r, "staff_id")?,
        sign_in_name: r.get("sign_in_name")?,
        roles: roles.split(',').filter_map(Role::from_code).collect(),
        opened_at: r.get("opened_at")?,
        closed_at: r.get("closed_at")?,
        public_key: r.get("public_key")?,
        preferences: r.get("preferences")?,
    })
}
/// Returns an account, for signing in and for naming people.
///
/// # Errors
/// Device errors.
pub fn account(rd: Rd<'_>, account: Uuid) -> Result<Option<AccountRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("account.sql"))?;
    Ok(st.query_row([account.as_bytes()], row).optional()?)
}
/// Lists all accounts in the order they were opened.
///
/// # Errors
/// Device errors.
pub fn accounts(rd: Rd<'_>, _: &Grant<ManageAccounts>) -> Result<Vec<AccountRow>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("accounts.sql"))?;
    let rows = st.query_map([], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
fn codes(roles: &[Role]) -> String {
    roles.iter().map(|r| r.code()).collect::<Vec<_>>().join(",")
}
/// Opens an account.
///
/// # Errors
/// [`StoreError::Taken`] when the name is in use.
pub fn open_account(
    tx: &Tx<'_>,
    _: &Grant<ManageAccounts>,
    s: Stamp,
    a: &AccountRow,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("open_account.sql"))?
        .execute(params![
            a.id.as_bytes(),
            s.ver,
            s.seq,
            a.staff_id.as_bytes(),
            a.sign_in_name,
            codes(&a.roles),
            a.opened_at,
            a.public_key,
            a.preferences
        ])?;
    Ok(())
}
/// Closes an account.
///
/// # Errors
/// Device errors.
pub fn close_account(
    tx: &Tx<'_>,
    _: &Grant<ManageAccounts>,
    s: Stamp,
    account: Uuid,
    at: i64,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("close_account.sql"))?
        .execute(params![account.as_bytes(), s.ver, s.seq, at])?;
    end_key(tx, account, s.seq)
}
fn end_key(tx: &Tx<'_>, account: Uuid, seq: i64) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("end_key.sql"))?
        .execute(params![account.as_bytes(), seq])?;
    Ok(())
}
/// Registers a signing key from this entry on, or ends the present one.
///
/// # Errors
/// Device errors.
pub fn register_key(
    tx: &Tx<'_>,
    _: &Grant<UseDesk>,
    s: Stamp,
    account: Uuid,
    key: Option<[u8; 32]>,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("set_key.sql"))?
        .execute(params![account.as_bytes(), s.ver, s.seq, key])?;
    end_key(tx, account, s.seq)?;
    if let Some(key) = key {
        tx.conn()
            .prepare_cached(include_str!("begin_key.sql"))?
            .execute(params![account.as_bytes(), key, s.seq])?;
    }
    Ok(())
}
/// Keeps how a person likes the screen.
///
/// # Errors
/// Device errors.
pub fn prefer(
    tx: &Tx<'_>,
    _: &Grant<UseDesk>,
    s: Stamp,
    account: Uuid,
    preferences: &str,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("prefer.sql"))?
        .execute(params![account.as_bytes(), s.ver, s.seq, preferences])?;
    Ok(())
}
