SELECT board_sheets.id AS id, document_id, paper, pages, code, documents.kind AS kind, coalesce((SELECT group_concat(value, '') FROM json_each(board_sheets.data, '$.title')), '') AS title, documents.number AS number,
  json_extract(state_data, '$.issued_at') AS issued_at, json_extract(content, '$.red_head') AS red_head
FROM board_sheets JOIN documents ON documents.id = document_id WHERE board_sheets.id = ?1
