//! 张贴稿: what hangs on a notice board, in large type.

use fast_qr::{ECL, QRBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::error::PrintError;

const NAME: &str = "board_sheet";

/// The data as callers write them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(default)]
    paper: Paper,
    /// Who posts it.
    org: String,
    /// The title in lines.
    title: Vec<String>,
    /// 发文字号, if it has one.
    #[serde(default)]
    number: String,
    /// The date it bears.
    date: String,
    /// 正文, as in the official document.
    body: Vec<Block>,
    /// 附件: names.
    #[serde(default)]
    attachments: Vec<String>,
    /// Who reviewed it, with the date.
    #[serde(default)]
    reviewed: String,
    /// Until when it hangs.
    #[serde(default)]
    until: String,
    /// The code by which the frozen page is found again, as it is to be read.
    #[serde(default)]
    code: String,
    /// What the QR code holds.
    #[serde(default)]
    qr: String,
}

#[derive(Deserialize, Serialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Paper {
    #[default]
    A4,
    A3,
}

#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
enum Block {
    H1 {
        s: String,
    },
    H2 {
        s: String,
    },
    H3 {
        s: String,
    },
    H4 {
        s: String,
    },
    P {
        s: String,
    },
    /// Where an attachment begins, with its title.
    Attachment {
        s: String,
    },
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// The data as the template reads them.
#[derive(Serialize)]
struct Prepared {
    paper: Paper,
    org: String,
    title: Vec<String>,
    number: String,
    date: String,
    body: Vec<PreparedBlock>,
    attachments: Vec<String>,
    reviewed: String,
    until: String,
    code: String,
    qr: Option<Qr>,
}
#[derive(Serialize, Default)]
struct PreparedBlock {
    t: &'static str,
    s: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}
/// A QR code as runs of dark modules: column, row, length.
#[derive(Serialize)]
struct Qr {
    size: usize,
    runs: Vec<[usize; 3]>,
}

/// Reads the data.
pub(super) fn prepare(data: Value) -> Result<Value, PrintError> {
    let data: Data = read(NAME, data)?;
    let line = |s: &String| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = |list: &[String]| -> Vec<String> {
        list.iter().map(line).filter(|s| !s.is_empty()).collect()
    };
    let mut body = Vec::new();
    for block in data.body {
        let (t, s) = match block {
            Block::H1 { s } => ("h1", s),
            Block::H2 { s } => ("h2", s),
            Block::H3 { s } => ("h3", s),
            Block::H4 { s } => ("h4", s),
            Block::Attachment { s } => ("attachment", s),
            Block::P { s } => {
                // a typed line end is the end of an entry
                body.extend(s.lines().map(str::trim).filter(|l| !l.is_empty()).map(|l| {
                    PreparedBlock {
                        t: "p",
                        s: l.to_owned(),
                        ..PreparedBlock::default()
                    }
                }));
                continue;
            }
            Block::Table { mut head, mut rows } => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
                head.resize(columns, String::new());
                rows.iter_mut()
                    .for_each(|row| row.resize(columns, String::new()));
                if columns > 0 {
                    body.push(PreparedBlock {
                        t: "table",
                        s: String::new(),
                        head,
                        rows,
                    });
                }
                continue;
            }
        };
        let s = line(&s);
        if !s.is_empty() {
            body.push(PreparedBlock {
                t,
                s,
                ..PreparedBlock::default()
            });
        }
    }
    Ok(write(&Prepared {
        paper: data.paper,
        org: line(&data.org),
        title: lines(&data.title),
        number: data.number,
        date: data.date,
        body,
        attachments: lines(&data.attachments),
        reviewed: data.reviewed,
        until: data.until,
        code: data.code,
        qr: qr(&data.qr)?,
    }))
}

fn qr(payload: &str) -> Result<Option<Qr>, PrintError> {
    if payload.is_empty() {
        return Ok(None);
    }
    let made = QRBuilder::new(payload)
        .ecl(ECL::M)
        .build()
        .map_err(|_| PrintError::Data {
            template: NAME,
            path: "qr".to_owned(),
            problem: "too long for a QR code".to_owned(),
        })?;
    let mut runs = Vec::new();
    for row in 0..made.size {
        let mut column = 0;
        while column < made.size {
            let dark = (column..made.size)
                .take_while(|c| made[row][*c].value())
                .count();
            if dark > 0 {
                runs.push([column, row, dark]);
            }
            column += dark + 1;
        }
    }
    Ok(Some(Qr {
        size: made.size,
        runs,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runs_are_the_modules_of_the_code() {
        let q = qr("TB:ABCD1234:7KD42MQPX").expect("short").expect("some");
        // three finders: seven dark modules in the first row, left and right, and in the seventh-last on the left
        assert!(q.runs.contains(&[0, 0, 7]) && q.runs.contains(&[q.size - 7, 0, 7]));
        assert!(q.runs.contains(&[0, q.size - 7, 7]));
        assert!(q.size <= 29, "a small code is read from farther away");
        assert!(qr("").expect("nothing asked").is_none());
    }
}
