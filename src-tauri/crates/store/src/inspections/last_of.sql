SELECT category, place, unit_id FROM findings WHERE entered_by = ?1 ORDER BY entered_at DESC LIMIT 1
