# 纸上的字和排印时的话。print-recovery-、print-board- 和 print-slip- 开头的印在纸上，不能带参数。

print-data-refused = 打印数据不合版式：{ $path }。没有生成页面，请核对后再试。
print-unknown-template = 没有名为“{ $name }”的版式。没有生成页面，请先列出可用的版式。

print-recovery-title = 恢复单
print-recovery-number = 第
print-recovery-number-of = 份，共2份
print-recovery-what = 这张纸能打开什么
print-recovery-what-text = 所有管理员都忘记密码或离开时，凭下面的恢复码可以为一名管理员重新设定密码。恢复码不能查看记录，不能签名，不能签发公文。每次使用都会留下记录，并且必须重新打印恢复单。
print-recovery-code = 恢复码（八组，每组六位数字）
print-recovery-keep = 放在哪里
print-recovery-keep-first = 校长保险柜，装入信封密封，封口处签名并写明日期。
print-recovery-keep-second = 学校档案室或上级主管部门办公室，装入信封密封，封口处签名并写明日期。
print-recovery-keep-text = 两份分开存放。不要拍照，不要复印，不要输入到别的设备。发现信封被拆开，请立即由管理员重新打印。
print-recovery-signers = 签名人指纹
print-recovery-signers-text = 核对公文时，用这里的指纹确认签名的人。
print-recovery-signer = 姓名
print-recovery-post = 职务
print-recovery-fingerprint = 指纹
print-recovery-nobody = （还没有人设定签名）
print-recovery-made = 制作日期
print-recovery-maker = 制作人
print-recovery-kept-by = 保管人签名
print-recovery-kept-on = 接收日期

print-board-code = 核验码
print-board-until = 张贴期限
print-board-reviewed = 审阅
print-board-attachments = 附件
print-board-page = 第
print-board-page-of = 页，共
print-board-page-end = 页

print-slip-title = 撤下单
print-slip-what = 下列各张已到期。撤下一张，在方格内打钩并写明时间。
print-slip-sheet = 张贴稿
print-slip-code = 核验码
print-slip-since = 张贴
print-slip-until = 应撤
print-slip-done = 已撤
print-slip-time = 时间
print-slip-person = 撤下人签名
print-slip-when = 日期
print-slip-afterwards = 撤完后请在通报台逐张确认，注明时间和姓名。
print-slip-overdue = 逾期
print-slip-days = 天
