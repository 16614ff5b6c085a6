### 各枚举的显示文字：<模块>-<枚举>-<代码>

## 角色
access-role-duty_officer = 值日人员
access-role-office = 办公室
access-role-principal = 校长
access-role-deputy_principal = 分管领导
access-role-unit_head = 处室负责人
access-role-grade_head = 年级组长
access-role-homeroom_teacher = 班主任
access-role-administrator = 系统管理员

## 检查类别
inspections-category-duty_general = 综合值日情况
inspections-category-key_work = 重点工作安排和进展
inspections-category-teaching = 教育教学活动
inspections-category-discipline = 学风学纪
inspections-category-student_activity = 学生活动
inspections-category-living_service = 师生生活服务
inspections-category-nutrition = 营养改善计划
inspections-category-unit_routine = 处室和年级组常规

## 性质
inspections-nature-praise = 表扬
inspections-nature-problem = 问题
inspections-nature-note = 工作情况

## 涉及人员
inspections-person-staff = 教职工
inspections-person-student = 学生
inspections-person-other = 其他人员

## 一句话登记认出的各项
inspections-chip-class_group = 班级
inspections-chip-unit = 部门
inspections-chip-person = 人员
inspections-chip-place = 地点
inspections-chip-measure = 数量
inspections-chip-category = 类别
inspections-chip-nature = 性质
inspections-chip-time = 时间
inspections-chip-matter = 事项

## 文种
documents-kind-circular = 通报
documents-kind-notice = 通知
documents-kind-commendation = 表彰
documents-kind-inspection_result = 督查结果

## 正文层次
documents-block-h1 = 一级标题
documents-block-h2 = 二级标题
documents-block-h3 = 三级标题
documents-block-h4 = 四级标题
documents-block-p = 正文
documents-block-table = 表格
documents-block-image = 图片
documents-block-page_break = 分页
documents-block-attachment = 附件页
documents-align-left = 左对齐
documents-align-center = 居中
documents-align-right = 右对齐
documents-image-width-full = 通栏
documents-image-width-two_thirds = 三分之二
documents-image-width-half = 一半
documents-image-width-third = 三分之一

## 公文状态
documents-state-draft = 草稿
documents-state-submitted = 待审
documents-state-approved = 已签发，待编号
documents-state-issued = 已印发
documents-state-rejected = 已驳回

## 核对结果的轻重
documents-level-must = 必须改
documents-level-should = 建议改
documents-level-hint = 提示

## 审计对象
audit-object-office_profile = 单位设置
audit-object-account = 账号
audit-object-unit = 部门
audit-object-class_group = 班级
audit-object-staff = 教职工
audit-object-student = 学生
audit-object-finding = 检查记录
audit-object-document = 公文
audit-object-document_page = 版面
audit-object-kept_text = 另存稿
audit-object-same_day_rule = 当日时限
audit-object-session = 会话
audit-object-attachment = 附件图片
masking-audience-board = 校内公开张贴
masking-audience-parents = 家长
masking-audience-staff = 教职工
masking-audience-superior = 上级
masking-form-marks = 王××
masking-form-some_pupil = 某生
masking-choice-mask = 遮名
masking-choice-not_pupil = 不是学生
masking-choice-keep = 照写
masking-doubt-within_word = 可能是词语的一部分
masking-doubt-staff_name = 与教职工同名
masking-clue-role = 班里只有一人的职务
masking-clue-small_class = 人数很少的班级
masking-clue-given_name = 名字的一部分
masking-clue-nickname = 外号
masking-clue-phone = 电话号码
masking-clue-identity_number = 身份证件号码
masking-clue-address = 住址
masking-clue-birth_date = 出生日期
masking-clue-bed = 宿舍床位
masking-clue-parent_name = 家长姓名
masking-clue-health = 健康信息
masking-clue-family = 家庭情况
documents-paper-a4 = A4
documents-paper-a3 = A3
audit-object-board_sheet = 张贴稿
audit-object-finding_photos = 检查照片
audit-object-supervision = 督查结果
audit-object-followup_step = 整改记录
audit-object-finding_correction = 检查更正
audit-object-finding_category = 检查类别
audit-object-saved_filter = 常用筛选
audit-object-inspection_settings = 检查设置
inspections-followup-open = 待整改
inspections-followup-replied = 已回复
inspections-followup-closed = 已销号
inspections-step-reply = 回复
inspections-step-confirm = 销号
inspections-step-reopen = 重新整改
audit-object-backup_plan = 备份安排
audit-object-backup = 备份
backup-reason-scheduled = 按时
backup-reason-by_hand = 手动
backup-reason-before_restore = 恢复之前
backup-reason-before_upgrade = 升级之前
backup-reason-before_recovery = 用恢复单之前

## 打印
printing-sheet-archive_copy = 存档稿
printing-sheet-board_sheet = 张贴稿
printing-sheet-draft = 草稿（带草稿字样）
printing-sides-one_sided = 单面
printing-sides-two_sided = 双面
printing-media-a4 = A4
printing-media-a3 = A3
printing-trouble-no_service = 没有打印服务
printing-trouble-no_queue = 打印机不在了
printing-trouble-paused = 已暂停
printing-trouble-offline = 连不上
printing-trouble-out_of_paper = 缺纸
printing-trouble-jammed = 卡纸
printing-trouble-cover_open = 盖没有关
printing-trouble-out_of_ink = 缺墨粉
printing-trouble-aborted = 没有打成
printing-trouble-unknown = 不知道打出没有
printing-state-sending = 正在送出
printing-state-printing = 正在打印
printing-state-printed = 已打出
printing-state-failed = 没有打出
printing-state-cancelled = 已取消
audit-object-print = 打印记录
## 核验、张贴
postings-standing-valid = 有效
postings-standing-corrected = 已更正
postings-standing-withdrawn = 已撤
postings-standing-expired = 过期
postings-standing-unknown = 查无
postings-standing-foreign = 非本单位
postings-state-hanging = 在挂
postings-state-taken_down = 已撤下
audit-object-board = 张贴栏
audit-object-posting = 张贴
audit-object-sheet_check = 核对
