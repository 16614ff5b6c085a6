SELECT salt FROM audit_payloads WHERE seq = ?1
