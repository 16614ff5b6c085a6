//! 检查台账 — taking what is seen out of the office.
use super::{Filter, FindingView};
use crate::{Call, Done, Office, OfficeError, Record};
use domain::access::{ExportFindings, ReadFindings};
use domain::audit::{ObjectKind, ObjectRef};

/// The most rows of one file.
const EXPORT_MAX: i64 = 50_000;

impl Office {
    /// Returns the findings of a filter for a file; that they were taken out stands in the audit.
    ///
    /// # Errors
    /// Denied; refused when there are none, or more than a file takes.
    pub fn export_findings(
        &mut self,
        call: Call<'_>,
        filter: &Filter,
    ) -> Result<Done<Vec<FindingView>>, OfficeError> {
        call.grant::<ExportFindings>()?;
        call.grant_within::<ReadFindings>()?;
        let whole = Filter {
            after: None,
            limit: EXPORT_MAX + 1,
            ..filter.clone()
        };
        let rows = self.findings(call, &whole)?;
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if count == 0 {
            return Err(domain::Refusal::new("inspections-export-nothing").into());
        }
        if count > EXPORT_MAX {
            let e = domain::Refusal::new("inspections-export-too-many").with("max", EXPORT_MAX);
            return Err(e.into());
        }
        let done = self.transact(call.who(), call.now, |w| {
            let object = ObjectRef::new(ObjectKind::Session, call.session.actor.session_id);
            let record = Record::brief().because(&format!("{count} rows"));
            w.note(object, "inspections.export", record)
        })?;
        Ok(Done {
            value: rows,
            changed: done.changed,
        })
    }
}
