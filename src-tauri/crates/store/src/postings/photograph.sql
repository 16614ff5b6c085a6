UPDATE postings SET ver=?2, last_seq=?3, photos=?4 WHERE id=?1
