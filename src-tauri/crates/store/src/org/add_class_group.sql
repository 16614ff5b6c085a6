INSERT INTO class_groups (id, ver, last_seq, name, grade, number, homeroom_teacher) VALUES (?1,?2,?3,?4,?5,?6,?7)
