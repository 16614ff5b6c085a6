INSERT INTO office_profile (id, ver, last_seq, name, short_name, demo, series, recipients) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)
