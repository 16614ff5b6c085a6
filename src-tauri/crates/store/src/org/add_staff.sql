INSERT INTO staff (id, ver, last_seq, name, post, unit_id, sort) VALUES (?1,?2,?3,?4,?5,?6,(SELECT coalesce(max(sort),0)+1 FROM staff))
