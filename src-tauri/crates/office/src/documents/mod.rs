//! 公文 — drafting, approving, issuing.
//!
//! Approval signs the hash of the canonical content with its 成文日期. Issue is one transaction: it checks
//! that hash, takes the number, sets the page and freezes it. Printing another content is impossible.
use crate::keyring::Throttle;
use crate::{Call, Done, Office, OfficeError, Record, Writing, sha256_hex};
use chrono::{Datelike, NaiveDate};
use domain::access::{
    ApproveDocument, Circumstance, DiscardDocument, DraftDocument, ExportDocument, Grant,
    IssueDocument, Permission, PrintDocument, ReadDocument, RecallDocument, ReturnDocument,
    SubmitDocument, WriteDocument,
};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::checks::{self, Check, CheckLevel};
use domain::documents::lifecycle::Document;
use domain::documents::number::{doc_number, doc_number_open};
use domain::documents::{
    Block, Content, DocumentKind, Image, ImageWidth, Opinion, SignedContent, State, StateKind,
    compose, refuse_classified,
};
use domain::inspections::Finding;
use domain::org::{Directory, OfficeProfile};
use domain::{Problems, Refusal, calendar};
use print::{Mark, Pages, PrintError, Printer, Sheet};
use std::sync::Arc;
pub use store::documents::Filter;
pub use store::documents::VersionRow;
use store::documents::{DocumentFacts, KeptText, PageRow, StepRow};
use uuid::Uuid;

mod sheets;

pub use sheets::{MasksRow, PostingView, SheetBy, SheetRow, preview_sheet};

/// The context of an approval's signature.
pub const APPROVAL: &str = "tongbao/approval/v1";
/// The template of every official document.
const TEMPLATE: &str = "official_document";

/// A document with what a list shows beside it.
#[derive(Debug)]
pub struct DocumentSummary {
    /// The document.
    pub document: Document,
    /// Who drafts it.
    pub drafter: String,
    /// I draft it.
    pub own: bool,
}
impl DocumentSummary {
    /// It came back with remarks.
    pub fn returned(&self) -> bool {
        matches!(self.document.state, State::Draft { returned: Some(_) })
    }
}
/// A document by itself.
#[derive(Debug)]
pub struct DocumentDetail {
    /// As in the list.
    pub summary: DocumentSummary,
    /// The steps it took.
    pub steps: Vec<StepRow>,
    /// What I may do with it now.
    pub allowed: Vec<&'static str>,
    /// I could approve it, were it not my own draft.
    pub own_draft: bool,
    /// A text of mine kept beside a newer one.
    pub kept: Option<KeptText>,
}

/// Returns the hash an approval signs, as bytes and as hex (RFC 8785 canonical JSON).
///
/// # Errors
/// Never for stored content.
pub fn signed_sha256(content: &SignedContent) -> Result<([u8; 32], String), OfficeError> {
    use sha2::Digest;
    let bytes = serde_json_canonicalizer::to_vec(content)
        .map_err(|_| OfficeError::Bug("canonical content"))?;
    Ok((sha2::Sha256::digest(&bytes).into(), sha256_hex(&bytes)))
}
fn content_sha256(content: &Content) -> Result<String, OfficeError> {
    let bytes = serde_json_canonicalizer::to_vec(content)
        .map_err(|_| OfficeError::Bug("canonical content"))?;
    Ok(sha256_hex(&bytes))
}

/// 签发 — what a leader writes when approving.
#[derive(Clone, Copy)]
pub struct Signature<'a> {
    /// The opinion.
    pub text: &'a str,
    /// 成文日期.
    pub dated_on: NaiveDate,
    /// The own password, again.
    pub password: &'a str,
}

/// The bytes of a document's images, in reading order.
pub type Images = Vec<Arc<[u8]>>;

/// What stands in a draft where an image cannot be read: one grey point.
const NO_IMAGE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x38, 0x01, 0x00, 0x00,
    0xca, 0x00, 0xc9, 0x34, 0x42, 0x27, 0xf3, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// What stands on a page besides the content.
struct PageFacts<'a> {
    organ: &'a str,
    number: String,
    dated_on: NaiveDate,
    printed_on: NaiveDate,
}

fn page_data(content: &Content, facts: &PageFacts<'_>) -> serde_json::Value {
    let mut images = 0..;
    let body: Vec<serde_json::Value> = content
        .blocks
        .iter()
        .filter(|b| !b.is_blank())
        .map(|b| block_data(b, &mut images))
        .collect();
    let title: Vec<&String> = content
        .title
        .iter()
        .filter(|l| !l.trim().is_empty())
        .collect();
    let mut data = serde_json::json!({
        "org": facts.organ,
        "number": facts.number,
        "title": title,
        "to": content.recipients,
        "body": body,
        "date": calendar::chinese_date(facts.dated_on),
        "organ": facts.organ,
        "print-date": calendar::chinese_date(facts.printed_on),
        "attachments": content.attachments.iter().filter(|a| !a.trim().is_empty()).collect::<Vec<_>>(),
        "red_head": content.red_head,
    });
    if !content.copy_to.trim().is_empty() {
        data["cc"] = content.copy_to.clone().into();
    }
    data
}

fn block_data(b: &Block, images: &mut std::ops::RangeFrom<usize>) -> serde_json::Value {
    let mut data = serde_json::json!({"t": b.kind, "id": b.id, "s": b.text});
    if let Some(t) = &b.table {
        data["head"] = t.head.clone().into();
        data["rows"] = t.rows.clone().into();
        data["align"] = serde_json::json!(t.align);
    }
    if let Some(image) = &b.image {
        data["image"] = images.next().into();
        data["width"] = match image.width {
            ImageWidth::Full => 100,
            ImageWidth::TwoThirds => 67,
            ImageWidth::Half => 50,
            ImageWidth::Third => 33,
        }
        .into();
    }
    data
}

/// Sets the page of a text that is not issued: with 草稿 across it, and 示例 in the sample office.
///
/// # Errors
/// The page setter's.
pub fn preview(
    printer: &mut Printer,
    profile: &OfficeProfile,
    content: &Content,
    images: Images,
    today: NaiveDate,
) -> Result<Pages, PrintError> {
    let facts = PageFacts {
        organ: &profile.name,
        number: doc_number_open(&content.series, today.year()),
        dated_on: today,
        printed_on: today,
    };
    printer.typeset(
        &Sheet::new(TEMPLATE, page_data(content, &facts))
            .with_images(images)
            .marked(marks(profile, true)),
    )
}
/// Returns the hash of a template, kept with what was set by it.
fn template_sha256(name: &str) -> String {
    print::templates()
        .iter()
        .find(|t| t.name == name)
        .map(|t| sha256_hex(t.whole_source().as_bytes()))
        .unwrap_or_default()
}
fn marks(profile: &OfficeProfile, draft: bool) -> Mark {
    let example = if profile.demo {
        Mark::EXAMPLE
    } else {
        Mark::NONE
    };
    if draft {
        example | Mark::DRAFT
    } else {
        example
    }
}

fn circumstance(call: Call<'_>, facts: DocumentFacts) -> Circumstance {
    Circumstance {
        own: call.is_me(facts.drafter),
        state: Some(facts.state),
        ..Circumstance::default()
    }
}
fn check_ver(read: i64, found: i64) -> Result<(), OfficeError> {
    if read == found {
        Ok(())
    } else {
        Err(OfficeError::Stale {
            read,
            found,
            kept: None,
        })
    }
}
fn object(id: Uuid) -> ObjectRef {
    ObjectRef::new(ObjectKind::Document, id)
}
fn step(
    call: Call<'_>,
    w: &Writing<'_>,
    action: &str,
    text: &str,
    dated_on: Option<NaiveDate>,
) -> StepRow {
    StepRow {
        seq: w.next_seq(),
        action: action.to_owned(),
        name: call.session.name.clone(),
        post: call.session.post.clone(),
        at: w.now(),
        text: text.to_owned(),
        dated_on,
    }
}
fn remarks_field(name: &str, text: &str) -> Result<(), Problems> {
    let mut p = Problems::default();
    p.text(name, text, true, 500);
    if text.chars().any(domain::org::is_bidi_control) {
        p.add(name, "error-field-hidden-characters");
    }
    p.or(())
}

impl Office {
    fn summary(&self, call: Call<'_>, document: Document) -> Result<DocumentSummary, OfficeError> {
        Ok(DocumentSummary {
            drafter: self.account_name(document.drafter)?,
            own: call.is_me(document.drafter),
            document,
        })
    }
    /// Returns names of units, classes and people, for composing and checking.
    ///
    /// # Errors
    /// Denied.
    pub fn directory(&self, call: Call<'_>) -> Result<Directory, OfficeError> {
        let o = self.overview(call)?;
        Ok(Directory::new(
            o.units,
            o.class_groups,
            o.staff,
            self.students(call)?,
            o.places,
        ))
    }
    /// Begins a draft, empty or from findings.
    ///
    /// # Errors
    /// Denied, or more than 500 findings.
    pub fn draft_document(
        &mut self,
        call: Call<'_>,
        kind: DocumentKind,
        red_head: bool,
        finding_ids: &[Uuid],
    ) -> Result<Done<Uuid>, OfficeError> {
        let may = call.grant::<DraftDocument>()?;
        if finding_ids.len() > 500 {
            let mut p = Problems::default();
            p.add_with(
                "finding_ids",
                "documents-findings-too-many",
                [("max", 500_i64.into())],
            );
            return Err(p.into());
        }
        let findings = self.findings_by_id(call, finding_ids)?;
        let profile = self.profile()?;
        let directory = self.directory(call)?;
        let on = findings
            .iter()
            .map(|f| f.inspected_on)
            .max()
            .unwrap_or_else(|| calendar::day_of(call.now));
        let mut n = 0;
        let mut next = || {
            n += 1;
            format!("b{n}")
        };
        let mut content = compose::compose(kind, &findings, &directory, &profile, on, &mut next);
        content.red_head = red_head;
        if findings.is_empty() {
            content.reports_on = None;
        }
        self.transact(call.who(), call.now, |w| {
            let document = Document {
                id: w.new_id()?,
                content,
                state: State::Draft { returned: None },
                drafter: call.session.actor.account_id,
                drafted_at: call.now,
                changed_at: call.now,
                ver: 1,
            };
            let row = step(call, w, "documents.draft", "", None);
            w.change(
                object(document.id),
                "documents.draft",
                Record::full(),
                |tx, s| {
                    store::documents::begin(tx, &may, s, &document)?;
                    store::documents::add_step(tx, &may, document.id, &row)
                },
            )?;
            Ok(document.id)
        })
    }
    /// Saves a draft as typed. Over a newer version nothing is lost: the text is kept beside it.
    ///
    /// # Errors
    /// [`OfficeError::Stale`] with the id of the kept text; faults of the fields; denied.
    pub fn save_document(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
        content: Content,
    ) -> Result<Done<i64>, OfficeError> {
        content.check_savable()?;
        refuse_classified(&content)?;
        let facts = store::documents::facts(self.db.rd(), id)?;
        let read = call.grant_for::<ReadDocument>(circumstance(call, facts))?;
        // whoever could not write it as a draft has nothing to keep beside it
        call.grant_for::<WriteDocument>(Circumstance {
            state: Some(StateKind::Draft),
            ..circumstance(call, facts)
        })?;
        if facts.ver != ver {
            let kept = self.keep_text(call, id, content)?;
            return Err(OfficeError::Stale {
                read: ver,
                found: facts.ver,
                kept: Some(kept),
            });
        }
        self.transact(call.who(), call.now, |w| {
            let facts = store::documents::facts(w.rd(), id)?;
            let may = call.grant_for::<WriteDocument>(circumstance(call, facts))?;
            check_ver(ver, facts.ver)?;
            let mut d = store::documents::document(w.rd(), &read, id)?;
            d.content = content;
            d.changed_at = call.now;
            w.change(object(id), "documents.save", Record::brief(), |tx, s| {
                store::documents::write(tx, &may, s, &d)
            })?;
            Ok(ver + 1)
        })
    }
    fn keep_text(
        &mut self,
        call: Call<'_>,
        document_id: Uuid,
        content: Content,
    ) -> Result<Uuid, OfficeError> {
        let may = call.grant::<DraftDocument>()?;
        let done = self.transact(call.who(), call.now, |w| {
            let kept = KeptText {
                id: w.new_id()?,
                document_id,
                by_account: call.session.actor.account_id,
                at: call.now,
                content,
            };
            w.change(
                ObjectRef::new(ObjectKind::KeptText, kept.id),
                "documents.keep_text",
                Record::brief(),
                |tx, s| store::documents::keep_text(tx, &may, s, &kept),
            )?;
            Ok(kept.id)
        })?;
        Ok(done.value)
    }
    /// Settles a kept text: its writer has looked at it.
    ///
    /// # Errors
    /// Not found, or another's.
    pub fn settle_kept(&mut self, call: Call<'_>, kept: Uuid) -> Result<Done<()>, OfficeError> {
        let may = call.grant::<DraftDocument>()?;
        let found = store::documents::kept_text(
            self.db.rd(),
            None,
            Some(kept),
            call.session.actor.account_id,
        )?;
        let found = found.ok_or(OfficeError::Store(store::StoreError::NotFound))?;
        self.transact(call.who(), call.now, |w| {
            w.change(
                ObjectRef::new(ObjectKind::KeptText, found.id),
                "documents.settle_kept",
                Record::brief(),
                |tx, s| store::documents::settle_kept(tx, &may, s, found.id),
            )
        })
    }
    /// Returns the findings a text is checked against: those it states and those of the day it reports.
    ///
    /// # Errors
    /// Denied.
    pub fn findings_for_checks(
        &self,
        call: Call<'_>,
        content: &Content,
    ) -> Result<Vec<Finding>, OfficeError> {
        let mut findings = self.findings_by_id(call, &content.finding_ids())?;
        if let Some(on) = content.reports_on {
            let filter = crate::inspections::Filter {
                from: Some(on),
                to: Some(on),
                limit: 500,
                ..Default::default()
            };
            for v in self.findings(call, &filter)? {
                if !findings.iter().any(|f| f.id == v.finding.id) {
                    findings.push(v.finding);
                }
            }
        }
        Ok(findings)
    }
    /// Checks a text against the regulations and the standard.
    ///
    /// # Errors
    /// Denied.
    pub fn check_document(
        &self,
        call: Call<'_>,
        content: &Content,
    ) -> Result<Vec<Check>, OfficeError> {
        let directory = self.directory(call)?;
        let mut found = checks::check(
            content,
            &self.findings_for_checks(call, content)?,
            &directory,
        );
        found.extend(self.mask_checks(call, &directory, content)?);
        Ok(found)
    }
    /// Lists documents, last changed first.
    ///
    /// # Errors
    /// Denied.
    pub fn documents(
        &self,
        call: Call<'_>,
        filter: &Filter,
    ) -> Result<Vec<DocumentSummary>, OfficeError> {
        let may = call.grant::<ReadDocument>()?;
        let mut filter = filter.clone();
        // others' unissued papers are for the office and the principal only
        if call
            .grant_for::<ReadDocument>(Circumstance {
                state: Some(StateKind::Draft),
                ..Circumstance::default()
            })
            .is_err()
        {
            filter.readable_by = Some(call.session.actor.account_id);
        }
        let rows = store::documents::list(self.db.rd(), &may, &filter)?;
        rows.into_iter().map(|d| self.summary(call, d)).collect()
    }
    fn readable(
        &self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<(Document, Grant<ReadDocument>), OfficeError> {
        let facts = store::documents::facts(self.db.rd(), id)?;
        let may = call.grant_for::<ReadDocument>(circumstance(call, facts))?;
        Ok((store::documents::document(self.db.rd(), &may, id)?, may))
    }
    /// Returns one document.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn document(&self, call: Call<'_>, id: Uuid) -> Result<DocumentDetail, OfficeError> {
        let (document, may) = self.readable(call, id)?;
        let c = Circumstance {
            own: call.is_me(document.drafter),
            state: Some(document.state.kind()),
            ..Circumstance::default()
        };
        let allowed = domain::access::MATRIX
            .iter()
            .filter(|row| {
                (row.name.starts_with("documents.") || row.name == PrintDocument::NAME)
                    && call.session.actor.roles.iter().any(|r| (row.allows)(*r, c))
            })
            .map(|row| row.name)
            .collect();
        let own_draft = c.own
            && c.state == Some(StateKind::Submitted)
            && call.session.actor.roles.iter().any(|r| r.approves());
        let steps = store::documents::steps(self.db.rd(), &may, id)?;
        let kept = store::documents::kept_text(
            self.db.rd(),
            Some(id),
            None,
            call.session.actor.account_id,
        )?;
        Ok(DocumentDetail {
            summary: self.summary(call, document)?,
            steps,
            allowed,
            own_draft,
            kept,
        })
    }
    /// Lists the versions as they were submitted.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn document_versions(
        &self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<Vec<VersionRow>, OfficeError> {
        let (_, may) = self.readable(call, id)?;
        Ok(store::documents::versions(self.db.rd(), &may, id)?)
    }
    /// Sets the pages of a stored document: the frozen data once issued, with 草稿 before.
    ///
    /// # Errors
    /// Denied, not found, the page setter's.
    pub fn document_pages(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
        id: Uuid,
    ) -> Result<Pages, OfficeError> {
        let (d, _) = self.readable(call, id)?;
        let profile = self.profile()?;
        match &d.state {
            State::Issued { .. } => {
                let page = store::documents::page(self.db.rd(), id)?;
                let data = serde_json::from_str(&page.data)
                    .map_err(|_| OfficeError::Bug("frozen data"))?;
                Ok(printer.typeset(
                    &Sheet::new(TEMPLATE, data)
                        .with_images(self.document_images(call, &d.content)?)
                        .marked(marks(&profile, false)),
                )?)
            }
            State::Approved { opinion, organ, .. } => {
                let today = calendar::day_of(call.now);
                let number = doc_number_open(&d.content.series, opinion.dated_on.year());
                let facts = PageFacts {
                    organ,
                    number,
                    dated_on: opinion.dated_on,
                    printed_on: today,
                };
                Ok(printer.typeset(
                    &Sheet::new(TEMPLATE, page_data(&d.content, &facts))
                        .with_images(self.document_images(call, &d.content)?)
                        .marked(marks(&profile, true)),
                )?)
            }
            State::Draft { .. } | State::Submitted { .. } | State::Rejected { .. } => Ok(preview(
                printer,
                &profile,
                &d.content,
                self.images_for_preview(call, &d.content).0,
                calendar::day_of(call.now),
            )?),
        }
    }
    /// Returns the bytes of a document's images; each must still be what its hash says.
    ///
    /// # Errors
    /// Denied; a refusal when a file is gone or was changed.
    pub fn document_images(
        &self,
        call: Call<'_>,
        content: &Content,
    ) -> Result<Images, OfficeError> {
        content
            .images()
            .map(|image| self.document_image(call, image))
            .collect()
    }
    fn document_image(&self, call: Call<'_>, image: &Image) -> Result<Arc<[u8]>, OfficeError> {
        let (kept, bytes) = self.attachment_image(call, image.attachment_id)?;
        if kept.sha256 != image.sha256 {
            return Err(Refusal::new("attachments-altered").into());
        }
        Ok(bytes.into())
    }
    /// Returns the images of a draft that can be read, a grey point for the others, and the blocks of those.
    pub fn images_for_preview(&self, call: Call<'_>, content: &Content) -> (Images, Vec<String>) {
        let mut missing = Vec::new();
        let images = content.blocks.iter().filter_map(|b| {
            let image = b.image.as_ref()?;
            Some(self.document_image(call, image).unwrap_or_else(|_| {
                missing.push(b.id.clone());
                NO_IMAGE.into()
            }))
        });
        (images.collect(), missing)
    }
    /// Moves a document: checks version and permission, writes state and step, all in one change.
    fn move_document<P: Permission>(
        &mut self,
        call: Call<'_>,
        (id, ver): (Uuid, i64),
        action: &'static str,
        (text, dated_on): (&str, Option<NaiveDate>),
        next: impl FnOnce(&Document) -> Result<State, OfficeError>,
    ) -> Result<Done<()>, OfficeError> {
        let facts = store::documents::facts(self.db.rd(), id)?;
        let read = call.grant_for::<ReadDocument>(circumstance(call, facts))?;
        self.transact(call.who(), call.now, |w| {
            let facts = store::documents::facts(w.rd(), id)?;
            let may = call.grant_for::<P>(circumstance(call, facts))?;
            check_ver(ver, facts.ver)?;
            let mut d = store::documents::document(w.rd(), &read, id)?;
            d.state = next(&d)?;
            d.changed_at = call.now;
            let row = step(call, w, action, text, dated_on);
            let keep = d.state.kind() == StateKind::Submitted;
            w.change(
                object(id),
                action,
                Record::full().signed().because(text),
                |tx, s| {
                    store::documents::write(tx, &may, s, &d)?;
                    store::documents::add_step(tx, &may, id, &row)?;
                    if keep {
                        store::documents::keep_version(
                            tx,
                            &may,
                            id,
                            s.ver,
                            call.now,
                            &call.session.name,
                            &d.content,
                        )?;
                    }
                    Ok(())
                },
            )
        })
    }
    /// Submits a draft for approval (送审): every check of level Must passes, every character can be printed.
    ///
    /// # Errors
    /// All failed checks at once as `Invalid`, denied, stale.
    pub fn submit_document(
        &mut self,
        call: Call<'_>,
        printer: &Printer,
        id: Uuid,
        ver: i64,
    ) -> Result<Done<()>, OfficeError> {
        let (d, _) = self.readable(call, id)?;
        refuse_classified(&d.content)?;
        let mut p = Problems::default();
        for block in self.images_for_preview(call, &d.content).1 {
            p.add(format!("blocks.{block}"), "documents-image-missing");
        }
        for c in self.check_document(call, &d.content)? {
            if c.level == CheckLevel::Must {
                let path = c
                    .block_id
                    .map_or_else(|| "content".to_owned(), |b| format!("blocks.{b}"));
                p.0.push(domain::Problem {
                    path,
                    message_key: c.message_key,
                    args: c.args,
                });
            }
        }
        let text: String = d.content.texts().map(String::as_str).collect();
        let missing = printer.missing_characters(&text);
        if !missing.is_empty() {
            let characters: String = missing.iter().collect();
            p.add_with(
                "content",
                "documents-characters-missing",
                [("characters", characters.into())],
            );
        }
        if !self
            .profile()?
            .series
            .iter()
            .any(|x| x.prefix == d.content.series)
        {
            p.add("series", "error-field-malformed");
        }
        p.or(())?;
        let by = call.session.actor.account_id;
        self.move_document::<SubmitDocument>(call, (id, ver), "documents.submit", ("", None), |d| {
            Ok(d.state.submit(by, call.now, content_sha256(&d.content)?)?)
        })
    }
    /// Takes a submitted draft back (收回).
    ///
    /// # Errors
    /// Denied, stale.
    pub fn recall_document(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
    ) -> Result<Done<()>, OfficeError> {
        self.move_document::<RecallDocument>(call, (id, ver), "documents.recall", ("", None), |d| {
            Ok(d.state.recall()?)
        })
    }
    /// Approves (同意): the password again, the opinion and its full date; the content hash is signed.
    ///
    /// # Errors
    /// Wrong password, own draft (denied), a date in the future or far past, stale.
    pub fn approve_document(
        &mut self,
        call: Call<'_>,
        throttle: &mut Throttle,
        (id, ver): (Uuid, i64),
        signature: Signature<'_>,
    ) -> Result<Done<()>, OfficeError> {
        let Signature {
            text,
            dated_on,
            password,
        } = signature;
        remarks_field("opinion", text)?;
        let today = calendar::day_of(call.now);
        let mut p = Problems::default();
        if dated_on > today {
            p.add("dated_on", "documents-date-in-future");
        } else if dated_on < today - chrono::Duration::days(31) {
            p.add("dated_on", "documents-date-too-old");
        }
        p.or(())?;
        let facts = store::documents::facts(self.db.rd(), id)?;
        call.grant_for::<ApproveDocument>(circumstance(call, facts))?;
        self.check_password(call, throttle, password)?;
        let seed = call
            .session
            .seed
            .as_ref()
            .ok_or_else(|| Refusal::new("access-choose-password-first"))?;
        let profile = self.profile()?;
        let opinion = self.opinion(call, text, dated_on);
        self.move_document::<ApproveDocument>(
            call,
            (id, ver),
            "documents.approve",
            (text, Some(dated_on)),
            |d| {
                if matches!(&d.state, State::Submitted { by, .. } if *by == call.session.actor.account_id) {
                    return Err(Refusal::new("documents-own-draft").into());
                }
                let signed =
                    SignedContent::new(d.content.clone(), profile.name.clone(), dated_on);
                let (hash, hex) = signed_sha256(&signed)?;
                let signature = seed
                    .sign(APPROVAL, &hash)
                    .iter()
                    .map(|b| format!("{b:02x}"))
                    .collect();
                Ok(d.state.approve(
                    &content_sha256(&d.content)?,
                    opinion,
                    hex,
                    signature,
                    profile.name.clone(),
                )?)
            },
        )
    }
    fn opinion(&self, call: Call<'_>, text: &str, dated_on: NaiveDate) -> Opinion {
        Opinion {
            by: call.session.actor.account_id,
            name: call.session.name.clone(),
            post: call.session.post.clone(),
            text: text.to_owned(),
            dated_on,
            at: call.now,
        }
    }
    /// Sends a draft back to its drafter with remarks (退回修改).
    ///
    /// # Errors
    /// Remarks missing, denied, stale.
    pub fn send_back_document(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
        remarks: &str,
    ) -> Result<Done<()>, OfficeError> {
        self.return_document(
            call,
            (id, ver),
            "documents.send_back",
            remarks,
            State::send_back,
        )
    }
    /// Ends a draft (驳回).
    ///
    /// # Errors
    /// Remarks missing, denied, stale.
    pub fn reject_document(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
        remarks: &str,
    ) -> Result<Done<()>, OfficeError> {
        self.return_document(call, (id, ver), "documents.reject", remarks, State::reject)
    }
    /// Decides against a draft, with remarks dated today.
    fn return_document(
        &mut self,
        call: Call<'_>,
        at: (Uuid, i64),
        action: &'static str,
        remarks: &str,
        decide: fn(&State, Opinion) -> Result<State, Refusal>,
    ) -> Result<Done<()>, OfficeError> {
        remarks_field("remarks", remarks)?;
        let today = calendar::day_of(call.now);
        let opinion = self.opinion(call, remarks, today);
        let written = (remarks, Some(today));
        self.move_document::<ReturnDocument>(call, at, action, written, |d| {
            Ok(decide(&d.state, opinion)?)
        })
    }
    /// Discards an own draft that was never issued.
    ///
    /// # Errors
    /// Denied, stale.
    pub fn discard_document(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
    ) -> Result<Done<()>, OfficeError> {
        self.transact(call.who(), call.now, |w| {
            let facts = store::documents::facts(w.rd(), id)?;
            let may = call.grant_for::<DiscardDocument>(circumstance(call, facts))?;
            check_ver(ver, facts.ver)?;
            // by name, not by cascade: each row that goes has its entry
            for kept in store::documents::kept_of(w.rd(), &may, id)? {
                let kept_object = ObjectRef::new(ObjectKind::KeptText, kept);
                w.change(
                    kept_object,
                    "documents.discard",
                    Record::brief(),
                    |tx, _| store::documents::drop_kept(tx, &may, kept),
                )?;
            }
            w.change(object(id), "documents.discard", Record::full(), |tx, _| {
                store::documents::discard(tx, &may, id)
            })
        })
    }
    fn next_of_series(
        rd: store::Rd<'_>,
        may: &Grant<IssueDocument>,
        profile: &OfficeProfile,
        prefix: &str,
        year: i32,
    ) -> Result<i64, OfficeError> {
        let on_paper = profile
            .series
            .iter()
            .find(|s| s.prefix == prefix)
            .and_then(|s| s.start_after)
            .filter(|s| s.year == year)
            .map_or(0, |s| s.number);
        Ok(store::documents::last_number(rd, may, prefix, year)?
            .unwrap_or(0)
            .max(on_paper)
            + 1)
    }
    /// Returns the number the document would take now. It is taken at issue only.
    ///
    /// # Errors
    /// Denied, or not approved.
    pub fn next_number(&self, call: Call<'_>, id: Uuid) -> Result<String, OfficeError> {
        let facts = store::documents::facts(self.db.rd(), id)?;
        let may = call.grant_for::<IssueDocument>(circumstance(call, facts))?;
        let (d, _) = self.readable(call, id)?;
        let State::Approved { opinion, .. } = &d.state else {
            return Err(Refusal::new("documents-wrong-state").into());
        };
        let year = opinion.dated_on.year();
        let n = Self::next_of_series(
            self.db.rd(),
            &may,
            &self.profile()?,
            &d.content.series,
            year,
        )?;
        Ok(doc_number(&d.content.series, year, n))
    }
    /// Issues what was approved: number, page and PDF in one transaction.
    ///
    /// # Errors
    /// Refused when the content is not what was signed; denied; stale; characters no font has.
    pub fn issue_document(
        &mut self,
        call: Call<'_>,
        printer: &mut Printer,
        id: Uuid,
        ver: i64,
    ) -> Result<Done<()>, OfficeError> {
        let (before, read) = self.readable(call, id)?;
        let images = self.document_images(call, &before.content)?;
        let profile = self.profile()?;
        let by = call.session.actor.account_id;
        let marker = self.office_marker();
        let directory = self.directory(call)?;
        // the text of this version: another version ends the change before the sheet is made
        let masked = self.masked(call, &directory, &before.content)?;
        self.transact(call.who(), call.now, |w| {
            let facts = store::documents::facts(w.rd(), id)?;
            let may = call.grant_for::<IssueDocument>(circumstance(call, facts))?;
            check_ver(ver, facts.ver)?;
            let mut d = store::documents::document(w.rd(), &read, id)?;
            let State::Approved { opinion, organ, .. } = &d.state else {
                return Err(Refusal::new("documents-wrong-state")
                    .with("state", d.state.kind().code())
                    .with("wanted", "issue")
                    .into());
            };
            let signed = SignedContent::new(d.content.clone(), organ.clone(), opinion.dated_on);
            let (_, hex) = signed_sha256(&signed)?;
            let year = opinion.dated_on.year();
            let n = Self::next_of_series(w.rd(), &may, &profile, &d.content.series, year)?;
            let number = doc_number(&d.content.series, year, n);
            let facts = PageFacts {
                organ,
                number: number.clone(),
                dated_on: opinion.dated_on,
                printed_on: calendar::day_of(call.now),
            };
            let data = page_data(&d.content, &facts);
            let pages = printer.typeset(
                &Sheet::new(TEMPLATE, data.clone())
                    .with_images(images)
                    .marked(marks(&profile, false)),
            )?;
            let pdf = pages.pdf()?;
            let page = PageRow {
                pdf_sha256: sha256_hex(&pdf),
                pdf,
                pages: i64::try_from(pages.len()).map_err(|_| OfficeError::Bug("pages"))?,
                data: data.to_string(),
                template_sha256: template_sha256(TEMPLATE),
            };
            let state = d.state.issue(
                &hex,
                number.clone(),
                call.now,
                by,
                page.pdf_sha256.clone(),
                page.pages,
            )?;
            let approval = store::audit::last_of(w.rd(), object(id), "documents.approve")?;
            d.state = state;
            d.changed_at = call.now;
            let row = step(call, w, "documents.issue", &number, None);
            w.change(
                object(id),
                "documents.issue",
                Record::full().signed().under(approval),
                |tx, s| {
                    store::documents::take_number(tx, &may, &d.content.series, year, n, id)?;
                    store::documents::write(tx, &may, s, &d)?;
                    store::documents::add_step(tx, &may, id, &row)
                },
            )?;
            w.change(
                ObjectRef::new(ObjectKind::DocumentPage, id),
                "documents.freeze_page",
                Record::full().under(approval),
                |tx, s| store::documents::freeze_page(tx, &may, s, id, &page),
            )?;
            // without masks there is nothing that may hang where everybody reads it
            if masked.audience.masks_pupils() {
                let (grounds, office) = ((&may, approval), (&profile, marker));
                Self::freeze_sheet(w, grounds, printer, office, (&d, &masked))?;
            }
            Ok(())
        })
    }
    /// Hands out the frozen PDF of an issued document: `(number, bytes, sha256)`; recorded and signed.
    ///
    /// # Errors
    /// Denied, or not issued.
    pub fn export_pdf(
        &mut self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<Done<(String, Vec<u8>, String)>, OfficeError> {
        let facts = store::documents::facts(self.db.rd(), id)?;
        call.grant_for::<ExportDocument>(circumstance(call, facts))?;
        let (d, _) = self.readable(call, id)?;
        let State::Issued {
            number, pdf_sha256, ..
        } = d.state
        else {
            return Err(Refusal::new("documents-wrong-state").into());
        };
        let page = store::documents::page(self.db.rd(), id)?;
        if sha256_hex(&page.pdf) != pdf_sha256 {
            return Err(Refusal::new("documents-page-altered").into());
        }
        // handing out what is frozen goes on when the disk is nearly full; the note of it fits
        self.transact_note(call.who(), call.now, |w| {
            w.note(object(id), "documents.save_pdf", Record::brief().signed())?;
            Ok((number, page.pdf, pdf_sha256))
        })
    }
}
