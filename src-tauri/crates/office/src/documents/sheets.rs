//! 张贴稿 — what hangs on a notice board: masked, large, with a code by which the frozen page is found again.
//!
//! It is frozen in the transaction that takes the number. The official document keeps every name and stays inside.
use super::{circumstance, marks};
use crate::{Call, Done, Office, OfficeError, Record, Writing, sha256_hex};
use domain::access::{ExportDocument, Grant, IssueDocument, ReadDocument};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::checks::Check;
use domain::documents::lifecycle::Document;
use domain::documents::number::doc_number_open;
use domain::documents::posting::{self, MaskedContent, usual_audience};
use domain::documents::sheet_code::{self, OfficeMarker, Reading, SheetCode};
use domain::documents::{BlockKind, Content, Opinion, State, StateKind};
use domain::masking::{Audience, Masker};
use domain::org::{Directory, OfficeProfile};
use domain::{Refusal, calendar};
use print::{Pages, PrintError, Printer, Sheet};
pub use store::documents::{MasksRow, SheetBy, SheetRow};
use uuid::Uuid;

/// The template of every board sheet.
const TEMPLATE: &str = "board_sheet";
/// What the marker of an office is made from, with its id.
const MARKER: &[u8] = b"tongbao/office-marker/v1";
/// How often a code is drawn before something must be wrong: two in a row are one in millions.
const DRAWS: usize = 16;

/// What stands on a sheet besides the text.
struct SheetFacts<'a> {
    organ: &'a str,
    number: String,
    dated_on: chrono::NaiveDate,
    reviewed: Option<&'a Opinion>,
    code: Option<(SheetCode, OfficeMarker)>,
}

fn sheet_data(masked: &MaskedContent, facts: &SheetFacts<'_>) -> serde_json::Value {
    let content = &masked.content;
    let mut body = Vec::new();
    for b in content.blocks.iter().filter(|b| !b.is_blank()) {
        let t = match b.kind {
            BlockKind::H1 => "h1",
            BlockKind::H2 => "h2",
            BlockKind::H3 => "h3",
            BlockKind::H4 => "h4",
            BlockKind::P => "p",
            BlockKind::Attachment => "attachment",
            BlockKind::Table => {
                if !b.text.trim().is_empty() {
                    body.push(serde_json::json!({"t": "p", "s": b.text}));
                }
                if let Some(t) = &b.table {
                    body.push(serde_json::json!({"t": "table", "head": t.head, "rows": t.rows}));
                }
                continue;
            }
            // a face cannot be masked: photos stay in the archive copy; a sheet breaks its pages itself
            BlockKind::Image | BlockKind::PageBreak => continue,
        };
        body.push(serde_json::json!({"t": t, "s": b.text}));
    }
    let reviewed = facts.reviewed.map(|o| {
        [&o.name, &o.post, &calendar::chinese_date(o.dated_on)]
            .into_iter()
            .filter(|s| !s.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("\u{3000}")
    });
    serde_json::json!({
        "paper": content.posting.paper.code(),
        "org": facts.organ,
        "title": content.title,
        "number": facts.number,
        "date": calendar::chinese_date(facts.dated_on),
        "body": body,
        "attachments": content.attachment_names(),
        "reviewed": reviewed.unwrap_or_default(),
        "code": facts.code.map(|(c, _)| c.spaced()).unwrap_or_default(),
        "qr": facts.code.map(|(c, marker)| c.payload(marker)).unwrap_or_default(),
    })
}

/// Sets the board sheet of a text that is not issued: masked as it will be, with 草稿 across it and without a code.
///
/// # Errors
/// The page setter's.
pub fn preview_sheet(
    printer: &mut Printer,
    profile: &OfficeProfile,
    masked: &MaskedContent,
    today: chrono::NaiveDate,
) -> Result<Pages, PrintError> {
    let facts = SheetFacts {
        organ: &profile.name,
        number: doc_number_open(&masked.content.series, chrono::Datelike::year(&today)),
        dated_on: today,
        reviewed: None,
        code: None,
    };
    printer.typeset(&Sheet::new(TEMPLATE, sheet_data(masked, &facts)).marked(marks(profile, true)))
}

/// What the board sheet of a document hides and shows.
#[derive(Debug)]
pub struct PostingView {
    /// For whom it is.
    pub audience: Audience,
    /// The names, and what could still tell who a child is.
    pub masks: MasksRow,
    /// The frozen sheet, once issued.
    pub sheet: Option<SheetRow>,
}

impl Office {
    /// Returns what tells the codes of this office from those of others.
    pub fn office_marker(&self) -> OfficeMarker {
        use sha2::Digest;
        let hash = sha2::Sha256::new()
            .chain_update(MARKER)
            .chain_update(self.vault_id.as_bytes())
            .finalize();
        OfficeMarker::of(hash.into())
    }
    /// Reads a typed or scanned code as this office sees it.
    pub fn read_code(&self, text: &str) -> Reading {
        sheet_code::read(text, self.office_marker())
    }
    /// Returns whom the sheets of a text must not name: the pupils of the register, and those of its findings.
    ///
    /// # Errors
    /// Denied, device errors.
    pub fn masker(
        &self,
        call: Call<'_>,
        directory: &Directory,
        content: &Content,
    ) -> Result<Masker, OfficeError> {
        call.grant::<ReadDocument>()?;
        let findings = match self.findings_by_id(call, &content.finding_ids()) {
            Ok(all) => all,
            // whoever may not read findings still reads a masked page
            Err(OfficeError::Denied(_)) => Vec::new(),
            Err(e) => return Err(e),
        };
        Ok(Masker::new(directory, &findings))
    }
    /// Masks a text for those its kind is usually made for.
    ///
    /// # Errors
    /// Denied, device errors.
    pub fn masked(
        &self,
        call: Call<'_>,
        directory: &Directory,
        content: &Content,
    ) -> Result<MaskedContent, OfficeError> {
        let masker = self.masker(call, directory, content)?;
        Ok(posting::masked(
            content,
            &masker,
            usual_audience(content.kind),
        ))
    }
    /// Says which names must be decided about before a text is submitted.
    pub(super) fn mask_checks(
        &self,
        call: Call<'_>,
        directory: &Directory,
        content: &Content,
    ) -> Result<Vec<Check>, OfficeError> {
        Ok(posting::checks(&self.masked(call, directory, content)?))
    }
    /// Returns what the board sheet of a stored document hides: as frozen once issued, as it would be before.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn document_posting(&self, call: Call<'_>, id: Uuid) -> Result<PostingView, OfficeError> {
        let (d, _) = self.readable(call, id)?;
        let audience = usual_audience(d.content.kind);
        let sheet = store::documents::board_sheet(self.db.rd(), SheetBy::Document(id))?;
        let masks = match &sheet {
            Some(s) => s.masks.clone(),
            None => {
                let m = self.masked(call, &self.directory(call)?, &d.content)?;
                MasksRow {
                    masks: m.masks,
                    clues: m.clues,
                }
            }
        };
        Ok(PostingView {
            audience,
            masks,
            sheet,
        })
    }
    /// Finds a frozen sheet by its document, its id or its code; the document it shows must be readable.
    ///
    /// # Errors
    /// Denied, device errors.
    pub fn board_sheet(
        &self,
        call: Call<'_>,
        by: SheetBy,
    ) -> Result<Option<SheetRow>, OfficeError> {
        call.grant::<ReadDocument>()?;
        let Some(sheet) = store::documents::board_sheet(self.db.rd(), by)? else {
            return Ok(None);
        };
        self.readable(call, sheet.document_id)?;
        Ok(Some(sheet))
    }
    /// Sets the pages of a frozen sheet again, from its frozen data.
    ///
    /// # Errors
    /// Denied, not found, the page setter's.
    pub fn board_sheet_pages(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
        by: SheetBy,
    ) -> Result<Pages, OfficeError> {
        let sheet = self
            .board_sheet(call, by)?
            .ok_or(OfficeError::Store(store::StoreError::NotFound))?;
        let data =
            serde_json::from_str(&sheet.data).map_err(|_| OfficeError::Bug("frozen data"))?;
        let profile = self.profile()?;
        Ok(printer.typeset(&Sheet::new(TEMPLATE, data).marked(marks(&profile, false)))?)
    }
    /// Sets the board sheet of a stored document: the frozen data once issued, with 草稿 before.
    ///
    /// # Errors
    /// Denied, not found, issued before there were board sheets, the page setter's.
    pub fn document_board_pages(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
        id: Uuid,
    ) -> Result<Pages, OfficeError> {
        let (d, _) = self.readable(call, id)?;
        if d.state.kind() == StateKind::Issued {
            return self.board_sheet_pages(call, printer, SheetBy::Document(id));
        }
        let masked = self.masked(call, &self.directory(call)?, &d.content)?;
        let today = calendar::day_of(call.now);
        Ok(preview_sheet(printer, &self.profile()?, &masked, today)?)
    }
    /// Freezes the board sheet of a document that has just taken its number.
    pub(super) fn freeze_sheet(
        w: &mut Writing<'_>,
        (may, approval): (&Grant<IssueDocument>, Option<i64>),
        printer: &mut Printer,
        (profile, marker): (&OfficeProfile, OfficeMarker),
        (d, masked): (&Document, &MaskedContent),
    ) -> Result<(), OfficeError> {
        let State::Issued {
            opinion,
            organ,
            number,
            ..
        } = &d.state
        else {
            return Err(OfficeError::Bug("a sheet before the number"));
        };
        let code = Self::draw_code(w, marker)?;
        let facts = SheetFacts {
            organ,
            number: number.clone(),
            dated_on: opinion.dated_on,
            reviewed: Some(opinion),
            code: Some((code, marker)),
        };
        let data = sheet_data(masked, &facts);
        let pages =
            printer.typeset(&Sheet::new(TEMPLATE, data.clone()).marked(marks(profile, false)))?;
        let pdf = pages.pdf()?;
        let sheet = SheetRow {
            id: w.new_id()?,
            document_id: d.id,
            paper: d.content.posting.paper,
            pages: i64::try_from(pages.len()).map_err(|_| OfficeError::Bug("pages"))?,
            code,
            pdf_sha256: sha256_hex(&pdf),
            pdf,
            data: data.to_string(),
            masks: MasksRow {
                masks: masked.masks.clone(),
                clues: masked.clues.clone(),
            },
            template_sha256: super::template_sha256(TEMPLATE),
            frozen_at: w.now(),
        };
        w.change(
            ObjectRef::new(ObjectKind::BoardSheet, sheet.id),
            "documents.freeze_board_sheet",
            Record::full().under(approval),
            |tx, s| store::documents::freeze_sheet(tx, may, s, &sheet),
        )
    }
    fn draw_code(w: &mut Writing<'_>, marker: OfficeMarker) -> Result<SheetCode, OfficeError> {
        for _ in 0..DRAWS {
            let mut random = [0; 8];
            w.entropy().fill(&mut random)?;
            let code = SheetCode::draw(marker, random);
            if store::documents::board_sheet(w.rd(), SheetBy::Code(code))?.is_none() {
                return Ok(code);
            }
        }
        Err(OfficeError::Bug("no free code"))
    }
    /// Hands out the frozen board sheet of an issued document: `(number, bytes, sha256)`; recorded and signed.
    ///
    /// # Errors
    /// Denied, not issued, issued before there were board sheets, altered on the disk.
    pub fn export_board_sheet(
        &mut self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<Done<(String, Vec<u8>, String)>, OfficeError> {
        let facts = store::documents::facts(self.db.rd(), id)?;
        call.grant_for::<ExportDocument>(circumstance(call, facts))?;
        let (d, _) = self.readable(call, id)?;
        let State::Issued { number, .. } = d.state else {
            return Err(Refusal::new("documents-wrong-state").into());
        };
        let sheet = store::documents::board_sheet(self.db.rd(), SheetBy::Document(id))?
            .ok_or_else(|| Refusal::new("documents-no-board-sheet"))?;
        if sha256_hex(&sheet.pdf) != sheet.pdf_sha256 {
            return Err(Refusal::new("documents-page-altered").into());
        }
        self.transact_note(call.who(), call.now, |w| {
            w.note(
                ObjectRef::new(ObjectKind::BoardSheet, sheet.id),
                "documents.save_board_pdf",
                Record::brief().signed(),
            )?;
            Ok((number, sheet.pdf, sheet.pdf_sha256))
        })
    }
}
