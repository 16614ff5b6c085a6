SELECT entered_by, inspected_on, ver FROM findings WHERE id = ?1
