SELECT * FROM prints WHERE by_account = ?1 ORDER BY seq DESC LIMIT 1
