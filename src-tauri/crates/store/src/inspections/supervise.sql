INSERT INTO supervisions (id, ver, last_seq, supervisors, announced_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, supervisors = ?4, announced_at = ?5
