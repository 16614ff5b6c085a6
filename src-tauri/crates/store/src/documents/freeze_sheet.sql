INSERT INTO board_sheets (id, ver, last_seq, document_id, paper, pages, code, pdf, pdf_sha256, data, masks, template_sha256, frozen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
