-- first what a row itself says, cheaply; then, for what is left or was corrected, as it is to be read now
SELECT n.*, g.label AS category_label FROM findings f CROSS JOIN findings_now n ON n.id = f.id LEFT JOIN finding_categories g ON g.code = n.category
WHERE f.observed_at <= ?1 AND (f.observed_at, f.id) < (?2, ?3) AND f.observed_at >= ?4
  AND (f.id IN (SELECT finding_id FROM finding_corrections) OR (
    (?5 IS NULL OR f.nature = ?5) AND (?6 IS NULL OR f.category = ?6)
    AND (?7 IS NULL OR f.unit_id = ?7) AND (?8 IS NULL OR f.class_group_id = ?8)
    AND (?9 IS NULL OR instr(f.matter, ?9) > 0 OR instr(f.detail, ?9) > 0 OR instr(f.place, ?9) > 0 OR instr(f.people, ?9) > 0)
    AND (?13 IS NULL OR instr(f.people, ?13) > 0 OR instr(f.rect_responsible, ?13) > 0 OR instr(f.inspector, ?13) > 0)
    AND (?14 IS NULL OR f.rect_due_on IS NOT NULL)))
  AND (?14 IS NULL OR ?14 NOT IN ('replied', 'closed') OR f.id IN (SELECT finding_id FROM followup_steps))
  AND (?16 IS NULL OR (f.id IN (SELECT id FROM supervisions)) = ?16)
  AND (?5 IS NULL OR n.nature = ?5) AND (?6 IS NULL OR n.category = ?6)
  AND (?7 IS NULL OR n.unit_id = ?7) AND (?8 IS NULL OR n.class_group_id = ?8)
  AND (?9 IS NULL OR instr(n.matter, ?9) > 0 OR instr(n.detail, ?9) > 0 OR instr(n.place, ?9) > 0 OR instr(n.people, ?9) > 0)
  AND (?13 IS NULL OR instr(n.people, ?13) > 0 OR instr(n.rect_responsible, ?13) > 0 OR instr(n.inspector, ?13) > 0)
  AND (?14 IS NULL OR (n.rect_due_on IS NOT NULL AND CASE ?14
    WHEN 'open' THEN coalesce(n.last_step, 'reopen') = 'reopen'
    WHEN 'replied' THEN n.last_step = 'reply'
    WHEN 'closed' THEN n.last_step = 'confirm'
    ELSE coalesce(n.last_step, '') <> 'confirm' AND n.rect_due_on < ?15 END))
  AND (?11 IS NULL OR (n.unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?11 AND instr(?12, role) > 0)
    OR n.class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?11 AND instr(?12, role) > 0)))
ORDER BY f.observed_at DESC, f.id DESC LIMIT ?10
