INSERT INTO document_findings (document_id, finding_id) SELECT ?1, id FROM findings WHERE id = ?2
