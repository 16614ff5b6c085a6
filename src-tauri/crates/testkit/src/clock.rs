//! A clock that stands still until a test moves it.
use chrono::{NaiveDate, NaiveTime};
use domain::calendar;
use std::sync::atomic::{AtomicI64, Ordering};

/// A settable clock.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at a civil date and time in China.
    ///
    /// # Panics
    /// If there is no such date or time.
    pub fn at(date: &str, time: &str) -> Self {
        FixedClock(AtomicI64::new(instant(date, time)))
    }
    /// Moves to a civil date and time in China.
    pub fn set(&self, date: &str, time: &str) {
        self.0.store(instant(date, time), Ordering::SeqCst);
    }
    /// Moves on by seconds.
    pub fn pass_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
    /// Returns where it stands, Unix ms.
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}
impl office::Clock for FixedClock {
    fn now_ms(&self) -> i64 {
        self.now()
    }
}

/// Returns a civil date and time in China as an instant.
///
/// # Panics
/// If there is no such date or time.
pub fn instant(date: &str, time: &str) -> i64 {
    let date: NaiveDate = date.parse().expect("BUG: a date of a test");
    let time: NaiveTime = format!("{time}:00").parse().expect("BUG: a time of a test");
    calendar::start_of(date) + i64::from(chrono::Timelike::num_seconds_from_midnight(&time)) * 1000
}
