UPDATE accounts SET ver = ?2, last_seq = ?3, public_key = ?4 WHERE id = ?1
