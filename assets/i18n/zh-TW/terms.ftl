### 各列舉的顯示文字：<模組>-<列舉>-<代碼>

## 角色
access-role-duty_officer = 值日人員
access-role-office = 辦公室
access-role-principal = 校長
access-role-deputy_principal = 分管領導
access-role-unit_head = 處室負責人
access-role-grade_head = 年級組長
access-role-homeroom_teacher = 班主任
access-role-administrator = 系統管理員

## 檢查類別
inspections-category-duty_general = 綜合值日情況
inspections-category-key_work = 重點工作安排和進展
inspections-category-teaching = 教育教學活動
inspections-category-discipline = 學風學紀
inspections-category-student_activity = 學生活動
inspections-category-living_service = 師生生活服務
inspections-category-nutrition = 營養改善計畫
inspections-category-unit_routine = 處室和年級組常規

## 性質
inspections-nature-praise = 表揚
inspections-nature-problem = 問題
inspections-nature-note = 工作情況

## 涉及人員
inspections-person-staff = 教職工
inspections-person-student = 學生
inspections-person-other = 其他人員

## 一句話登記認出的各項
inspections-chip-class_group = 班級
inspections-chip-unit = 部門
inspections-chip-person = 人員
inspections-chip-place = 地點
inspections-chip-measure = 數量
inspections-chip-category = 類別
inspections-chip-nature = 性質
inspections-chip-time = 時間
inspections-chip-matter = 事項

## 文種
documents-kind-circular = 通報
documents-kind-notice = 通知
documents-kind-commendation = 表彰
documents-kind-inspection_result = 督查結果

## 正文層次
documents-block-h1 = 一級標題
documents-block-h2 = 二級標題
documents-block-h3 = 三級標題
documents-block-h4 = 四級標題
documents-block-p = 正文
documents-block-table = 表格
documents-block-image = 圖片
documents-block-page_break = 分頁
documents-block-attachment = 附件頁
documents-align-left = 靠左
documents-align-center = 置中
documents-align-right = 靠右
documents-image-width-full = 通欄
documents-image-width-two_thirds = 三分之二
documents-image-width-half = 一半
documents-image-width-third = 三分之一

## 公文狀態
documents-state-draft = 草稿
documents-state-submitted = 待審
documents-state-approved = 已簽發，待編號
documents-state-issued = 已印發
documents-state-rejected = 已駁回

## 核對結果的輕重
documents-level-must = 必須改
documents-level-should = 建議改
documents-level-hint = 提示

## 稽核物件
audit-object-office_profile = 單位設定
audit-object-account = 帳號
audit-object-unit = 部門
audit-object-class_group = 班級
audit-object-staff = 教職工
audit-object-student = 學生
audit-object-finding = 檢查記錄
audit-object-document = 公文
audit-object-document_page = 版面
audit-object-kept_text = 另存稿
audit-object-same_day_rule = 當日時限
audit-object-session = 工作階段
audit-object-attachment = 附件圖片
masking-audience-board = 校內公開張貼
masking-audience-parents = 家長
masking-audience-staff = 教職員工
masking-audience-superior = 上級
masking-form-marks = 王××
masking-form-some_pupil = 某生
masking-choice-mask = 遮名
masking-choice-not_pupil = 不是學生
masking-choice-keep = 照寫
masking-doubt-within_word = 可能是詞語的一部分
masking-doubt-staff_name = 與教職員工同名
masking-clue-role = 班裡只有一人的職務
masking-clue-small_class = 人數很少的班級
masking-clue-given_name = 名字的一部分
masking-clue-nickname = 外號
masking-clue-phone = 電話號碼
masking-clue-identity_number = 身分證件號碼
masking-clue-address = 住址
masking-clue-birth_date = 出生日期
masking-clue-bed = 宿舍床位
masking-clue-parent_name = 家長姓名
masking-clue-health = 健康資訊
masking-clue-family = 家庭情況
documents-paper-a4 = A4
documents-paper-a3 = A3
audit-object-board_sheet = 張貼稿
audit-object-finding_photos = 檢查照片
audit-object-supervision = 督查結果
audit-object-followup_step = 整改記錄
audit-object-finding_correction = 檢查更正
audit-object-finding_category = 檢查類別
audit-object-saved_filter = 常用篩選
audit-object-inspection_settings = 檢查設定
inspections-followup-open = 待整改
inspections-followup-replied = 已回覆
inspections-followup-closed = 已銷號
inspections-step-reply = 回覆
inspections-step-confirm = 銷號
inspections-step-reopen = 重新整改
audit-object-backup_plan = 備份安排
audit-object-backup = 備份
backup-reason-scheduled = 定時
backup-reason-by_hand = 手動
backup-reason-before_restore = 復原之前
backup-reason-before_upgrade = 升級之前
backup-reason-before_recovery = 用復原單之前

## 列印
printing-sheet-archive_copy = 存檔稿
printing-sheet-board_sheet = 張貼稿
printing-sheet-draft = 草稿（帶草稿字樣）
printing-sides-one_sided = 單面
printing-sides-two_sided = 雙面
printing-media-a4 = A4
printing-media-a3 = A3
printing-trouble-no_service = 沒有列印服務
printing-trouble-no_queue = 印表機不在了
printing-trouble-paused = 已暫停
printing-trouble-offline = 連不上
printing-trouble-out_of_paper = 缺紙
printing-trouble-jammed = 卡紙
printing-trouble-cover_open = 蓋沒有關
printing-trouble-out_of_ink = 缺碳粉
printing-trouble-aborted = 沒有印成
printing-trouble-unknown = 不知道印出沒有
printing-state-sending = 正在送出
printing-state-printing = 正在列印
printing-state-printed = 已印出
printing-state-failed = 沒有印出
printing-state-cancelled = 已取消
audit-object-print = 列印紀錄
## 核驗、張貼
postings-standing-valid = 有效
postings-standing-corrected = 已更正
postings-standing-withdrawn = 已撤
postings-standing-expired = 過期
postings-standing-unknown = 查無
postings-standing-foreign = 非本單位
postings-state-hanging = 在掛
postings-state-taken_down = 已撤下
audit-object-board = 張貼欄
audit-object-posting = 張貼
audit-object-sheet_check = 核對
