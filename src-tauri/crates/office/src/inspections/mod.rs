//! 值日检查 — logging, amending and listing findings.
mod followup;
mod presets;
mod register;
pub mod sheet;

use crate::{Call, Done, Office, OfficeError, Record};
use domain::access::{
    AmendFinding, Circumstance, ConfirmRectification, CorrectFinding, Grant, LogFinding,
    LogSupervision, Permission, ReadFindings, ReopenRectification, ReplyRectification,
};
use domain::audit::{ObjectKind, ObjectRef};
use domain::calendar;
use domain::inspections::followup::FollowupState;
use domain::inspections::{
    AMEND_UNTIL_MINUTE, Category, Finding, FindingMarks, FindingText, Supervision, open_until,
};
pub use followup::{FindingHistory, NewStep};
use store::inspections::FindingFacts;
pub use store::inspections::{Filter, FollowupFilter};
use uuid::Uuid;

/// What the policy must know; a finding is open until `until` or until what states it was submitted.
fn circumstance(call: Call<'_>, facts: FindingFacts, until: i64) -> Circumstance {
    Circumstance {
        own: call.is_me(facts.entered_by),
        open: call.now < until && !facts.reported,
        in_charge: facts.in_charge,
        state: None,
    }
}

/// A finding with what a list shows beside it.
#[derive(Debug)]
pub struct FindingView {
    /// The finding.
    pub finding: Finding,
    /// I may still change it.
    pub can_amend: bool,
    /// I may correct it: it is closed.
    pub can_correct: bool,
    /// I may say that it was put right.
    pub can_reply: bool,
    /// I may confirm that it was put right, as far as I did not say so myself.
    pub can_confirm: bool,
    /// I may have it put right again.
    pub can_reopen: bool,
    /// The documents that state it: id, number or title.
    pub stated_in: Vec<(Uuid, String)>,
}

impl Office {
    /// Returns until which minute of its day a finding may be amended.
    ///
    /// # Errors
    /// Device errors.
    pub fn amend_until_minute(&self) -> Result<i64, OfficeError> {
        Ok(store::inspections::settings(self.db.rd())?
            .map_or(AMEND_UNTIL_MINUTE, |(_, minute)| minute))
    }
    fn circumstance(
        &self,
        call: Call<'_>,
        facts: FindingFacts,
    ) -> Result<Circumstance, OfficeError> {
        let until = open_until(facts.inspected_on, self.amend_until_minute()?);
        Ok(circumstance(call, facts, until))
    }
    fn finding_view(&self, call: Call<'_>, finding: Finding) -> Result<FindingView, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, finding.id)?;
        let c = self.circumstance(call, facts)?;
        let state = finding.marks.followup;
        // who replied is looked at when somebody confirms
        let others = Circumstance { own: false, ..c };
        let mut stated_in = store::inspections::stated_in(self.db.rd(), &may, finding.id)?;
        for (id, label) in &mut stated_in {
            let facts = store::documents::facts(self.db.rd(), *id)?;
            let readable = call.grant_for::<domain::access::ReadDocument>(Circumstance {
                own: call.is_me(facts.drafter),
                state: Some(facts.state),
                ..Circumstance::default()
            });
            if readable.is_err() {
                // that it is written up may be known, what it says may not
                "—".clone_into(label);
            }
        }
        Ok(FindingView {
            can_amend: call.grant_for::<AmendFinding>(c).is_ok(),
            can_correct: call.grant_for::<CorrectFinding>(c).is_ok(),
            can_reply: matches!(state, Some(FollowupState::Open | FollowupState::Replied))
                && call.grant_for::<ReplyRectification>(others).is_ok(),
            can_confirm: state == Some(FollowupState::Replied)
                && call.grant_for::<ConfirmRectification>(others).is_ok(),
            can_reopen: matches!(state, Some(FollowupState::Replied | FollowupState::Closed))
                && call.grant_for::<ReopenRectification>(others).is_ok(),
            finding,
            stated_in,
        })
    }
    /// Logs a finding.
    ///
    /// # Errors
    /// All faults of the text at once.
    pub fn log_finding(
        &mut self,
        call: Call<'_>,
        text: FindingText,
    ) -> Result<Done<FindingView>, OfficeError> {
        let may = call.grant::<LogFinding>()?;
        self.log_with(call, may, text, None)
    }
    /// Logs what members of the 校委会 found: a finding with who supervised.
    ///
    /// # Errors
    /// All faults of the text at once; denied.
    pub fn log_supervision(
        &mut self,
        call: Call<'_>,
        text: FindingText,
        supervision: Supervision,
    ) -> Result<Done<FindingView>, OfficeError> {
        call.grant::<LogSupervision>()?;
        let may = call.grant::<LogFinding>()?;
        supervision.check(call.now)?;
        self.log_with(call, may, text, Some(supervision))
    }
    fn log_with(
        &mut self,
        call: Call<'_>,
        may: Grant<LogFinding>,
        text: FindingText,
        supervision: Option<Supervision>,
    ) -> Result<Done<FindingView>, OfficeError> {
        text.check(call.now)?;
        self.check_attachments(call, &text.photos)?;
        self.check_category(call, text.category)?;
        let supervise = match supervision {
            Some(s) => Some((call.grant::<LogSupervision>()?, s)),
            None => None,
        };
        let done = self.transact(call.who(), call.now, |w| {
            let finding = Finding {
                id: w.new_id()?,
                inspected_on: calendar::day_of(text.observed_at),
                text,
                entered_at: call.now,
                entered_by: call.session.actor.account_id,
                inspector: call.session.name.clone(),
                ver: 1,
                marks: FindingMarks::default(),
            };
            let object = ObjectRef::new(ObjectKind::Finding, finding.id);
            w.change(object, "inspections.log", Record::full(), |tx, s| {
                store::inspections::log(tx, &may, s, &finding)
            })?;
            keep_photos(w, &may, finding.id, &[], &finding.text.photos)?;
            if let Some((may, supervision)) = &supervise {
                let object = ObjectRef::new(ObjectKind::Supervision, finding.id);
                w.change(object, "inspections.supervise", Record::full(), |tx, s| {
                    store::inspections::supervise(tx, may, s, finding.id, supervision)
                })?;
            }
            Ok(finding.id)
        })?;
        Ok(Done {
            value: self.finding(call, done.value)?,
            changed: done.changed,
        })
    }
    /// Amends a finding until 24:00 of its day.
    ///
    /// # Errors
    /// Denied afterwards or to others; `Stale` when a newer version was saved.
    pub fn amend_finding(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        ver: i64,
        text: FindingText,
    ) -> Result<Done<FindingView>, OfficeError> {
        let read = call.grant_within::<ReadFindings>()?;
        text.check(call.now)?;
        self.check_attachments(call, &text.photos)?;
        self.check_category(call, text.category)?;
        let minute = self.amend_until_minute()?;
        let done = self.transact(call.who(), call.now, |w| {
            let facts = store::inspections::facts(w.rd(), &call.session.actor, id)?;
            let until = open_until(facts.inspected_on, minute);
            let may = call.grant_for::<AmendFinding>(circumstance(call, facts, until))?;
            if facts.ver != ver {
                return Err(OfficeError::Stale {
                    read: ver,
                    found: facts.ver,
                    kept: None,
                });
            }
            let mut finding = store::inspections::finding(w.rd(), &read, id)?;
            finding.inspected_on = calendar::day_of(text.observed_at);
            let before = std::mem::replace(&mut finding.text, text).photos;
            finding.ver += 1;
            let object = ObjectRef::new(ObjectKind::Finding, id);
            w.change(object, "inspections.amend", Record::full(), |tx, s| {
                store::inspections::amend(tx, &may, s, &finding)
            })?;
            keep_photos(w, &may, id, &before, &finding.text.photos)
        })?;
        Ok(Done {
            value: self.finding(call, id)?,
            changed: done.changed,
        })
    }
    /// Returns one finding.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn finding(&self, call: Call<'_>, id: Uuid) -> Result<FindingView, OfficeError> {
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, id)?;
        let may = call.grant_for::<ReadFindings>(self.circumstance(call, facts)?)?;
        let finding = store::inspections::finding(self.db.rd(), &may, id)?;
        self.finding_view(call, finding)
    }
    /// Lists findings, newest first.
    ///
    /// # Errors
    /// Denied.
    pub fn findings(
        &self,
        call: Call<'_>,
        filter: &Filter,
    ) -> Result<Vec<FindingView>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let rows = store::inspections::list(self.db.rd(), &may, filter)?;
        rows.into_iter()
            .map(|f| self.finding_view(call, f))
            .collect()
    }
    /// Returns findings by id, in the given order; those that are gone or not in the actor's charge are left out.
    ///
    /// # Errors
    /// Denied.
    pub fn findings_by_id(
        &self,
        call: Call<'_>,
        ids: &[Uuid],
    ) -> Result<Vec<Finding>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let mut out = Vec::new();
        for id in ids {
            match store::inspections::finding(self.db.rd(), &may, *id) {
                Ok(f) => out.push(f),
                Err(store::StoreError::NotFound) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(out)
    }
    /// Returns what the person logged last.
    ///
    /// # Errors
    /// Denied.
    pub fn last_finding(
        &self,
        call: Call<'_>,
    ) -> Result<Option<(Category, String, Option<Uuid>)>, OfficeError> {
        let may = call.grant::<LogFinding>()?;
        Ok(store::inspections::last_of(
            self.db.rd(),
            &may,
            call.session.actor.account_id,
        )?)
    }
    /// Lists problems whose rectification falls due today or is overdue.
    ///
    /// # Errors
    /// Denied.
    pub fn rectifications_due(&self, call: Call<'_>) -> Result<Vec<FindingView>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let rows =
            store::inspections::rectifications_due(self.db.rd(), &may, calendar::day_of(call.now))?;
        rows.into_iter()
            .map(|f| self.finding_view(call, f))
            .collect()
    }
}

/// Records the photos of a finding where they changed.
fn keep_photos<P: Permission>(
    w: &mut crate::Writing<'_>,
    may: &Grant<P>,
    finding: Uuid,
    before: &[Uuid],
    photos: &[Uuid],
) -> Result<(), OfficeError> {
    if before == photos {
        return Ok(());
    }
    let object = ObjectRef::new(ObjectKind::FindingPhotos, finding);
    w.change(object, "inspections.photos", Record::full(), |tx, s| {
        store::inspections::set_photos(tx, may, s, finding, photos)
    })
}
