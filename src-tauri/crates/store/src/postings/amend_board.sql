UPDATE boards SET ver=?2, last_seq=?3, name=?4, place=?5, width_mm=?6, height_mm=?7, term_days=?8, retired_at=?9 WHERE id=?1
