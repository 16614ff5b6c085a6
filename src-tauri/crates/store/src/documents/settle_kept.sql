UPDATE kept_texts SET ver = ?2, last_seq = ?3, settled = 1 WHERE id = ?1
