SELECT * FROM documents
WHERE (changed_at, id) < (?1, ?2)
  AND (?3 IS NULL OR instr(',' || ?3 || ',', ',' || state || ',') > 0)
  AND (?4 IS NULL OR drafter = ?4)
  AND (?5 IS NULL OR drafter = ?5 OR state = 'issued')
  AND (?6 IS NULL OR reports_on = ?6)
  AND (?7 IS NULL OR instr(title, ?7) > 0 OR instr(coalesce(number, ''), ?7) > 0)
ORDER BY changed_at DESC, id DESC LIMIT ?8
