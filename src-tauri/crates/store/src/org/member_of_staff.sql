SELECT * FROM staff WHERE id = ?1
