SELECT id, by_minute FROM same_day_rules LIMIT 1
