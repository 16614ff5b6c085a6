SELECT board_id, max(at) AS at FROM postings JOIN sheet_checks ON sheet_checks.sheet_id = postings.sheet_id
WHERE down_at IS NULL GROUP BY board_id
