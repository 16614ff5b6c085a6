SELECT max(seq) FROM audit_events WHERE object_id = ?1 AND action = ?2
