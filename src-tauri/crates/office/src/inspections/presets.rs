//! What an office sets for its findings: categories, the closing hour; and the filters people keep.
use crate::{Call, Done, Office, OfficeError, Record};
use domain::Problems;
use domain::access::{ManageInspections, ReadFindings, ReadOrg};
use domain::audit::{ObjectKind, ObjectRef};
use domain::inspections::{
    AMEND_UNTIL_MINUTE, Category, CategoryPreset, SavedFilter, categories, check_categories,
};
use uuid::Uuid;

impl Office {
    /// Lists the categories as this office calls and orders them, hidden ones among them.
    ///
    /// # Errors
    /// Denied.
    pub fn categories(&self, call: Call<'_>) -> Result<Vec<CategoryPreset>, OfficeError> {
        let may = call.grant::<ReadOrg>()?;
        let changed = store::inspections::categories(self.db.rd(), &may)?;
        Ok(categories(changed.into_iter().map(|(_, c)| c).collect()))
    }
    /// Checks that a category is one of the eight or one of the office's own.
    pub(super) fn check_category(
        &self,
        call: Call<'_>,
        category: Category,
    ) -> Result<(), OfficeError> {
        if !matches!(category, Category::Own(_))
            || self
                .categories(call)?
                .iter()
                .any(|c| c.category == category)
        {
            return Ok(());
        }
        let mut p = Problems::default();
        p.add("category", "inspections-category-unknown");
        Ok(p.or(())?)
    }
    /// Calls, hides and orders the categories; one without a code is new. What was filed stays filed.
    ///
    /// # Errors
    /// Denied; all faults at once.
    pub fn arrange_categories(
        &mut self,
        call: Call<'_>,
        wanted: Vec<(Option<Category>, String, bool)>,
    ) -> Result<Done<Vec<CategoryPreset>>, OfficeError> {
        let may = call.grant::<ManageInspections>()?;
        let read = call.grant::<ReadOrg>()?;
        let known = self.categories(call)?;
        let mut next = known
            .iter()
            .filter_map(|c| match c.category {
                Category::Own(n) => Some(n),
                _ => None,
            })
            .max()
            .unwrap_or(0);
        let mut all = Vec::new();
        for (sort, (category, label, hidden)) in (0_i64..).zip(wanted) {
            let category = match category {
                Some(c) => c,
                None => {
                    next = next.saturating_add(1);
                    Category::Own(next)
                }
            };
            all.push(CategoryPreset {
                category,
                label: label.trim().to_owned(),
                hidden,
                sort,
            });
        }
        check_categories(&all)?;
        let mut p = Problems::default();
        for (i, c) in all.iter().enumerate() {
            let own = matches!(c.category, Category::Own(n) if n <= known_max(&known));
            if own && !known.iter().any(|k| k.category == c.category) {
                p.add(
                    format!("categories.{i}.label"),
                    "inspections-category-unknown",
                );
            }
        }
        // nothing is taken away: findings stand under it
        if known
            .iter()
            .any(|k| !all.iter().any(|c| c.category == k.category))
        {
            p.add("categories", "inspections-category-left-out");
        }
        p.or(())?;
        let done = self.transact(call.who(), call.now, |w| {
            let rows = store::inspections::categories(w.rd(), &read)?;
            for c in &all {
                let row = rows.iter().find(|(_, r)| r.category == c.category);
                let unchanged = match row {
                    Some((_, kept)) => kept == c,
                    None => known.contains(c),
                };
                if unchanged {
                    continue;
                }
                let id = match row {
                    Some((id, _)) => *id,
                    None => w.new_id()?,
                };
                let object = ObjectRef::new(ObjectKind::FindingCategory, id);
                let action = "inspections.arrange_categories";
                w.change(object, action, Record::full(), |tx, s| {
                    store::inspections::set_category(tx, &may, s, id, c)
                })?;
            }
            Ok(())
        })?;
        Ok(Done {
            value: self.categories(call)?,
            changed: done.changed,
        })
    }
    /// Sets until which minute of its day a finding may be amended: from noon to 24:00 (S000-4 当天).
    ///
    /// # Errors
    /// Denied; a minute that is none of these.
    pub fn set_closing(&mut self, call: Call<'_>, minute: i64) -> Result<Done<i64>, OfficeError> {
        let may = call.grant::<ManageInspections>()?;
        let mut p = Problems::default();
        if !(AMEND_UNTIL_MINUTE / 2..=AMEND_UNTIL_MINUTE).contains(&minute) {
            p.add("minute", "inspections-closing-out-of-range");
        }
        p.or(())?;
        self.transact(call.who(), call.now, |w| {
            let id = match store::inspections::settings(w.rd())? {
                Some((id, _)) => id,
                None => w.new_id()?,
            };
            let object = ObjectRef::new(ObjectKind::InspectionSettings, id);
            w.change(
                object,
                "inspections.set_closing",
                Record::full(),
                |tx, s| store::inspections::set_closing(tx, &may, s, id, minute),
            )?;
            Ok(minute)
        })
    }
    /// Lists the filters that the person keeps.
    ///
    /// # Errors
    /// Denied.
    pub fn filters(&self, call: Call<'_>) -> Result<Vec<SavedFilter>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        Ok(store::inspections::filters(self.db.rd(), &may)?)
    }
    /// Keeps a filter under a name; one of that name is replaced.
    ///
    /// # Errors
    /// Denied; a name that is missing; too many.
    pub fn save_filter(
        &mut self,
        call: Call<'_>,
        name: &str,
        filter: &str,
    ) -> Result<Done<Vec<SavedFilter>>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let known = self.filters(call)?;
        let there = known.iter().find(|f| f.name == name).map(|f| f.id);
        let mut p = Problems::default();
        p.text("name", name, true, 20);
        p.text("filter", filter, true, 4000);
        if there.is_none() && known.len() >= 30 {
            p.add_with(
                "name",
                "inspections-filters-too-many",
                [("max", 30_i64.into())],
            );
        }
        p.or(())?;
        let done = self.transact(call.who(), call.now, |w| {
            let kept = SavedFilter {
                id: match there {
                    Some(id) => id,
                    None => w.new_id()?,
                },
                name: name.to_owned(),
                filter: filter.to_owned(),
            };
            let object = ObjectRef::new(ObjectKind::SavedFilter, kept.id);
            w.change(
                object,
                "inspections.save_filter",
                Record::brief(),
                |tx, s| store::inspections::save_filter(tx, &may, s, &kept),
            )
        })?;
        Ok(Done {
            value: self.filters(call)?,
            changed: done.changed,
        })
    }
    /// Deletes a filter of the person.
    ///
    /// # Errors
    /// Denied, not found.
    pub fn discard_filter(
        &mut self,
        call: Call<'_>,
        id: Uuid,
    ) -> Result<Done<Vec<SavedFilter>>, OfficeError> {
        let may = call.grant_within::<ReadFindings>()?;
        let done = self.transact(call.who(), call.now, |w| {
            let object = ObjectRef::new(ObjectKind::SavedFilter, id);
            w.change(
                object,
                "inspections.discard_filter",
                Record::brief(),
                |tx, _| store::inspections::discard_filter(tx, &may, id),
            )
        })?;
        Ok(Done {
            value: self.filters(call)?,
            changed: done.changed,
        })
    }
}

fn known_max(known: &[CategoryPreset]) -> u16 {
    let own = known.iter().filter_map(|c| match c.category {
        Category::Own(n) => Some(n),
        _ => None,
    });
    own.max().unwrap_or(0)
}
