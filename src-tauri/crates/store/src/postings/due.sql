SELECT postings.*, board_sheets.paper AS paper FROM postings JOIN board_sheets ON board_sheets.id = sheet_id
WHERE down_at IS NULL AND until_on <= ?1 ORDER BY until_on, board_id, posted_at, postings.id
