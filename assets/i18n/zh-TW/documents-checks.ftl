### 核對文稿：看什麼、依據什麼

## 看什麼
documents-check-title-empty = 沒有寫標題。請寫明發文機關、事由和文種。
documents-check-body-empty = 沒有寫正文。
documents-check-identity-number = 正文裡有像身分證號的數字（{ $found }）。請刪去，通報裡不寫證件號。
documents-check-phone-number = 正文裡有像手機號的數字（{ $found }）。請刪去，或改寫辦公室電話。
documents-check-mask-undecided = 「{ $name }」可能是學生的姓名，也可能是「{ $word }」的一部分。請在「張貼稿」裡選定，再送審。
documents-check-mask-reason = 「{ $name }」在張貼稿裡寫全名，還沒有寫明理由。請補寫理由，或改為遮名。
documents-check-mask-namesake = 學生「{ $name }」與一名教職員工同名。請在「張貼稿」裡選定寫的是誰，再送審。
documents-check-hidden-characters = 這裡有看不見的字元（{ $code }），多半是貼上帶來的。請刪去重打這幾個字。
documents-check-problem-whom = 第 { $number } 項問題沒有寫明是哪個班級、部門或哪個人。
documents-check-problem-responsible = 第 { $number } 項問題沒有寫明責任人。
documents-check-count-differs = 開頭寫「{ $found }」，正文依據的檢查記錄是 { $count } 條。請核對後改正。
documents-check-findings-left-out = 當天還有 { $count } 條檢查記錄沒有寫進來，第一條是「{ $matter }」。
documents-check-title-kind = 標題沒有以「{ $kind }」結尾，與文種不一致。
documents-check-title-punctuation = 標題末尾不用標點。
documents-check-title-date = 標題寫的是{ $found }，檢查日期是{ $wanted }。
documents-check-recipients-empty = 沒有寫主送機關。普發的通報可以不寫。
documents-check-recipients-colon = 主送機關後面要用全形冒號「：」。
documents-check-year-brackets = 文號的年份要用六角括號：「{ $found }」改為「{ $wanted }」。
documents-check-date-zero = 日期不編虛位：「{ $found }」去掉前面的0。
documents-check-date-short-year = 年份要寫四位：「{ $found }」。
documents-check-half-width = 「{ $found }」裡用了半形標點，公文用全形標點。
documents-check-unpaired = 「{ $mark }」沒有配對。
documents-check-heading-skips = 這裡是第 { $level } 級標題，上面缺第 { $wanted } 級。
documents-check-heading-empty = 標題列是空的，印出來只有序號。
documents-check-heading-number = 標題前手寫了「{ $found }」。序號由程式自動編排，請刪去，以免重複。
documents-check-manual-indent = 段首不用打空格，排版時自動空兩字。
documents-check-student-names = 正文寫有 { $count } 名學生的姓名（{ $names }）。張貼稿中遮去，存檔稿照寫。

## 依據
documents-check-source-elements = 《黨政機關公文處理工作條例》第九條：公文要素
documents-check-source-recipients = GB/T 9704-2012 第7.3.2條：主送機關
documents-check-source-levels = GB/T 9704-2012 第7.3.3條：結構層次序數
documents-check-source-number = GB/T 9704-2012 第7.2.5條：發文字號
documents-check-source-date = GB/T 9704-2012 第7.3.5.4條：日期
documents-check-source-punctuation = GB/T 15834-2011：標點符號用法
documents-check-source-layout = GB/T 9704-2012 第7.3.3條：正文
documents-check-source-r025 = S000-4 當天的檢查當天形成書面材料（R-025）
documents-check-source-r028 = S000-4 具體到事、具體到人（R-028）
documents-check-source-r030 = S000-4 真實、可信，實事求是（R-030）
documents-check-source-privacy = 《個人資訊保護法》：公開件不寫證件號和手機號
documents-check-source-minors = 《未成年人保護法》：保護學生的隱私和個人資訊
documents-check-source-habit = 辦公室慣例
