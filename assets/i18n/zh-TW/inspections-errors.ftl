inspections-due-before-seen = 整改期限早於發現的日期。內容已保留，請改正期限。
inspections-future-time = 發現時間 { $time } 比現在還晚。記錄沒有儲存，已填內容仍在，請改正時間。
inspections-matter-missing = 還沒有寫清是什麼事。其他內容已保留，請補寫後再儲存。
inspections-measure-out-of-range = 這個數太大，沒有儲存。其他內容已保留，請核對。
inspections-people-too-many = 一條記錄最多寫 { $max } 個人。內容已保留，請分成幾條。
inspections-time-too-old = 發現時間在一年以前。內容已保留，請核對日期。
inspections-whom-missing = 還沒有寫明是誰：班級、部門或人員至少填一項。其他內容已保留。
