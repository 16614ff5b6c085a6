SELECT * FROM inspection_settings LIMIT 1
