SELECT * FROM saved_filters WHERE account_id = ?1 ORDER BY name
