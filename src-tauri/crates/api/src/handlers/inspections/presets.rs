//! What an office sets for its findings, and the filters people keep.
use super::R;
use crate::inspections::*;
use crate::router::{Answer, Desk};
use crate::wire::Nothing;
use domain::inspections::{CategoryPreset, SavedFilter};
use office::{Call, Office, OfficeError};

fn presets(o: &Office, call: Call<'_>) -> Result<InspectionsPresetsResponse, OfficeError> {
    Ok(InspectionsPresetsResponse {
        categories: rows(o.categories(call)?),
        amend_until_minute: o.amend_until_minute()?,
    })
}
fn rows(all: Vec<CategoryPreset>) -> Vec<CategoryRow> {
    all.into_iter()
        .map(|c| CategoryRow {
            code: c.category.into(),
            label: c.label,
            hidden: c.hidden,
        })
        .collect()
}
pub(crate) fn inspections_presets(desk: &Desk, _: Nothing) -> R<InspectionsPresetsResponse> {
    desk.with_seat(|o, call| Ok(Answer::read(presets(o, call)?)))
}
pub(crate) fn inspections_arrange_categories(
    desk: &Desk,
    q: InspectionsArrangeCategoriesRequest,
) -> R<InspectionsPresetsResponse> {
    desk.with_seat(|o, call| {
        let wanted = q.categories.into_iter();
        let wanted = wanted.map(|c| (c.code.map(Into::into), c.label, c.hidden));
        let done = o.arrange_categories(call, wanted.collect())?;
        Ok(Answer(
            presets(o, call)?,
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_set_closing(
    desk: &Desk,
    q: InspectionsSetClosingRequest,
) -> R<InspectionsPresetsResponse> {
    desk.with_seat(|o, call| {
        let done = o.set_closing(call, q.minute)?;
        Ok(Answer(
            presets(o, call)?,
            done.changed.into_iter().collect(),
        ))
    })
}
fn filters(all: Vec<SavedFilter>) -> InspectionsFiltersResponse {
    InspectionsFiltersResponse {
        filters: all
            .into_iter()
            .map(|f| SavedFilterRow {
                id: f.id,
                name: f.name,
                filter: f.filter,
            })
            .collect(),
    }
}
pub(crate) fn inspections_filters(desk: &Desk, _: Nothing) -> R<InspectionsFiltersResponse> {
    desk.with_seat(|o, call| Ok(Answer::read(filters(o.filters(call)?))))
}
pub(crate) fn inspections_save_filter(
    desk: &Desk,
    q: InspectionsSaveFilterRequest,
) -> R<InspectionsFiltersResponse> {
    desk.with_seat(|o, call| {
        let done = o.save_filter(call, q.name.trim(), &q.filter)?;
        Ok(Answer(
            filters(done.value),
            done.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn inspections_discard_filter(
    desk: &Desk,
    q: InspectionsFindingRequest,
) -> R<InspectionsFiltersResponse> {
    desk.with_seat(|o, call| {
        let done = o.discard_filter(call, q.id)?;
        Ok(Answer(
            filters(done.value),
            done.changed.into_iter().collect(),
        ))
    })
}
