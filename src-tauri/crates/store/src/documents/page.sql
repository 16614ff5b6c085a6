SELECT * FROM document_pages WHERE id = ?1
