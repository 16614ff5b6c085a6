SELECT entered_by, inspected_on, ver,
  coalesce((unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)
    OR class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)), 0) AS in_charge,
  rect_due_on IS NOT NULL AS required,
  EXISTS (SELECT 1 FROM document_findings JOIN documents ON documents.id = document_id
    WHERE finding_id = n.id AND state IN ('submitted', 'approved', 'issued')) AS reported
FROM findings_now n WHERE id = ?1
