UPDATE prints SET ver=?2, last_seq=?3, state=?4, job=?5, trouble=?6, ended_at=?7 WHERE id=?1
