//! A table as a file. Every cell is text: what somebody typed is never run as a formula.
use crate::OfficeError;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Writes a workbook of one sheet; `widths` in characters.
///
/// # Errors
/// When a text is longer than a cell takes.
pub fn xlsx(
    name: &str,
    headings: &[String],
    widths: &[f64],
    rows: &[Vec<String>],
    now: i64,
) -> Result<Vec<u8>, OfficeError> {
    let make = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_timestamp(now / 1000)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = book.add_worksheet().set_name(name)?;
        let head = Format::new().set_bold();
        // "@": a text cell stays one when somebody edits it
        let cell = Format::new()
            .set_num_format("@")
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        for (at, (heading, width)) in (0_u16..).zip(headings.iter().zip(widths)) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, heading, &head)?;
        }
        for (line, row) in (1_u32..).zip(rows) {
            for (at, text) in (0_u16..).zip(row) {
                sheet.write_string_with_format(line, at, text, &cell)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    };
    make().map_err(|e| OfficeError::File(e.to_string()))
}

/// Writes comma-separated text in UTF-8 with its mark, so that every table program reads the characters.
pub fn csv(headings: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for row in std::iter::once(headings).chain(rows.iter().map(Vec::as_slice)) {
        let cells: Vec<String> = row.iter().map(|text| quoted(text)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}
fn quoted(text: &str) -> String {
    // table programs run what begins so, quoted or not
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn what_looks_like_a_formula_is_text() {
        let rows = vec![vec![
            "=cmd|' /C calc'!A0".to_owned(),
            "说\"好\",\n换行".to_owned(),
        ]];
        let text = String::from_utf8(csv(&["事项".into(), "情况".into()], &rows)).unwrap();
        assert!(text.starts_with("\u{feff}\"事项\",\"情况\"\r\n"));
        assert!(text.contains("\"'=cmd|' /C calc'!A0\",\"说\"\"好\"\",\n换行\"\r\n"));
        let book = xlsx(
            "台账",
            &["事项".into(), "情况".into()],
            &[20.0, 40.0],
            &rows,
            0,
        )
        .unwrap();
        assert!(book.starts_with(b"PK"));
    }
}
