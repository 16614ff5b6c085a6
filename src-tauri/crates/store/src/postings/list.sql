SELECT postings.*, board_sheets.paper AS paper FROM postings JOIN board_sheets ON board_sheets.id = sheet_id
WHERE (posted_at, postings.id) < (?1, ?2) AND (?3 IS NULL OR board_id = ?3) AND (?4 = 0 OR down_at IS NULL)
ORDER BY posted_at DESC, postings.id DESC LIMIT ?5
