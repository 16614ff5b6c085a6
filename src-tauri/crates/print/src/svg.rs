//! Draws a page as SVG: each glyph once, in the units of its face, and its outline kept from page to page.
//!
//! The exporter that comes with the page setter writes every glyph again for every size and run, which makes
//! seven hundred kilobytes of a page of Chinese; this one writes about a fifth and does not trace an outline twice.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use typst::layout::{Frame, FrameItem, Transform};
use typst::text::{FontInstance, TextItem};
use typst::visualize::{Curve, CurveItem, FillRule, Geometry, Paint, Shape};
use typst_layout::Page;

/// A glyph of a face.
type Glyph = (FontInstance, u16);

/// The outlines seen so far. Cloning shares them.
#[derive(Clone, Default)]
pub(crate) struct Outlines(Arc<Mutex<HashMap<Glyph, Arc<str>>>>);

/// How many outlines are kept before all are dropped: a few documents' worth, some megabytes.
const KEEP: usize = 8_000;

impl Outlines {
    fn get(&self, font: &FontInstance, glyph: u16) -> Arc<str> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > KEEP {
            kept.clear();
        }
        kept.entry((font.clone(), glyph))
            .or_insert_with(|| {
                let mut path = Path::default();
                font.ttf()
                    .outline_glyph(ttf_parser::GlyphId(glyph), &mut path);
                path.text.into()
            })
            .clone()
    }
}

/// Draws `page`, or gives nothing when it holds something that only the full exporter draws: images, clips, gradients.
pub(crate) fn draw(page: &Page, outlines: &Outlines) -> Option<String> {
    let size = page.frame.size();
    let (width, height) = (size.x.to_pt(), size.y.to_pt());
    let mut drawing = Drawing {
        outlines,
        ids: HashMap::new(),
        defs: String::new(),
        body: String::with_capacity(64 * 1024),
    };
    drawing.frame(&page.frame, Transform::identity())?;
    let mut svg = String::with_capacity(drawing.defs.len() + drawing.body.len() + 512);
    svg.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    number(&mut svg, width, 3);
    svg.push(' ');
    number(&mut svg, height, 3);
    svg.push_str("\" width=\"");
    number(&mut svg, width, 3);
    svg.push_str("pt\" height=\"");
    number(&mut svg, height, 3);
    svg.push_str("pt\"><defs>");
    svg.push_str(&drawing.defs);
    svg.push_str("</defs><path fill=\"#fff\" d=\"M0 0H");
    number(&mut svg, width, 3);
    svg.push('V');
    number(&mut svg, height, 3);
    svg.push_str("H0Z\"/>");
    svg.push_str(&drawing.body);
    svg.push_str("</svg>");
    Some(svg)
}

struct Drawing<'a> {
    outlines: &'a Outlines,
    ids: HashMap<Glyph, Option<usize>>,
    defs: String,
    body: String,
}

impl Drawing<'_> {
    fn frame(&mut self, frame: &Frame, at: Transform) -> Option<()> {
        for (position, item) in frame.items() {
            let here = at.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    if group.clip.is_some() {
                        return None;
                    }
                    self.frame(&group.frame, here.pre_concat(group.transform))?;
                }
                FrameItem::Text(text) => self.text(text, here)?,
                FrameItem::Shape(shape, _) => self.shape(shape, here)?,
                FrameItem::Image(..) => return None,
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
        Some(())
    }

    fn text(&mut self, text: &TextItem, at: Transform) -> Option<()> {
        let units = text.font.units_per_em();
        let scale = text.size.to_pt() / units;
        self.body.push_str("<g transform=\"matrix(");
        let (sx, ky, kx, sy) = (at.sx.get(), at.ky.get(), at.kx.get(), at.sy.get());
        for part in [sx * scale, ky * scale, -kx * scale, -sy * scale] {
            number(&mut self.body, part, 6);
            self.body.push(' ');
        }
        number(&mut self.body, at.tx.to_pt(), 3);
        self.body.push(' ');
        number(&mut self.body, at.ty.to_pt(), 3);
        self.body.push_str(")\" fill=\"");
        self.colour(&text.fill)?;
        self.body.push_str("\">");
        let (mut x, mut y) = (0.0, 0.0);
        for glyph in &text.glyphs {
            if let Some(id) = self.glyph(&text.font, glyph.id) {
                let _ = write!(self.body, "<use href=\"#g{id}\"");
                for (name, place) in [
                    ("x", x + glyph.x_offset.get() * units),
                    ("y", y + glyph.y_offset.get() * units),
                ] {
                    if place != 0.0 {
                        self.body
                            .push_str(if name == "x" { " x=\"" } else { " y=\"" });
                        number(&mut self.body, place, 1);
                        self.body.push('"');
                    }
                }
                self.body.push_str("/>");
            }
            x += glyph.x_advance.get() * units;
            y += glyph.y_advance.get() * units;
        }
        self.body.push_str("</g>");
        Some(())
    }

    /// The number of a glyph among the definitions; none for one without an outline, like a blank.
    fn glyph(&mut self, font: &FontInstance, glyph: u16) -> Option<usize> {
        let next = self.ids.len();
        if let Some(known) = self.ids.get(&(font.clone(), glyph)) {
            return *known;
        }
        let outline = self.outlines.get(font, glyph);
        let id = (!outline.is_empty()).then_some(next);
        if let Some(id) = id {
            let _ = write!(self.defs, "<path id=\"g{id}\" d=\"{outline}\"/>");
        }
        self.ids.insert((font.clone(), glyph), id);
        id
    }

    fn shape(&mut self, shape: &Shape, at: Transform) -> Option<()> {
        self.body.push_str("<path transform=\"matrix(");
        for part in [
            at.sx.get(),
            at.ky.get(),
            at.kx.get(),
            at.sy.get(),
            at.tx.to_pt(),
        ] {
            number(&mut self.body, part, 4);
            self.body.push(' ');
        }
        number(&mut self.body, at.ty.to_pt(), 4);
        self.body.push_str(")\" d=\"");
        match &shape.geometry {
            Geometry::Line(to) => {
                self.body.push_str("M0 0L");
                self.pair(to.x.to_pt(), to.y.to_pt());
            }
            Geometry::Rect(size) => {
                self.body.push_str("M0 0H");
                number(&mut self.body, size.x.to_pt(), 3);
                self.body.push('V');
                number(&mut self.body, size.y.to_pt(), 3);
                self.body.push_str("H0Z");
            }
            Geometry::Curve(curve) => self.curve(curve),
        }
        self.body.push_str("\" fill=\"");
        match &shape.fill {
            Some(fill) => self.colour(fill)?,
            None => self.body.push_str("none"),
        }
        self.body.push('"');
        if shape.fill_rule == FillRule::EvenOdd {
            self.body.push_str(" fill-rule=\"evenodd\"");
        }
        if let Some(stroke) = &shape.stroke {
            if stroke.dash.is_some() {
                return None;
            }
            self.body.push_str(" stroke=\"");
            self.colour(&stroke.paint)?;
            self.body.push_str("\" stroke-width=\"");
            number(&mut self.body, stroke.thickness.to_pt(), 3);
            self.body.push('"');
        }
        self.body.push_str("/>");
        Some(())
    }

    fn curve(&mut self, curve: &Curve) {
        for item in &curve.0 {
            match item {
                CurveItem::Move(to) => {
                    self.body.push('M');
                    self.pair(to.x.to_pt(), to.y.to_pt());
                }
                CurveItem::Line(to) => {
                    self.body.push('L');
                    self.pair(to.x.to_pt(), to.y.to_pt());
                }
                CurveItem::Cubic(a, b, to) => {
                    self.body.push('C');
                    for (i, point) in [a, b, to].into_iter().enumerate() {
                        if i > 0 {
                            self.body.push(' ');
                        }
                        self.pair(point.x.to_pt(), point.y.to_pt());
                    }
                }
                CurveItem::Close => self.body.push('Z'),
            }
        }
    }

    fn pair(&mut self, x: f64, y: f64) {
        number(&mut self.body, x, 3);
        self.body.push(' ');
        number(&mut self.body, y, 3);
    }

    fn colour(&mut self, paint: &Paint) -> Option<()> {
        let Paint::Solid(colour) = paint else {
            return None;
        };
        self.body.push_str(&colour.to_hex());
        Some(())
    }
}

/// Writes `value` with at most `places` decimals and no trailing zeros.
fn number(out: &mut String, value: f64, places: usize) {
    let start = out.len();
    let _ = write!(out, "{value:.places$}");
    if out[start..].contains('.') {
        let kept = out.trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(kept);
    }
    if &out[start..] == "-0" {
        out.truncate(start);
        out.push('0');
    }
}

/// A path in the units of its face: whole numbers, as faces have, and steps from point to point, which are short.
#[derive(Default)]
struct Path {
    text: String,
    /// Where the pen is.
    pen: (i32, i32),
    /// Where the contour began: closing it leads back there.
    start: (i32, i32),
}

impl Path {
    fn step(&mut self, command: char, points: &[(f32, f32)]) {
        self.text.push(command);
        let mut first = true;
        let mut last = self.pen;
        for (x, y) in points {
            last = (x.round() as i32, y.round() as i32);
            for part in [last.0 - self.pen.0, last.1 - self.pen.1] {
                // A minus sign parts two numbers as well as a blank does.
                if !first && part >= 0 {
                    self.text.push(' ');
                }
                let _ = write!(self.text, "{part}");
                first = false;
            }
        }
        self.pen = last;
    }
}

impl ttf_parser::OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step('m', &[(x, y)]);
        self.start = self.pen;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.step('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.step('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.text.push('z');
        self.pen = self.start;
    }
}
