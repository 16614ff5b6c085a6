//! 打印 — which sheet goes to which printer, why again, and what became of it.
use crate::problems::{Problems, Refusal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// 稿别 — which sheet of a document is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// 存档稿 — the frozen page of an issued document.
    ArchiveCopy,
    /// 张贴稿 — the masked sheet for the board.
    BoardSheet,
    /// 草稿 — a document that is not issued, with 草稿 across every page.
    Draft,
}
impl SheetKind {
    /// All kinds.
    pub const ALL: [SheetKind; 3] = [
        SheetKind::ArchiveCopy,
        SheetKind::BoardSheet,
        SheetKind::Draft,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            SheetKind::ArchiveCopy => "archive_copy",
            SheetKind::BoardSheet => "board_sheet",
            SheetKind::Draft => "draft",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// 单双面 — on which sides of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// 单面
    OneSided,
    /// 双面 — turned over the long edge, as papers bound on the left are.
    TwoSided,
}
impl Sides {
    /// Both.
    pub const ALL: [Sides; 2] = [Sides::OneSided, Sides::TwoSided];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Sides::OneSided => "one_sided",
            Sides::TwoSided => "two_sided",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// 纸型 — the paper that must lie in the tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// 210 × 297 mm
    A4,
    /// 297 × 420 mm
    A3,
}
impl Media {
    /// Both.
    pub const ALL: [Media; 2] = [Media::A4, Media::A3];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Media::A4 => "a4",
            Media::A3 => "a3",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }
}

/// 打印设置 — what a person chooses before printing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintSettings {
    /// The queue, by the name that the machine gives it.
    pub printer: String,
    /// 份数.
    pub copies: i64,
    /// On which sides.
    pub sides: Sides,
    /// On which paper.
    pub media: Media,
}
/// The most copies of one print.
pub const COPIES_MAX: i64 = 200;
/// The most characters of a reason.
pub const REASON_MAX: usize = 200;

impl PrintSettings {
    /// Checks what was chosen, and the reason written for printing again.
    ///
    /// # Errors
    /// Every fault of a field at once.
    pub fn check(&self, reason: &str) -> Result<(), Problems> {
        let mut p = Problems::default();
        p.text("printer", &self.printer, true, 200);
        if self.printer.chars().any(char::is_control) {
            p.add("printer", "error-field-hidden-characters");
        }
        if !(1..=COPIES_MAX).contains(&self.copies) {
            p.add_with(
                "copies",
                "printing-copies-out-of-range",
                [("max", COPIES_MAX.into())],
            );
        }
        p.text("reason", reason, false, REASON_MAX);
        if reason
            .chars()
            .any(|c| c.is_control() || crate::org::is_bidi_control(c))
        {
            p.add("reason", "error-field-hidden-characters");
        }
        p.or(())
    }
}

/// 打印故障 — why a print did not come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The print service of the machine does not answer.
    NoService,
    /// There is no queue of that name any more.
    NoQueue,
    /// The queue is paused or refuses jobs.
    Paused,
    /// The printer cannot be reached.
    Offline,
    /// No paper.
    OutOfPaper,
    /// Paper is jammed.
    Jammed,
    /// A cover is open.
    CoverOpen,
    /// No toner or ink.
    OutOfInk,
    /// The service gave the job up or refused it.
    Aborted,
    /// The program ended before the service said that it had the job.
    Unknown,
}
impl Trouble {
    /// All troubles.
    pub const ALL: [Trouble; 10] = [
        Trouble::NoService,
        Trouble::NoQueue,
        Trouble::Paused,
        Trouble::Offline,
        Trouble::OutOfPaper,
        Trouble::Jammed,
        Trouble::CoverOpen,
        Trouble::OutOfInk,
        Trouble::Aborted,
        Trouble::Unknown,
    ];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            Trouble::NoService => "no_service",
            Trouble::NoQueue => "no_queue",
            Trouble::Paused => "paused",
            Trouble::Offline => "offline",
            Trouble::OutOfPaper => "out_of_paper",
            Trouble::Jammed => "jammed",
            Trouble::CoverOpen => "cover_open",
            Trouble::OutOfInk => "out_of_ink",
            Trouble::Aborted => "aborted",
            Trouble::Unknown => "unknown",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

/// 打印状态 — what became of a print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintState {
    /// Written down, on its way to the print service.
    Sending,
    /// The print service has it.
    Printing {
        /// Its number there.
        job: i64,
    },
    /// It came out.
    Printed {
        /// When that was seen.
        at: i64,
    },
    /// It did not come out.
    Failed {
        /// Why.
        trouble: Trouble,
        /// When that was seen.
        at: i64,
    },
    /// Somebody stopped it.
    Cancelled {
        /// When that was seen.
        at: i64,
    },
}
impl PrintState {
    /// The codes of all states.
    pub const CODES: [&'static str; 5] = ["sending", "printing", "printed", "failed", "cancelled"];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            PrintState::Sending => Self::CODES[0],
            PrintState::Printing { .. } => Self::CODES[1],
            PrintState::Printed { .. } => Self::CODES[2],
            PrintState::Failed { .. } => Self::CODES[3],
            PrintState::Cancelled { .. } => Self::CODES[4],
        }
    }
    /// Says whether nothing more is to come.
    pub fn ended(self) -> bool {
        match self {
            PrintState::Sending | PrintState::Printing { .. } => false,
            PrintState::Printed { .. }
            | PrintState::Failed { .. }
            | PrintState::Cancelled { .. } => true,
        }
    }
    /// Says whether paper may have come out: then the next print needs a reason.
    pub fn counts(self) -> bool {
        match self {
            PrintState::Sending | PrintState::Printing { .. } | PrintState::Printed { .. } => true,
            // given up by the service: some pages may have come out; never had by it: none
            PrintState::Failed { trouble, .. } => {
                matches!(trouble, Trouble::Aborted | Trouble::Unknown)
            }
            PrintState::Cancelled { .. } => false,
        }
    }
}

/// 打印记录 — one line of the 打印台账.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Its id.
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// 发文字号, once issued.
    pub number: String,
    /// Which sheet of it.
    pub sheet: SheetKind,
    /// The account that printed.
    pub by_account: Uuid,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// When.
    pub at: i64,
    /// Its place in the ledger, which is that of its entry in the audit.
    pub seq: i64,
    /// What was chosen.
    pub settings: PrintSettings,
    /// How many pages one copy has.
    pub pages: i64,
    /// SHA-256 of the bytes that were sent, hex.
    pub sha256: String,
    /// Why it was printed again; empty the first time.
    pub reason: String,
    /// What became of it.
    pub state: PrintState,
    /// Counts its versions.
    pub ver: i64,
}

/// Counts the copies of a sheet that came out or may have.
pub fn copies_out(earlier: &[Print], sheet: SheetKind) -> i64 {
    earlier
        .iter()
        .filter(|p| p.sheet == sheet && p.state.counts())
        .map(|p| p.settings.copies)
        .sum()
}
/// Asks for a reason where a sheet of an issued document was printed before. A draft may be printed as often as one likes.
///
/// # Errors
/// `printing-reason-needed` with the copies so far.
pub fn check_reason(earlier: &[Print], sheet: SheetKind, reason: &str) -> Result<(), Problems> {
    let out = copies_out(earlier, sheet);
    let mut p = Problems::default();
    if sheet != SheetKind::Draft && out > 0 && reason.trim().is_empty() {
        p.add_with("reason", "printing-reason-needed", [("copies", out.into())]);
    }
    p.or(())
}

/// What the print service says of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobNews {
    /// 排队 — it waits or runs; with what holds it up, if anything does.
    Running(Option<Trouble>),
    /// 打完 — it came out.
    Completed,
    /// 放弃 — the service gave it up.
    Aborted(Trouble),
    /// 取消 — somebody stopped it.
    Cancelled,
}
impl Print {
    /// Takes the job's number once the service has it.
    ///
    /// # Errors
    /// `printing-ended` when nothing more is to come.
    pub fn accepted(&self, job: i64) -> Result<PrintState, Refusal> {
        if self.state.ended() {
            return Err(Refusal::new("printing-ended"));
        }
        Ok(PrintState::Printing { job })
    }
    /// Returns the state after the news, or nothing if it stays as it is.
    pub fn after(&self, news: JobNews, at: i64) -> Option<PrintState> {
        if self.state.ended() {
            return None;
        }
        match news {
            JobNews::Running(_) => None,
            JobNews::Completed => Some(PrintState::Printed { at }),
            JobNews::Aborted(trouble) => Some(PrintState::Failed { trouble, at }),
            JobNews::Cancelled => Some(PrintState::Cancelled { at }),
        }
    }
}

#[cfg(test)]
mod tests;
