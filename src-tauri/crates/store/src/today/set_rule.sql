INSERT INTO same_day_rules (id, ver, last_seq, by_minute) VALUES (?1,?2,?3,?4)
ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, by_minute = ?4
