//! 撤下单 — the paper that a person carries from board to board in the morning.
use super::PostingView;
use crate::{Call, Done, Office, OfficeError, Record, sha256_hex};
use domain::access::TakeSheetDown;
use domain::audit::{ObjectKind, ObjectRef};
use domain::{Refusal, calendar};
use print::{Mark, Pages, Printer, Sheet};

/// The template of the take-down slip.
pub const SLIP: &str = "take_down_slip";

impl Office {
    /// Sets the take-down slip of today: what is to come down, board by board.
    ///
    /// # Errors
    /// Denied; refused when nothing is to come down.
    pub fn take_down_slip(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
    ) -> Result<Pages, OfficeError> {
        call.grant::<TakeSheetDown>()?;
        let due = self.postings_due(call)?;
        if due.is_empty() {
            return Err(Refusal::new("postings-nothing-due").into());
        }
        let profile = self.profile()?;
        let mut boards = Vec::new();
        for view in self.boards(call)? {
            let sheets: Vec<serde_json::Value> = due
                .iter()
                .filter(|p| p.posting.board_id == view.board.id)
                .map(line)
                .collect();
            if !sheets.is_empty() {
                boards.push(serde_json::json!({
                    "name": view.board.text.name,
                    "place": view.board.text.place,
                    "sheets": sheets,
                }));
            }
        }
        let data = serde_json::json!({
            "org": profile.name,
            "date": calendar::chinese_date(calendar::day_of(call.now)),
            "boards": boards,
        });
        let mark = if profile.demo {
            Mark::EXAMPLE
        } else {
            Mark::NONE
        };
        Ok(printer.typeset(&Sheet::new(SLIP, data).marked(mark))?)
    }
    /// Hands out the take-down slip as PDF, with its SHA-256; recorded.
    ///
    /// # Errors
    /// As [`Office::take_down_slip`].
    pub fn export_take_down_slip(
        &mut self,
        call: Call<'_>,
        printer: &mut Printer,
    ) -> Result<Done<(Vec<u8>, String)>, OfficeError> {
        let pdf = self.take_down_slip(call, printer)?.pdf()?;
        let sha256 = sha256_hex(&pdf);
        self.transact(call.who(), call.now, |w| {
            let sitting = ObjectRef::new(ObjectKind::Session, call.session.actor.session_id);
            w.note(sitting, "postings.save_slip", Record::brief())?;
            Ok((pdf, sha256))
        })
    }
}

fn line(p: &PostingView) -> serde_json::Value {
    serde_json::json!({
        "title": p.sheet.title,
        "number": p.sheet.number,
        "code": p.sheet.code,
        "paper": p.sheet.paper.code(),
        "pages": p.sheet.pages,
        "since": calendar::chinese_month_day(p.posting.posted_on),
        "until": calendar::chinese_month_day(p.posting.until_on),
        "overdue": p.overdue_days,
    })
}
