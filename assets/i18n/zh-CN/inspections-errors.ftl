inspections-due-before-seen = 整改期限早于发现的日期。内容已保留，请改正期限。
inspections-future-time = 发现时间 { $time } 比现在还晚。记录没有保存，已填内容仍在，请改正时间。
inspections-matter-missing = 还没有写清是什么事。其他内容已保留，请补写后再保存。
inspections-measure-out-of-range = 这个数太大，没有保存。其他内容已保留，请核对。
inspections-people-too-many = 一条记录最多写 { $max } 个人。内容已保留，请分成几条。
inspections-time-too-old = 发现时间在一年以前。内容已保留，请核对日期。
inspections-whom-missing = 还没有写明是谁：班级、部门或人员至少填一项。其他内容已保留。
