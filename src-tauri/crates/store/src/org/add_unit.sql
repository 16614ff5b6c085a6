INSERT INTO units (id, ver, last_seq, name, grade, sort) VALUES (?1,?2,?3,?4,?5,(SELECT coalesce(max(sort),0)+1 FROM units))
