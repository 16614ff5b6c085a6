DELETE FROM document_findings WHERE document_id = ?1 AND finding_id = ?2
