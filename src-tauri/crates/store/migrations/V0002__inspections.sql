-- 检查记录 (C-01)
CREATE TABLE findings (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  category TEXT NOT NULL, nature TEXT NOT NULL,
  unit_id BLOB REFERENCES units(id), class_group_id BLOB REFERENCES class_groups(id),
  place TEXT NOT NULL, matter TEXT NOT NULL, detail TEXT NOT NULL, people TEXT NOT NULL,
  measure_milli INTEGER, measure_unit TEXT,
  rect_requirement TEXT, rect_responsible TEXT, rect_due_on TEXT,
  observed_at INTEGER NOT NULL, inspected_on TEXT NOT NULL,
  entered_at INTEGER NOT NULL, entered_by BLOB NOT NULL REFERENCES accounts(id), inspector TEXT NOT NULL
) STRICT;
CREATE INDEX findings_newest ON findings(observed_at DESC, id DESC);
CREATE INDEX findings_by_day ON findings(inspected_on, observed_at DESC);
CREATE INDEX findings_due ON findings(rect_due_on) WHERE rect_due_on IS NOT NULL;
CREATE INDEX findings_by_author ON findings(entered_by, entered_at DESC);
CREATE TABLE places (name TEXT PRIMARY KEY, uses INTEGER NOT NULL) STRICT, WITHOUT ROWID;
