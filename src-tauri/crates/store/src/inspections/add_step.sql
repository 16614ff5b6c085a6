INSERT INTO followup_steps (id, ver, last_seq, finding_id, action, text, photos, at, by_account, name) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)
