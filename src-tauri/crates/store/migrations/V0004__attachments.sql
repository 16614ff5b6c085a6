-- 附件图片: bytes lie encrypted in attachments/, named by the hash of what they say
CREATE TABLE attachments (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  sha256 TEXT NOT NULL, thumb_sha256 TEXT NOT NULL, mime TEXT NOT NULL,
  bytes INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, taken_at INTEGER,
  attached_at INTEGER NOT NULL, attached_by BLOB NOT NULL REFERENCES accounts(id)
) STRICT;
CREATE INDEX attachments_by_content ON attachments(sha256);

-- 检查照片: in their order; beside the finding, so that the commitments of older rows stay good
CREATE TABLE finding_photos (
  id BLOB PRIMARY KEY REFERENCES findings(id), ver INTEGER NOT NULL, last_seq INTEGER NOT NULL, photos TEXT NOT NULL
) STRICT;
-- 督查结果 (C-03, R-029): a finding that members of the 校委会 made
CREATE TABLE supervisions (
  id BLOB PRIMARY KEY REFERENCES findings(id), ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  supervisors TEXT NOT NULL, announced_at INTEGER
) STRICT;
-- 整改: replied, closed, opened again; a step is never changed
CREATE TABLE followup_steps (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  finding_id BLOB NOT NULL REFERENCES findings(id), action TEXT NOT NULL, text TEXT NOT NULL, photos TEXT NOT NULL,
  at INTEGER NOT NULL, by_account BLOB NOT NULL REFERENCES accounts(id), name TEXT NOT NULL
) STRICT;
CREATE INDEX followup_steps_by_finding ON followup_steps(finding_id, last_seq);
CREATE TRIGGER followup_steps_stay BEFORE UPDATE ON followup_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER followup_steps_stay_whole BEFORE DELETE ON followup_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
-- 更正: what was written stays; the last correction says how it is to be read
CREATE TABLE finding_corrections (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  finding_id BLOB NOT NULL REFERENCES findings(id), reason TEXT NOT NULL,
  at INTEGER NOT NULL, by_account BLOB NOT NULL REFERENCES accounts(id), name TEXT NOT NULL,
  category TEXT NOT NULL, nature TEXT NOT NULL,
  unit_id BLOB REFERENCES units(id), class_group_id BLOB REFERENCES class_groups(id),
  place TEXT NOT NULL, matter TEXT NOT NULL, detail TEXT NOT NULL, people TEXT NOT NULL,
  measure_milli INTEGER, measure_unit TEXT,
  rect_requirement TEXT, rect_responsible TEXT, rect_due_on TEXT,
  observed_at INTEGER NOT NULL, photos TEXT NOT NULL
) STRICT;
CREATE INDEX finding_corrections_by_finding ON finding_corrections(finding_id, last_seq);
CREATE TRIGGER finding_corrections_stay BEFORE UPDATE ON finding_corrections BEGIN SELECT RAISE(ABORT, 'a correction is never changed'); END;
CREATE TRIGGER finding_corrections_stay_whole BEFORE DELETE ON finding_corrections BEGIN SELECT RAISE(ABORT, 'a correction is never changed'); END;
-- a finding as it is to be read now
CREATE VIEW findings_now AS
SELECT f.id, f.ver, f.inspected_on, f.observed_at AS listed_at, f.entered_at, f.entered_by, f.inspector,
  CASE WHEN k.id IS NULL THEN f.category ELSE k.category END AS category,
  CASE WHEN k.id IS NULL THEN f.nature ELSE k.nature END AS nature,
  CASE WHEN k.id IS NULL THEN f.unit_id ELSE k.unit_id END AS unit_id,
  CASE WHEN k.id IS NULL THEN f.class_group_id ELSE k.class_group_id END AS class_group_id,
  CASE WHEN k.id IS NULL THEN f.place ELSE k.place END AS place,
  CASE WHEN k.id IS NULL THEN f.matter ELSE k.matter END AS matter,
  CASE WHEN k.id IS NULL THEN f.detail ELSE k.detail END AS detail,
  CASE WHEN k.id IS NULL THEN f.people ELSE k.people END AS people,
  CASE WHEN k.id IS NULL THEN f.measure_milli ELSE k.measure_milli END AS measure_milli,
  CASE WHEN k.id IS NULL THEN f.measure_unit ELSE k.measure_unit END AS measure_unit,
  CASE WHEN k.id IS NULL THEN f.rect_requirement ELSE k.rect_requirement END AS rect_requirement,
  CASE WHEN k.id IS NULL THEN f.rect_responsible ELSE k.rect_responsible END AS rect_responsible,
  CASE WHEN k.id IS NULL THEN f.rect_due_on ELSE k.rect_due_on END AS rect_due_on,
  CASE WHEN k.id IS NULL THEN f.observed_at ELSE k.observed_at END AS observed_at,
  coalesce(k.photos, p.photos, '[]') AS photos,
  s.supervisors, s.announced_at,
  (SELECT count(*) FROM finding_corrections c WHERE c.finding_id = f.id) AS corrections,
  (SELECT t.action FROM followup_steps t WHERE t.finding_id = f.id ORDER BY t.last_seq DESC LIMIT 1) AS last_step
FROM findings f
LEFT JOIN finding_corrections k ON k.id = (SELECT c.id FROM finding_corrections c WHERE c.finding_id = f.id ORDER BY c.last_seq DESC LIMIT 1)
LEFT JOIN finding_photos p ON p.id = f.id
LEFT JOIN supervisions s ON s.id = f.id;

-- 检查类别: only what differs from the eight of C-01; an empty label keeps the built-in words
CREATE TABLE finding_categories (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE, label TEXT NOT NULL, hidden INTEGER NOT NULL, sort INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_filters (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, filter TEXT NOT NULL, UNIQUE (account_id, name)
) STRICT;
-- until when a finding may be amended, in minutes of its day
CREATE TABLE inspection_settings (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL, amend_until_minute INTEGER NOT NULL
) STRICT;
