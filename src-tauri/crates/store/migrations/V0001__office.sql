-- The office, its people, its accounts and the audit. Ids are UUIDv7 as 16 bytes, instants Unix ms UTC,
-- civil dates ISO text. Every business row counts its versions (ver) and names its last audit entry (last_seq).
CREATE TABLE office_profile (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL, short_name TEXT NOT NULL, demo INTEGER NOT NULL,
  series TEXT NOT NULL, recipients TEXT NOT NULL
) STRICT;
CREATE TABLE units (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE, grade INTEGER, sort INTEGER NOT NULL
) STRICT;
CREATE TABLE staff (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL, post TEXT NOT NULL, unit_id BLOB REFERENCES units(id), sort INTEGER NOT NULL
) STRICT;
CREATE TABLE class_groups (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE, grade INTEGER NOT NULL, number INTEGER NOT NULL,
  homeroom_teacher BLOB REFERENCES staff(id), UNIQUE (grade, number)
) STRICT;
CREATE TABLE students (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL, class_group_id BLOB NOT NULL REFERENCES class_groups(id)
) STRICT;
CREATE INDEX students_by_name ON students(name);
CREATE TABLE accounts (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  staff_id BLOB NOT NULL REFERENCES staff(id), sign_in_name TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER,
  public_key BLOB, preferences TEXT NOT NULL
) STRICT;
CREATE TABLE signer_keys (
  account_id BLOB NOT NULL REFERENCES accounts(id), public_key BLOB NOT NULL,
  from_seq INTEGER NOT NULL, until_seq INTEGER, PRIMARY KEY (account_id, from_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, clock TEXT NOT NULL,
  actor BLOB, actor_role TEXT NOT NULL, session BLOB, action TEXT NOT NULL,
  object_kind TEXT NOT NULL, object_id BLOB NOT NULL, object_ver INTEGER NOT NULL,
  approval_seq INTEGER, before_c BLOB, after_c BLOB, prev BLOB NOT NULL, hash BLOB NOT NULL,
  alg INTEGER NOT NULL, sig BLOB
) STRICT;
CREATE INDEX audit_by_object ON audit_events(object_id, seq);
-- apart from the chain, so that lawful erasure does not break it
CREATE TABLE audit_payloads (
  seq INTEGER PRIMARY KEY REFERENCES audit_events(seq), salt BLOB NOT NULL, image TEXT, reason TEXT
) STRICT;
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_events_stay_whole BEFORE DELETE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_payloads_stay_whole BEFORE DELETE ON audit_payloads BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_payloads_salt_stays BEFORE UPDATE OF seq, salt ON audit_payloads BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
