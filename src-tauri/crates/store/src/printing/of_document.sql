SELECT * FROM prints WHERE document_id = ?1 ORDER BY seq
