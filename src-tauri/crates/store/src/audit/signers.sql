SELECT account_id, public_key, from_seq, until_seq FROM signer_keys ORDER BY account_id, from_seq
