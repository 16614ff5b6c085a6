INSERT INTO postings (id, ver, last_seq, sheet_id, board_id, spots, posted_on, until_on, posted_at, posted_by, poster) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)
