SELECT * FROM boards ORDER BY retired_at IS NOT NULL, sort, name
