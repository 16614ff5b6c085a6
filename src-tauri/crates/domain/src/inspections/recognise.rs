//! 一句话登记 — reads `七2 王小明 迟到 3人 早自习` into the fields of a finding.
