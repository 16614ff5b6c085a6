SELECT n.*, g.label AS category_label FROM findings_now n LEFT JOIN finding_categories g ON g.code = n.category
WHERE n.rect_due_on <= ?1 AND coalesce(n.last_step, '') <> 'confirm'
  AND (?2 IS NULL OR (n.unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)
    OR n.class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)))
ORDER BY n.rect_due_on DESC, n.listed_at LIMIT 100
