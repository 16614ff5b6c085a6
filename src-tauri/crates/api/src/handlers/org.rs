//! The office, its units and people.
use crate::error::{ApiError, ErrorCode};
use crate::inspections::PersonKind;
use crate::org::*;
use crate::router::{Answer, Desk};
use crate::wire::{Done, Nothing};
use chrono::Datelike;
use domain::calendar;
use domain::org::{NumberSeries, OfficeProfile, StartAfter};
use office::org::{Founding, FoundingAccount, FoundingClass, FoundingPerson};
use office::print::{Language, Sheet};
use office::recovery::RecoveryCode;

type R<T> = Result<Answer<T>, ApiError>;

fn no_seat(desk: &Desk) -> Result<(), ApiError> {
    if desk.inner().seat.is_some() {
        Err(ApiError::new(
            ErrorCode::Refused,
            "access-already-signed-in",
        ))
    } else {
        Ok(())
    }
}
/// Shows two codes and their sheets: once, to be printed and put away.
pub(crate) fn shown(
    desk: &Desk,
    office_name: &str,
    codes: &[RecoveryCode; 2],
    on: chrono::NaiveDate,
) -> Result<OrgFoundResponse, ApiError> {
    let sheets = sheets(desk, office_name, codes, on)?;
    let recovery_codes = codes
        .iter()
        .map(|c| c.groups().iter().map(|g| g.to_string()).collect())
        .collect();
    Ok(OrgFoundResponse {
        recovery_codes,
        sheets,
    })
}
fn sheets(
    desk: &Desk,
    office_name: &str,
    codes: &[RecoveryCode; 2],
    on: chrono::NaiveDate,
) -> Result<Vec<String>, ApiError> {
    desk.with_printer(|printer| {
        let mut out = Vec::new();
        for (i, code) in codes.iter().enumerate() {
            let groups: Vec<String> = code.groups().iter().map(|g| g.to_string()).collect();
            let data = serde_json::json!({"office": office_name, "sheet": i + 1, "groups": groups, "made_on": calendar::chinese_date(on)});
            let sheet = Sheet { language: Language::Simplified, ..Sheet::new("recovery_sheet", data) };
            let pages = printer.typeset(&sheet).map_err(office::OfficeError::Print)?;
            out.push(pages.svg(0).map_err(office::OfficeError::Print)?);
        }
        Ok(out)
    })
}
pub(crate) fn org_found(desk: &Desk, q: OrgFoundRequest) -> R<OrgFoundResponse> {
    no_seat(desk)?;
    let now = desk.now();
    let today = calendar::day_of(now);
    let founding = Founding {
        profile: OfficeProfile {
            name: q.name.trim().to_owned(),
            short_name: q.short_name.trim().to_owned(),
            demo: false,
            series: q
                .series
                .into_iter()
                .map(|s| NumberSeries {
                    prefix: s.prefix.trim().to_owned(),
                    purpose: s.purpose,
                    start_after: (s.last_number > 0).then_some(StartAfter {
                        year: today.year(),
                        number: s.last_number,
                    }),
                })
                .collect(),
            recipients: domain::documents::compose::usual_recipients().to_owned(),
        },
        units: q
            .units
            .into_iter()
            .map(|u| (u.trim().to_owned(), None))
            .collect(),
        class_groups: q
            .class_groups
            .into_iter()
            .map(|c| FoundingClass {
                grade: c.grade,
                number: c.number,
                homeroom_teacher: None,
            })
            .collect(),
        people: q
            .people
            .into_iter()
            .map(|p| FoundingPerson {
                name: p.name.trim().to_owned(),
                post: p.post.trim().to_owned(),
                unit: p.unit.trim().to_owned(),
                account: p.account.map(|a| FoundingAccount {
                    sign_in_name: a.sign_in_name.trim().to_owned(),
                    roles: a.roles.into_iter().map(Into::into).collect(),
                    password: a.initial_password,
                    chosen: false,
                }),
            })
            .collect(),
        students: Vec::new(),
    };
    // the fonts are asked for first: an office is not founded whose recovery sheets cannot be shown
    desk.with_printer(|_| Ok(()))?;
    let codes = office::org::found(
        &desk.config.office_dir,
        &founding,
        desk.strength(),
        now,
        &mut *Desk::entropy(),
    )?;
    Ok(Answer(
        shown(desk, &founding.profile.name, &codes, today)?,
        vec!["access", "org"],
    ))
}
pub(crate) fn org_open_sample(desk: &Desk, _: Nothing) -> R<Done> {
    no_seat(desk)?;
    let making = office::sample::Making {
        dir: &desk.config.office_dir,
        now: desk.now(),
        holder: desk.holder(),
        strength: desk.strength(),
        entropy: &mut Desk::entropy,
    };
    desk.with_printer(|printer| {
        office::sample::make(making, printer)?;
        Ok(())
    })?;
    Ok(Answer(
        Done {},
        vec!["access", "org", "inspections", "documents"],
    ))
}
pub(crate) fn org_overview(desk: &Desk, _: Nothing) -> R<OrgOverviewResponse> {
    desk.with_seat(|o, call| {
        let v = o.overview(call)?;
        let teacher = |id: Option<uuid::Uuid>| {
            id.and_then(|id| v.staff.iter().find(|s| s.id == id))
                .map(|s| s.name.clone())
        };
        Ok(Answer::read(OrgOverviewResponse {
            class_groups: v
                .class_groups
                .iter()
                .map(|c| ClassGroupRow {
                    id: c.id,
                    name: c.name.clone(),
                    grade: c.grade,
                    homeroom_teacher: teacher(c.homeroom_teacher),
                })
                .collect(),
            profile: ProfileView {
                name: v.profile.name,
                short_name: v.profile.short_name,
                demo: v.profile.demo,
                series: v
                    .profile
                    .series
                    .into_iter()
                    .map(|s| SeriesView {
                        prefix: s.prefix,
                        purpose: s.purpose,
                        last_number: s.start_after.map_or(0, |x| x.number),
                    })
                    .collect(),
                recipients: v.profile.recipients,
            },
            units: v
                .units
                .into_iter()
                .map(|u| UnitRow {
                    id: u.id,
                    name: u.name,
                })
                .collect(),
            staff: v
                .staff
                .into_iter()
                .map(|s| StaffRow {
                    id: s.id,
                    name: s.name,
                    post: s.post,
                    unit_id: s.unit_id,
                })
                .collect(),
            places: v.places,
        }))
    })
}
pub(crate) fn org_find_people(desk: &Desk, q: OrgFindPeopleRequest) -> R<OrgFindPeopleResponse> {
    if q.text.trim().is_empty() {
        return Ok(Answer::read(OrgFindPeopleResponse { people: Vec::new() }));
    }
    desk.with_seat(|o, call| {
        let people = o.find_people(call, &q.text)?;
        let candidate = |(staff, id, name, place)| PersonCandidate {
            kind: if staff {
                PersonKind::Staff
            } else {
                PersonKind::Student
            },
            id,
            name,
            place,
        };
        Ok(Answer::read(OrgFindPeopleResponse {
            people: people.into_iter().map(candidate).collect(),
        }))
    })
}
pub(crate) fn org_add_unit(desk: &Desk, q: OrgAddUnitRequest) -> R<UnitRow> {
    desk.with_seat(|o, call| {
        let d = o.add_unit(call, &q.name)?;
        Ok(Answer(
            UnitRow {
                id: d.value.id,
                name: d.value.name,
            },
            d.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn org_add_class_group(desk: &Desk, q: OrgAddClassGroupRequest) -> R<ClassGroupRow> {
    desk.with_seat(|o, call| {
        let d = o.add_class_group(call, q.grade, q.number)?;
        Ok(Answer(
            ClassGroupRow {
                id: d.value.id,
                name: d.value.name,
                grade: d.value.grade,
                homeroom_teacher: None,
            },
            d.changed.into_iter().collect(),
        ))
    })
}
pub(crate) fn org_add_staff(desk: &Desk, q: OrgAddStaffRequest) -> R<StaffRow> {
    desk.with_seat(|o, call| {
        let d = o.add_staff(call, &q.name, &q.post, q.unit_id)?;
        Ok(Answer(
            StaffRow {
                id: d.value.id,
                name: d.value.name,
                post: d.value.post,
                unit_id: d.value.unit_id,
            },
            d.changed.into_iter().collect(),
        ))
    })
}
