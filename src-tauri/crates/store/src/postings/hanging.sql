SELECT postings.*, board_sheets.paper AS paper FROM postings JOIN board_sheets ON board_sheets.id = sheet_id
WHERE down_at IS NULL AND (?1 IS NULL OR board_id = ?1) ORDER BY posted_at, postings.id
