use typst::foundations::{Datetime, Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::PrintError;
use crate::placed::{self, Placed, Stroke};
use crate::svg::{self, Outlines};

/// 页面 — a sheet that has been set, ready to look at or to keep.
pub struct Pages {
    document: PagedDocument,
    template: &'static str,
    missing: Vec<char>,
    date: Option<Datetime>,
    outlines: Outlines,
}

impl Pages {
    pub(crate) fn new(
        document: PagedDocument,
        template: &'static str,
        missing: Vec<char>,
        date: Option<Datetime>,
        outlines: Outlines,
    ) -> Self {
        Self {
            document,
            template,
            missing,
            date,
            outlines,
        }
    }

    /// Counts the pages.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a sheet always has a page")]
    pub fn len(&self) -> usize {
        self.document.pages().len()
    }

    /// Names the characters that no font has, each once, in the order of the text.
    #[must_use]
    pub fn missing_characters(&self) -> &[char] {
        &self.missing
    }

    fn page(&self, index: usize) -> Result<&typst_layout::Page, PrintError> {
        let pages = self.len();
        self.document
            .pages()
            .get(index)
            .ok_or(PrintError::NoSuchPage { index, pages })
    }

    /// Finds where the block `id` begins: its page from zero, and how far down the page in thousandths of its height.
    #[must_use]
    pub fn place_of(&self, id: &str) -> Option<(usize, u32)> {
        let label = Label::new(PicoStr::intern("block"))?;
        let found = self.document.introspector().query(&Selector::Label(label));
        let element = found.iter().find(|e| {
            e.to_packed::<MetadataElem>()
                .is_some_and(|m| matches!(&m.value, Value::Str(s) if s.as_str() == id))
        })?;
        let at = self.document.introspector().position(element.location()?)?;
        let page = at.page.get() - 1;
        let height = self.document.pages().get(page)?.frame.height();
        let down = (at.point.y / height * 1000.0).clamp(0.0, 1000.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0–1000"
        )]
        Some((page, down.round() as u32))
    }

    /// Draws page `index` (from zero) as SVG.
    ///
    /// # Errors
    /// When there is no such page.
    pub fn svg(&self, index: usize) -> Result<String, PrintError> {
        let page = self.page(index)?;
        Ok(svg::draw(page, &self.outlines)
            .unwrap_or_else(|| typst_svg::svg(page, &typst_svg::SvgOptions::default())))
    }

    /// Draws page `index` (from zero) as PNG, `scale` pixels a point.
    ///
    /// # Errors
    /// When there is no such page or it cannot be encoded.
    pub fn png(&self, index: usize, scale: f64) -> Result<Vec<u8>, PrintError> {
        let options = typst_render::RenderOptions {
            pixel_per_pt: scale.into(),
            ..Default::default()
        };
        typst_render::render(self.page(index)?, &options)
            .encode_png()
            .map_err(|error| PrintError::Export {
                diagnostics: vec![error.to_string()],
            })
    }

    /// Writes all pages as PDF/A-2b. The same pages give the same bytes.
    ///
    /// # Errors
    /// [`PrintError::MissingCharacters`] when a character has no glyph: it would be an empty box on paper.
    pub fn pdf(&self) -> Result<Vec<u8>, PrintError> {
        if !self.missing.is_empty() {
            return Err(PrintError::MissingCharacters {
                characters: self.missing.clone(),
            });
        }
        let standards =
            PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| PrintError::Export {
                diagnostics: vec![error.message().to_string()],
            })?;
        // The archive format asks for a date; a draft without one bears the first day of the century.
        let date = self.date.or_else(|| Datetime::from_ymd(2001, 1, 1));
        let options = PdfOptions {
            ident: Smart::Custom(self.template.to_owned()),
            creator: Smart::Custom(Some("Tongbao".to_owned())),
            timestamp: date.map(Timestamp::new_utc),
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| PrintError::Export {
            diagnostics: errors
                .iter()
                .map(|error| error.message.to_string())
                .collect(),
        })
    }

    /// Reads back where each character of page `index` stands.
    ///
    /// # Errors
    /// When there is no such page.
    pub fn placed(&self, index: usize) -> Result<Vec<Placed>, PrintError> {
        Ok(placed::characters(&self.page(index)?.frame))
    }

    /// Reads back the lines and filled shapes of page `index`.
    ///
    /// # Errors
    /// When there is no such page.
    pub fn strokes(&self, index: usize) -> Result<Vec<Stroke>, PrintError> {
        Ok(placed::strokes(&self.page(index)?.frame))
    }
}
