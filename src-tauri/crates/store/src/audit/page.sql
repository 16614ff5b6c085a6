SELECT * FROM audit_events WHERE seq < ?1 AND (?2 IS NULL OR object_id = ?2) ORDER BY seq DESC LIMIT ?3
