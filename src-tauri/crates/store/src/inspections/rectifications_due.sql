SELECT * FROM findings WHERE rect_due_on BETWEEN ?1 AND ?2 ORDER BY rect_due_on, observed_at LIMIT 100
