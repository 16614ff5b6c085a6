//! Civil dates of China: one time zone, Arabic digits without leading zeros (GB/T 9704-2012 7.3.5.4).
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// The milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
/// China has one time zone, eight hours east of UTC, without summer time since 1992.
pub const ZONE_MS: i64 = 8 * 3_600_000;

/// Returns the civil time of an instant in China.
pub fn civil(at_ms: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at_ms.saturating_add(ZONE_MS))
        .unwrap_or(DateTime::UNIX_EPOCH)
        .naive_utc()
}
/// Returns the civil date of an instant in China.
pub fn day_of(at_ms: i64) -> NaiveDate {
    civil(at_ms).date()
}
/// Returns the first instant of a civil day.
pub fn start_of(on: NaiveDate) -> i64 {
    on.and_time(NaiveTime::MIN).and_utc().timestamp_millis() - ZONE_MS
}
/// Returns the instant at which a civil day ends: 24:00.
pub fn end_of(on: NaiveDate) -> i64 {
    start_of(on) + DAY_MS
}
/// Writes a date as papers do: `2026年1月5日`.
pub fn chinese_date(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}
/// Writes month and day: `1月5日`.
pub fn chinese_month_day(on: NaiveDate) -> String {
    format!("{}月{}日", on.month(), on.day())
}
/// Writes the clock time of an instant: `08:05`.
pub fn clock_time(at_ms: i64) -> String {
    civil(at_ms).format("%H:%M").to_string()
}
/// Writes day and clock time of an instant: `1月5日 08:05`.
pub fn chinese_date_and_time(at_ms: i64) -> String {
    format!("{} {}", chinese_month_day(day_of(at_ms)), clock_time(at_ms))
}
/// Reads `2026年1月5日` or `2026-01-05`; nothing else.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if let Ok(on) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(on);
    }
    let (y, rest) = text.split_once('年')?;
    let (m, rest) = rest.split_once('月')?;
    let d = rest.strip_suffix('日')?;
    NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_day_turns_at_midnight_in_china_not_in_utc() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(day_of(start_of(on)), on);
        assert_eq!(day_of(end_of(on) - 1), on);
        assert_eq!(day_of(end_of(on)), on.succ_opt().unwrap());
    }
    #[test]
    fn dates_carry_no_leading_zero() {
        assert_eq!(
            chinese_date(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()),
            "2026年1月5日"
        );
    }
    #[test]
    fn only_whole_dates_are_read() {
        assert_eq!(
            parse_date("2026年1月5日"),
            NaiveDate::from_ymd_opt(2026, 1, 5)
        );
        assert_eq!(
            parse_date("2026-01-05"),
            NaiveDate::from_ymd_opt(2026, 1, 5)
        );
        assert_eq!(parse_date("2026年2月30日"), None);
        assert_eq!(parse_date("1月5日"), None);
    }
}
