SELECT id FROM kept_texts WHERE document_id = ?1 ORDER BY id
