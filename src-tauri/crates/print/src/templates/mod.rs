//! The templates compiled into the program.

mod board_sheet;
mod official_document;
mod recovery_sheet;
mod take_down_slip;

use serde::de::DeserializeOwned;
use serde_json::Value;
use typst_layout::PagedDocument;

use crate::error::PrintError;
use crate::printer::ends_well;

/// 版式 — one template: its name, its samples and how its data are read.
pub struct Template {
    /// The name by which sheets ask for it.
    pub name: &'static str,
    /// The feature it belongs to.
    pub feature: &'static str,
    /// A plain sample, as JSON.
    pub sample: &'static str,
    /// A sample that makes trouble: long, rare, empty, hostile.
    pub awkward: &'static str,
    /// Where its source lies in the world.
    pub(crate) path: &'static str,
    /// Its source.
    pub(crate) source: &'static str,
    /// Reads the data strictly and gives what the source expects.
    pub(crate) prepare: fn(Value) -> Result<Value, PrintError>,
    /// The field with the date that the file bears: a file names a date, and the clock is not asked.
    pub(crate) date: &'static str,
    /// The part of the catalogue of print that holds its words; empty for none.
    pub(crate) words: &'static str,
    /// How tightly it is set, tried in turn until the pages are right; when none is, the first counts.
    /// A first one that stands again behind is only that: it is tried in its place there.
    pub(crate) fits: &'static [u32],
    /// Whether the pages are right.
    pub(crate) right: fn(&PagedDocument) -> bool,
}

impl Template {
    /// Returns everything the page depends on besides data and fonts, to be hashed when a page is frozen.
    #[must_use]
    pub fn whole_source(&self) -> String {
        LIBRARY
            .iter()
            .map(|(_, text)| *text)
            .chain([self.source])
            .collect()
    }
}

/// Lists the templates.
#[must_use]
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

static TEMPLATES: [Template; 4] = [
    Template {
        name: "official_document",
        feature: "documents",
        sample: include_str!("../../../../../assets/print/documents/official_document.sample.json"),
        awkward: include_str!(
            "../../../../../assets/print/documents/official_document.awkward.json"
        ),
        path: "/documents/official_document.typ",
        source: include_str!("../../../../../assets/print/documents/official_document.typ"),
        prepare: official_document::prepare,
        date: "date",
        words: "",
        // Rows a page (GB/T 9704-2012, 5.2.3 and 7.3.5.5), and a hundred for each row kept free before the last text:
        // first some lines go on to the last page, then the pitch is changed.
        fits: &[22, 222, 322, 422, 522, 622, 822, 122, 23, 21, 20, 24],
        right: ends_well,
    },
    Template {
        name: "recovery_sheet",
        feature: "access",
        sample: include_str!("../../../../../assets/print/access/recovery_sheet.sample.json"),
        awkward: include_str!("../../../../../assets/print/access/recovery_sheet.awkward.json"),
        path: "/access/recovery_sheet.typ",
        source: include_str!("../../../../../assets/print/access/recovery_sheet.typ"),
        prepare: recovery_sheet::prepare,
        date: "made_on",
        words: "recovery",
        fits: &[100, 94, 88],
        right: |document| document.pages().len() == 1,
    },
    Template {
        name: "board_sheet",
        feature: "documents",
        sample: include_str!("../../../../../assets/print/documents/board_sheet.sample.json"),
        awkward: include_str!("../../../../../assets/print/documents/board_sheet.awkward.json"),
        path: "/documents/board_sheet.typ",
        source: include_str!("../../../../../assets/print/documents/board_sheet.typ"),
        prepare: board_sheet::prepare,
        date: "date",
        words: "board",
        // Per cent of the type it would like: a board sheet is one sheet if it can be, and several are easy to read.
        fits: &[80, 130, 114, 100, 88, 80, 72, 66],
        right: |document| document.pages().len() == 1,
    },
    Template {
        name: "take_down_slip",
        feature: "postings",
        sample: include_str!("../../../../../assets/print/postings/take_down_slip.sample.json"),
        awkward: include_str!("../../../../../assets/print/postings/take_down_slip.awkward.json"),
        path: "/postings/take_down_slip.typ",
        source: include_str!("../../../../../assets/print/postings/take_down_slip.typ"),
        prepare: take_down_slip::prepare,
        date: "date",
        words: "slip",
        fits: &[100],
        right: |_| true,
    },
];

/// What the templates share.
pub(crate) static LIBRARY: [(&str, &str); 3] = [
    (
        "/lib/page.typ",
        include_str!("../../../../../assets/print/lib/page.typ"),
    ),
    (
        "/lib/outlines.typ",
        include_str!("../../../../../assets/print/lib/outlines.typ"),
    ),
    (
        "/lib/gbt9704.typ",
        include_str!("../../../../../assets/print/lib/gbt9704.typ"),
    ),
];

/// Reads `data` as `T`; a misfit names the field.
fn read<T: DeserializeOwned>(template: &'static str, data: Value) -> Result<T, PrintError> {
    serde_path_to_error::deserialize(data).map_err(|error| PrintError::Data {
        template,
        path: error.path().to_string(),
        problem: error.inner().to_string(),
    })
}

fn write<T: serde::Serialize>(data: &T) -> Value {
    serde_json::to_value(data).expect("BUG: prepared data are plain JSON")
}
