SELECT * FROM finding_categories ORDER BY sort, code
