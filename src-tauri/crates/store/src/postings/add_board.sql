INSERT INTO boards (id, ver, last_seq, name, place, width_mm, height_mm, term_days, retired_at, sort) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,(SELECT coalesce(max(sort),0)+1 FROM boards))
