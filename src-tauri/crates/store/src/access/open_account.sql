INSERT INTO accounts (id, ver, last_seq, staff_id, sign_in_name, roles, opened_at, public_key, preferences) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)
