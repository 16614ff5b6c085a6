SELECT seq, hash, at_ms FROM audit_events ORDER BY seq DESC LIMIT 1
