SELECT * FROM findings WHERE rect_due_on = ?1 ORDER BY observed_at LIMIT 100
