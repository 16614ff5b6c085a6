SELECT * FROM staff ORDER BY sort, name
