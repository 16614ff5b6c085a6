SELECT * FROM findings WHERE id = ?1
