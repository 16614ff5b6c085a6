INSERT OR REPLACE INTO signer_keys (account_id, public_key, from_seq, until_seq) VALUES (?1,?2,?3,NULL)
