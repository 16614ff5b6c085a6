INSERT INTO finding_categories (id, ver, last_seq, code, label, hidden, sort) VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, label = ?5, hidden = ?6, sort = ?7
