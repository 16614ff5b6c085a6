INSERT INTO finding_photos (id, ver, last_seq, photos) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET ver = ?2, last_seq = ?3, photos = ?4
