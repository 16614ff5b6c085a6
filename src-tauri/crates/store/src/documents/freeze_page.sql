INSERT INTO document_pages (id, ver, last_seq, pdf, pdf_sha256, pages, data, template_sha256) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)
