INSERT INTO attachments (id, ver, last_seq, sha256, thumb_sha256, mime, bytes, width, height, taken_at, attached_at, attached_by) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)
