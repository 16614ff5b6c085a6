SELECT * FROM prints WHERE id = ?1
