//! 值日检查 — logging, amending and listing findings.
use crate::{Call, Done, Office, OfficeError, Record};
use domain::access::{AmendFinding, Circumstance, LogFinding, ReadFindings};
use domain::audit::{ObjectKind, ObjectRef};
use domain::calendar;
use domain::inspections::{Category, Finding, FindingText, open_until};
pub use store::inspections::Filter;
use store::inspections::FindingFacts;
use uuid::Uuid;

/// A finding with what a list shows beside it.
#[derive(Debug)]
pub struct FindingView {
    /// The finding.
    pub finding: Finding,
    /// I may still change it.
    pub can_amend: bool,
    /// The documents that state it: id, number or title.
    pub stated_in: Vec<(Uuid, String)>,
}

fn circumstance(call: Call<'_>, facts: FindingFacts) -> Circumstance {
    Circumstance {
        own: call.is_me(facts.entered_by),
        open: call.now < open_until(facts.inspected_on),
        in_charge: facts.in_charge,
        state: None,
    }
}

impl Office {
    fn finding_view(&self, call: Call<'_>, finding: Finding) -> Result<FindingView, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, finding.id)?;
        let can_amend = call
            .grant_for::<AmendFinding>(circumstance(call, facts))
            .is_ok();
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
            finding,
            can_amend,
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
        text.check(call.now)?;
        let done = self.transact(call.who(), call.now, |w| {
            let finding = Finding {
                id: w.new_id()?,
                inspected_on: calendar::day_of(text.observed_at),
                text,
                entered_at: call.now,
                entered_by: call.session.actor.account_id,
                inspector: call.session.name.clone(),
                ver: 1,
            };
            let object = ObjectRef::new(ObjectKind::Finding, finding.id);
            w.change(object, "inspections.log", Record::full(), |tx, s| {
                store::inspections::log(tx, &may, s, &finding)
            })?;
            Ok(finding)
        })?;
        Ok(Done {
            value: self.finding_view(call, done.value)?,
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
        let done = self.transact(call.who(), call.now, |w| {
            let facts = store::inspections::facts(w.rd(), &call.session.actor, id)?;
            let may = call.grant_for::<AmendFinding>(circumstance(call, facts))?;
            if facts.ver != ver {
                return Err(OfficeError::Stale {
                    read: ver,
                    found: facts.ver,
                    kept: None,
                });
            }
            let mut finding = store::inspections::finding(w.rd(), &read, id)?;
            finding.inspected_on = calendar::day_of(text.observed_at);
            finding.text = text;
            finding.ver += 1;
            let object = ObjectRef::new(ObjectKind::Finding, id);
            w.change(object, "inspections.amend", Record::full(), |tx, s| {
                store::inspections::amend(tx, &may, s, &finding)
            })?;
            Ok(finding)
        })?;
        Ok(Done {
            value: self.finding_view(call, done.value)?,
            changed: done.changed,
        })
    }
    /// Returns one finding.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn finding(&self, call: Call<'_>, id: Uuid) -> Result<FindingView, OfficeError> {
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, id)?;
        let may = call.grant_for::<ReadFindings>(circumstance(call, facts))?;
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
    /// Lists problems whose rectification falls due today.
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
