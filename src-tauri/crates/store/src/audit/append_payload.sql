INSERT INTO audit_payloads (seq, salt, image, reason) VALUES (?1,?2,?3,?4)
