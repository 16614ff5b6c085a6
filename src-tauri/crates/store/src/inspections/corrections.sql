SELECT * FROM finding_corrections WHERE finding_id = ?1 ORDER BY last_seq
