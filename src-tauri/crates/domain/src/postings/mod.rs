//! 张贴 — boards, what hangs on them until when, and whether a paper on a wall is still good (S000-4, R-027; C-02).
use crate::documents::BoardPaper as Paper;
use crate::org::is_bidi_control;
use crate::problems::{Problems, Refusal};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub mod room;

pub use room::{Hung, Room, Spot, size_mm};

const HABITS_TXT: &str = include_str!("../../../../../assets/presets/postings.txt");

/// 张贴习惯 — what no regulation fixes: read from `assets/presets/postings.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// How many days a sheet hangs unless somebody says otherwise.
    pub term_days: i64,
}
impl Habits {
    /// Reads the shipped preset.
    pub fn preset() -> Self {
        let days = HABITS_TXT
            .lines()
            .filter_map(|line| line.split_once('='))
            .find(|(key, _)| key.trim() == "term-days")
            .and_then(|(_, value)| value.trim().parse().ok());
        Habits {
            term_days: days.unwrap_or(7),
        }
    }
}

/// What the office writes down of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardText {
    /// What people call it.
    pub name: String,
    /// Where it hangs.
    pub place: String,
    /// Inner width.
    pub width_mm: i64,
    /// Inner height.
    pub height_mm: i64,
    /// How many days a sheet hangs here unless somebody says otherwise: a habit of the house.
    pub term_days: i64,
}
/// 张贴栏 — a board on a wall (R-027 办公楼大厅通报栏).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its id.
    pub id: Uuid,
    /// What is written of it.
    pub text: BoardText,
    /// Since when it is out of use.
    pub retired_at: Option<i64>,
    /// Counts its versions from 1.
    pub ver: i64,
}
/// The longest side of a board.
pub const BOARD_MAX_MM: i64 = 10_000;
/// The most photos of a posting.
pub const PHOTOS_MAX: usize = 9;
/// The longest term.
pub const TERM_MAX_DAYS: i64 = 366;

impl BoardText {
    /// Returns the inner size.
    pub fn room(&self) -> Room {
        Room {
            width_mm: self.width_mm,
            height_mm: self.height_mm,
        }
    }
    /// Checks all of it; all faults at once.
    ///
    /// # Errors
    /// [`Problems`] by field: a name missing, a size on which not one A4 page hangs, a term that is none.
    pub fn check(&self) -> Result<(), Problems> {
        let mut p = Problems::default();
        p.text("name", &self.name, true, 30);
        p.text("place", &self.place, false, 60);
        for (path, text) in [("name", &self.name), ("place", &self.place)] {
            if text.chars().any(is_bidi_control) {
                p.add(path, "error-field-hidden-characters");
            }
        }
        let (w, h) = size_mm(Paper::A4);
        let least = [
            ("width_mm", self.width_mm, w + 2 * room::BORDER_MM),
            ("height_mm", self.height_mm, h + 2 * room::BORDER_MM),
        ];
        for (path, found, least) in least {
            if found < least {
                p.add_with(path, "postings-board-too-small", [("min", least.into())]);
            } else if found > BOARD_MAX_MM {
                p.add_with(
                    path,
                    "postings-board-too-large",
                    [("max", BOARD_MAX_MM.into())],
                );
            }
        }
        if !(1..=TERM_MAX_DAYS).contains(&self.term_days) {
            p.add_with(
                "term_days",
                "postings-term-out-of-range",
                [("max", TERM_MAX_DAYS.into())],
            );
        }
        p.or(())
    }
}

/// 张贴状态 — where a posting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostingState {
    /// 在挂
    Hanging,
    /// 已撤下
    TakenDown {
        /// When it was confirmed.
        at: i64,
        /// Who confirmed it.
        name: String,
        /// Why before its time; none when the time was over.
        early: Option<String>,
    },
}
/// 张贴 — one sheet on one board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its id.
    pub id: Uuid,
    /// The board sheet.
    pub sheet_id: Uuid,
    /// The board.
    pub board_id: Uuid,
    /// On which paper.
    pub paper: Paper,
    /// Where each page hangs.
    pub spots: Vec<Spot>,
    /// Since when.
    pub posted_on: NaiveDate,
    /// Until when, that day included.
    pub until_on: NaiveDate,
    /// When it was entered.
    pub posted_at: i64,
    /// Who hung it.
    pub poster: String,
    /// Photos of it on the wall, in their order.
    pub photos: Vec<Uuid>,
    /// Whether it hangs.
    pub state: PostingState,
    /// Counts its versions from 1.
    pub ver: i64,
}
impl Posting {
    /// Says whether it hangs.
    pub fn hangs(&self) -> bool {
        self.state == PostingState::Hanging
    }
    /// Says whether it is to come down today: its last day is today or over.
    pub fn due(&self, today: NaiveDate) -> bool {
        self.hangs() && self.until_on <= today
    }
    /// Counts the days it hangs beyond its term; 0 while it may hang.
    pub fn overdue_days(&self, today: NaiveDate) -> i64 {
        if self.hangs() {
            (today - self.until_on).num_days().max(0)
        } else {
            0
        }
    }
    /// Takes it down.
    ///
    /// # Errors
    /// Refused when it is down already, or when its time is not over and no reason is given (提前撤下).
    pub fn take_down(
        &self,
        at: i64,
        today: NaiveDate,
        name: &str,
        reason: &str,
    ) -> Result<PostingState, Refusal> {
        self.still_hangs()?;
        let reason = reason.trim();
        let due = self.due(today);
        if !due && reason.is_empty() {
            return Err(Refusal::new("postings-early-needs-reason")
                .with("until", crate::calendar::chinese_date(self.until_on)));
        }
        Ok(PostingState::TakenDown {
            at,
            name: name.to_owned(),
            early: (!due).then(|| reason.to_owned()),
        })
    }
    /// Says that it hangs.
    ///
    /// # Errors
    /// Refused with when and by whom it was taken down.
    pub fn still_hangs(&self) -> Result<(), Refusal> {
        match &self.state {
            PostingState::Hanging => Ok(()),
            PostingState::TakenDown { at, name, .. } => Err(Refusal::new("postings-already-down")
                .with("time", crate::calendar::chinese_date_and_time(*at))
                .with("name", name.as_str())),
        }
    }
}

/// Checks from when until when a sheet hangs; `issued_on` is the day its document was issued.
///
/// # Errors
/// [`Problems`]: before it was issued, in the future, dates reversed, longer than a year.
pub fn check_term(
    posted_on: NaiveDate,
    until_on: NaiveDate,
    issued_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), Problems> {
    let mut p = Problems::default();
    if posted_on > today {
        p.add("posted_on", "postings-posted-in-future");
    } else if posted_on < issued_on {
        p.add_with(
            "posted_on",
            "postings-posted-before-issue",
            [("issued", crate::calendar::chinese_date(issued_on).into())],
        );
    }
    if until_on < posted_on {
        p.add("until_on", "postings-until-before-posted");
    } else if until_on < today {
        p.add("until_on", "postings-until-over");
    } else if (until_on - posted_on).num_days() > TERM_MAX_DAYS {
        p.add_with(
            "until_on",
            "postings-term-out-of-range",
            [("max", TERM_MAX_DAYS.into())],
        );
    }
    p.or(())
}
/// Returns the last day of a term that begins on a day.
pub fn last_day(posted_on: NaiveDate, term_days: i64) -> NaiveDate {
    let days = u64::try_from(term_days).unwrap_or(0);
    posted_on
        .checked_add_days(Days::new(days))
        .unwrap_or(posted_on)
}

/// 核验结果 — what a paper on a wall is worth today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 有效
    Valid,
    /// 已更正
    Corrected,
    /// 已撤
    Withdrawn,
    /// 过期
    Expired,
    /// 查无
    Unknown,
    /// 非本单位
    Foreign,
}
impl Standing {
    /// All standings.
    pub const ALL: [Standing; 6] = [
        Standing::Valid,
        Standing::Corrected,
        Standing::Withdrawn,
        Standing::Expired,
        Standing::Unknown,
        Standing::Foreign,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Valid => "valid",
            Standing::Corrected => "corrected",
            Standing::Withdrawn => "withdrawn",
            Standing::Expired => "expired",
            Standing::Unknown => "unknown",
            Standing::Foreign => "foreign",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}
/// What became of an issued document afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// 仍然有效
    InForce,
    /// 已更正
    Corrected,
    /// 已撤回
    Withdrawn,
}
/// Says what a sheet of this office is worth today: first what became of its document, then of its postings.
///
/// It is good while it hangs in time anywhere, or before it was ever posted. Taken down everywhere, the last one decides:
/// before its time means withdrawn, otherwise its time is over.
pub fn standing(document: Afterwards, postings: &[Posting], today: NaiveDate) -> Standing {
    match document {
        Afterwards::Withdrawn => return Standing::Withdrawn,
        Afterwards::Corrected => return Standing::Corrected,
        Afterwards::InForce => {}
    }
    if postings.is_empty()
        || postings
            .iter()
            .any(|p| p.hangs() && p.overdue_days(today) == 0)
    {
        return Standing::Valid;
    }
    if postings.iter().any(Posting::hangs) {
        return Standing::Expired;
    }
    let last = postings.iter().filter_map(|p| match &p.state {
        PostingState::TakenDown { at, early, .. } => Some((*at, early.is_some())),
        PostingState::Hanging => None,
    });
    match last.max() {
        Some((_, true)) => Standing::Withdrawn,
        _ => Standing::Expired,
    }
}

/// 核对 — what a person found when comparing a paper with the frozen page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCheck {
    /// Its id.
    pub id: Uuid,
    /// The sheet.
    pub sheet_id: Uuid,
    /// What the sheet was worth then.
    pub standing: Standing,
    /// The paper says what the frozen page says.
    pub same: bool,
    /// What differed.
    pub note: String,
    /// When.
    pub at: i64,
    /// Who compared.
    pub name: String,
}
/// Checks what was written beside a comparison: a difference is described.
///
/// # Errors
/// [`Problems`] of `note`.
pub fn check_note(same: bool, note: &str) -> Result<(), Problems> {
    let mut p = Problems::default();
    p.text("note", note, !same, 200);
    if note.chars().any(is_bidi_control) {
        p.add("note", "error-field-hidden-characters");
    }
    p.or(())
}

#[cfg(test)]
mod tests {
    use super::*;
    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
    fn posting(until: &str, state: PostingState) -> Posting {
        Posting {
            id: Uuid::nil(),
            sheet_id: Uuid::nil(),
            board_id: Uuid::nil(),
            paper: Paper::A4,
            spots: Vec::new(),
            posted_on: on("2026-11-20"),
            until_on: on(until),
            posted_at: 0,
            poster: "甲".into(),
            photos: Vec::new(),
            state,
            ver: 1,
        }
    }
    fn down(at: i64, early: Option<&str>) -> PostingState {
        PostingState::TakenDown {
            at,
            name: "乙".into(),
            early: early.map(Into::into),
        }
    }
    #[test]
    fn a_board_on_which_no_page_hangs_is_none() {
        let mut text = BoardText {
            name: "大厅".into(),
            place: String::new(),
            width_mm: 229,
            height_mm: 20_000,
            term_days: 0,
        };
        let faults = text.check().unwrap_err();
        let keys: Vec<&str> = faults.0.iter().map(|f| f.message_key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "postings-board-too-small",
                "postings-board-too-large",
                "postings-term-out-of-range"
            ]
        );
        (text.width_mm, text.height_mm, text.term_days) = (230, 317, 7);
        text.check().unwrap();
        assert_eq!(text.room().capacity(Paper::A4), 1);
    }
    #[test]
    fn the_last_day_counts_and_the_next_is_overdue() {
        let p = posting("2026-11-27", PostingState::Hanging);
        for (today, due, overdue) in [
            ("2026-11-26", false, 0),
            ("2026-11-27", true, 0),
            ("2026-11-28", true, 1),
        ] {
            assert_eq!(
                (p.due(on(today)), p.overdue_days(on(today))),
                (due, overdue),
                "{today}"
            );
        }
    }
    #[test]
    fn before_its_time_a_sheet_comes_down_only_with_a_reason_and_only_once() {
        let p = posting("2026-11-27", PostingState::Hanging);
        let early = |reason| p.take_down(5, on("2026-11-24"), "乙", reason);
        assert_eq!(
            early(" ").unwrap_err().message_key,
            "postings-early-needs-reason"
        );
        assert_eq!(early("内容有误").unwrap(), down(5, Some("内容有误")));
        assert_eq!(
            p.take_down(5, on("2026-11-27"), "乙", "").unwrap(),
            down(5, None)
        );
        let gone = posting("2026-11-27", down(5, None));
        assert_eq!(
            gone.take_down(6, on("2026-11-28"), "丙", "")
                .unwrap_err()
                .message_key,
            "postings-already-down"
        );
    }
    #[test]
    fn dates_that_cannot_be_are_named_at_once() {
        let check = |posted: &str, until: &str| {
            check_term(on(posted), on(until), on("2026-11-20"), on("2026-11-24"))
                .map_err(|p| p.0.into_iter().map(|f| f.message_key).collect::<Vec<_>>())
        };
        assert_eq!(check("2026-11-24", "2026-12-01"), Ok(()));
        assert_eq!(check("2026-11-20", "2026-11-24"), Ok(()));
        assert_eq!(
            check("2026-11-25", "2026-11-24"),
            Err(vec![
                "postings-posted-in-future".into(),
                "postings-until-before-posted".into()
            ])
        );
        assert_eq!(
            check("2026-11-19", "2026-11-23"),
            Err(vec![
                "postings-posted-before-issue".into(),
                "postings-until-over".into()
            ])
        );
        assert_eq!(
            check("2026-11-24", "2028-01-01"),
            Err(vec!["postings-term-out-of-range".into()])
        );
    }
    #[test]
    fn a_paper_is_worth_what_became_of_it() {
        let today = on("2026-11-24");
        let hangs = posting("2026-11-27", PostingState::Hanging);
        let late = posting("2026-11-23", PostingState::Hanging);
        let over = posting("2026-11-23", down(10, None));
        let early = posting("2026-11-27", down(20, Some("内容有误")));
        let earlier = posting("2026-11-27", down(5, Some("贴错地方")));
        for (document, postings, wanted) in [
            (Afterwards::InForce, vec![], Standing::Valid),
            (Afterwards::InForce, vec![&hangs], Standing::Valid),
            (Afterwards::InForce, vec![&early, &hangs], Standing::Valid),
            (Afterwards::InForce, vec![&late], Standing::Expired),
            (Afterwards::InForce, vec![&early, &late], Standing::Expired),
            (Afterwards::InForce, vec![&over], Standing::Expired),
            (
                Afterwards::InForce,
                vec![&over, &early],
                Standing::Withdrawn,
            ),
            (
                Afterwards::InForce,
                vec![&over, &earlier],
                Standing::Expired,
            ),
            (Afterwards::Corrected, vec![&hangs], Standing::Corrected),
            (Afterwards::Withdrawn, vec![&hangs], Standing::Withdrawn),
        ] {
            let postings: Vec<Posting> = postings.into_iter().cloned().collect();
            assert_eq!(standing(document, &postings, today), wanted, "{postings:?}");
        }
    }
    #[test]
    fn a_difference_is_described() {
        check_note(true, "").unwrap();
        assert!(check_note(false, "").is_err());
        check_note(false, "第二段不同").unwrap();
    }
    #[test]
    fn the_preset_is_read() {
        assert!((1..=TERM_MAX_DAYS).contains(&Habits::preset().term_days));
        assert!(HABITS_TXT.contains(&format!("term-days = {}", Habits::preset().term_days)));
    }
    #[test]
    fn a_term_ends_that_many_days_later() {
        assert_eq!(last_day(on("2026-11-24"), 7), on("2026-12-01"));
    }
}
