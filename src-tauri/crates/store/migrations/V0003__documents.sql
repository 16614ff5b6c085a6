-- 公文: content and state as canonical JSON; what lists need stands in columns of its own.
CREATE TABLE documents (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  kind TEXT NOT NULL, state TEXT NOT NULL, state_data TEXT NOT NULL, content TEXT NOT NULL,
  title TEXT NOT NULL, number TEXT UNIQUE, reports_on TEXT,
  drafter BLOB NOT NULL REFERENCES accounts(id), drafted_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_newest ON documents(changed_at DESC, id DESC);
CREATE INDEX documents_by_state ON documents(state, changed_at DESC);
CREATE TABLE document_findings (
  document_id BLOB NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  finding_id BLOB NOT NULL REFERENCES findings(id), PRIMARY KEY (document_id, finding_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_findings_by_finding ON document_findings(finding_id);
CREATE TABLE document_versions (
  document_id BLOB NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ver INTEGER NOT NULL,
  at INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (document_id, ver)
) STRICT, WITHOUT ROWID;
-- 经过: opinions are never changed
CREATE TABLE document_steps (
  seq INTEGER PRIMARY KEY, document_id BLOB NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  action TEXT NOT NULL, name TEXT NOT NULL, post TEXT NOT NULL, at INTEGER NOT NULL,
  text TEXT NOT NULL, dated_on TEXT
) STRICT;
CREATE INDEX document_steps_by_document ON document_steps(document_id, seq);
CREATE TRIGGER document_steps_stay BEFORE UPDATE ON document_steps BEGIN SELECT RAISE(ABORT, 'opinions are never changed'); END;
-- a number belongs to one document for ever
CREATE TABLE document_numbers (
  prefix TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL,
  document_id BLOB NOT NULL UNIQUE REFERENCES documents(id), PRIMARY KEY (prefix, year, number)
) STRICT, WITHOUT ROWID;
-- the frozen page
CREATE TABLE document_pages (
  id BLOB PRIMARY KEY REFERENCES documents(id), ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  pdf BLOB NOT NULL, pdf_sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
  data TEXT NOT NULL, template_sha256 TEXT NOT NULL
) STRICT;
CREATE TRIGGER document_pages_stay BEFORE UPDATE ON document_pages BEGIN SELECT RAISE(ABORT, 'an issued page never changes'); END;
CREATE TRIGGER document_pages_stay_whole BEFORE DELETE ON document_pages BEGIN SELECT RAISE(ABORT, 'an issued page never changes'); END;
CREATE TRIGGER issued_documents_stay BEFORE UPDATE ON documents WHEN OLD.state = 'issued'
  BEGIN SELECT RAISE(ABORT, 'an issued record never changes'); END;
CREATE TRIGGER issued_documents_stay_whole BEFORE DELETE ON documents WHEN OLD.state NOT IN ('draft', 'rejected')
  BEGIN SELECT RAISE(ABORT, 'only a draft can be discarded'); END;
-- a text kept because another was newer
CREATE TABLE kept_texts (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  document_id BLOB NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  by_account BLOB NOT NULL, at INTEGER NOT NULL, content TEXT NOT NULL, settled INTEGER NOT NULL
) STRICT;
