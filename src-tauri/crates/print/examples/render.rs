//! Renders a data file, or the samples of all templates: `render FONTS OUT [TEMPLATE DATA.json]`.

use std::path::PathBuf;

use print::{Fonts, Mark, Printer, Sheet, templates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (fonts, out) = (PathBuf::from(&arguments[1]), PathBuf::from(&arguments[2]));
    let mut printer = Printer::new(Fonts::discover(&[fonts], &[])?);
    let mut sheets = Vec::new();
    if let [name, data] = &arguments[3..] {
        sheets.push((
            format!("{name}.data"),
            Sheet::new(name, serde_json::from_str(&std::fs::read_to_string(data)?)?),
        ));
    } else {
        for template in templates() {
            sheets.push((
                format!("{}.sample", template.name),
                Sheet::new(template.name, serde_json::from_str(template.sample)?),
            ));
            sheets.push((
                format!("{}.awkward", template.name),
                Sheet::new(template.name, serde_json::from_str(template.awkward)?)
                    .marked(Mark::DRAFT | Mark::EXAMPLE | Mark::SPECIMEN),
            ));
        }
    }
    for (name, sheet) in sheets {
        let pages = printer.typeset(&sheet)?;
        std::fs::write(out.join(format!("{name}.pdf")), pages.pdf()?)?;
        std::fs::write(out.join(format!("{name}.svg")), pages.svg(0)?)?;
    }
    Ok(())
}
