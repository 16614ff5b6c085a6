SELECT p.*, coalesce(d.title, '') AS title FROM prints p LEFT JOIN documents d ON d.id = p.document_id
WHERE p.seq < ?1 AND (?2 IS NULL OR p.document_id = ?2)
  AND (?3 IS NULL OR p.by_account = ?3 OR p.sheet <> 'draft')
ORDER BY p.seq DESC LIMIT ?4
