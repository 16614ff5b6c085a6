org-class-number-out-of-range = 班號應在 1 到 99 之間。其他內容已保留，請改正。
org-grade-out-of-range = 年級應在 1 到 12 之間。其他內容已保留，請改正。
org-prefix-malformed = 機關代字只能是漢字，最多 12 個，例如「臨實小」。其他內容已保留，請改正。
org-role-missing = 還沒有指定{ $role ->
    [principal] 校長
    [office] 辦公室
    [administrator] 系統管理員
   *[other] 這一角色
} 的帳號。其他內容已保留，請補上。
org-unit-unknown = 沒有這個部門。其他內容已保留，請從清單中選擇。
