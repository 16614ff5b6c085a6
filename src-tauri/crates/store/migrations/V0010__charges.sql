-- Who answers for which unit and class, by role: a homeroom teacher for the class, a unit's head for the unit,
-- a grade's head for the grade's units and classes. Lists of limited readers are filtered by it.
CREATE VIEW charges (staff_id, role, unit_id, class_group_id) AS
  SELECT homeroom_teacher, 'homeroom_teacher', NULL, id FROM class_groups WHERE homeroom_teacher IS NOT NULL
  UNION ALL
  SELECT id, 'unit_head', unit_id, NULL FROM staff WHERE unit_id IS NOT NULL
  UNION ALL
  SELECT staff.id, 'grade_head', same.id, NULL
  FROM staff JOIN units AS own ON own.id = staff.unit_id JOIN units AS same ON same.grade = own.grade
  UNION ALL
  SELECT staff.id, 'grade_head', NULL, class_groups.id
  FROM staff JOIN units AS own ON own.id = staff.unit_id JOIN class_groups ON class_groups.grade = own.grade;

-- 当日时限: at most one row; none means what a new office begins with
CREATE TABLE same_day_rules (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL, by_minute INTEGER NOT NULL
) STRICT;
