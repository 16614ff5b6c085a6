INSERT INTO document_numbers (prefix, year, number, document_id) VALUES (?1,?2,?3,?4)
