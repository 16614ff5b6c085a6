SELECT seq, after_c FROM audit_events WHERE object_id = ?1 AND object_kind = ?2 AND (after_c IS NOT NULL OR before_c IS NOT NULL) ORDER BY seq DESC LIMIT 1
