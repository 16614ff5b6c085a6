org-class-number-out-of-range = 班号应在 1 到 99 之间。其他内容已保留，请改正。
org-grade-out-of-range = 年级应在 1 到 12 之间。其他内容已保留，请改正。
org-prefix-malformed = 机关代字只能是汉字，最多 12 个，例如“临实小”。其他内容已保留，请改正。
org-role-missing = 还没有指定{ $role ->
    [principal] 校长
    [office] 办公室
    [administrator] 系统管理员
   *[other] 这一角色
} 的账号。其他内容已保留，请补上。
org-unit-unknown = 没有这个部门。其他内容已保留，请从列表中选择。
