SELECT * FROM document_steps WHERE document_id = ?1 ORDER BY seq
