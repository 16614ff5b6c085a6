SELECT postings.*, board_sheets.paper AS paper FROM postings JOIN board_sheets ON board_sheets.id = sheet_id WHERE postings.id = ?1
