-- 张贴: boards, what hangs on them, and papers compared with their frozen page.
CREATE TABLE boards (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE, place TEXT NOT NULL, width_mm INTEGER NOT NULL, height_mm INTEGER NOT NULL,
  term_days INTEGER NOT NULL, retired_at INTEGER, sort INTEGER NOT NULL
) STRICT;
CREATE TABLE postings (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  sheet_id BLOB NOT NULL REFERENCES board_sheets(id), board_id BLOB NOT NULL REFERENCES boards(id),
  spots TEXT NOT NULL, posted_on TEXT NOT NULL, until_on TEXT NOT NULL,
  posted_at INTEGER NOT NULL, posted_by BLOB NOT NULL REFERENCES accounts(id), poster TEXT NOT NULL,
  down_at INTEGER, down_by BLOB REFERENCES accounts(id), down_name TEXT, early_reason TEXT,
  photos TEXT NOT NULL DEFAULT '[]',
  CHECK ((down_at IS NULL) = (down_name IS NULL))
) STRICT;
-- a sheet hangs once on a board
CREATE UNIQUE INDEX postings_hanging ON postings(sheet_id, board_id) WHERE down_at IS NULL;
CREATE INDEX postings_by_board ON postings(board_id, posted_at DESC);
CREATE INDEX postings_by_sheet ON postings(sheet_id);
CREATE INDEX postings_due ON postings(until_on) WHERE down_at IS NULL;
CREATE TRIGGER postings_down_stay BEFORE UPDATE ON postings WHEN OLD.down_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'what was taken down stays as it is recorded'); END;
CREATE TRIGGER postings_stay_whole BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'a posting is never removed'); END;
CREATE TABLE sheet_checks (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  sheet_id BLOB NOT NULL REFERENCES board_sheets(id), standing TEXT NOT NULL, same INTEGER NOT NULL,
  note TEXT NOT NULL, at INTEGER NOT NULL, by_account BLOB NOT NULL REFERENCES accounts(id), name TEXT NOT NULL
) STRICT;
CREATE INDEX sheet_checks_by_sheet ON sheet_checks(sheet_id, at DESC);
CREATE TRIGGER sheet_checks_stay BEFORE UPDATE ON sheet_checks BEGIN SELECT RAISE(ABORT, 'a check is never changed'); END;
CREATE TRIGGER sheet_checks_stay_whole BEFORE DELETE ON sheet_checks BEGIN SELECT RAISE(ABORT, 'a check is never changed'); END;
