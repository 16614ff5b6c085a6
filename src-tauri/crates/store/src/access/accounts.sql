SELECT * FROM accounts ORDER BY opened_at, id
