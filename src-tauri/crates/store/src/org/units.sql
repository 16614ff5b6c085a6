SELECT * FROM units ORDER BY sort, name
