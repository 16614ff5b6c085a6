//! 公文: an official document to GB/T 9704-2012.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::error::PrintError;

const NAME: &str = "official_document";

/// The data as callers write them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    /// 发文机关, without 文件.
    org: String,
    /// 发文字号; empty or absent before issue, or with an empty slot between 〕 and 号.
    #[serde(default)]
    number: Option<String>,
    /// 标题, one text a line as it should break.
    title: Vec<String>,
    /// 主送机关.
    #[serde(default)]
    to: Option<String>,
    body: Vec<Block>,
    /// 成文日期.
    #[serde(default)]
    date: Option<String>,
    /// 印发机关.
    #[serde(default)]
    organ: Option<String>,
    /// 印发日期.
    #[serde(default, rename = "print-date")]
    print_date: Option<String>,
    /// 份号.
    #[serde(default)]
    copy: Option<String>,
    /// 密级: always refused.
    #[serde(default)]
    secret: Option<String>,
    /// 紧急程度.
    #[serde(default)]
    urgency: Option<String>,
    /// 附件说明.
    #[serde(default)]
    attachments: Option<Vec<String>>,
    /// 附注.
    #[serde(default)]
    note: Option<String>,
    /// 抄送.
    #[serde(default)]
    cc: Option<String>,
    /// 签发人, in documents to a superior.
    #[serde(default)]
    signer: Option<String>,
    /// Whether room and place are laid out for a seal (7.3.5.1) or not (7.3.5.2).
    #[serde(default)]
    sealed: bool,
    /// Whether the page carries the red head.
    #[serde(default = "yes")]
    red_head: bool,
    /// For the properties of the file, not for the page.
    #[serde(default)]
    keywords: Option<Vec<String>>,
}

fn yes() -> bool {
    true
}

/// One block; what its kind does not use stays empty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    t: Kind,
    /// By this the place on the page is found again.
    #[serde(default)]
    id: String,
    /// The text; the title of a table, an image or an attachment.
    #[serde(default)]
    s: String,
    #[serde(default)]
    head: Vec<String>,
    #[serde(default)]
    rows: Vec<Vec<String>>,
    /// How columns stand: `left`, `center`, `right`; short columns are centred when it is empty.
    #[serde(default)]
    align: Vec<Align>,
    /// Which image of the sheet, from zero.
    #[serde(default)]
    image: Option<usize>,
    /// How wide the image stands, in per cent of the text area.
    #[serde(default)]
    width: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    H1,
    H2,
    H3,
    H4,
    P,
    Table,
    Image,
    PageBreak,
    /// An attachment on pages of its own (7.3.7): what follows belongs to it.
    Attachment,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Align {
    Left,
    Center,
    Right,
}

/// The data as the template reads them: every field present, lines broken, nothing left to decide but places.
#[derive(Serialize)]
struct Prepared {
    org: String,
    number: String,
    title: Vec<String>,
    to: String,
    to_below: bool,
    body: Vec<PreparedBlock>,
    attachments: Vec<String>,
    appendices: Vec<Appendix>,
    note: String,
    date: String,
    organ: String,
    print_date: String,
    copy: String,
    urgency: String,
    cc: String,
    signer: String,
    sealed: bool,
    red_head: bool,
    keywords: Vec<String>,
}

#[derive(Serialize, Default)]
struct PreparedBlock {
    t: &'static str,
    id: String,
    s: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    align: Vec<Align>,
    weights: Vec<usize>,
    image: String,
    width: u32,
}

/// An attachment on pages of its own.
#[derive(Serialize)]
struct Appendix {
    id: String,
    title: Vec<String>,
    body: Vec<PreparedBlock>,
}

/// Reads the data and decides what does not depend on measuring.
pub(super) fn prepare(data: Value) -> Result<Value, PrintError> {
    let data: Data = read(NAME, data)?;
    if data
        .secret
        .as_deref()
        .is_some_and(|secret| !secret.trim().is_empty())
    {
        return Err(PrintError::Secret);
    }
    let text = |field: Option<String>| field.map(|s| s.trim().to_owned()).unwrap_or_default();
    let title = break_title(&data.title);
    let to = ending(text(data.to), '：', &['：', ':']);
    let mut body = Vec::with_capacity(data.body.len());
    let mut appendices: Vec<Appendix> = Vec::new();
    let mut own_names = Vec::new();
    for block in data.body {
        if let Kind::Attachment = block.t {
            let name = one_line(&block.s);
            appendices.push(Appendix {
                id: block.id,
                title: break_title(std::slice::from_ref(&name)),
                body: Vec::new(),
            });
            own_names.push(name);
            continue;
        }
        let out = appendices.last_mut().map_or(&mut body, |a| &mut a.body);
        prepare_block(block, out);
    }
    let apart = data.attachments.unwrap_or_default();
    let attachments = own_names
        .into_iter()
        .chain(apart.iter().map(|s| one_line(s)))
        .collect();
    let red_head = data.red_head;
    // 7.3.2: recipients so many that the first page would show no body go into the closing block.
    let head_rows = if red_head { 10 } else { 0 };
    let to_below = width(&to).div_ceil(10 * 28) + head_rows + title.len() + 2 > 22;
    Ok(write(&Prepared {
        org: data.org.trim().to_owned(),
        number: text(data.number),
        title,
        to,
        to_below,
        body,
        attachments,
        appendices,
        note: text(data.note),
        date: text(data.date),
        organ: text(data.organ),
        print_date: text(data.print_date),
        copy: text(data.copy),
        urgency: text(data.urgency),
        cc: ending(text(data.cc), '。', &['。', '.']),
        signer: text(data.signer),
        sealed: data.sealed,
        red_head,
        keywords: data.keywords.unwrap_or_default(),
    }))
}

fn prepare_block(block: Block, out: &mut Vec<PreparedBlock>) {
    let Block {
        t,
        id,
        s,
        head,
        rows,
        align,
        image,
        width,
    } = block;
    let plain = |t: &'static str, id: &str, s: String| PreparedBlock {
        t,
        id: id.to_owned(),
        s,
        ..PreparedBlock::default()
    };
    match t {
        Kind::H1 => out.push(plain("h1", &id, breakable(&one_line(&s)))),
        Kind::H2 => out.push(plain("h2", &id, breakable(&one_line(&s)))),
        Kind::H3 => out.push(plain("h3", &id, breakable(&one_line(&s)))),
        Kind::H4 => out.push(plain("h4", &id, breakable(&one_line(&s)))),
        // A typed line end is the end of a paragraph; a typed indent is not text.
        Kind::P => {
            for line in s.lines().map(str::trim).filter(|line| !line.is_empty()) {
                out.push(plain("p", &id, breakable(line)));
            }
        }
        Kind::Table => {
            let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
            if columns > 0 {
                let (mut head, mut rows, mut align) = (head, rows, align);
                head.resize(columns, String::new());
                rows.iter_mut()
                    .for_each(|row| row.resize(columns, String::new()));
                for column in align.len()..columns {
                    align.push(usual_align(&rows, column));
                }
                align.truncate(columns);
                let weights = column_weights(&head, &rows);
                for cell in rows.iter_mut().flatten() {
                    *cell = breakable(cell.trim());
                }
                out.push(PreparedBlock {
                    head,
                    rows,
                    align,
                    weights,
                    ..plain("table", &id, one_line(&s))
                });
            }
        }
        Kind::Image => {
            if let Some(n) = image {
                out.push(PreparedBlock {
                    image: crate::world::image_path(n),
                    width: width.unwrap_or(100).clamp(10, 100),
                    ..plain("image", &id, one_line(&s))
                });
            }
        }
        Kind::PageBreak => out.push(plain("break", &id, String::new())),
        Kind::Attachment => {}
    }
}

/// How many tenths of a character a cell may have in a column that is centred by itself.
const SHORT_CELL: usize = 80;

fn usual_align(rows: &[Vec<String>], column: usize) -> Align {
    match rows.iter().all(|row| width(&row[column]) <= SHORT_CELL) {
        true => Align::Center,
        false => Align::Left,
    }
}

/// Shares the width of a table among its columns: by the longest cell, long texts counting less as they can wrap.
fn column_weights(head: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    (0..head.len())
        .map(|column| {
            let longest = rows
                .iter()
                .map(|row| width(&row[column]))
                .max()
                .unwrap_or(0);
            let wanted = longest.min(80) + longest.saturating_sub(80) / 2;
            (width(&head[column]) + 10).max(wanted + 10).clamp(20, 240)
        })
        .collect()
}

fn one_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How long a word of Latin letters, digits and signs may be before it is broken anywhere: a web address
/// must neither tear a line apart nor run off the page.
const LONG_WORD: usize = 16;

/// Lets long words break after each character.
fn breakable(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while !rest.is_empty() {
        let word = rest
            .find(|c: char| !c.is_ascii_graphic())
            .unwrap_or(rest.len());
        if word > LONG_WORD {
            for c in rest[..word].chars() {
                out.push(c);
                out.push('\u{200b}');
            }
        } else {
            out.push_str(&rest[..word]);
        }
        rest = &rest[word..];
        let other = rest
            .find(|c: char| c.is_ascii_graphic())
            .unwrap_or(rest.len());
        out.push_str(&rest[..other]);
        rest = &rest[other..];
    }
    out
}

/// Ends `s` with `mark`, unless it is empty or already ends with one of `marks`.
fn ending(mut s: String, mark: char, marks: &[char]) -> String {
    if !s.is_empty() {
        let kept = s.trim_end_matches(marks).len();
        s.truncate(kept);
        s.push(mark);
    }
    s
}

/// The width of a text in tenths of a character, on the safe side.
fn width(s: &str) -> usize {
    s.chars()
        .map(|c| match c {
            'a'..='z' | '0'..='9' | ' ' | '.' | ',' | ':' | '(' | ')' | '-' => 6,
            c if c.is_ascii() => 9,
            _ => 10,
        })
        .sum()
}

/// How many tenths of a character of 22 pt fit between the margins.
const TITLE_WIDTH: usize = 200;

/// Breaks title lines that do not fit, at an even place and never before a closing mark or a number's second digit.
fn break_title(lines: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines
        .iter()
        .map(|line| one_line(line))
        .filter(|line| !line.is_empty())
    {
        let parts = width(&line).div_ceil(TITLE_WIDTH).max(1);
        if parts == 1 {
            out.push(line);
            continue;
        }
        let mut rest: Vec<char> = line.chars().collect();
        for left in (2..=parts).rev() {
            let total: usize = rest.iter().map(|c| width(c.encode_utf8(&mut [0; 4]))).sum();
            // What does not fit into the lines that are left decides how much must go here at least.
            let at = cut(
                &rest,
                total
                    .div_ceil(left)
                    .max(total.saturating_sub((left - 1) * TITLE_WIDTH)),
            );
            let tail = rest.split_off(at);
            out.push(rest.into_iter().collect());
            rest = tail;
        }
        out.push(rest.into_iter().collect());
    }
    out
}

/// Finds the place nearest to `target` tenths of a character where a title may break and what stands before still fits.
fn cut(chars: &[char], target: usize) -> usize {
    const NOT_FIRST: &str = "，。、；：？！）》〉】〕”’…—,.;:?!)>]}%";
    const NOT_LAST: &str = "（《〈【〔“‘(<[{#$@";
    // Words that open the matter or close it: a line ends well before or after them.
    const OPENING: [&str; 2] = ["关于", "印发"];
    let mut best = (usize::MAX, chars.len().min(1));
    let mut before = 0;
    for at in 1..chars.len() {
        before += width(chars[at - 1].encode_utf8(&mut [0; 4]));
        if before > TITLE_WIDTH {
            break;
        }
        let (left, right) = (chars[at - 1], chars[at]);
        let splits_word = left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric();
        if splits_word
            || NOT_FIRST.contains(right)
            || NOT_LAST.contains(left)
            || NOT_FIRST_WORD.contains(right)
        {
            continue;
        }
        let after: usize = chars[at..]
            .iter()
            .map(|c| width(c.encode_utf8(&mut [0; 4])))
            .sum();
        let opens = OPENING
            .iter()
            .any(|word| chars[at..].starts_with(&word.chars().collect::<Vec<_>>()));
        let bonus = if opens && after <= TITLE_WIDTH { 90 } else { 0 };
        // A name in quotes or brackets stays together where it can.
        let open = chars[..at]
            .iter()
            .filter(|c| "“《（〈".contains(**c))
            .count();
        let closed = chars[..at]
            .iter()
            .filter(|c| "”》）〉".contains(**c))
            .count();
        let torn = if open > closed { 60 } else { 0 };
        let badness = (before.abs_diff(target) + torn).saturating_sub(bonus);
        if badness < best.0 {
            best = (badness, at);
        }
    }
    best.1
}

/// Words of one character that cling to the text before them.
const NOT_FIRST_WORD: &str = "的了和与及等日月年号";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_title_breaks_before_its_matter() {
        let title = ["临江市实验小学关于加强冬季校园消防安全管理的通知".to_owned()];
        assert_eq!(
            break_title(&title),
            ["临江市实验小学", "关于加强冬季校园消防安全管理的通知"]
                .map(String::from)
                .to_vec()
        );
    }

    #[test]
    fn no_title_line_is_wider_than_the_page() {
        let title = ["测".repeat(97)];
        let lines = break_title(&title);
        assert!(
            lines.iter().all(|line| width(line) <= TITLE_WIDTH),
            "{lines:?}"
        );
        assert_eq!(lines.concat(), title[0]);
    }

    #[test]
    fn secrecy_level_is_refused() {
        let data = serde_json::json!({"org": "校", "title": [], "body": [], "secret": "机密★1年"});
        assert!(matches!(prepare(data), Err(PrintError::Secret)));
    }

    #[test]
    fn unknown_field_is_named() {
        let data = serde_json::json!({"org": "校", "title": [], "body": [{"t": "h9", "s": ""}]});
        let Err(PrintError::Data { path, .. }) = prepare(data) else {
            panic!("accepted")
        };
        assert_eq!(path, "body[0].t");
    }
}
