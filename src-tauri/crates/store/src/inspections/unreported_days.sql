SELECT inspected_on, count(*) AS n FROM findings
WHERE inspected_on >= ?1 AND NOT EXISTS (
  SELECT 1 FROM document_findings JOIN documents ON documents.id = document_id
  WHERE finding_id = findings.id AND state IN ('submitted', 'approved', 'issued'))
AND NOT EXISTS (SELECT 1 FROM supervisions WHERE supervisions.id = findings.id)
AND (?2 IS NULL OR (unit_id IN (SELECT unit_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)
    OR class_group_id IN (SELECT class_group_id FROM charges WHERE staff_id = ?2 AND instr(?3, role) > 0)))
GROUP BY inspected_on ORDER BY inspected_on DESC
