//! 备份 — when one is due, and which are kept.
use crate::calendar;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// 备份缘由 — why a backup was made. Stored codes are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BackupReason {
    /// 按时 — by the plan.
    Scheduled,
    /// 手动 — somebody asked for it.
    ByHand,
    /// 恢复之前 — of the office that a restore replaced.
    BeforeRestore,
    /// 升级之前 — of the office that a newer program was about to convert.
    BeforeUpgrade,
    /// 用恢复单之前 — of the office whose administrator was reset.
    BeforeRecovery,
}
impl BackupReason {
    /// All reasons.
    pub const ALL: [BackupReason; 5] = [
        BackupReason::Scheduled,
        BackupReason::ByHand,
        BackupReason::BeforeRestore,
        BackupReason::BeforeUpgrade,
        BackupReason::BeforeRecovery,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            BackupReason::Scheduled => "scheduled",
            BackupReason::ByHand => "by_hand",
            BackupReason::BeforeRestore => "before_restore",
            BackupReason::BeforeUpgrade => "before_upgrade",
            BackupReason::BeforeRecovery => "before_recovery",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
    /// Says whether it was made because something risky was about to happen.
    pub fn is_safety_copy(self) -> bool {
        matches!(
            self,
            BackupReason::BeforeRestore
                | BackupReason::BeforeUpgrade
                | BackupReason::BeforeRecovery
        )
    }
}

/// 新旧 — how a backup stands to the office it would replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// 一致 — the same moment.
    Same,
    /// 备份较旧 — the office has gone on since.
    Older,
    /// 备份较新 — the backup knows more than the office.
    Newer,
    /// 各有改动 — both have gone on since they parted.
    Diverged,
}
impl Relation {
    /// Tells it from what each side has that the other lacks.
    pub fn of(office_has_more: bool, backup_has_more: bool) -> Self {
        match (office_has_more, backup_has_more) {
            (false, false) => Relation::Same,
            (true, false) => Relation::Older,
            (false, true) => Relation::Newer,
            (true, true) => Relation::Diverged,
        }
    }
    /// Returns its code.
    pub fn code(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Older => "older",
            Relation::Newer => "newer",
            Relation::Diverged => "diverged",
        }
    }
}

/// 备份安排 — how often, how many are kept, and where the second copy goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    /// While something changes, at most this many minutes without a backup.
    pub every_minutes: i64,
    /// Every backup of so many days is kept.
    pub all_days: i64,
    /// The last one of so many further days.
    pub daily: i64,
    /// The last one of so many weeks.
    pub weekly: i64,
    /// The last one of so many months.
    pub monthly: i64,
    /// The folder on another disk, if there is one.
    pub second_place: Option<String>,
}
impl Default for BackupPlan {
    fn default() -> Self {
        BackupPlan {
            every_minutes: 60,
            all_days: 2,
            daily: 7,
            weekly: 4,
            monthly: 12,
            second_place: None,
        }
    }
}

const DAY: i64 = 24 * 60 * 60 * 1000;
/// A safety copy is kept for a month, whatever else is.
const SAFETY_DAYS: i64 = 30;
/// A second copy older than this is spoken of.
pub const SECOND_COPY_LATE_DAYS: i64 = 7;

impl BackupPlan {
    /// Checks the numbers; all faults at once.
    ///
    /// # Errors
    /// [`crate::Problems`] by field.
    pub fn check(&self) -> Result<(), crate::Problems> {
        let mut p = crate::Problems::default();
        for (path, value, min, max) in [
            ("every_minutes", self.every_minutes, 10, 24 * 60),
            ("all_days", self.all_days, 1, 31),
            ("daily", self.daily, 1, 366),
            ("weekly", self.weekly, 0, 104),
            ("monthly", self.monthly, 0, 240),
        ] {
            if !(min..=max).contains(&value) {
                p.add_with(
                    path,
                    "backup-number-out-of-range",
                    [("min", min.into()), ("max", max.into())],
                );
            }
        }
        p.or(())
    }
    /// Says whether a backup is due: the first of a day always, later ones once something changed.
    pub fn is_due(&self, last_at: Option<i64>, changed_since: bool, now: i64) -> bool {
        let Some(last) = last_at else { return true };
        // a clock that was set back must not stop the backups
        if last > now || calendar::day_of(last) < calendar::day_of(now) {
            return true;
        }
        changed_since && now - last >= self.every_minutes * 60_000
    }
    /// Names by their place those of `made` (when, why) that need not be kept. Never the newest.
    pub fn superfluous(&self, made: &[(i64, BackupReason)], now: i64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..made.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(made[*i].0));
        let today = calendar::day_of(now);
        let (mut days, mut weeks, mut months) = (
            Seen::<NaiveDate>::of(self.daily),
            Seen::<(i32, u32)>::of(self.weekly),
            Seen::<(i32, u32)>::of(self.monthly),
        );
        let mut gone = Vec::new();
        for (n, i) in order.into_iter().enumerate() {
            let (at, reason) = made[i];
            let day = calendar::day_of(at);
            let week = day.iso_week();
            // each of the three counts for itself, so every one is asked
            let kept = [
                days.first_of(day),
                weeks.first_of((week.year(), week.week())),
                months.first_of((day.year(), day.month())),
                n == 0,
                (today - day).num_days() < self.all_days,
                reason.is_safety_copy() && now - at < SAFETY_DAYS * DAY,
            ];
            if !kept.contains(&true) {
                gone.push(i);
            }
        }
        gone.sort_unstable();
        gone
    }
}

/// Lets the newest of each period through, up to a number of periods.
struct Seen<T: Ord> {
    seen: BTreeSet<T>,
    most: i64,
}
impl<T: Ord> Seen<T> {
    fn of(most: i64) -> Self {
        Seen {
            seen: BTreeSet::new(),
            most,
        }
    }
    fn first_of(&mut self, period: T) -> bool {
        i64::try_from(self.seen.len()).is_ok_and(|n| n < self.most) && self.seen.insert(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const NOON: i64 = 12 * 60 * 60 * 1000;

    fn at(date: &str) -> i64 {
        calendar::start_of(date.parse().unwrap()) + NOON
    }

    #[test]
    fn the_first_of_a_day_is_always_due_and_later_ones_when_something_changed() {
        let plan = BackupPlan::default();
        let now = at("2026-11-20");
        let minutes = |n: i64| now - n * 60_000;
        for (last, changed, due) in [
            (None, false, true),
            (Some(at("2026-11-19")), false, true),
            (Some(minutes(59)), true, false),
            (Some(minutes(60)), true, true),
            (Some(minutes(200)), false, false),
            (Some(now + DAY), false, true),
        ] {
            assert_eq!(plan.is_due(last, changed, now), due, "{last:?} {changed}");
        }
    }

    #[test]
    fn a_year_of_hourly_backups_leaves_two_days_seven_days_four_weeks_and_twelve_months() {
        let plan = BackupPlan::default();
        let now = at("2026-11-20");
        let made: Vec<(i64, BackupReason)> = (0..365 * 8)
            .map(|n| (now - n * 3 * 60 * 60 * 1000, BackupReason::Scheduled))
            .collect();
        let gone = plan.superfluous(&made, now);
        let kept: Vec<NaiveDate> = (0..made.len())
            .filter(|i| !gone.contains(i))
            .map(|i| calendar::day_of(made[i].0))
            .collect();
        let of = |date: &str| {
            let date: NaiveDate = date.parse().unwrap();
            kept.iter().filter(|d| **d == date).count()
        };
        assert!(of("2026-11-20") >= 4 && of("2026-11-19") == 8);
        for day in 14..=18 {
            assert_eq!(of(&format!("2026-11-{day}")), 1, "{day}");
        }
        assert_eq!(of("2026-11-13"), 0);
        assert_eq!((of("2026-11-08"), of("2026-11-01")), (1, 1), "Sundays");
        for month in ["2026-10-31", "2026-01-31", "2025-12-31"] {
            assert_eq!(of(month), 1, "{month}");
        }
        assert!(kept.len() < 40, "{}", kept.len());
    }

    #[test]
    fn the_newest_and_a_months_safety_copies_stay() {
        let plan = BackupPlan {
            all_days: 1,
            daily: 0,
            weekly: 0,
            monthly: 0,
            ..BackupPlan::default()
        };
        let now = at("2026-11-20");
        let made = [
            (at("2026-01-01"), BackupReason::Scheduled),
            (at("2026-11-01"), BackupReason::BeforeRestore),
            (at("2026-09-01"), BackupReason::BeforeRestore),
            (at("2026-11-10"), BackupReason::ByHand),
        ];
        assert_eq!(plan.superfluous(&made, now), [0, 2]);
        assert_eq!(plan.superfluous(&made[..1], now), [] as [usize; 0]);
    }

    #[test]
    fn a_plan_names_every_number_that_makes_no_sense() {
        let plan = BackupPlan {
            every_minutes: 0,
            all_days: 0,
            daily: 0,
            weekly: -1,
            monthly: 1000,
            second_place: None,
        };
        assert_eq!(plan.check().unwrap_err().0.len(), 5);
        assert!(BackupPlan::default().check().is_ok());
    }
}
