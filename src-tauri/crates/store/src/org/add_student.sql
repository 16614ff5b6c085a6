INSERT INTO students (id, ver, last_seq, name, class_group_id) VALUES (?1,?2,?3,?4,?5)
