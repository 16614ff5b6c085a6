SELECT * FROM findings
WHERE observed_at <= ?1 AND (observed_at, id) < (?2, ?3) AND observed_at >= ?4
  AND (?5 IS NULL OR nature = ?5) AND (?6 IS NULL OR category = ?6)
  AND (?7 IS NULL OR unit_id = ?7) AND (?8 IS NULL OR class_group_id = ?8)
  AND (?9 IS NULL OR instr(matter, ?9) > 0 OR instr(detail, ?9) > 0 OR instr(place, ?9) > 0 OR instr(people, ?9) > 0)
  AND (?11 IS NULL OR (unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?11 AND instr(?12, role) > 0)
    OR class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?11 AND instr(?12, role) > 0)))
ORDER BY observed_at DESC, id DESC LIMIT ?10
