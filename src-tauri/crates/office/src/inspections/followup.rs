//! 整改跟踪与更正 — what is added to a finding and never taken back.
use super::{FindingView, circumstance};
use crate::{Call, Done, Office, OfficeError, Record};
use domain::Problems;
use domain::access::{
    Circumstance, ConfirmRectification, CorrectFinding, Grant, LogSupervision, Permission,
    ReadFindings, ReopenRectification, ReplyRectification,
};
use domain::audit::{ObjectKind, ObjectRef};
use domain::inspections::followup::{FollowupAction, FollowupStep, check, replied};
use domain::inspections::{Correction, Finding, FindingText, PHOTOS_MAX, Supervision, open_until};
use uuid::Uuid;

/// A finding with all that was added to it.
#[derive(Debug)]
pub struct FindingHistory {
    /// As it is to be read now.
    pub view: FindingView,
    /// As it was first written, if it was corrected.
    pub as_written: Option<Finding>,
    /// The corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// The steps of putting right, oldest first.
    pub steps: Vec<FollowupStep>,
}

impl Office {
    /// Returns a finding with its corrections and steps.
    ///
    /// # Errors
    /// Denied or not found.
    pub fn finding_history(&self, call: Call<'_>, id: Uuid) -> Result<FindingHistory, OfficeError> {
        let view = self.finding(call, id)?;
        let may = call.grant_within::<ReadFindings>()?;
        let rd = self.db.rd();
        let corrections = store::inspections::corrections(rd, &may, id)?;
        let as_written = match corrections.is_empty() {
            true => None,
            false => Some(store::inspections::as_written(rd, &may, id)?),
        };
        Ok(FindingHistory {
            view,
            as_written,
            corrections,
            steps: store::inspections::steps(rd, &may, id)?,
        })
    }
    /// Corrects a closed finding: the new text is added with its reason, the old one stays.
    ///
    /// # Errors
    /// Denied while it may still be amended; all faults of the text at once; `Stale` when somebody corrected it meanwhile.
    pub fn correct_finding(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        corrections: i64,
        mut text: FindingText,
        reason: &str,
    ) -> Result<Done<FindingView>, OfficeError> {
        let read = call.grant_within::<ReadFindings>()?;
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, id)?;
        let before = store::inspections::finding(self.db.rd(), &read, id)?;
        let until = open_until(facts.inspected_on, self.amend_until_minute()?);
        let may = call.grant_for::<CorrectFinding>(circumstance(call, facts, until))?;
        if before.marks.corrections != corrections {
            return Err(OfficeError::Stale {
                read: corrections,
                found: before.marks.corrections,
                kept: None,
            });
        }
        // when it was seen orders the register: it stays
        text.observed_at = before.text.observed_at;
        let mut p = match text.check(call.now.min(text.observed_at)) {
            Ok(()) => Problems::default(),
            Err(p) => p,
        };
        p.text("reason", reason, true, 200);
        if text == before.text {
            p.add("matter", "inspections-correction-changes-nothing");
        }
        p.or(())?;
        self.check_attachments(call, &text.photos)?;
        self.check_category(call, text.category)?;
        let done = self.transact(call.who(), call.now, |w| {
            let correction = Correction {
                id: w.new_id()?,
                finding_id: id,
                reason: reason.to_owned(),
                at: call.now,
                by: call.session.actor.account_id,
                name: call.session.name.clone(),
                text,
            };
            let object = ObjectRef::new(ObjectKind::FindingCorrection, correction.id);
            let record = Record::full().because(reason);
            w.change(object, "inspections.correct", record, |tx, s| {
                store::inspections::correct(tx, &may, s, &correction)
            })
        })?;
        Ok(Done {
            value: self.finding(call, id)?,
            changed: done.changed,
        })
    }
    /// Says that something was put right: in words, with photos.
    ///
    /// # Errors
    /// Denied, refused by the state, all faults at once.
    pub fn reply_rectification(
        &mut self,
        call: Call<'_>,
        step: NewStep<'_>,
    ) -> Result<Done<FindingHistory>, OfficeError> {
        let facts = store::inspections::facts(self.db.rd(), &call.session.actor, step.finding)?;
        let may = call.grant_for::<ReplyRectification>(Circumstance {
            in_charge: facts.in_charge,
            ..Circumstance::default()
        })?;
        self.add_step(call, may, step, FollowupAction::Reply, true)
    }
    /// Confirms that something was put right (销号). Nobody confirms their own reply.
    ///
    /// # Errors
    /// Denied, refused by the state.
    pub fn confirm_rectification(
        &mut self,
        call: Call<'_>,
        step: NewStep<'_>,
    ) -> Result<Done<FindingHistory>, OfficeError> {
        let read = call.grant_within::<ReadFindings>()?;
        let steps = store::inspections::steps(self.db.rd(), &read, step.finding)?;
        let mine = replied(&steps, call.session.actor.account_id);
        let others = Circumstance::default();
        if mine && call.grant_for::<ConfirmRectification>(others).is_ok() {
            return Err(domain::Refusal::new("inspections-step-own-reply").into());
        }
        let may = call.grant_for::<ConfirmRectification>(Circumstance {
            own: mine,
            ..others
        })?;
        self.add_step(call, may, step, FollowupAction::Confirm, false)
    }
    /// Has something put right again, with a reason.
    ///
    /// # Errors
    /// Denied, refused by the state, a reason that is missing.
    pub fn reopen_rectification(
        &mut self,
        call: Call<'_>,
        step: NewStep<'_>,
    ) -> Result<Done<FindingHistory>, OfficeError> {
        let may = call.grant::<ReopenRectification>()?;
        self.add_step(call, may, step, FollowupAction::Reopen, true)
    }
    fn add_step<P: Permission>(
        &mut self,
        call: Call<'_>,
        may: Grant<P>,
        new: NewStep<'_>,
        action: FollowupAction,
        words: bool,
    ) -> Result<Done<FindingHistory>, OfficeError> {
        let read = call.grant_within::<ReadFindings>()?;
        // not found for whom it does not concern
        self.finding(call, new.finding)?;
        let mut p = Problems::default();
        p.text("text", new.text, words, 1000);
        if new.photos.len() > PHOTOS_MAX {
            p.add_with(
                "photos",
                "attachments-too-many",
                [("max", PHOTOS_MAX.into())],
            );
        }
        p.or(())?;
        self.check_attachments(call, new.photos)?;
        let (name, code) = match action {
            FollowupAction::Reply => ("inspections.reply", action),
            FollowupAction::Confirm => ("inspections.confirm", action),
            FollowupAction::Reopen => ("inspections.reopen", action),
        };
        let done = self.transact(call.who(), call.now, |w| {
            let facts = store::inspections::facts(w.rd(), &call.session.actor, new.finding)?;
            let steps = store::inspections::steps(w.rd(), &read, new.finding)?;
            let found = i64::try_from(steps.len()).unwrap_or(i64::MAX);
            if found != new.steps {
                return Err(OfficeError::Stale {
                    read: new.steps,
                    found,
                    kept: None,
                });
            }
            check(facts.required, &steps, code)?;
            let step = FollowupStep {
                id: w.new_id()?,
                finding_id: new.finding,
                action: code,
                text: new.text.to_owned(),
                photos: new.photos.to_vec(),
                at: call.now,
                by: call.session.actor.account_id,
                name: call.session.name.clone(),
            };
            let object = ObjectRef::new(ObjectKind::FollowupStep, step.id);
            w.change(object, name, Record::full(), |tx, s| {
                store::inspections::add_step(tx, &may, s, &step)
            })
        })?;
        Ok(Done {
            value: self.finding_history(call, new.finding)?,
            changed: done.changed,
        })
    }
    /// Notes when a 督查结果 was made known.
    ///
    /// # Errors
    /// Denied; refused when the finding is none.
    pub fn announce_supervision(
        &mut self,
        call: Call<'_>,
        id: Uuid,
        announced_at: i64,
    ) -> Result<Done<FindingView>, OfficeError> {
        let may = call.grant::<LogSupervision>()?;
        let view = self.finding(call, id)?;
        let Some(known) = view.finding.marks.supervision else {
            return Err(domain::Refusal::new("inspections-no-supervision").into());
        };
        let supervision = Supervision {
            announced_at: Some(announced_at),
            ..known
        };
        supervision.check(call.now)?;
        let done = self.transact(call.who(), call.now, |w| {
            let object = ObjectRef::new(ObjectKind::Supervision, id);
            w.change(object, "inspections.announce", Record::full(), |tx, s| {
                store::inspections::supervise(tx, &may, s, id, &supervision)
            })
        })?;
        Ok(Done {
            value: self.finding(call, id)?,
            changed: done.changed,
        })
    }
}

/// A step as a person makes it.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// The finding.
    pub finding: Uuid,
    /// How many steps were seen: another since then is told.
    pub steps: i64,
    /// In words.
    pub text: &'a str,
    /// Attached pictures.
    pub photos: &'a [Uuid],
}
