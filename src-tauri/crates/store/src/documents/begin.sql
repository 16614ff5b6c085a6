INSERT INTO documents (id, ver, last_seq, kind, state, state_data, content, title, reports_on, drafter, drafted_at, changed_at) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)
