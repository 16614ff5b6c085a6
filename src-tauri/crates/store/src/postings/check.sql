INSERT INTO sheet_checks (id, ver, last_seq, sheet_id, standing, same, note, at, by_account, name) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)
