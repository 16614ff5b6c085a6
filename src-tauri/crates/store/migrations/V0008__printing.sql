-- 打印台账: every print, written down before the first byte goes to the print service.
-- No reference to documents: the line of a draft outlives the draft.
CREATE TABLE prints (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL, seq INTEGER NOT NULL UNIQUE,
  document_id BLOB NOT NULL, number TEXT NOT NULL, sheet TEXT NOT NULL,
  by_account BLOB NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, post TEXT NOT NULL, at INTEGER NOT NULL,
  printer TEXT NOT NULL, copies INTEGER NOT NULL, sides TEXT NOT NULL, media TEXT NOT NULL,
  pages INTEGER NOT NULL, sha256 TEXT NOT NULL, reason TEXT NOT NULL,
  state TEXT NOT NULL, job INTEGER, trouble TEXT, ended_at INTEGER
) STRICT;
CREATE INDEX prints_by_document ON prints(document_id, seq);
CREATE INDEX prints_by_account ON prints(by_account, seq);
CREATE TRIGGER prints_stay BEFORE UPDATE OF seq, document_id, number, sheet, by_account, name, post, at, printer, copies, sides, media, pages, sha256, reason
  ON prints BEGIN SELECT RAISE(ABORT, 'what was printed never changes'); END;
CREATE TRIGGER prints_end_once BEFORE UPDATE ON prints WHEN OLD.ended_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a print ends once'); END;
CREATE TRIGGER prints_stay_whole BEFORE DELETE ON prints BEGIN SELECT RAISE(ABORT, 'the ledger of prints has no gaps'); END;
