use std::sync::LazyLock;

use serde_json::json;
use typst::foundations::{Datetime, Label};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::clean::{clean_value, each_text};
use crate::error::PrintError;
use crate::fonts::{FontUse, Fonts};
use crate::pages::Pages;
use crate::sheet::{Mark, Sheet};
use crate::svg::Outlines;
use crate::templates::{LIBRARY, Template, templates};
use crate::words::words;
use crate::world::PageWorld;

/// 排版 — sets sheets into pages. It keeps what it has set before, so that a page after an edit costs little.
pub struct Printer {
    world: PageWorld,
    outlines: Outlines,
}

static SOURCES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let own = templates()
        .iter()
        .map(|template| (template.path, template.source));
    LIBRARY.iter().copied().chain(own).collect()
});

/// How many runs an unused intermediate result is kept.
const KEEP_RUNS: usize = 12;

impl Printer {
    /// Makes a printer with these fonts.
    #[must_use]
    pub fn new(fonts: Fonts) -> Self {
        Self {
            world: PageWorld::new(fonts, &SOURCES),
            outlines: Outlines::default(),
        }
    }

    /// Tells which faces are in use and which of them stand in for an official one.
    #[must_use]
    pub fn fonts_in_use(&self) -> Vec<FontUse> {
        self.world.fonts.in_use()
    }

    /// Lists the characters of `text` that no font has, each once, in order.
    #[must_use]
    pub fn missing_characters(&self, text: &str) -> Vec<char> {
        self.world.fonts.missing_characters(text)
    }

    /// Sets `sheet` into pages.
    ///
    /// Characters that no font has come out as empty boxes here, so that a draft can always be seen;
    /// [`Pages::missing_characters`] names them and [`Pages::pdf`] refuses them.
    ///
    /// # Errors
    /// When the template is unknown or the data do not fit it.
    pub fn typeset(&mut self, sheet: &Sheet) -> Result<Pages, PrintError> {
        let template = templates()
            .iter()
            .find(|template| template.name == sheet.template)
            .ok_or_else(|| PrintError::UnknownTemplate {
                name: sheet.template.clone(),
            })?;
        let mut data = sheet.data.clone();
        clean_value(&mut data);
        let data = (template.prepare)(data)?;
        let mut text = String::new();
        each_text(&data, &mut |part| text.push_str(part));
        let missing = self.world.fonts.missing_characters(&text);
        self.world.set_images(&sheet.images);
        let document = self.set(template, &data, sheet);
        comemo::evict(KEEP_RUNS);
        let date = data[template.date].as_str().and_then(civil_date);
        Ok(Pages::new(
            document?,
            template.name,
            missing,
            date,
            self.outlines.clone(),
        ))
    }

    /// Compiles once, and again tighter or wider as long as the template finds the pages wrong.
    fn set(
        &mut self,
        template: &'static Template,
        data: &serde_json::Value,
        sheet: &Sheet,
    ) -> Result<PagedDocument, PrintError> {
        let mut first = None;
        let (head, behind) = template
            .fits
            .split_first()
            .expect("BUG: every template has at least one fit");
        let tries = if behind.contains(head) {
            behind
        } else {
            template.fits
        };
        for fit in tries.iter().copied() {
            let document = self.compile(template, data, sheet, fit)?;
            if (template.right)(&document) {
                return Ok(document);
            }
            if fit == *head {
                first.get_or_insert(document);
            }
        }
        Ok(first.expect("BUG: every template has at least one fit"))
    }

    fn compile(
        &mut self,
        template: &'static Template,
        data: &serde_json::Value,
        sheet: &Sheet,
        fit: u32,
    ) -> Result<PagedDocument, PrintError> {
        let mark = sheet.mark;
        let marks = json!({
            "draft": mark.has(Mark::DRAFT),
            "specimen": mark.has(Mark::SPECIMEN),
            "drill": mark.has(Mark::DRILL),
            "example": mark.has(Mark::EXAMPLE),
        });
        let words = if template.words.is_empty() {
            Default::default()
        } else {
            words(sheet.language, template.words)
        };
        let all = json!({ "data": data, "marks": marks, "fit": fit, "words": words });
        self.world.set(template.path, all.to_string().into_bytes());
        let run = typst::compile::<PagedDocument>(&self.world);
        run.output.map_err(|errors| PrintError::Template {
            template: template.name,
            diagnostics: errors
                .iter()
                .map(|error| self.world.explain(error))
                .collect(),
        })
    }
}

/// Reads a date as documents write it: year, month and day with anything between them.
fn civil_date(text: &str) -> Option<Datetime> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let year = numbers.next()?.parse().ok()?;
    let month = numbers.next()?.parse().ok()?;
    let day = numbers.next()?.parse().ok()?;
    Datetime::from_ymd(year, month, day)
}

/// Whether the closing (署名, 成文日期) and the 版记 each stand on a page with text before them, and no row was kept
/// free on the last page.
pub(crate) fn ends_well(document: &PagedDocument) -> bool {
    let page = |label: &str| {
        let label = Label::new(PicoStr::intern(label))?;
        let element = document.introspector().query_label(label).ok()?.clone();
        document.introspector().page(element.location()?)
    };
    let same = |a: Option<_>, b: Option<_>| a.is_none() || b.is_none() || a == b;
    let (text, closing) = (page("text-end"), page("closing"));
    let (appendix, imprint) = (page("appendix-end"), page("imprint"));
    let last = appendix.or(closing).or(text);
    let spare = [page("spare"), page("appendix-spare")];
    same(text, closing)
        && same(last, imprint)
        && spare
            .iter()
            .all(|s| s.is_none() || (*s != closing && *s != imprint))
}
