INSERT INTO kept_texts (id, ver, last_seq, document_id, by_account, at, content, settled) VALUES (?1,?2,?3,?4,?5,?6,?7,0)
