//! Copies of the database, and how they are planned.
use crate::{Db, Rd, Stamp, StoreError, Tx};
use domain::access::{Grant, ManageBackups, SeeBackups};
use domain::audit::ObjectKind;
use domain::backup::BackupPlan;
use rusqlite::{OptionalExtension, params};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

impl Db {
    /// Reads which schema a file has, and changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for a wrong key or a damaged file.
    pub fn schema_of(path: &Path, key_hex: &str) -> Result<i64, StoreError> {
        Self::schema(&Self::open_reader(path, key_hex)?.0)
    }
    /// Copies what is committed now into a new file under the same key. Writers need not wait.
    ///
    /// # Errors
    /// Disk full or device errors.
    pub fn copy_to(&self, path: &Path, key_hex: &str) -> Result<(), StoreError> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE
            | rusqlite::OpenFlags::SQLITE_OPEN_CREATE
            | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX
            | rusqlite::OpenFlags::SQLITE_OPEN_NOFOLLOW
            | rusqlite::OpenFlags::SQLITE_OPEN_EXRESCODE;
        let mut copy = Self::keyed(path, key_hex, flags, "")?;
        {
            let backup = rusqlite::backup::Backup::new(&self.0, &mut copy)?;
            // all pages in one step: a copy in many steps begins again whenever somebody saves
            backup.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        }
        // one file without a log beside it
        copy.query_row("PRAGMA journal_mode=DELETE", [], |_| Ok(()))?;
        Ok(())
    }
    /// Complains about anything that is wrong with a copy: every page, every index, every reference.
    ///
    /// # Errors
    /// Device errors.
    pub fn copy_complaints(&self) -> Result<Vec<String>, StoreError> {
        let mut out = self.integrity_complaints()?;
        let mut st = self.0.prepare("PRAGMA integrity_check(20)")?;
        let rows = st.query_map([], |r| r.get::<_, String>(0))?;
        for line in rows {
            let line = line?;
            if line != "ok" {
                out.push(line);
            }
        }
        Ok(out)
    }
    /// Returns the schema of this file.
    ///
    /// # Errors
    /// Device errors.
    pub fn schema_found(&self) -> Result<i64, StoreError> {
        Self::schema(&self.0)
    }
}

/// Returns the plan; the program's own when nobody has changed it.
///
/// # Errors
/// Device errors.
pub fn plan(rd: Rd<'_>, _: &Grant<SeeBackups>) -> Result<BackupPlan, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("plan.sql"))?;
    let found = st
        .query_row([], |r| {
            Ok(BackupPlan {
                every_minutes: r.get("every_minutes")?,
                all_days: r.get("all_days")?,
                daily: r.get("daily")?,
                weekly: r.get("weekly")?,
                monthly: r.get("monthly")?,
                second_place: r.get("second_place")?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}
/// Keeps a changed plan.
///
/// # Errors
/// Device errors.
pub fn keep_plan(
    tx: &Tx<'_>,
    _: &Grant<ManageBackups>,
    s: Stamp,
    id: Uuid,
    p: &BackupPlan,
) -> Result<(), StoreError> {
    tx.conn()
        .prepare_cached(include_str!("keep_plan.sql"))?
        .execute(params![
            id.as_bytes(),
            s.ver,
            s.seq,
            p.every_minutes,
            p.all_days,
            p.daily,
            p.weekly,
            p.monthly,
            p.second_place
        ])?;
    Ok(())
}
/// Returns the hash of an audit entry; none where there is no such entry.
///
/// # Errors
/// Device errors.
pub fn hash_at(rd: Rd<'_>, seq: i64) -> Result<Option<[u8; 32]>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("hash_at.sql"))?;
    Ok(st.query_row([seq], |r| r.get(0)).optional()?)
}
/// What was written of one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The kind.
    pub kind: ObjectKind,
    /// How many records of it.
    pub records: i64,
    /// The first time.
    pub since: i64,
}
/// Counts what was written after an entry, by kind of record; sittings, backups and the look of a screen are no work.
///
/// # Errors
/// Device errors.
pub fn work_after(rd: Rd<'_>, seq: i64) -> Result<Vec<Work>, StoreError> {
    let mut st = rd.0.prepare_cached(include_str!("work_after.sql"))?;
    let rows = st.query_map([seq], |r| {
        Ok((r.get::<_, String>(0)?, r.get(1)?, r.get(2)?))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (kind, records, since) = row?;
        // a kind that only a newer program knows is still work
        let kind = ObjectKind::from_code(&kind).unwrap_or(ObjectKind::OfficeProfile);
        out.push(Work {
            kind,
            records,
            since,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";

    #[test]
    fn a_copy_is_encrypted_whole_and_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("office.db"), KEY).unwrap();
        let reader = Db::open_reader(&dir.path().join("office.db"), KEY).unwrap();
        db.0.execute_batch("INSERT INTO units VALUES (x'01',1,1,'unit',NULL,1)")
            .unwrap();
        let to = dir.path().join("copy.db");
        reader.copy_to(&to, KEY).unwrap();
        assert!(!std::fs::read(&to).unwrap().starts_with(b"SQLite format 3"));
        assert!(!dir.path().join("copy.db-wal").exists());
        let copy = Db::open_reader(&to, KEY).unwrap();
        assert_eq!(copy.copy_complaints().unwrap(), [] as [String; 0]);
        let n: i64 = copy
            .0
            .query_row("SELECT count(*) FROM units", [], |r| r.get(0))
            .unwrap();
        assert_eq!(
            (n, copy.schema_found().unwrap()),
            (1, crate::newest_schema())
        );
        assert!(Db::open_reader(&to, &KEY.replace('7', "8")).is_err());
    }
}
