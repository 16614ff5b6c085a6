SELECT max(number) FROM document_numbers WHERE prefix = ?1 AND year = ?2
