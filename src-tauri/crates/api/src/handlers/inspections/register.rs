//! The register as a file, in the language of the screen it is seen on.
use super::{R, filter_in, row};
use crate::access::Language;
use crate::inspections::*;
use crate::router::{Answer, Desk, preferences};
use crate::words::say;
use domain::calendar;
use office::OfficeError;
use office::inspections::sheet;
use std::collections::BTreeMap;

fn word(language: Language, key: &str) -> String {
    say(language, key, &BTreeMap::new())
}
fn code<T: serde::Serialize>(v: T) -> String {
    serde_json::to_value(v)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}
fn cell(column: RegisterColumn, r: &FindingRow, language: Language) -> String {
    use RegisterColumn as C;
    let t = &r.text;
    let rect = t.rectification.as_ref();
    match column {
        C::Day => r.inspected_on.to_string(),
        C::Time => calendar::clock_time(t.observed_at),
        C::Whom => [&r.class_name, &r.unit_name]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join("、"),
        C::People => t
            .people
            .iter()
            .map(|p| p.name.as_str())
            .collect::<Vec<_>>()
            .join("、"),
        C::Place => t.place.clone(),
        C::Category => r.category_label.clone().unwrap_or_else(|| {
            word(
                language,
                &format!("inspections-category-{}", t.category.0.code()),
            )
        }),
        C::Nature => word(language, &format!("inspections-nature-{}", code(t.nature))),
        C::Matter => t.matter.clone(),
        C::Detail => t.detail.clone(),
        C::Measure => t
            .measure
            .as_ref()
            .map(|m| format!("{} {}", thousandths(m.milli), m.unit))
            .unwrap_or_default(),
        C::Requirement => rect.map(|x| x.requirement.clone()).unwrap_or_default(),
        C::Responsible => rect.map(|x| x.responsible.clone()).unwrap_or_default(),
        C::Due => rect.map(|x| x.due_on.to_string()).unwrap_or_default(),
        C::Followup => r
            .followup
            .map(|f| word(language, &format!("inspections-followup-{}", code(f))))
            .unwrap_or_default(),
        C::Inspector => r.inspector.clone(),
        C::Supervisors => r.supervisors.clone().unwrap_or_default().join("、"),
        C::Stated => r
            .stated_in
            .iter()
            .map(|s| s.label.as_str())
            .collect::<Vec<_>>()
            .join("、"),
        C::Corrections => number(r.corrections),
        C::Photos => number(i64::try_from(t.photos.len()).unwrap_or(0)),
    }
}
fn number(n: i64) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}
/// Writes thousandths without a float: `9500` is `9.5`.
fn thousandths(milli: i64) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    let rest = format!("{rest:03}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest}")
    }
}
fn width(column: RegisterColumn) -> f64 {
    use RegisterColumn as C;
    match column {
        C::Matter | C::Detail | C::Requirement => 40.0,
        C::Category | C::Stated | C::People | C::Place => 20.0,
        C::Time | C::Nature | C::Corrections | C::Photos => 8.0,
        _ => 12.0,
    }
}
pub(crate) fn inspections_export(
    desk: &Desk,
    q: InspectionsExportRequest,
) -> R<InspectionsExportResponse> {
    let names = desk.directory()?;
    let dir = &desk.config.export_dir;
    desk.with_seat(|o, call| {
        let done = o.export_findings(call, &filter_in(&q.filter, call.now, 0))?;
        let language = preferences(call.session).language;
        let columns = q.columns;
        let headings: Vec<String> = columns
            .iter()
            .map(|c| word(language, &format!("inspections-column-{}", code(*c))))
            .collect();
        let rows: Vec<Vec<String>> = done
            .value
            .into_iter()
            .map(|v| row(v, &names))
            .map(|r| columns.iter().map(|c| cell(*c, &r, language)).collect())
            .collect();
        let title = word(language, "inspections-export-file");
        let (bytes, ending) = match q.format {
            ExportFormat::Csv => (sheet::csv(&headings, &rows), "csv"),
            ExportFormat::Xlsx => {
                let widths: Vec<f64> = columns.iter().map(|c| width(*c)).collect();
                let made = sheet::xlsx(&title, &headings, &widths, &rows, call.now)?;
                (made, "xlsx")
            }
        };
        // day and minute and nothing else: no name
        let day = calendar::day_of(call.now);
        let minute = calendar::clock_time(call.now).replace(':', "");
        let file = format!("{title} {day} {minute}.{ending}");
        std::fs::create_dir_all(dir).map_err(|e| OfficeError::File(e.to_string()))?;
        office::folder::write_durably(&dir.join(&file), &bytes).map_err(OfficeError::from)?;
        Ok(Answer(
            InspectionsExportResponse {
                file,
                folder: dir.display().to_string(),
                rows: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            },
            done.changed.into_iter().collect(),
        ))
    })
}
