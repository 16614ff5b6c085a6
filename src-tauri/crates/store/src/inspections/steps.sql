SELECT * FROM followup_steps WHERE finding_id = ?1 ORDER BY last_seq
