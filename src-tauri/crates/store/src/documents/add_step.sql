INSERT INTO document_steps (seq, document_id, action, name, post, at, text, dated_on) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)
