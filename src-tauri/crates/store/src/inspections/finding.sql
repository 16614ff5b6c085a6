SELECT * FROM findings
WHERE id = ?1 AND (?2 IS NULL OR (unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)
    OR class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)))
