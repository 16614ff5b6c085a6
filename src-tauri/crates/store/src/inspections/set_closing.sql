INSERT INTO inspection_settings (id, ver, last_seq, amend_until_minute) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, amend_until_minute = ?4
