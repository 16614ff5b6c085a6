SELECT * FROM students ORDER BY class_group_id, id
