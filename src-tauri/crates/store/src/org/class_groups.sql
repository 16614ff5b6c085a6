SELECT * FROM class_groups ORDER BY grade, number
