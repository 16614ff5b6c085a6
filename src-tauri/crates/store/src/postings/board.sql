SELECT * FROM boards WHERE id = ?1
