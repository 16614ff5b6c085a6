SELECT 1 AS staff, id, name, post AS place FROM staff WHERE instr(name, ?1) > 0
UNION ALL
SELECT 0, students.id, students.name, class_groups.name FROM students JOIN class_groups ON class_groups.id = class_group_id
WHERE instr(students.name, ?1) > 0
LIMIT 20
