UPDATE accounts SET ver = ?2, last_seq = ?3, closed_at = ?4, public_key = NULL WHERE id = ?1
