SELECT postings.*, board_sheets.paper AS paper FROM postings JOIN board_sheets ON board_sheets.id = sheet_id
WHERE sheet_id = ?1 ORDER BY posted_at, postings.id
