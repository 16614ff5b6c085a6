UPDATE postings SET ver=?2, last_seq=?3, down_at=?4, down_by=?5, down_name=?6, early_reason=?7 WHERE id=?1
