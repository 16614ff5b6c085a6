//! 今日 — what waits for me.
use crate::documents::DocumentSummary;
use crate::{Call, Done, Office, OfficeError, Record};
use chrono::{Duration, NaiveDate};
use domain::access::{
    ApproveDocument, Circumstance, IssueDocument, ReadFindings, SetSameDayRule, UseDesk,
};
use domain::audit::{ObjectKind, ObjectRef};
use domain::calendar;
use domain::documents::StateKind;
use domain::today::SameDayRule;
use store::documents::Filter;

/// A day whose findings stand in no submitted document.
#[derive(Debug)]
pub struct UnreportedDay {
    /// The day.
    pub on: NaiveDate,
    /// How many findings.
    pub findings: i64,
    /// A draft that reports the day.
    pub draft: Option<DocumentSummary>,
}

impl Office {
    /// Returns until when a day's bulletin is due.
    ///
    /// # Errors
    /// Device errors.
    pub fn same_day_rule(&self, call: Call<'_>) -> Result<SameDayRule, OfficeError> {
        let may = call.grant::<UseDesk>()?;
        let set = store::today::rule(self.db.rd(), &may)?;
        Ok(set.map_or_else(SameDayRule::usual, |(_, rule)| rule))
    }
    /// Sets until when a day's bulletin is due.
    ///
    /// # Errors
    /// Denied; an hour outside the day.
    pub fn set_same_day_rule(
        &mut self,
        call: Call<'_>,
        rule: SameDayRule,
    ) -> Result<Done<()>, OfficeError> {
        let may = call.grant::<SetSameDayRule>()?;
        let read = call.grant::<UseDesk>()?;
        rule.check()?;
        self.transact(call.who(), call.now, |w| {
            let id = match store::today::rule(w.rd(), &read)? {
                Some((id, _)) => id,
                None => w.new_id()?,
            };
            let object = ObjectRef::new(ObjectKind::SameDayRule, id);
            w.change(object, "today.set_rule", Record::full(), |tx, s| {
                store::today::set_rule(tx, &may, s, id, rule)
            })
        })
    }
    /// Lists the documents that wait for me: to approve, to issue, or sent back to me.
    ///
    /// # Errors
    /// Denied.
    pub fn waiting(&self, call: Call<'_>) -> Result<Vec<DocumentSummary>, OfficeError> {
        let of_others = |state| Circumstance {
            state: Some(state),
            ..Circumstance::default()
        };
        let mut out = Vec::new();
        if call
            .grant_for::<ApproveDocument>(of_others(StateKind::Submitted))
            .is_ok()
        {
            let submitted = self.documents(
                call,
                &Filter {
                    states: vec![StateKind::Submitted],
                    limit: 50,
                    ..Filter::default()
                },
            )?;
            out.extend(
                submitted
                    .into_iter()
                    .filter(|d| !call.is_me(d.document.drafter)),
            );
        }
        if call
            .grant_for::<IssueDocument>(of_others(StateKind::Approved))
            .is_ok()
        {
            out.extend(self.documents(
                call,
                &Filter {
                    states: vec![StateKind::Approved],
                    limit: 50,
                    ..Filter::default()
                },
            )?);
        }
        let mine = Filter {
            states: vec![StateKind::Draft],
            drafter: Some(call.session.actor.account_id),
            limit: 50,
            ..Filter::default()
        };
        out.extend(
            self.documents(call, &mine)?
                .into_iter()
                .filter(DocumentSummary::returned),
        );
        Ok(out)
    }
    /// Lists my documents under way: drafts, submitted, approved.
    ///
    /// # Errors
    /// Denied.
    pub fn under_way(&self, call: Call<'_>) -> Result<Vec<DocumentSummary>, OfficeError> {
        let states = vec![StateKind::Draft, StateKind::Submitted, StateKind::Approved];
        self.documents(
            call,
            &Filter {
                states,
                drafter: Some(call.session.actor.account_id),
                limit: 50,
                ..Filter::default()
            },
        )
    }
    /// Lists the days of the last two weeks with findings but without a submitted bulletin.
    ///
    /// # Errors
    /// Denied.
    pub fn unreported_days(&self, call: Call<'_>) -> Result<Vec<UnreportedDay>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        // whoever sees a part of the day cannot say that the whole is reported
        if may.is_limited() {
            return Ok(Vec::new());
        }
        let since = calendar::day_of(call.now) - Duration::days(14);
        let days = store::inspections::unreported_days(self.db.rd(), &may, since)?;
        days.into_iter()
            .map(|(on, findings)| {
                let filter = Filter {
                    states: vec![StateKind::Draft],
                    reports_on: Some(on),
                    limit: 1,
                    ..Filter::default()
                };
                Ok(UnreportedDay {
                    on,
                    findings,
                    draft: self.documents(call, &filter)?.pop(),
                })
            })
            .collect()
    }
}
