//! Reads a finished PDF: every glyph and every rule with its place on the paper, in millimetres from the upper left.
//!
//! It interprets the file itself, with the fonts in it, and knows nothing of who made it.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

const MM: f64 = 25.4 / 72.0;

/// A glyph and the ink it leaves.
#[derive(Debug, Clone)]
pub(crate) struct Ink {
    /// What it says; nothing where the file does not tell.
    pub(crate) text: String,
    /// Where its cell begins.
    pub(crate) x: f64,
    pub(crate) baseline: f64,
    /// How large its type is.
    pub(crate) em: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) red: bool,
    pub(crate) upright: bool,
}
/// A straight line across the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Its middle.
    pub(crate) y: f64,
    pub(crate) thickness: f64,
    pub(crate) red: bool,
}
/// A page of a file.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) glyphs: Vec<Ink>,
    pub(crate) rules: Vec<Rule>,
}
/// Glyphs with one baseline, from left to right.
pub(crate) type Row = Vec<Ink>;

impl Page {
    /// The rows of upright text from the top down.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for glyph in self.glyphs.iter().filter(|g| g.upright) {
            let near = |row: &&mut Row| (row[0].baseline - glyph.baseline).abs() < 0.3;
            match rows.iter_mut().find(near) {
                Some(row) => row.push(glyph.clone()),
                None => rows.push(vec![glyph.clone()]),
            }
        }
        for row in &mut rows {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        rows.sort_by(|a, b| a[0].baseline.total_cmp(&b[0].baseline));
        rows
    }
}
/// What a row says.
pub(crate) fn says(row: &[Ink]) -> String {
    row.iter().map(|g| g.text.as_str()).collect()
}

/// Reads a file.
pub(crate) fn read(file: &[u8]) -> Vec<Page> {
    let pdf = Pdf::new(file.to_vec()).expect("a PDF");
    let cache = InterpreterCache::new();
    pdf.pages()
        .iter()
        .map(|page| {
            let (width, height) = page.render_dimensions();
            let (width, height) = (f64::from(width), f64::from(height));
            let mut context = Context::new(
                page.initial_transform(true).to_kurbo(),
                Rect::new(0.0, 0.0, width, height),
                &cache,
                pdf.xref(),
                InterpreterSettings::default(),
            );
            let mut hand = Hand {
                page: Page {
                    width: width * MM,
                    height: height * MM,
                    ..Page::default()
                },
                within: None,
            };
            interpret_page(page, &mut context, &mut hand);
            hand.page
        })
        .collect()
}

/// Writes down what is drawn.
struct Hand {
    page: Page,
    /// The ink of a glyph that is drawn with paths or pictures of its own.
    within: Option<Rect>,
}
impl Hand {
    fn mark(&mut self, ink: Rect) -> bool {
        match &mut self.within {
            Some(all) => {
                *all = if all.is_zero_area() {
                    ink
                } else {
                    all.union(ink)
                };
                true
            }
            None => false,
        }
    }
    fn glyph(&mut self, text: String, place: Affine, em: f64, ink: Rect, red: bool) {
        if ink.is_zero_area()
            || text.trim_matches(|c: char| c.is_whitespace()).is_empty() && !text.is_empty()
        {
            return;
        }
        let origin = place * Point::ZERO;
        let [a, b, c, _, _, _] = place.as_coeffs();
        self.page.glyphs.push(Ink {
            text,
            x: origin.x * MM,
            baseline: origin.y * MM,
            em,
            left: ink.x0 * MM,
            right: ink.x1 * MM,
            top: ink.y0 * MM,
            bottom: ink.y1 * MM,
            red,
            upright: a > 0.0 && b.abs() < 1e-6 && c.abs() < 1e-6,
        });
    }
}
fn is_red(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(colour) => {
            let [r, g, b, _] = colour.to_rgba().to_rgba8();
            r > 180 && g < 80 && b < 80
        }
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Hand {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        let shape = transform * path.clone();
        let ink = shape.bounding_box();
        if self.mark(ink) {
            return;
        }
        let thickness = match mode {
            PathDrawMode::Fill(_) => ink.height(),
            PathDrawMode::Stroke(stroke) => {
                ink.height() + f64::from(stroke.line_width) * transform.determinant().abs().sqrt()
            }
        };
        if ink.width() * MM > 10.0 && thickness * MM < 2.0 {
            self.page.rules.push(Rule {
                left: ink.x0 * MM,
                right: ink.x1 * MM,
                y: ink.center().y * MM,
                thickness: thickness * MM,
                red: is_red(paint),
            });
        }
    }
    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let size = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        self.mark(transform.transform_rect_bbox(size));
    }
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        if matches!(mode, GlyphDrawMode::Invisible) {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None => String::new(),
        };
        let place = transform * glyph_transform;
        match glyph {
            Glyph::Outline(outline) => {
                let ink = (place * outline.outline()).bounding_box();
                // outlines are drawn in thousandths of their type
                let em = place.determinant().abs().sqrt() * 1000.0 * MM;
                // y grows upwards in a glyph and downwards on the page
                let upright = place * Affine::FLIP_Y;
                self.glyph(text, upright, em, ink, is_red(paint));
            }
            Glyph::Type3(drawn) => {
                self.within = Some(Rect::ZERO);
                drawn.interpret(self, transform, glyph_transform, paint);
                let ink = self.within.take().unwrap_or_default();
                self.glyph(text, place * Affine::FLIP_Y, 0.0, ink, is_red(paint));
            }
        }
    }
}
