//! Pages: data in, SVG, PNG and PDF out.
//!
//! A page is a pure function of (template, data, fonts): the same inputs give the same bytes.
//! The only thing this crate reads is font files; it knows no clock, no network and no other file.
//!
//! **Invariant:** text reaches the page setter as data, never as markup.
//! **Invariant:** no Typst type crosses the edge of this crate.

mod clean;
mod error;
mod fonts;
mod map;
mod pages;
mod placed;
mod printer;
mod sheet;
mod svg;
mod templates;
mod words;
mod world;

pub use error::PrintError;
pub use fonts::{FontUse, Fonts, Role};
pub use pages::Pages;
pub use placed::{Placed, Stroke};
pub use printer::Printer;
pub use sheet::{Language, Mark, Sheet};
pub use templates::{Template, templates};
