INSERT INTO saved_filters (id, ver, last_seq, account_id, name, filter) VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, name = ?5, filter = ?6
