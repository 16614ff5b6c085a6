# 紙上的字和排印時的話。print-recovery- 和 print-board- 開頭的印在紙上，不能帶參數。

print-data-refused = 列印資料不合版式：{ $path }。沒有產生頁面，請核對後再試。
print-unknown-template = 沒有名為「{ $name }」的版式。沒有產生頁面，請先列出可用的版式。

print-recovery-title = 恢復單
print-recovery-number = 第
print-recovery-number-of = 份，共2份
print-recovery-what = 這張紙能打開什麼
print-recovery-what-text = 所有管理員都忘記密碼或離開時，憑下面的恢復碼可以為一名管理員重新設定密碼。恢復碼不能查看記錄，不能簽名，不能簽發公文。每次使用都會留下記錄，並且必須重新列印恢復單。
print-recovery-code = 恢復碼（八組，每組六位數字）
print-recovery-keep = 放在哪裡
print-recovery-keep-first = 校長保險櫃，裝入信封密封，封口處簽名並寫明日期。
print-recovery-keep-second = 學校檔案室或上級主管部門辦公室，裝入信封密封，封口處簽名並寫明日期。
print-recovery-keep-text = 兩份分開存放。不要拍照，不要影印，不要輸入到別的設備。發現信封被拆開，請立即由管理員重新列印。
print-recovery-signers = 簽名人指紋
print-recovery-signers-text = 核對公文時，用這裡的指紋確認簽名的人。
print-recovery-signer = 姓名
print-recovery-post = 職務
print-recovery-fingerprint = 指紋
print-recovery-nobody = （還沒有人設定簽名）
print-recovery-made = 製作日期
print-recovery-maker = 製作人
print-recovery-kept-by = 保管人簽名
print-recovery-kept-on = 接收日期

print-board-code = 核驗碼
print-board-until = 張貼期限
print-board-reviewed = 審閱
print-board-attachments = 附件
print-board-page = 第
print-board-page-of = 頁，共
print-board-page-end = 頁

print-slip-title = 撤下單
print-slip-what = 下列各張已到期。撤下一張，在方格內打勾並寫明時間。
print-slip-sheet = 張貼稿
print-slip-code = 核驗碼
print-slip-since = 張貼
print-slip-until = 應撤
print-slip-done = 已撤
print-slip-time = 時間
print-slip-person = 撤下人簽名
print-slip-when = 日期
print-slip-afterwards = 撤完後請在通報臺逐張確認，註明時間和姓名。
print-slip-overdue = 逾期
print-slip-days = 天
