SELECT id, document_id, paper, pages, code, pdf, pdf_sha256, data, masks, template_sha256, frozen_at FROM board_sheets
WHERE (?1 IS NOT NULL AND document_id = ?1) OR (?2 IS NOT NULL AND id = ?2) OR (?3 IS NOT NULL AND code = ?3)
