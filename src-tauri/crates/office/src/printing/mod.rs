//! 打印 — writing a print down, lending the bytes to whoever sends them, writing down what became of it.
//!
//! A print is in the ledger before the first byte leaves: what comes out of a printer has its line, whatever happens
//! in between. The printer itself is the host's affair: [`PrintService`].
use crate::{Call, Done, Office, OfficeError, Record, sha256_hex};
use domain::access::{Circumstance, Grant, PrintDocument, ReadDocument, ReadPrints};
use domain::audit::{ObjectKind, ObjectRef};
use domain::documents::{BoardPaper, State, StateKind};
pub use domain::printing::{
    JobNews, Media, Print, PrintSettings, PrintState, SheetKind, Sides, Trouble,
};
use domain::printing::{check_reason, copies_out};
use domain::{Problems, Refusal, documents::lifecycle::Document};
use print::Printer;
use store::documents::SheetBy;
pub use store::printing::Filter;
use uuid::Uuid;

/// A queue of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The name that jobs are sent to.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The machine's own choice.
    pub is_default: bool,
    /// It prints on both sides.
    pub two_sided: bool,
    /// It takes A3.
    pub a3: bool,
    /// What keeps it from printing, if anything does.
    pub trouble: Option<Trouble>,
}

/// What is sent to a queue. The bytes go as they are: nothing is written to a file on the way.
#[derive(Debug, Clone, Copy)]
pub struct PrintJob<'a> {
    /// The name of the job: an id, never a title or a person.
    pub name: &'a str,
    /// Queue, copies, sides, paper.
    pub settings: &'a PrintSettings,
    /// The PDF.
    pub pdf: &'a [u8],
}

/// The print service of the machine, given by the host. It never waits longer than half a minute.
pub trait PrintService: Send + Sync {
    /// Lists the queues.
    ///
    /// # Errors
    /// [`Trouble::NoService`].
    fn queues(&self) -> Result<Vec<Queue>, Trouble>;
    /// Sends a job and returns its number.
    ///
    /// # Errors
    /// Why the service did not take it: then nothing comes out.
    fn send(&self, job: &PrintJob<'_>) -> Result<i64, Trouble>;
    /// Looks for a job by its name, for one that was sent and never heard of.
    ///
    /// # Errors
    /// When the service does not answer.
    fn find(&self, printer: &str, name: &str) -> Result<Option<i64>, Trouble>;
    /// Asks how a job is.
    ///
    /// # Errors
    /// When the service does not answer.
    fn news(&self, printer: &str, job: i64) -> Result<JobNews, Trouble>;
    /// Stops a job.
    ///
    /// # Errors
    /// When the service does not answer or will not.
    fn cancel(&self, printer: &str, job: i64) -> Result<(), Trouble>;
}

/// A machine on which printing is not possible; saving the PDF is.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPrintService;
impl PrintService for NoPrintService {
    fn queues(&self) -> Result<Vec<Queue>, Trouble> {
        Err(Trouble::NoService)
    }
    fn send(&self, _: &PrintJob<'_>) -> Result<i64, Trouble> {
        Err(Trouble::NoService)
    }
    fn find(&self, _: &str, _: &str) -> Result<Option<i64>, Trouble> {
        Err(Trouble::NoService)
    }
    fn news(&self, _: &str, _: i64) -> Result<JobNews, Trouble> {
        Err(Trouble::NoService)
    }
    fn cancel(&self, _: &str, _: i64) -> Result<(), Trouble> {
        Err(Trouble::NoService)
    }
}

/// How long a print may be on its way to the service before it counts as lost.
const LOST_AFTER_MS: i64 = 60_000;

/// Returns the name under which the print service knows a print.
pub fn job_name(print: Uuid) -> String {
    format!("tongbao-{}", print.simple())
}

/// A sheet of a document that can be printed, and how often it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printable {
    /// Which sheet.
    pub sheet: SheetKind,
    /// Its pages; those of a draft are counted when it is set.
    pub pages: Option<i64>,
    /// The paper it is made for.
    pub media: Media,
    /// Copies that came out or may have.
    pub copies_out: i64,
}
/// What a print dialog begins with.
#[derive(Debug)]
pub struct PrintDesk {
    /// The sheets that can be printed.
    pub sheets: Vec<Printable>,
    /// What I chose last.
    pub last: Option<PrintSettings>,
}
/// What is to be printed.
#[derive(Debug)]
pub struct PrintOrder<'a> {
    /// The document.
    pub document_id: Uuid,
    /// Which sheet of it.
    pub sheet: SheetKind,
    /// Queue, copies, sides, paper.
    pub settings: PrintSettings,
    /// Why again.
    pub reason: &'a str,
}

fn object(id: Uuid) -> ObjectRef {
    ObjectRef::new(ObjectKind::Print, id)
}
fn media_of(paper: BoardPaper) -> Media {
    match paper {
        BoardPaper::A4 => Media::A4,
        BoardPaper::A3 => Media::A3,
    }
}

impl Office {
    fn printable(
        &self,
        call: Call<'_>,
        document: Uuid,
    ) -> Result<(Document, Grant<PrintDocument>), OfficeError> {
        let facts = store::documents::facts(self.db.rd(), document)?;
        let circumstance = Circumstance {
            own: call.is_me(facts.drafter),
            state: Some(facts.state),
            ..Circumstance::default()
        };
        let may = call.grant_for::<PrintDocument>(circumstance)?;
        let read = call.grant_for::<ReadDocument>(circumstance)?;
        Ok((
            store::documents::document(self.db.rd(), &read, document)?,
            may,
        ))
    }
    /// Returns what a print dialog begins with.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn print_desk(&self, call: Call<'_>, document: Uuid) -> Result<PrintDesk, OfficeError> {
        let (d, may) = self.printable(call, document)?;
        let earlier = store::printing::of_document(self.db.rd(), &may, document)?;
        let mut sheets = Vec::new();
        let mut offer = |sheet, pages, media| {
            sheets.push(Printable {
                sheet,
                pages,
                media,
                copies_out: copies_out(&earlier, sheet),
            });
        };
        if let State::Issued { pages, .. } = &d.state {
            offer(SheetKind::ArchiveCopy, Some(*pages), Media::A4);
            let by = SheetBy::Document(document);
            if let Some(sheet) = store::documents::board_sheet(self.db.rd(), by)? {
                let media = media_of(sheet.paper);
                offer(SheetKind::BoardSheet, Some(sheet.pages), media);
            }
        } else {
            offer(SheetKind::Draft, None, Media::A4);
        }
        let last = store::printing::last_of(self.db.rd(), &may)?.map(|p| p.settings);
        Ok(PrintDesk { sheets, last })
    }
    /// Returns the bytes of a sheet, how many pages they are and the paper they are made for.
    fn sheet_pdf(
        &self,
        call: Call<'_>,
        printer: &mut Printer,
        d: &Document,
        sheet: SheetKind,
    ) -> Result<(Vec<u8>, i64, Media), OfficeError> {
        let no_such_sheet = || Refusal::new("printing-no-such-sheet");
        let unaltered = |pdf: Vec<u8>, sha256: &str| {
            if sha256_hex(&pdf) == sha256 {
                Ok(pdf)
            } else {
                Err(Refusal::new("documents-page-altered"))
            }
        };
        match (sheet, &d.state) {
            (
                SheetKind::ArchiveCopy,
                State::Issued {
                    pdf_sha256, pages, ..
                },
            ) => {
                let page = store::documents::page(self.db.rd(), d.id)?;
                Ok((unaltered(page.pdf, pdf_sha256)?, *pages, Media::A4))
            }
            (SheetKind::BoardSheet, State::Issued { .. }) => {
                let by = SheetBy::Document(d.id);
                let found = store::documents::board_sheet(self.db.rd(), by)?;
                let found = found.ok_or_else(no_such_sheet)?;
                let pdf = unaltered(found.pdf, &found.pdf_sha256)?;
                Ok((pdf, found.pages, media_of(found.paper)))
            }
            (SheetKind::Draft, State::Issued { .. })
            | (SheetKind::ArchiveCopy | SheetKind::BoardSheet, _) => Err(no_such_sheet().into()),
            // set anew with its marks: what is not issued never comes out without 草稿
            (SheetKind::Draft, _) => {
                let pages = self.document_pages(call, printer, d.id)?;
                let count = i64::try_from(pages.len()).map_err(|_| OfficeError::Bug("pages"))?;
                Ok((pages.pdf()?, count, Media::A4))
            }
        }
    }
    /// Writes a print down and returns it with the bytes to send; recorded and signed.
    ///
    /// # Errors
    /// Faults of the fields, a reason that is missing, denied, a sheet that is not there.
    pub fn begin_print(
        &mut self,
        call: Call<'_>,
        printer: &mut Printer,
        order: PrintOrder<'_>,
    ) -> Result<Done<(Print, Vec<u8>)>, OfficeError> {
        let (d, _) = self.printable(call, order.document_id)?;
        order.settings.check(order.reason)?;
        let (pdf, pages, media) = self.sheet_pdf(call, printer, &d, order.sheet)?;
        if media != order.settings.media {
            let mut p = Problems::default();
            p.add_with(
                "settings.media",
                "printing-wrong-paper",
                [("paper", media.code().to_uppercase().into())],
            );
            return Err(p.into());
        }
        let number = match &d.state {
            State::Issued { number, .. } => number.clone(),
            State::Draft { .. }
            | State::Submitted { .. }
            | State::Approved { .. }
            | State::Rejected { .. } => String::new(),
        };
        self.transact(call.who(), call.now, |w| {
            let facts = store::documents::facts(w.rd(), order.document_id)?;
            let may = call.grant_for::<PrintDocument>(Circumstance {
                own: call.is_me(facts.drafter),
                state: Some(facts.state),
                ..Circumstance::default()
            })?;
            let earlier = store::printing::of_document(w.rd(), &may, order.document_id)?;
            check_reason(&earlier, order.sheet, order.reason)?;
            let print = Print {
                id: w.new_id()?,
                document_id: order.document_id,
                number,
                sheet: order.sheet,
                by_account: call.session.actor.account_id,
                name: call.session.name.clone(),
                post: call.session.post.clone(),
                at: call.now,
                seq: w.next_seq(),
                settings: order.settings,
                pages,
                sha256: sha256_hex(&pdf),
                reason: order.reason.trim().to_owned(),
                state: PrintState::Sending,
                ver: 1,
            };
            w.change(
                object(print.id),
                "printing.print",
                Record::full().signed().because(&print.reason),
                |tx, s| store::printing::begin(tx, &may, s, &print),
            )?;
            Ok((print, pdf))
        })
    }
    fn my_print(
        &self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<(Print, Grant<PrintDocument>), OfficeError> {
        let print = store::printing::print(self.db.rd(), id)?;
        // the line of a draft outlives the draft
        let facts = store::documents::facts(self.db.rd(), print.document_id).ok();
        let may = call.grant_for::<PrintDocument>(Circumstance {
            own: call.is_me(print.by_account)
                || facts.is_some_and(|facts| call.is_me(facts.drafter)),
            state: facts.map(|facts| facts.state),
            ..Circumstance::default()
        })?;
        Ok((print, may))
    }
    /// Returns one print, for whoever may print its document.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn print(&self, call: Call<'_>, id: Uuid) -> Result<Print, OfficeError> {
        Ok(self.my_print(call, id)?.0)
    }
    /// Writes down what the print service said when the job was sent.
    ///
    /// # Errors
    /// Denied, not found, ended.
    pub fn print_sent(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        sent: Result<i64, Trouble>,
    ) -> Result<Done<Print>, OfficeError> {
        let print = self.print(call, id)?;
        let state = match sent {
            Ok(job) => print.accepted(job)?,
            Err(trouble) => PrintState::Failed {
                trouble,
                at: call.now,
            },
        };
        self.settle_print(call, print, state)
    }
    /// Writes down what is new of a print; nothing is written where nothing is.
    ///
    /// # Errors
    /// Denied, not found.
    pub fn print_news(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        news: JobNews,
    ) -> Result<Done<Print>, OfficeError> {
        let print = self.print(call, id)?;
        match print.after(news, call.now) {
            Some(state) => self.settle_print(call, print, state),
            None => Ok(Done {
                value: print,
                changed: std::collections::BTreeSet::new(),
            }),
        }
    }
    /// Says whether a print that the service does not know counts as lost by now.
    pub fn print_is_lost(call: Call<'_>, print: &Print) -> bool {
        print.state == PrintState::Sending && call.now - print.at > LOST_AFTER_MS
    }
    fn settle_print(
        &mut self,
        call: Call<'_>,
        mut print: Print,
        state: PrintState,
    ) -> Result<Done<Print>, OfficeError> {
        let (_, may) = self.my_print(call, print.id)?;
        let job = match (print.state, state) {
            (_, PrintState::Printing { job }) | (PrintState::Printing { job }, _) => Some(job),
            _ => None,
        };
        let action = match state {
            PrintState::Sending | PrintState::Printing { .. } => "printing.accept",
            PrintState::Printed { .. } => "printing.finish",
            PrintState::Failed { .. } => "printing.fail",
            PrintState::Cancelled { .. } => "printing.cancel",
        };
        self.transact(call.who(), call.now, |w| {
            w.change(object(print.id), action, Record::full(), |tx, s| {
                store::printing::settle(tx, &may, s, print.id, job, state)
            })?;
            print.state = state;
            print.ver += 1;
            Ok(print)
        })
    }
    /// Lists the ledger of prints with the titles of their documents, newest first.
    ///
    /// # Errors
    /// Denied.
    pub fn prints(
        &self,
        call: Call<'_>,
        filter: &Filter,
    ) -> Result<Vec<(Print, String)>, OfficeError> {
        let may = call.grant::<ReadPrints>()?;
        let mut filter = filter.clone();
        // the titles of others' drafts are for those who may read them
        let others = Circumstance {
            own: false,
            state: Some(StateKind::Draft),
            ..Circumstance::default()
        };
        if call.grant_for::<ReadDocument>(others).is_err() {
            filter.drafts_of = Some(call.session.actor.account_id);
        }
        Ok(store::printing::list(self.db.rd(), &may, &filter)?)
    }
}
