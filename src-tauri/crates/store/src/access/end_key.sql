UPDATE signer_keys SET until_seq = ?2 WHERE account_id = ?1 AND until_seq IS NULL AND from_seq < ?2
