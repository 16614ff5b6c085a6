//! 张贴 — boards, what hangs on them, and taking it down.
use crate::{Call, Done, Office, OfficeError, Record, Writing};
use chrono::NaiveDate;
use domain::access::{Grant, ManageBoards, PostSheet, ReadPostings, TakeSheetDown};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::BoardPaper;
use domain::postings::{
    Board, BoardText, Habits, Hung, PHOTOS_MAX, Posting, PostingState, Spot, check_term, size_mm,
};
use domain::{Problems, Refusal, calendar};
pub use store::postings::{Filter, SheetRow};
use uuid::Uuid;

mod slip;
mod verify;

pub use slip::SLIP;
pub use verify::Lookup;

/// A posting with what a board shows of it.
#[derive(Debug, Clone)]
pub struct PostingView {
    /// The posting.
    pub posting: Posting,
    /// The sheet.
    pub sheet: SheetRow,
    /// What the board is called.
    pub board_name: String,
    /// It is to come down today.
    pub due: bool,
    /// How many days it hangs too long.
    pub overdue_days: i64,
}
/// A board with what hangs on it.
#[derive(Debug)]
pub struct BoardView {
    /// The board.
    pub board: Board,
    /// What hangs on it, in the order in which it was hung.
    pub hanging: Vec<PostingView>,
    /// How many A4 pages fit on the empty board.
    pub capacity_a4: i64,
    /// How many A3 pages fit on the empty board.
    pub capacity_a3: i64,
    /// Where an A4 page could still hang.
    pub free_a4: Vec<Spot>,
    /// Where an A3 page could still hang.
    pub free_a3: Vec<Spot>,
    /// When a paper on it was last compared with its frozen page.
    pub checked_at: Option<i64>,
}
/// A sheet with where it hangs and hung.
#[derive(Debug)]
pub struct SheetView {
    /// The sheet.
    pub sheet: SheetRow,
    /// Its postings, oldest first.
    pub postings: Vec<PostingView>,
}

fn board_object(id: Uuid) -> ObjectRef {
    ObjectRef::new(ObjectKind::Board, id)
}
fn hung(postings: &[Posting]) -> Vec<Hung> {
    let pages = |p: &Posting| {
        let paper = p.paper;
        p.spots
            .clone()
            .into_iter()
            .map(move |spot| Hung { spot, paper })
    };
    postings.iter().flat_map(pages).collect()
}

impl Office {
    fn posting_view(
        &self,
        may: &Grant<ReadPostings>,
        posting: Posting,
        today: NaiveDate,
    ) -> Result<PostingView, OfficeError> {
        Ok(PostingView {
            sheet: store::postings::sheet(self.db.rd(), may, posting.sheet_id)?,
            board_name: store::postings::board(self.db.rd(), may, posting.board_id)?
                .text
                .name,
            due: posting.due(today),
            overdue_days: posting.overdue_days(today),
            posting,
        })
    }
    fn posting_views(
        &self,
        call: Call<'_>,
        may: &Grant<ReadPostings>,
        postings: Vec<Posting>,
    ) -> Result<Vec<PostingView>, OfficeError> {
        let today = calendar::day_of(call.now);
        postings
            .into_iter()
            .map(|p| self.posting_view(may, p, today))
            .collect()
    }
    /// Lists the boards with what hangs on them, those in use first.
    ///
    /// # Errors
    /// Denied.
    pub fn boards(&self, call: Call<'_>) -> Result<Vec<BoardView>, OfficeError> {
        let may = call.grant::<ReadPostings>()?;
        let checked = store::postings::last_checks(self.db.rd(), &may)?;
        let mut out = Vec::new();
        for board in store::postings::boards(self.db.rd(), &may)? {
            let postings = store::postings::hanging(self.db.rd(), &may, Some(board.id))?;
            let (room, taken) = (board.text.room(), hung(&postings));
            out.push(BoardView {
                capacity_a4: room.capacity(BoardPaper::A4),
                capacity_a3: room.capacity(BoardPaper::A3),
                free_a4: room.free(BoardPaper::A4, &taken),
                free_a3: room.free(BoardPaper::A3, &taken),
                checked_at: checked.get(&board.id).copied(),
                hanging: self.posting_views(call, &may, postings)?,
                board,
            });
        }
        Ok(out)
    }
    /// Adds a board.
    ///
    /// # Errors
    /// Faults of the fields, a name that is taken.
    pub fn add_board(
        &mut self,
        call: Call<'_>,
        text: BoardText,
    ) -> Result<Done<Uuid>, OfficeError> {
        let may = call.grant::<ManageBoards>()?;
        text.check()?;
        self.transact(call.who(), call.now, |w| {
            let board = Board {
                id: w.new_id()?,
                text,
                retired_at: None,
                ver: 1,
            };
            w.change(
                board_object(board.id),
                "postings.add_board",
                Record::full(),
                |tx, s| store::postings::add_board(tx, &may, s, &board),
            )?;
            Ok(board.id)
        })
    }
    /// Writes a board again.
    ///
    /// # Errors
    /// Faults of the fields; stale; refused when what hangs would hang over the new frame.
    pub fn amend_board(
        &mut self,
        call: Call<'_>,
        (id, ver): (Uuid, i64),
        text: BoardText,
    ) -> Result<Done<Uuid>, OfficeError> {
        call.grant::<ManageBoards>()?;
        text.check()?;
        self.change_board(call, (id, ver), "postings.amend_board", |board, hanging| {
            let room = text.room();
            let over = |p: &&Hung| {
                let (w, h) = size_mm(p.paper);
                p.spot.x_mm + w > room.width_mm || p.spot.y_mm + h > room.height_mm
            };
            let over = hung(hanging).iter().filter(over).count();
            if over > 0 {
                return Err(Refusal::new("postings-board-smaller-than-hung").with("count", over));
            }
            board.text = text;
            Ok(())
        })
    }
    /// Takes a board out of use, or into use again.
    ///
    /// # Errors
    /// Stale; refused while something hangs on it.
    pub fn retire_board(
        &mut self,
        call: Call<'_>,
        at: (Uuid, i64),
        retired: bool,
    ) -> Result<Done<Uuid>, OfficeError> {
        let action = if retired {
            "postings.retire_board"
        } else {
            "postings.reopen_board"
        };
        self.change_board(call, at, action, |board, hanging| {
            if retired && !hanging.is_empty() {
                return Err(Refusal::new("postings-board-not-empty")
                    .with("board", board.text.name.as_str())
                    .with("count", hanging.len()));
            }
            board.retired_at = retired.then_some(call.now);
            Ok(())
        })
    }
    fn change_board(
        &mut self,
        call: Call<'_>,
        (id, ver): (Uuid, i64),
        action: &'static str,
        change: impl FnOnce(&mut Board, &[Posting]) -> Result<(), Refusal>,
    ) -> Result<Done<Uuid>, OfficeError> {
        let may = call.grant::<ManageBoards>()?;
        let read = call.grant::<ReadPostings>()?;
        self.transact(call.who(), call.now, |w| {
            let mut board = store::postings::board(w.rd(), &read, id)?;
            if board.ver != ver {
                return Err(OfficeError::Stale {
                    read: ver,
                    found: board.ver,
                    kept: None,
                });
            }
            let hanging = store::postings::hanging(w.rd(), &read, Some(id))?;
            change(&mut board, &hanging)?;
            w.change(board_object(id), action, Record::full(), |tx, s| {
                store::postings::amend_board(tx, &may, s, &board)
            })?;
            Ok(id)
        })
    }
    /// Lists what is to come down today, the longest overdue first.
    ///
    /// # Errors
    /// Denied.
    pub fn postings_due(&self, call: Call<'_>) -> Result<Vec<PostingView>, OfficeError> {
        let may = call.grant::<ReadPostings>()?;
        let rows = store::postings::due(self.db.rd(), &may, calendar::day_of(call.now))?;
        self.posting_views(call, &may, rows)
    }
    /// Lists postings, last entered first.
    ///
    /// # Errors
    /// Denied.
    pub fn postings(
        &self,
        call: Call<'_>,
        filter: &Filter,
    ) -> Result<Vec<PostingView>, OfficeError> {
        let may = call.grant::<ReadPostings>()?;
        let rows = store::postings::list(self.db.rd(), &may, filter)?;
        self.posting_views(call, &may, rows)
    }
    /// Lists the sheets of issued documents, those never posted first.
    ///
    /// # Errors
    /// Denied.
    pub fn sheets(
        &self,
        call: Call<'_>,
        document: Option<Uuid>,
        text: Option<&str>,
    ) -> Result<Vec<SheetView>, OfficeError> {
        let may = call.grant::<ReadPostings>()?;
        let rows = store::postings::sheets(self.db.rd(), &may, document, text, 100)?;
        rows.into_iter()
            .map(|sheet| {
                let postings = store::postings::of_sheet(self.db.rd(), &may, sheet.id)?;
                Ok(SheetView {
                    postings: self.posting_views(call, &may, postings)?,
                    sheet,
                })
            })
            .collect()
    }
    /// Records that a sheet hangs on boards; on all of them or on none.
    ///
    /// # Errors
    /// Faults of the dates; refused when it hangs there already, does not fit, or there is no room left.
    pub fn post_sheet(
        &mut self,
        call: Call<'_>,
        sheet_id: Uuid,
        board_ids: &[Uuid],
        (posted_on, until_on): (NaiveDate, Option<NaiveDate>),
    ) -> Result<Done<Vec<PostingView>>, OfficeError> {
        let may = call.grant::<PostSheet>()?;
        let read = call.grant::<ReadPostings>()?;
        let mut p = Problems::default();
        if board_ids.is_empty() {
            p.add("board_ids", "postings-no-board-chosen");
        }
        let mut once = std::collections::BTreeSet::new();
        if board_ids.len() > 50 || !board_ids.iter().all(|b| once.insert(b)) {
            p.add("board_ids", "error-field-twice");
        }
        p.or(())?;
        let sheet = store::postings::sheet(self.db.rd(), &read, sheet_id)?;
        let today = calendar::day_of(call.now);
        let done = self.transact(call.who(), call.now, |w| {
            let mut out = Vec::new();
            for id in board_ids {
                let board = store::postings::board(w.rd(), &read, *id)?;
                let until_on = until_on.unwrap_or_else(|| {
                    domain::postings::last_day(posted_on, board.text.term_days).max(today)
                });
                check_term(
                    posted_on,
                    until_on,
                    calendar::day_of(sheet.issued_at),
                    today,
                )?;
                let spots = self::spots(w, &read, &board, &sheet)?;
                let posting = Posting {
                    id: w.new_id()?,
                    sheet_id,
                    board_id: *id,
                    paper: sheet.paper,
                    spots,
                    posted_on,
                    until_on,
                    posted_at: call.now,
                    poster: call.session.name.clone(),
                    photos: Vec::new(),
                    state: PostingState::Hanging,
                    ver: 1,
                };
                w.change(
                    ObjectRef::new(ObjectKind::Posting, posting.id),
                    "postings.post",
                    Record::full(),
                    |tx, s| store::postings::post(tx, &may, s, &posting),
                )?;
                out.push(posting);
            }
            Ok(out)
        })?;
        Ok(Done {
            value: self.posting_views(call, &read, done.value)?,
            changed: done.changed,
        })
    }
    /// Keeps which photos prove that a sheet hangs (attached before), until it is taken down.
    ///
    /// # Errors
    /// Not found; refused when it is down already, or for too many photos.
    pub fn photograph_posting(
        &mut self,
        call: Call<'_>,
        posting_id: Uuid,
        photos: Vec<Uuid>,
    ) -> Result<Done<PostingView>, OfficeError> {
        let may = call.grant::<PostSheet>()?;
        let read = call.grant::<ReadPostings>()?;
        let mut p = Problems::default();
        if photos.len() > PHOTOS_MAX {
            p.add_with(
                "photos",
                "attachments-too-many",
                [("max", PHOTOS_MAX.into())],
            );
        }
        p.or(())?;
        self.check_attachments(call, &photos)?;
        let done = self.transact(call.who(), call.now, |w| {
            let mut posting = store::postings::posting(w.rd(), &read, posting_id)?;
            posting.still_hangs()?;
            posting.photos = photos;
            posting.ver += 1;
            w.change(
                ObjectRef::new(ObjectKind::Posting, posting_id),
                "postings.photograph",
                Record::full(),
                |tx, s| store::postings::photograph(tx, &may, s, &posting),
            )?;
            Ok(posting)
        })?;
        Ok(Done {
            value: self.posting_view(&read, done.value, calendar::day_of(call.now))?,
            changed: done.changed,
        })
    }
    /// Confirms that a sheet was taken down, before its time with a reason (提前撤下).
    ///
    /// # Errors
    /// Refused when it is down already, or when a reason is missing.
    pub fn take_down(
        &mut self,
        call: Call<'_>,
        posting_id: Uuid,
        reason: &str,
    ) -> Result<Done<PostingView>, OfficeError> {
        let may = call.grant::<TakeSheetDown>()?;
        let read = call.grant::<ReadPostings>()?;
        let mut p = Problems::default();
        p.text("reason", reason, false, 200);
        if reason.chars().any(domain::org::is_bidi_control) {
            p.add("reason", "error-field-hidden-characters");
        }
        p.or(())?;
        let today = calendar::day_of(call.now);
        let done = self.transact(call.who(), call.now, |w| {
            let mut posting = store::postings::posting(w.rd(), &read, posting_id)?;
            posting.state = posting.take_down(call.now, today, &call.session.name, reason)?;
            posting.ver += 1;
            w.change(
                ObjectRef::new(ObjectKind::Posting, posting_id),
                "postings.take_down",
                Record::full().because(reason),
                |tx, s| store::postings::take_down(tx, &may, s, &posting),
            )?;
            Ok(posting)
        })?;
        Ok(Done {
            value: self.posting_view(&read, done.value, today)?,
            changed: done.changed,
        })
    }
}

/// Returns how many days a sheet hangs on a new board: a habit, until the office says otherwise.
pub fn preset_term_days() -> i64 {
    Habits::preset().term_days
}

/// Finds where the pages of a sheet hang on a board, or says why they cannot.
fn spots(
    w: &Writing<'_>,
    read: &Grant<ReadPostings>,
    board: &Board,
    sheet: &SheetRow,
) -> Result<Vec<Spot>, OfficeError> {
    let name = board.text.name.as_str();
    if board.retired_at.is_some() {
        return Err(Refusal::new("postings-board-retired")
            .with("board", name)
            .into());
    }
    let hanging = store::postings::hanging(w.rd(), read, Some(board.id))?;
    if let Some(there) = hanging.iter().find(|p| p.sheet_id == sheet.id) {
        return Err(Refusal::new("postings-hangs-already")
            .with("board", name)
            .with("since", calendar::chinese_month_day(there.posted_on))
            .with("name", there.poster.as_str())
            .into());
    }
    let room = board.text.room();
    if room.capacity(sheet.paper) < sheet.pages {
        return Err(Refusal::new("postings-sheet-too-large")
            .with("board", name)
            .with("width", board.text.width_mm)
            .with("height", board.text.height_mm)
            .with("paper", sheet.paper.code())
            .with("pages", sheet.pages)
            .with("fits", room.capacity(sheet.paper))
            .into());
    }
    let pages = usize::try_from(sheet.pages).map_err(|_| OfficeError::Bug("pages"))?;
    if let Some(spots) = room.places(sheet.paper, pages, &hung(&hanging)) {
        return Ok(spots);
    }
    // what hangs there, and which of it comes down first
    let first = hanging.iter().min_by_key(|p| (p.until_on, p.posted_at));
    let mut refusal = Refusal::new("postings-no-room")
        .with("board", name)
        .with("count", hanging.len())
        .with("paper", sheet.paper.code())
        .with("pages", sheet.pages);
    if let Some(first) = first {
        let title = store::postings::sheet(w.rd(), read, first.sheet_id)?.title;
        refusal = refusal
            .with("first", title)
            .with("until", calendar::chinese_month_day(first.until_on));
    }
    Err(refusal.into())
}
