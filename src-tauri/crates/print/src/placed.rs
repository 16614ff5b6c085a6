//! Reads positions back from a set page, for the tests and checks that must not trust the templates.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::visualize::{Geometry, Paint};

/// One character on a page. Lengths are millimetres from the upper left corner of the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The text of the glyph.
    pub text: String,
    /// The left end of its advance.
    pub x: f64,
    /// Its baseline.
    pub baseline: f64,
    /// How far it moves the pen.
    pub advance: f64,
    /// The top of its outline; the baseline where it has none.
    pub top: f64,
    /// The bottom of its outline; the baseline where it has none.
    pub bottom: f64,
    /// Its size in points.
    pub size: f64,
    /// The PostScript name of its face.
    pub face: String,
    /// Its colour, as `#rrggbb`.
    pub colour: String,
    /// Whether it stands upright at its own size, neither turned nor scaled.
    pub upright: bool,
}

/// One line or filled shape on a page. Lengths are millimetres from the upper left corner of the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// The left end.
    pub x: f64,
    /// The upper end.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is, without its thickness.
    pub height: f64,
    /// How thick its line is; zero for a shape that is only filled.
    pub thickness: f64,
    /// Its colour, as `#rrggbb`.
    pub colour: String,
}

fn mm(length: Abs) -> f64 {
    length.to_mm()
}

fn colour(paint: &Paint) -> String {
    match paint {
        Paint::Solid(colour) => colour.to_hex().to_string(),
        Paint::Gradient(_) | Paint::Tiling(_) => String::new(),
    }
}

fn walk(frame: &Frame, at: Transform, each: &mut impl FnMut(&FrameItem, Transform)) {
    for (position, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(position.x, position.y));
        if let FrameItem::Group(group) = item {
            walk(&group.frame, here.pre_concat(group.transform), each);
        } else {
            each(item, here);
        }
    }
}

/// Lists the characters of `frame`, in painting order.
pub(crate) fn characters(frame: &Frame) -> Vec<Placed> {
    let mut out = Vec::new();
    walk(frame, Transform::identity(), &mut |item, at| {
        let FrameItem::Text(text) = item else { return };
        let upright = (at.sx.get() - 1.0).abs() < 1e-6
            && (at.sy.get() - 1.0).abs() < 1e-6
            && at.kx.get().abs() < 1e-6
            && at.ky.get().abs() < 1e-6;
        let face = text.font.font().post_script_name().unwrap_or_default();
        let mut pen = Abs::zero();
        for glyph in &text.glyphs {
            let offset = glyph.x_offset.at(text.size);
            let advance = glyph.x_advance.at(text.size);
            let origin = Point::new(pen + offset, Abs::zero()).transform(at);
            let bounds = text
                .font
                .ttf()
                .glyph_bounding_box(ttf_parser::GlyphId(glyph.id));
            let edge = |units: i16| {
                let up = text.font.to_em(f64::from(units)).at(text.size);
                mm(Point::new(pen + offset, -up).transform(at).y)
            };
            out.push(Placed {
                text: text.text.get(glyph.range()).unwrap_or_default().to_owned(),
                x: mm(origin.x),
                baseline: mm(origin.y),
                advance: mm(advance) * at.sx.get(),
                top: bounds.map_or(mm(origin.y), |b| edge(b.y_max)),
                bottom: bounds.map_or(mm(origin.y), |b| edge(b.y_min)),
                size: text.size.to_pt(),
                face: face.clone(),
                colour: colour(&text.fill),
                upright,
            });
            pen += advance;
        }
    });
    out
}

/// Lists the shapes of `frame`, in painting order.
pub(crate) fn strokes(frame: &Frame) -> Vec<Stroke> {
    let mut out = Vec::new();
    walk(frame, Transform::identity(), &mut |item, at| {
        let FrameItem::Shape(shape, _) = item else {
            return;
        };
        let bounds = match &shape.geometry {
            Geometry::Line(to) => (Point::zero(), *to),
            Geometry::Rect(size) => (Point::zero(), size.to_point()),
            Geometry::Curve(curve) => {
                let rect = curve.bbox(None);
                (rect.min, rect.max)
            }
        };
        let a = bounds.0.transform(at);
        let b = bounds.1.transform(at);
        out.push(Stroke {
            x: mm(a.x.min(b.x)),
            y: mm(a.y.min(b.y)),
            width: mm((b.x - a.x).abs()),
            height: mm((b.y - a.y).abs()),
            thickness: shape
                .stroke
                .as_ref()
                .map_or(0.0, |stroke| mm(stroke.thickness)),
            colour: shape
                .stroke
                .as_ref()
                .map(|stroke| colour(&stroke.paint))
                .or_else(|| shape.fill.as_ref().map(colour))
                .unwrap_or_default(),
        });
    });
    out
}
