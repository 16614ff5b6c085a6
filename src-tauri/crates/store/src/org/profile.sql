SELECT * FROM office_profile LIMIT 1
