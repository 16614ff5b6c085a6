UPDATE findings SET ver=?2, last_seq=?3, category=?4, nature=?5, unit_id=?6, class_group_id=?7, place=?8, matter=?9, detail=?10, people=?11,
  measure_milli=?12, measure_unit=?13, rect_requirement=?14, rect_responsible=?15, rect_due_on=?16, observed_at=?17, inspected_on=?18,
  entered_at=?19, entered_by=?20, inspector=?21 WHERE id=?1
