UPDATE documents SET ver=?2, last_seq=?3, kind=?4, state=?5, state_data=?6, content=?7, title=?8, number=?9, reports_on=?10, changed_at=?11 WHERE id=?1
