//! Measures what one key costs: a four-page notice, one character more each time, to the SVG of the page it is on.
//!
//! `keystrokes FONTS` prints one JSON line; run it with `--release` or the development profile, which optimises the page setter.

use std::io::Write;
use std::path::PathBuf;
#[expect(clippy::disallowed_methods, reason = "this program measures")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::time::Instant;

    let fonts = PathBuf::from(
        std::env::args()
            .nth(1)
            .ok_or("which folder holds the fonts?")?,
    );
    let start = Instant::now();
    let mut printer = print::Printer::new(print::Fonts::discover(&[fonts], &[])?);
    let open = start.elapsed();
    let template = print::templates()
        .iter()
        .find(|t| t.name == "official_document")
        .ok_or("no template")?;
    let mut data: serde_json::Value = serde_json::from_str(template.sample)?;
    let block = data["body"].as_array().cloned().unwrap_or_default();
    let body = data["body"].as_array_mut().ok_or("no body")?;
    body.extend(block.iter().cloned());
    body.extend(block.iter().cloned());
    let edited = body
        .iter()
        .position(|b| b["t"] == "p")
        .ok_or("no paragraph")?
        + block.len();
    let typed: Vec<char> = block
        .iter()
        .filter_map(|b| b["s"].as_str())
        .flat_map(str::chars)
        .collect();
    let sheet = |data: &serde_json::Value| {
        print::Sheet::new(template.name, data.clone()).marked(print::Mark::DRAFT)
    };
    let start = Instant::now();
    let pages = printer.typeset(&sheet(&data))?;
    let first_page = pages.svg(0)?.len();
    let cold = start.elapsed();
    let mut times = Vec::new();
    let mut setting = Vec::new();
    let mut bytes = 0;
    for i in 0..400 {
        let text = data["body"][edited]["s"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        data["body"][edited]["s"] =
            serde_json::Value::String(format!("{text}{}", typed[i % typed.len()]));
        if i % 80 == 79 {
            data["body"][edited]["s"] = block[0]["s"].clone();
        }
        let start = Instant::now();
        let pages = printer.typeset(&sheet(&data))?;
        setting.push(start.elapsed().as_micros());
        bytes = bytes.max(pages.svg(1)?.len());
        times.push(start.elapsed().as_micros());
    }
    let pages = printer.typeset(&sheet(&data))?;
    let start = Instant::now();
    let pdf = pages.pdf()?.len();
    let export = start.elapsed();
    times.sort_unstable();
    setting.sort_unstable();
    let at = |times: &[u128], part: usize| {
        times[(times.len() * part / 100).min(times.len() - 1)] as f64 / 1000.0
    };
    let report = serde_json::json!({
        "pages": pages.len(), "keys": times.len(),
        "open_fonts_ms": open.as_secs_f64() * 1000.0,
        "first_page_ms": cold.as_secs_f64() * 1000.0,
        "key_to_svg_ms": {"p50": at(&times, 50), "p95": at(&times, 95), "max": at(&times, 100)},
        "of_which_setting_ms": {"p50": at(&setting, 50), "p95": at(&setting, 95)},
        "svg_bytes": {"first_page": first_page, "largest": bytes},
        "pdf_ms": export.as_secs_f64() * 1000.0, "pdf_bytes": pdf,
    });
    writeln!(std::io::stdout(), "{report}")?;
    Ok(())
}
