DELETE FROM kept_texts WHERE id = ?1
