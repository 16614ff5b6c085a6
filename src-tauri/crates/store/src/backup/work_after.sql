SELECT object_kind, count(DISTINCT object_id), min(at_ms) FROM audit_events
WHERE seq > ?1 AND object_kind NOT IN ('session', 'backup', 'backup_plan') AND action <> 'access.prefer' GROUP BY object_kind ORDER BY object_kind
