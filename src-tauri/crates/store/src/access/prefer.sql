UPDATE accounts SET ver = ?2, last_seq = ?3, preferences = ?4 WHERE id = ?1
