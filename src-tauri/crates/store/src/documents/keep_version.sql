INSERT OR REPLACE INTO document_versions (document_id, ver, at, name, content) VALUES (?1,?2,?3,?4,?5)
