//! SQL and nothing else: opening the encrypted file, one module a feature, rows in and out.
//!
//! Reading functions take [`Rd`], writing ones [`Tx`] and a [`Stamp`]; all take a proof of permission
//! ([`domain::access::Grant`]), so that forgetting it does not compile.
pub mod access;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod documents;
pub mod inspections;
pub mod org;
pub mod postings;
pub mod printing;
pub mod today;

use domain::audit::{ObjectKind, ObjectRef};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, config::DbConfig,
    limits::Limit, types::ValueRef,
};
use std::path::Path;
use uuid::Uuid;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// Returns the newest schema this program knows: the number of its last migration.
pub fn newest_schema() -> i64 {
    embedded::migrations::runner()
        .get_migrations()
        .iter()
        .map(|m| i64::from(m.version()))
        .max()
        .unwrap_or(0)
}
/// `TBAO`: marks our files among SQLite databases.
const APPLICATION_ID: i64 = 0x5442_414F;

/// What can go wrong below SQL.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file, or the file is damaged.
    #[error("wrong key or damaged file")]
    Unreadable,
    /// A newer program wrote it.
    #[error("schema {found} is newer than {max}")]
    FileTooNew {
        /// The schema found.
        found: i64,
        /// The newest known.
        max: i64,
    },
    /// Another connection holds the write lock.
    #[error("busy")]
    Busy,
    /// The disk is full.
    #[error("disk full")]
    DiskFull,
    /// There is no such record.
    #[error("no such record")]
    NotFound,
    /// A unique name or number is taken.
    #[error("taken")]
    Taken,
    /// The device failed.
    #[error("i/o: {0}")]
    Device(String),
    /// A stored text is not what it should be.
    #[error("stored data malformed: {0}")]
    Malformed(&'static str),
    /// Anything else SQLite says.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(String),
}
impl From<rusqlite::Error> for StoreError {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        match &e {
            rusqlite::Error::QueryReturnedNoRows => StoreError::NotFound,
            rusqlite::Error::SqliteFailure(f, text) => match f.code {
                C::NotADatabase | C::DatabaseCorrupt => StoreError::Unreadable,
                C::DatabaseBusy | C::DatabaseLocked => StoreError::Busy,
                C::DiskFull => StoreError::DiskFull,
                C::SystemIoFailure | C::CannotOpen | C::ReadOnly | C::PermissionDenied => {
                    StoreError::Device(text.clone().unwrap_or_default())
                }
                C::ConstraintViolation if matches!(f.extended_code, 1555 | 2067) => {
                    StoreError::Taken
                }
                _ => StoreError::Sqlite(e),
            },
            _ => StoreError::Sqlite(e),
        }
    }
}

/// The database of one office.
pub struct Db(Connection);

/// A place to read from: a connection or a running transaction.
#[derive(Clone, Copy)]
pub struct Rd<'a>(pub(crate) &'a Connection);

/// A running write transaction: rolled back unless committed.
pub struct Tx<'a>(rusqlite::Transaction<'a>);

/// What every changed row is stamped with.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Its new version.
    pub ver: i64,
    /// Its audit entry.
    pub seq: i64,
}

impl Db {
    /// Opens or creates the file under a raw 64-hex key and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for a wrong key, [`StoreError::FileTooNew`], device errors.
    pub fn open(path: &Path, key_hex: &str) -> Result<Db, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let mut conn = Self::keyed(path, key_hex, flags, "")?;
        conn.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=1048576;")?;
        let (found, max) = (Self::schema(&conn)?, newest_schema());
        if found > max {
            return Err(StoreError::FileTooNew { found, max });
        }
        if found < max {
            embedded::migrations::runner()
                .run(&mut conn)
                .map_err(|e| StoreError::Migration(e.to_string()))?;
            conn.execute_batch(&format!(
                "PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={max};"
            ))?;
        }
        Ok(Db(conn))
    }
    /// Opens a second connection that only reads.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open_reader(path: &Path, key_hex: &str) -> Result<Db, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let conn = Self::keyed(path, key_hex, flags, "")?;
        conn.execute_batch("PRAGMA query_only=ON;")?;
        Ok(Db(conn))
    }
    /// Opens a file of this program's schema on a disk with no room: the index of the log stays in memory, nothing is
    /// converted, and what little is written must fit or fail.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open_tight(path: &Path, key_hex: &str) -> Result<Db, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let conn = Self::keyed(path, key_hex, flags, "PRAGMA locking_mode=EXCLUSIVE;")?;
        conn.execute_batch("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=200; PRAGMA journal_size_limit=1048576;")?;
        let (found, max) = (Self::schema(&conn)?, newest_schema());
        if found > max {
            return Err(StoreError::FileTooNew { found, max });
        }
        Ok(Db(conn))
    }
    fn keyed(
        path: &Path,
        key_hex: &str,
        flags: OpenFlags,
        first: &str,
    ) -> Result<Connection, StoreError> {
        debug_assert!(key_hex.len() == 64, "BUG: the raw key has 64 hex digits");
        let conn = match Connection::open_with_flags(path, flags) {
            // SQLITE_CANTOPEN_SYMLINK: links above the folder are the machine's own affair, the file must be none
            Err(rusqlite::Error::SqliteFailure(f, text)) if f.extended_code == 1550 => {
                let real = path.parent().and_then(|p| p.canonicalize().ok());
                match real.zip(path.file_name()) {
                    Some((parent, name)) => Connection::open_with_flags(parent.join(name), flags)?,
                    None => return Err(rusqlite::Error::SqliteFailure(f, text).into()),
                }
            }
            other => other?,
        };
        conn.execute_batch(&format!("PRAGMA key=\"x'{key_hex}'\"; PRAGMA cipher_memory_security=OFF; PRAGMA cipher_page_size=4096; {first}"))?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| {
            r.get::<_, i64>(0)
        })?;
        for (config, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        ] {
            conn.set_db_config(config, on)?;
        }
        conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        conn.execute_batch(
            "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000;",
        )?;
        conn.set_prepared_statement_cache_capacity(128);
        Ok(conn)
    }
    fn schema(conn: &Connection) -> Result<i64, StoreError> {
        Ok(conn.query_row("PRAGMA user_version", [], |r| r.get(0))?)
    }
    /// Reads outside a transaction.
    pub fn rd(&self) -> Rd<'_> {
        Rd(&self.0)
    }
    /// Begins a write transaction (`BEGIN IMMEDIATE`).
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process writes for more than five seconds.
    pub fn begin(&mut self) -> Result<Tx<'_>, StoreError> {
        Ok(Tx(self.0.transaction_with_behavior(
            TransactionBehavior::Immediate,
        )?))
    }
    /// Writes the log back into the file, so that a quiet office is one file.
    ///
    /// # Errors
    /// Device errors.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.0
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
    /// Asks SQLCipher whether every page still has its authentic code; returns what it complains about.
    ///
    /// # Errors
    /// Device errors.
    pub fn integrity_complaints(&self) -> Result<Vec<String>, StoreError> {
        let mut out = Vec::new();
        for pragma in [
            "PRAGMA cipher_integrity_check",
            "PRAGMA foreign_key_check",
            "PRAGMA quick_check",
        ] {
            let mut st = self.0.prepare(pragma)?;
            let mut rows = st.query([])?;
            while let Some(r) = rows.next()? {
                let text: String = r
                    .get::<_, rusqlite::types::Value>(0)
                    .map(|v| format!("{v:?}"))?;
                if !text.contains("\"ok\"") {
                    out.push(format!("{pragma}: {text}"));
                }
            }
        }
        Ok(out)
    }
}

impl Tx<'_> {
    /// Reads what this transaction sees.
    pub fn rd(&self) -> Rd<'_> {
        Rd(&self.0)
    }
    /// Counts the rows changed on this connection so far.
    pub fn changes(&self) -> u64 {
        self.0.total_changes()
    }
    /// Makes it durable.
    ///
    /// # Errors
    /// Disk full or device errors: then nothing has changed.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit()?)
    }
    pub(crate) fn conn(&self) -> &Connection {
        &self.0
    }
}

/// Reads an id.
pub(crate) fn id(r: &Row<'_>, i: &str) -> rusqlite::Result<Uuid> {
    let b: [u8; 16] = r.get(i)?;
    Ok(Uuid::from_bytes(b))
}
/// Reads an id that may be absent.
pub(crate) fn id_opt(r: &Row<'_>, i: &str) -> rusqlite::Result<Option<Uuid>> {
    let b: Option<[u8; 16]> = r.get(i)?;
    Ok(b.map(Uuid::from_bytes))
}
/// Reads a civil date that may be absent.
pub(crate) fn date_opt(r: &Row<'_>, i: &str) -> rusqlite::Result<Option<chrono::NaiveDate>> {
    let s: Option<String> = r.get(i)?;
    s.map(|s| s.parse().map_err(|_| malformed(i))).transpose()
}
pub(crate) fn malformed(what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        0,
        rusqlite::types::Type::Text,
        format!("malformed {what}").into(),
    )
}
/// Reads JSON kept as text.
pub(crate) fn json<T: serde::de::DeserializeOwned>(r: &Row<'_>, i: &str) -> rusqlite::Result<T> {
    let s: String = r.get(i)?;
    serde_json::from_str(&s).map_err(|_| malformed(i))
}
/// Writes JSON to be kept as text.
pub(crate) fn to_json<T: serde::Serialize>(v: &T) -> Result<String, StoreError> {
    serde_json::to_string(v).map_err(|_| StoreError::Malformed("json"))
}

/// Returns the table a kind of record is kept in; none for what is only an event.
fn table(kind: ObjectKind) -> Option<&'static str> {
    match kind {
        ObjectKind::OfficeProfile => Some("office_profile"),
        ObjectKind::Account => Some("accounts"),
        ObjectKind::Unit => Some("units"),
        ObjectKind::ClassGroup => Some("class_groups"),
        ObjectKind::Staff => Some("staff"),
        ObjectKind::Student => Some("students"),
        ObjectKind::Finding => Some("findings"),
        ObjectKind::Document => Some("documents"),
        ObjectKind::DocumentPage => Some("document_pages"),
        ObjectKind::BoardSheet => Some("board_sheets"),
        ObjectKind::KeptText => Some("kept_texts"),
        ObjectKind::Attachment => Some("attachments"),
        ObjectKind::SameDayRule => Some("same_day_rules"),
        ObjectKind::FindingPhotos => Some("finding_photos"),
        ObjectKind::Supervision => Some("supervisions"),
        ObjectKind::FollowupStep => Some("followup_steps"),
        ObjectKind::FindingCorrection => Some("finding_corrections"),
        ObjectKind::FindingCategory => Some("finding_categories"),
        ObjectKind::SavedFilter => Some("saved_filters"),
        ObjectKind::InspectionSettings => Some("inspection_settings"),
        ObjectKind::BackupPlan => Some("backup_plan"),
        ObjectKind::Backup | ObjectKind::Session => None,
        ObjectKind::Print => Some("prints"),
        ObjectKind::Board => Some("boards"),
        ObjectKind::Posting => Some("postings"),
        ObjectKind::SheetCheck => Some("sheet_checks"),
    }
}

/// Returns a row as the audit commits to it: every column by name, ids and hashes as hex, no long blobs.
///
/// # Errors
/// Device errors.
pub fn image(rd: Rd<'_>, object: ObjectRef) -> Result<Option<serde_json::Value>, StoreError> {
    let Some(table) = table(object.kind) else {
        return Ok(None);
    };
    let mut st =
        rd.0.prepare_cached(&format!("SELECT * FROM {table} WHERE id = ?1"))?;
    let names: Vec<String> = st.column_names().map(str::to_owned).collect();
    Ok(st
        .query_row([object.id.as_bytes()], |r| {
            let mut map = serde_json::Map::new();
            for (i, name) in names.iter().enumerate() {
                let v = match r.get_ref(i)? {
                    ValueRef::Null => serde_json::Value::Null,
                    ValueRef::Integer(n) => n.into(),
                    ValueRef::Real(_) => return Err(malformed(name)),
                    ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned().into(),
                    ValueRef::Blob(b) if b.len() <= 64 => b
                        .iter()
                        .map(|x| format!("{x:02x}"))
                        .collect::<String>()
                        .into(),
                    ValueRef::Blob(b) => format!("blob of {} bytes", b.len()).into(),
                };
                map.insert(name.clone(), v);
            }
            Ok(serde_json::Value::Object(map))
        })
        .optional()?)
}

/// Returns the ids of every row of a kind.
///
/// # Errors
/// Device errors.
pub fn ids(rd: Rd<'_>, kind: ObjectKind) -> Result<Vec<Uuid>, StoreError> {
    let Some(table) = table(kind) else {
        return Ok(Vec::new());
    };
    let mut st = rd.0.prepare(&format!("SELECT id FROM {table}"))?;
    let rows = st.query_map([], |r| id(r, "id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";
    #[test]
    fn a_new_file_is_encrypted_and_refuses_another_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("office.db");
        drop(Db::open(&path, KEY).unwrap());
        assert!(
            !std::fs::read(&path)
                .unwrap()
                .starts_with(b"SQLite format 3")
        );
        assert!(matches!(
            Db::open(&path, &KEY.replace('7', "8")),
            Err(StoreError::Unreadable)
        ));
        Db::open(&path, KEY).unwrap();
    }
    #[test]
    #[cfg(target_family = "unix")]
    fn a_link_above_the_folder_is_followed() {
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real");
        std::fs::create_dir(&real).unwrap();
        let link = dir.path().join("link");
        if std::os::unix::fs::symlink(&real, &link).is_ok() {
            Db::open(&link.join("office.db"), KEY).unwrap();
            assert!(real.join("office.db").exists());
        }
    }
    #[test]
    fn a_newer_schema_is_refused_politely() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("office.db");
        Db::open(&path, KEY)
            .unwrap()
            .0
            .execute_batch("PRAGMA user_version = 99")
            .unwrap();
        assert!(matches!(
            Db::open(&path, KEY),
            Err(StoreError::FileTooNew { found: 99, max }) if max == newest_schema()
        ));
    }
    #[test]
    fn every_sql_file_prepares_against_the_newest_schema() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("office.db"), KEY).unwrap();
        let mut n = 0;
        for feature in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
            .unwrap()
            .flatten()
        {
            for file in std::fs::read_dir(feature.path())
                .into_iter()
                .flatten()
                .flatten()
            {
                if file.path().extension().is_some_and(|e| e == "sql") {
                    let sql = std::fs::read_to_string(file.path()).unwrap();
                    db.0.prepare(&sql)
                        .unwrap_or_else(|e| panic!("{}: {e}", file.path().display()));
                    n += 1;
                }
            }
        }
        assert!(n >= 20, "only {n} files found");
    }
    #[test]
    fn the_audit_cannot_be_changed_or_shortened() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("office.db"), KEY).unwrap();
        db.0.execute_batch("INSERT INTO audit_events VALUES (1,0,'steady',NULL,'',NULL,'a','k',x'00',1,NULL,NULL,NULL,x'00',x'00',1,NULL)").unwrap();
        assert!(
            db.0.execute_batch("UPDATE audit_events SET action='b'")
                .is_err()
        );
        assert!(db.0.execute_batch("DELETE FROM audit_events").is_err());
    }
}
