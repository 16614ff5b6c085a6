SELECT inspected_on, count(*) AS n FROM findings
WHERE inspected_on >= ?1 AND NOT EXISTS (
  SELECT 1 FROM document_findings JOIN documents ON documents.id = document_id
  WHERE finding_id = findings.id AND state IN ('submitted', 'approved', 'issued'))
GROUP BY inspected_on ORDER BY inspected_on DESC
