SELECT entered_by, inspected_on, ver,
  coalesce((unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)
    OR class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)), 0) AS in_charge
FROM findings WHERE id = ?1
