SELECT finding_id FROM document_findings WHERE document_id = ?1
