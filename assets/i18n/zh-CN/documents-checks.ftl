### 核对文稿：看什么、依据什么

## 看什么
documents-check-title-empty = 没有写标题。请写明发文机关、事由和文种。
documents-check-body-empty = 没有写正文。
documents-check-identity-number = 正文里有像身份证号的数字（{ $found }）。请删去，通报里不写证件号。
documents-check-phone-number = 正文里有像手机号的数字（{ $found }）。请删去，或改写办公室电话。
documents-check-mask-undecided = “{ $name }”可能是学生的姓名，也可能是“{ $word }”的一部分。请在“张贴稿”里选定，再送审。
documents-check-mask-reason = “{ $name }”在张贴稿里写全名，还没有写明理由。请补写理由，或改为遮名。
documents-check-mask-namesake = 学生“{ $name }”与一名教职工同名。请在“张贴稿”里选定写的是谁，再送审。
documents-check-hidden-characters = 这里有看不见的字符（{ $code }），多半是粘贴带来的。请删去重打这几个字。
documents-check-problem-whom = 第 { $number } 项问题没有写明是哪个班级、部门或哪个人。
documents-check-problem-responsible = 第 { $number } 项问题没有写明责任人。
documents-check-count-differs = 开头写“{ $found }”，正文依据的检查记录是 { $count } 条。请核对后改正。
documents-check-findings-left-out = 当天还有 { $count } 条检查记录没有写进来，第一条是“{ $matter }”。
documents-check-title-kind = 标题没有以“{ $kind }”结尾，与文种不一致。
documents-check-title-punctuation = 标题末尾不用标点。
documents-check-title-date = 标题写的是{ $found }，检查日期是{ $wanted }。
documents-check-recipients-empty = 没有写主送机关。普发的通报可以不写。
documents-check-recipients-colon = 主送机关后面要用全角冒号“：”。
documents-check-year-brackets = 文号的年份要用六角括号：“{ $found }”改为“{ $wanted }”。
documents-check-date-zero = 日期不编虚位：“{ $found }”去掉前面的0。
documents-check-date-short-year = 年份要写四位：“{ $found }”。
documents-check-half-width = “{ $found }”里用了半角标点，公文用全角标点。
documents-check-unpaired = “{ $mark }”没有配对。
documents-check-heading-skips = 这里是第 { $level } 级标题，上面缺第 { $wanted } 级。
documents-check-heading-empty = 标题行是空的，印出来只有序号。
documents-check-heading-number = 标题前手写了“{ $found }”。序号由程序自动编排，请删去，以免重复。
documents-check-manual-indent = 段首不用打空格，排版时自动空两字。
documents-check-student-names = 正文写有 { $count } 名学生的姓名（{ $names }）。张贴稿中遮去，存档稿照写。

## 依据
documents-check-source-elements = 《党政机关公文处理工作条例》第九条：公文要素
documents-check-source-recipients = GB/T 9704-2012 第7.3.2条：主送机关
documents-check-source-levels = GB/T 9704-2012 第7.3.3条：结构层次序数
documents-check-source-number = GB/T 9704-2012 第7.2.5条：发文字号
documents-check-source-date = GB/T 9704-2012 第7.3.5.4条：日期
documents-check-source-punctuation = GB/T 15834-2011：标点符号用法
documents-check-source-layout = GB/T 9704-2012 第7.3.3条：正文
documents-check-source-r025 = S000-4 当天的检查当天形成书面材料（R-025）
documents-check-source-r028 = S000-4 具体到事、具体到人（R-028）
documents-check-source-r030 = S000-4 真实、可信，实事求是（R-030）
documents-check-source-privacy = 《个人信息保护法》：公开件不写证件号和手机号
documents-check-source-minors = 《未成年人保护法》：保护学生的隐私和个人信息
documents-check-source-habit = 办公室惯例
