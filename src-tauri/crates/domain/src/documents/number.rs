//! 发文字号 — 机关代字, year in 〔〕, running number without leading zeros (GB/T 9704-2012 7.2.5).

/// Writes a number: `临实小检〔2026〕53号`.
pub fn doc_number(prefix: &str, year: i32, number: i64) -> String {
    format!("{prefix}〔{year}〕{number}号")
}
/// Writes the place kept for a number not yet taken.
pub fn doc_number_open(prefix: &str, year: i32) -> String {
    format!("{prefix}〔{year}〕　　号")
}
