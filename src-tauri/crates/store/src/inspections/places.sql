SELECT name FROM places ORDER BY uses DESC, name LIMIT 200
