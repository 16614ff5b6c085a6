-- 张贴稿 (C-02): what hangs on a notice board, masked, frozen together with the number of its document.
CREATE TABLE board_sheets (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  document_id BLOB NOT NULL UNIQUE REFERENCES documents(id),
  paper TEXT NOT NULL CHECK (paper IN ('a4', 'a3')), pages INTEGER NOT NULL CHECK (pages > 0),
  code TEXT NOT NULL UNIQUE,
  pdf BLOB NOT NULL, pdf_sha256 TEXT NOT NULL, data TEXT NOT NULL, masks TEXT NOT NULL,
  template_sha256 TEXT NOT NULL, frozen_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER board_sheets_stay BEFORE UPDATE ON board_sheets BEGIN SELECT RAISE(ABORT, 'a board sheet never changes'); END;
CREATE TRIGGER board_sheets_stay_whole BEFORE DELETE ON board_sheets BEGIN SELECT RAISE(ABORT, 'a board sheet never changes'); END;
