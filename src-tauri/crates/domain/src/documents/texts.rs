//! Every text of a document in one place: what masks names, looks for characters or searches goes through here.
//!
//! **Invariant:** each struct is taken apart field by field, so that a new field does not compile before it is here.
use super::{Block, Content, Table};

impl Content {
    /// Shows every text that may be printed, with its path; the title as one text, its lines parted by line ends.
    pub fn each_text(&self, see: &mut dyn FnMut(&str, &str)) {
        let _ = self.with_texts(&mut |path, text| {
            see(path, text);
            text.to_owned()
        });
    }
    /// Returns the same document with every text that may be printed changed by `change`.
    #[must_use]
    pub fn with_texts(&self, change: &mut dyn FnMut(&str, &str) -> String) -> Content {
        let Content {
            kind,
            series,
            red_head,
            title,
            recipients,
            blocks,
            attachments,
            copy_to,
            reports_on,
            posting,
        } = self;
        Content {
            kind: *kind,
            series: series.clone(),
            red_head: *red_head,
            title: if title.is_empty() {
                Vec::new()
            } else {
                change("title", &title.join("\n"))
                    .split('\n')
                    .map(str::to_owned)
                    .collect()
            },
            recipients: change("recipients", recipients),
            blocks: blocks.iter().map(|b| with_texts_of(b, change)).collect(),
            attachments: attachments
                .iter()
                .enumerate()
                .map(|(i, name)| change(&format!("attachments.{i}"), name))
                .collect(),
            copy_to: change("copy_to", copy_to),
            reports_on: *reports_on,
            // how names are masked is never printed
            posting: posting.clone(),
        }
    }
}
fn with_texts_of(block: &Block, change: &mut dyn FnMut(&str, &str) -> String) -> Block {
    let Block {
        id,
        kind,
        text,
        finding_ids,
        table,
        // a picture has no text; its title is the text of the block
        image,
    } = block;
    Block {
        id: id.clone(),
        kind: *kind,
        text: change(&format!("blocks.{id}.text"), text),
        finding_ids: finding_ids.clone(),
        table: table.as_ref().map(|t| with_cells_of(id, t, change)),
        image: image.clone(),
    }
}
fn with_cells_of(id: &str, table: &Table, change: &mut dyn FnMut(&str, &str) -> String) -> Table {
    let Table { head, rows, align } = table;
    let mut row = |r: usize, cells: &[String]| -> Vec<String> {
        cells
            .iter()
            .enumerate()
            .map(|(c, cell)| change(&format!("blocks.{id}.cells.{r}.{c}"), cell))
            .collect()
    };
    Table {
        head: row(0, head),
        rows: rows
            .iter()
            .enumerate()
            .map(|(r, cells)| row(r + 1, cells))
            .collect(),
        align: align.clone(),
    }
}
