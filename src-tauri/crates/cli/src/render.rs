//! `render`: a template with data of one's own, as a PDF that says 样张 on every page.
use crate::{Failure, Outcome, Run, host, read_file, read_json, usage};
use api::{ApiError, ErrorCode};
use office::print::{Fonts, Mark, PrintError, Printer, Sheet, templates};
use office::{OfficeError, sha256_hex};
use serde_json::json;
use std::path::Path;

pub(crate) fn render(run: &Run<'_>) -> Outcome {
    if run.matches.get_flag("list") {
        return list();
    }
    let template = run.text("template").unwrap_or_default();
    if !templates().iter().any(|t| t.name == template) {
        return Err(usage("cli-no-such-template"));
    }
    let (source, pdf) = (run.needed_path("data")?, run.needed_path("pdf")?);
    let text = if source == Path::new("-") {
        host::request().map_err(|_| usage("cli-request-unreadable"))?
    } else {
        read_file(source)?
    };
    let data = read_json(&text)?;
    let fonts = Fonts::discover(&host::font_folders(), &Fonts::system_folders())
        .map_err(|e| print_error(e, template))?;
    let mut printer = Printer::new(fonts);
    let pages = printer
        .typeset(&Sheet::new(template, data).marked(Mark::SPECIMEN))
        .map_err(|e| print_error(e, template))?;
    let bytes = pages.pdf().map_err(|e| print_error(e, template))?;
    office::folder::write_durably(pdf, &bytes).map_err(OfficeError::from)?;
    let faces: Vec<_> = printer.fonts_in_use().into_iter().map(|f| json!({"role": format!("{:?}", f.role).to_lowercase(), "name": f.name, "official": f.official})).collect();
    Ok(
        json!({"template": template, "pdf": pdf.display().to_string(), "pdf_sha256": sha256_hex(&bytes), "pages": pages.len(), "fonts": faces}),
    )
}
fn list() -> Outcome {
    let one = |t: &office::print::Template| {
        Ok(json!({"name": t.name, "feature": t.feature, "sample": read_json(t.sample)?}))
    };
    Ok(serde_json::Value::Array(
        templates()
            .iter()
            .map(one)
            .collect::<Result<_, Failure>>()?,
    ))
}
/// Here the data come from outside: a misfit is the caller's, and says where.
fn print_error(e: PrintError, template: &str) -> Failure {
    match e {
        PrintError::Data { path, problem, .. } => {
            let mut e =
                ApiError::new(ErrorCode::Invalid, "cli-data-misfit").with("template", template);
            e.fields.push(api::error::FieldProblem {
                path,
                message_key: "cli-data-problem".to_owned(),
                args: [("problem".to_owned(), api::wire::Arg::Text(problem))].into(),
            });
            Failure::Error(e)
        }
        other => Failure::Error(OfficeError::Print(other).into()),
    }
}
