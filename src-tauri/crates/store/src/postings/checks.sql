SELECT * FROM sheet_checks WHERE sheet_id = ?1 ORDER BY at DESC, id DESC LIMIT 20
