SELECT documents.id, coalesce(number, title) AS label FROM document_findings JOIN documents ON documents.id = document_id WHERE finding_id = ?1 ORDER BY drafted_at
