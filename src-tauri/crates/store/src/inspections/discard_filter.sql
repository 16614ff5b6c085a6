DELETE FROM saved_filters WHERE id = ?1 AND account_id = ?2
