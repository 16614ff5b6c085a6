SELECT * FROM kept_texts WHERE settled = 0 AND (?1 IS NULL OR document_id = ?1) AND (?2 IS NULL OR id = ?2) AND by_account = ?3 ORDER BY at DESC LIMIT 1
