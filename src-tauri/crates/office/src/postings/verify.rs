//! 核验 — from a code on a wall to the frozen page, and what a person found when comparing the two.
use super::{PostingView, SheetRow};
use crate::documents::SheetBy;
use crate::{Call, Done, Office, OfficeError, Record};
use domain::access::{CheckSheet, Grant, ReadPostings};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::sheet_code::{Reading, SheetCode};
use domain::postings::{
    Afterwards, Posting, PostingState, SheetCheck, Standing, check_note, standing,
};
use domain::{Problems, Refusal, calendar};
use print::{Pages, Printer};
use uuid::Uuid;

/// What a paper on a wall is worth today.
#[derive(Debug)]
pub struct Lookup {
    /// 核验结果.
    pub standing: Standing,
    /// The code as it was understood; empty if it could not be read as one.
    pub code: String,
    /// Why, and what to do.
    pub hint: Refusal,
    /// The sheet; none when there is none of this office.
    pub sheet: Option<SheetRow>,
    /// Where it hangs and hung.
    pub postings: Vec<PostingView>,
    /// The last comparisons, newest first.
    pub checks: Vec<SheetCheck>,
}
impl Lookup {
    fn nothing(standing: Standing, code: String, hint: Refusal) -> Self {
        Lookup {
            standing,
            code,
            hint,
            sheet: None,
            postings: Vec::new(),
            checks: Vec::new(),
        }
    }
}

/// Says why a sheet of this office is worth what it is worth, and what to do.
fn hint(standing: Standing, postings: &[Posting]) -> Refusal {
    match standing {
        Standing::Valid if postings.is_empty() => Refusal::new("postings-hint-not-posted"),
        Standing::Valid => Refusal::new("postings-hint-valid"),
        Standing::Corrected => Refusal::new("postings-hint-corrected"),
        Standing::Withdrawn => {
            let reason = postings.iter().rev().find_map(|p| match &p.state {
                PostingState::TakenDown { early, .. } => early.clone(),
                PostingState::Hanging => None,
            });
            Refusal::new("postings-hint-withdrawn").with("reason", reason.unwrap_or_default())
        }
        Standing::Expired => {
            let until = postings.iter().map(|p| p.until_on).max();
            Refusal::new("postings-hint-expired").with(
                "until",
                until.map(calendar::chinese_date).unwrap_or_default(),
            )
        }
        Standing::Unknown => Refusal::new("postings-hint-unknown"),
        Standing::Foreign => Refusal::new("postings-hint-foreign"),
    }
}

impl Office {
    /// Looks up a code that was typed or scanned, in any writing.
    ///
    /// # Errors
    /// Denied; a text that is empty or longer than any code.
    pub fn lookup_code(&self, call: Call<'_>, text: &str) -> Result<Lookup, OfficeError> {
        let may = call.grant::<ReadPostings>()?;
        let mut p = Problems::default();
        p.text("text", text, false, 200);
        p.or(())?;
        let unread = |hint: Refusal| Ok(Lookup::nothing(Standing::Unknown, String::new(), hint));
        match self.read_code(text) {
            Reading::Empty => unread(Refusal::new("postings-hint-empty")),
            Reading::Length { found, wanted } => unread(
                Refusal::new("postings-hint-length")
                    .with("found", found)
                    .with("wanted", wanted),
            ),
            Reading::Character { place, found } => unread(
                Refusal::new("postings-hint-character")
                    .with("place", place)
                    .with("found", found.to_string()),
            ),
            Reading::Mistyped { repairs } => {
                // many codes are one character away; one that is ours says where the mistake is
                for (place, code) in repairs {
                    if self.sheet_of_code(call, &may, code)?.is_some() {
                        return unread(Refusal::new("postings-hint-mistyped").with("place", place));
                    }
                }
                unread(Refusal::new("postings-hint-unreadable"))
            }
            Reading::Foreign(code) => Ok(Lookup::nothing(
                Standing::Foreign,
                code.spaced(),
                hint(Standing::Foreign, &[]),
            )),
            Reading::Own(code) => {
                let Some(sheet) = self.sheet_of_code(call, &may, code)? else {
                    return Ok(Lookup::nothing(
                        Standing::Unknown,
                        code.spaced(),
                        hint(Standing::Unknown, &[]),
                    ));
                };
                let postings = store::postings::of_sheet(self.db.rd(), &may, sheet.id)?;
                let standing = standing(Afterwards::InForce, &postings, calendar::day_of(call.now));
                Ok(Lookup {
                    standing,
                    code: code.spaced(),
                    hint: hint(standing, &postings),
                    checks: store::postings::checks(self.db.rd(), &may, sheet.id)?,
                    postings: self.posting_views(call, &may, postings)?,
                    sheet: Some(sheet),
                })
            }
        }
    }
    fn sheet_of_code(
        &self,
        call: Call<'_>,
        may: &Grant<ReadPostings>,
        code: SheetCode,
    ) -> Result<Option<SheetRow>, OfficeError> {
        Ok(match self.board_sheet(call, SheetBy::Code(code))? {
            Some(found) => Some(store::postings::sheet(self.db.rd(), may, found.id)?),
            None => None,
        })
    }
    /// Sets the frozen pages of a board sheet.
    ///
    /// # Errors
    /// Denied, not found, the page setter's.
    pub fn sheet_pages(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
        sheet_id: Uuid,
    ) -> Result<Pages, OfficeError> {
        call.grant::<ReadPostings>()?;
        self.board_sheet_pages(call, printer, SheetBy::Id(sheet_id))
    }
    /// Records what a person found when comparing a paper with its frozen page.
    ///
    /// # Errors
    /// A difference that is not described; not found.
    pub fn check_sheet(
        &mut self,
        call: Call<'_>,
        sheet_id: Uuid,
        same: bool,
        note: &str,
    ) -> Result<Done<SheetCheck>, OfficeError> {
        let may = call.grant::<CheckSheet>()?;
        let read = call.grant::<ReadPostings>()?;
        check_note(same, note)?;
        store::postings::sheet(self.db.rd(), &read, sheet_id)?;
        let today = calendar::day_of(call.now);
        self.transact(call.who(), call.now, |w| {
            let postings = store::postings::of_sheet(w.rd(), &read, sheet_id)?;
            let check = SheetCheck {
                id: w.new_id()?,
                sheet_id,
                standing: standing(Afterwards::InForce, &postings, today),
                same,
                note: note.to_owned(),
                at: call.now,
                name: call.session.name.clone(),
            };
            w.change(
                ObjectRef::new(ObjectKind::SheetCheck, check.id),
                "postings.check_sheet",
                Record::full().because(note),
                |tx, s| store::postings::check(tx, &may, s, &check),
            )?;
            Ok(check)
        })
    }
}
