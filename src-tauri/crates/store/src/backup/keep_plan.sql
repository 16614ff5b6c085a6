INSERT INTO backup_plan (id, ver, last_seq, every_minutes, all_days, daily, weekly, monthly, second_place) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, every_minutes = ?4, all_days = ?5, daily = ?6, weekly = ?7, monthly = ?8, second_place = ?9
