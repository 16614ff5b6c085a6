//! 今日 — what a day asks for, and until what time.
use crate::calendar;
use crate::problems::Problems;
use chrono::NaiveDate;

const USUAL: &str = include_str!("../../../../../assets/presets/today.txt");
/// 24:00.
const MIDNIGHT: i64 = 24 * 60;

/// 当日时限 — until when a day's findings must lie before the leader in writing.
///
/// S000-4 asks for it on the same day; the hour is the office's own habit and never later than 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameDayRule {
    /// Minutes after midnight, 1–1440.
    pub by_minute: i64,
}
impl SameDayRule {
    /// Returns what a new office begins with (`assets/presets/today.txt`).
    pub fn usual() -> Self {
        let text = USUAL
            .lines()
            .filter_map(|l| l.split_once('='))
            .find(|(key, _)| key.trim() == "same-day-by")
            .map_or("", |(_, value)| value.trim());
        SameDayRule {
            by_minute: minutes(text).unwrap_or(MIDNIGHT),
        }
    }
    /// Returns the instant it means on a day.
    pub fn due_at(self, on: NaiveDate) -> i64 {
        calendar::start_of(on) + self.by_minute * 60_000
    }
    /// Checks the hour.
    ///
    /// # Errors
    /// Before the day begins or after it ends.
    pub fn check(self) -> Result<(), Problems> {
        let mut p = Problems::default();
        if !(1..=MIDNIGHT).contains(&self.by_minute) {
            p.add("by_minute", "today-rule-out-of-day");
        }
        p.or(())
    }
}

/// Reads `18:00` as minutes after midnight.
fn minutes(text: &str) -> Option<i64> {
    let (h, m) = text.split_once(':')?;
    let (h, m): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
    ((0..60).contains(&m) && (0..=24).contains(&h)).then_some(h * 60 + m)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_new_office_begins_with_six_in_the_evening() {
        let rule = SameDayRule::usual();
        assert_eq!(rule.by_minute, 18 * 60);
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(calendar::clock_time(rule.due_at(on)), "18:00");
        assert_eq!(calendar::day_of(rule.due_at(on)), on);
    }
    #[test]
    fn the_hour_lies_within_the_day() {
        for (by_minute, good) in [
            (0, false),
            (1, true),
            (1440, true),
            (1441, false),
            (-60, false),
        ] {
            assert_eq!(
                SameDayRule { by_minute }.check().is_ok(),
                good,
                "{by_minute}"
            );
        }
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let last = SameDayRule {
            by_minute: MIDNIGHT,
        };
        assert_eq!(last.due_at(on), calendar::end_of(on));
    }
    #[test]
    fn only_a_time_of_day_is_read() {
        assert_eq!(minutes("24:00"), Some(1440));
        assert_eq!(minutes("7:05"), Some(425));
        for odd in ["", "18", "18:60", "25:00", "-1:00"] {
            assert_eq!(minutes(odd), None, "{odd}");
        }
    }
}
