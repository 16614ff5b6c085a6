//! The files: PDF/A, the same bytes every time, images that hold nothing foreign.

use std::process::Command;

use print::{Fonts, Mark, PrintError, Role, Sheet, templates};

use crate::{document, font_folder, fresh_printer, line, notice, placed, rows, set};

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes
        .windows(part.len())
        .any(|window| window == part.as_bytes())
}

#[test]
fn every_file_is_pdf_a_2b() {
    for template in templates() {
        for sample in [template.sample, template.awkward] {
            let pdf = set(&Sheet::new(
                template.name,
                serde_json::from_str(sample).expect("a sample"),
            )
            .marked(Mark::SPECIMEN))
            .pdf()
            .expect("a file");
            assert!(pdf.starts_with(b"%PDF-1."));
            assert!(
                contains(&pdf, "<pdfaid:part>2</pdfaid:part>"),
                "{}",
                template.name
            );
            assert!(
                contains(&pdf, "<pdfaid:conformance>B</pdfaid:conformance>"),
                "{}",
                template.name
            );
            assert!(
                !contains(&pdf, "/Type3") && !contains(&pdf, "/JavaScript"),
                "{}",
                template.name
            );
        }
    }
}

#[test]
fn same_inputs_same_bytes() {
    let sheet = Sheet::new("official_document", notice(6)).marked(Mark::EXAMPLE);
    let first = set(&sheet).pdf().expect("a file");
    // Another sheet in between, and another printer, leave no trace.
    document(notice(2));
    assert_eq!(set(&sheet).pdf().expect("a file"), first);
    let other = fresh_printer().typeset(&sheet).expect("the sheet is set");
    assert_eq!(other.pdf().expect("a file"), first);
    assert_eq!(
        other.svg(0).expect("page 1"),
        set(&sheet).svg(0).expect("page 1")
    );
}

#[test]
fn images_hold_no_links_and_are_small() {
    let pages = set(&Sheet::new("official_document", notice(16)));
    for page in 0..pages.len() {
        let svg = pages.svg(page).expect("a page");
        assert!(svg.starts_with("<svg"));
        assert!(!svg.contains("<script") && !svg.contains("<image") && !svg.contains("<text"));
        assert!(svg.len() < 300_000, "{} bytes", svg.len());
    }
    assert!(pages.png(0, 1.0).expect("a page").starts_with(b"\x89PNG"));
    assert!(matches!(
        pages.svg(99),
        Err(PrintError::NoSuchPage { index: 99, .. })
    ));
}

#[test]
fn image_shows_every_character_of_the_page() {
    for template in templates() {
        let data = serde_json::from_str(template.awkward).expect("a sample");
        let pages = set(&Sheet::new(template.name, data).marked(Mark::DRAFT));
        for page in 0..pages.len() {
            let svg = pages.svg(page).expect("a page");
            let with_outline = placed(&pages, page)
                .iter()
                .filter(|c| c.top < c.bottom)
                .count();
            assert!(with_outline > 0);
            assert_eq!(
                svg.matches("<use ").count(),
                with_outline,
                "{} page {}",
                template.name,
                page + 1
            );
        }
    }
}

#[test]
fn missing_fonts_are_named() {
    let empty = tempfile::tempdir().expect("a folder");
    let Err(PrintError::MissingFont { roles, .. }) =
        Fonts::discover(&[empty.path().to_owned()], &[])
    else {
        panic!("found fonts in an empty folder")
    };
    assert_eq!(roles, Role::ALL);
}

#[test]
fn stand_ins_are_reported() {
    let fonts = Fonts::discover(&[font_folder()], &[]).expect("fonts");
    let uses = fonts.in_use();
    assert_eq!(
        uses.iter().map(|used| used.role).collect::<Vec<_>>(),
        Role::ALL
    );
    assert!(
        uses.iter().all(|used| !used.official),
        "the bundled faces only stand in: {uses:?}"
    );
}

/// Puts `name` in the place of `old` wherever a face calls itself so, blanks filling the rest.
fn renamed(face: &[u8], old: &str, name: &str) -> Vec<u8> {
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<u8>>()
    };
    let (from, to) = (
        wide(old),
        wide(&format!("{name:width$}", width = old.len())),
    );
    let mut face = face.to_vec();
    let places: Vec<_> = face
        .windows(from.len())
        .enumerate()
        .filter(|(_, part)| *part == from)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty(), "the face is not called {old}");
    for at in places {
        face[at..at + to.len()].copy_from_slice(&to);
    }
    face
}

#[test]
fn official_face_of_the_machine_goes_before_the_stand_in() {
    let machine = tempfile::tempdir().expect("a folder");
    let face = std::fs::read(font_folder().join("NotoSansSC_400Regular.ttf")).expect("fonts");
    let face = renamed(&face, "NotoSansSC-Regular", "SimHei");
    std::fs::write(machine.path().join("simhei.ttf"), face).expect("written");
    let fonts = Fonts::discover(&[font_folder()], &[machine.path().to_owned()]).expect("fonts");
    let used: Vec<_> = fonts
        .in_use()
        .into_iter()
        .filter(|used| used.official)
        .collect();
    assert_eq!(used.len(), 1);
    assert_eq!(
        (used[0].role, used[0].name.as_str()),
        (Role::Heading, "simhei")
    );
    assert!(used[0].file.starts_with(machine.path()));
    let mut printer = print::Printer::new(fonts);
    let pages = printer
        .typeset(&Sheet::new("official_document", notice(3)))
        .expect("set");
    pages.pdf().expect("a file");
}

/// Reads the file with a program that knows nothing of ours and finds the same rows at the same places.
#[test]
fn another_reader_finds_the_same_places() {
    let pages = document(notice(6));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pages.pdf().expect("a file")).expect("written");
    let out = Command::new("pdftotext")
        .args(["-bbox-layout"])
        .arg(&file)
        .arg("-")
        .output()
        .expect("pdftotext: run `cargo xtask setup` first");
    let html = String::from_utf8(out.stdout).expect("text");
    let number = |word: &str, key: &str| -> f64 {
        let from = word.find(&format!("{key}=\"")).expect("a box") + key.len() + 2;
        word[from..]
            .split('"')
            .next()
            .expect("a number")
            .parse()
            .expect("a number")
    };
    let word = html
        .lines()
        .find(|word| word.contains("临实小发〔2026〕17号</word>"))
        .expect("the number");
    let (page, row) = crate::find(&pages, "〔2026〕17号");
    assert_eq!(page, 0);
    crate::near(
        number(word, "xMin") * 25.4 / 72.0,
        row[0].x,
        0.3,
        "left end in the file",
    );
    let end = row.last().map(|c| c.x + c.advance).unwrap_or_default();
    crate::near(
        number(word, "xMax") * 25.4 / 72.0,
        end,
        0.3,
        "right end in the file",
    );
    assert_eq!(html.matches("<page ").count(), pages.len());
    assert!(html.contains("width=\"595.2"), "A4");
    let last = rows(&placed(&pages, pages.len() - 1));
    assert!(last.iter().any(|row| line(row).contains("印发")));
}
