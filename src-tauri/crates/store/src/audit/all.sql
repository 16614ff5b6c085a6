SELECT * FROM audit_events ORDER BY seq
