//! Judges a page by GB/T 9704-2012. Every number is the standard's, from the edges of the paper; the tolerance is the
//! ±1 mm that the standard gives its own margins (5.2.1).

use crate::reader::{Ink, Page, Row, Rule, says};

const TOP: f64 = 37.0;
const LEFT: f64 = 28.0;
const WIDTH: f64 = 156.0;
const HEIGHT: f64 = 225.0;
const RIGHT: f64 = LEFT + WIDTH;
const BOTTOM: f64 = TOP + HEIGHT;
const ROWS: usize = 22;
const CHARACTERS: usize = 28;
/// 行: the pitch that puts 22 of them on 225 mm.
const ROW: f64 = HEIGHT / 22.0;
/// 字: the width that puts 28 of them on 156 mm.
const CHARACTER: f64 = WIDTH / 28.0;
const POINT: f64 = 25.4 / 72.0;
const TOLERANCE: f64 = 1.0;

/// What a paper says, so that its parts can be found.
#[derive(Clone, Default)]
pub(crate) struct Paper {
    pub(crate) mark: String,
    pub(crate) number: String,
    pub(crate) title: Vec<String>,
    pub(crate) to: String,
    /// How the first paragraph begins.
    pub(crate) begins: String,
    pub(crate) attachments: Vec<String>,
    pub(crate) agency: String,
    pub(crate) date: String,
    pub(crate) sealed: bool,
    pub(crate) copy_to: bool,
    /// 印发日期, as it is printed.
    pub(crate) printed: String,
}
/// Something that is not as the standard wants it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) clause: &'static str,
    pub(crate) what: String,
}

struct Judge {
    faults: Vec<Fault>,
    /// 行 in this paper.
    row: f64,
    /// How many of them a page has.
    rows: usize,
}
impl Judge {
    fn near(&mut self, clause: &'static str, what: &str, found: f64, wanted: f64, tolerance: f64) {
        if (found - wanted).abs() > tolerance {
            let what = format!("{what}: {found:.2} mm instead of {wanted:.2} ± {tolerance} mm");
            self.faults.push(Fault { clause, what });
        }
    }
    fn holds(&mut self, clause: &'static str, holds: bool, what: impl Into<String>) {
        if !holds {
            self.faults.push(Fault {
                clause,
                what: what.into(),
            });
        }
    }
}
fn top(row: &[Ink]) -> f64 {
    row.iter().map(|g| g.top).fold(f64::MAX, f64::min)
}
fn bottom(row: &[Ink]) -> f64 {
    row.iter().map(|g| g.bottom).fold(f64::MIN, f64::max)
}
fn centre(row: &[Ink]) -> f64 {
    (row[0].left + row[row.len() - 1].right) / 2.0
}
/// Where the cell of the last character ends: Han characters are as wide as their type.
fn end(row: &[Ink]) -> f64 {
    let last = &row[row.len() - 1];
    if last.text.chars().all(is_han) {
        last.x + last.em
    } else {
        last.right
    }
}
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF)
}
fn is_rule(rule: &Rule) -> bool {
    rule.right - rule.left > WIDTH / 2.0
}
fn is_number(row: &[Ink]) -> bool {
    let text: String = says(row).chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.trim_matches('—');
    text.starts_with('—') && text.ends_with('—') && digits.parse::<u32>().is_ok()
}
/// Rows that lie in the text area and have its type; the closing block of smaller type is none of them.
fn body(page: &Page) -> Vec<Row> {
    page.rows()
        .into_iter()
        .filter(|row| !is_number(row) && row[0].em > 15.0 * POINT)
        .collect()
}
struct Found {
    page: usize,
    at: usize,
    rows: Vec<Row>,
}
impl Found {
    fn row(&self) -> &Row {
        &self.rows[self.at]
    }
    fn before(&self) -> Option<&Row> {
        self.at.checked_sub(1).map(|at| &self.rows[at])
    }
}
/// The first row that says just this, in black: a title may begin as the mark does, and a text may name its date.
fn find_whole(pages: &[Page], text: &str) -> Option<Found> {
    for (n, page) in pages.iter().enumerate() {
        let rows = page.rows();
        if let Some(at) = rows
            .iter()
            .position(|row| says(row).trim() == text && !row[0].red)
        {
            return Some(Found { page: n, at, rows });
        }
    }
    None
}
/// The first row that contains this.
fn find(pages: &[Page], text: &str) -> Option<Found> {
    for (n, page) in pages.iter().enumerate() {
        let rows = page.rows();
        let said = |row: &Row| {
            says(row)
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
        };
        let wanted: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(at) = rows.iter().position(|row| said(row).contains(&wanted)) {
            return Some(Found { page: n, at, rows });
        }
    }
    None
}

/// Returns everything that is wrong.
pub(crate) fn judge(pages: &[Page], paper: &Paper) -> Vec<Fault> {
    let mut j = Judge {
        faults: Vec::new(),
        row: ROW,
        rows: ROWS,
    };
    pitch(&mut j, pages, paper);
    for (n, page) in pages.iter().enumerate() {
        j.near("5.1", "width of the paper", page.width, 210.0, 0.5);
        j.near("5.1", "height of the paper", page.height, 297.0, 0.5);
        area(&mut j, n, page);
        page_number(&mut j, n, page);
    }
    full_pages(&mut j, pages);
    head(&mut j, pages, paper);
    main(&mut j, pages, paper);
    closing(&mut j, pages, paper);
    imprint(&mut j, pages, paper);
    j.faults
}

/// 5.2.3 and 7.3.5.5: 22 rows a page; another number only where the closing would otherwise stand without text.
fn pitch(j: &mut Judge, pages: &[Page], paper: &Paper) {
    let mut gaps = Vec::new();
    for page in pages {
        for pair in body(page).windows(2) {
            let gap = pair[1][0].baseline - pair[0][0].baseline;
            if pair
                .iter()
                .all(|row| row[0].em < 17.0 * POINT && !row[0].red)
                && gap < 1.5 * ROW
            {
                gaps.push(gap);
            }
        }
    }
    gaps.sort_by(f64::total_cmp);
    let Some(gap) = gaps.get(gaps.len() / 2) else {
        return;
    };
    let Some(rows) = (18..=26_u32).min_by(|a, b| {
        let off = |n: &u32| (HEIGHT / f64::from(*n) - gap).abs();
        off(a).total_cmp(&off(b))
    }) else {
        return;
    };
    let closing_follows_little_text = find_whole(pages, &paper.date)
        .is_some_and(|date| date.page + 1 == pages.len() && date.page > 0 && date.at <= 6);
    j.holds(
        "5.2.3",
        rows == 22 || closing_follows_little_text,
        format!("{rows} rows a page"),
    );
    j.row = HEIGHT / f64::from(rows);
    j.rows = usize::try_from(rows).unwrap();
}
/// 5.2.1: nothing outside the text area, and the first row at its upper edge.
fn area(j: &mut Judge, n: usize, page: &Page) {
    for row in page.rows().iter().filter(|row| !is_number(row)) {
        let text = says(row);
        j.holds(
            "5.2.1",
            row[0].x >= LEFT - TOLERANCE,
            format!("page {}: {text} begins at {:.2} mm", n + 1, row[0].x),
        );
        let right = row[row.len() - 1].right;
        j.holds(
            "5.2.1",
            right <= RIGHT + TOLERANCE,
            format!("page {}: {text} ends at {right:.2} mm", n + 1),
        );
        j.holds(
            "5.2.1",
            top(row) >= TOP - TOLERANCE,
            format!("page {}: {text} is {:.2} mm from the top", n + 1, top(row)),
        );
        j.holds(
            "5.2.1",
            bottom(row) <= BOTTOM + TOLERANCE,
            format!("page {}: {text} reaches to {:.2} mm", n + 1, bottom(row)),
        );
    }
    let rows = body(page);
    if n > 0
        && let Some(first) = rows.first()
    {
        j.near(
            "5.2.1",
            &format!("page {}: upper edge of the text", n + 1),
            top(first),
            TOP,
            TOLERANCE,
        );
    }
    let left = rows.iter().map(|row| row[0].x).fold(f64::MAX, f64::min);
    // a page that holds only the closing has no row that begins at the edge
    if rows.iter().any(|row| row.len() >= CHARACTERS - 1) {
        j.near(
            "5.2.1",
            &format!("page {}: left edge of the text", n + 1),
            left,
            LEFT,
            TOLERANCE,
        );
    }
}
/// 5.2.3: 22 rows of 28 characters fill the area.
fn full_pages(j: &mut Judge, pages: &[Page]) {
    let inner = pages.len().saturating_sub(1);
    for (n, page) in pages.iter().enumerate().take(inner).skip(1) {
        let rows = body(page);
        j.holds(
            "5.2.3",
            rows.len() == j.rows,
            format!("page {}: {} rows", n + 1, rows.len()),
        );
    }
    let mut full = 0;
    for (n, page) in pages.iter().enumerate() {
        let rows = body(page);
        // the first page has its head, and a page with a closing has its gaps: whole rows all the same
        for pair in rows.windows(2).filter(|pair| {
            pair.iter()
                .all(|row| row[0].em < 17.0 * POINT && !row[0].red)
        }) {
            let gap = pair[1][0].baseline - pair[0][0].baseline;
            let whole = (gap / j.row).round().max(1.0);
            j.near(
                "5.2.3",
                &format!("page {}: rows apart at {}", n + 1, says(&pair[1])),
                gap,
                whole * j.row,
                0.2 * whole,
            );
        }
        for row in rows.iter().filter(|row| {
            row.iter().all(|g| g.text.chars().all(is_han)) && row[0].em < 17.0 * POINT
        }) {
            let wanted = if (row[0].x - LEFT).abs() < TOLERANCE {
                CHARACTERS
            } else {
                CHARACTERS - 2
            };
            if end(row) > RIGHT - CHARACTER / 2.0 {
                full += 1;
                j.holds(
                    "5.2.3",
                    row.len() == wanted,
                    format!("page {}: {} characters: {}", n + 1, row.len(), says(row)),
                );
                j.near(
                    "5.2.1",
                    &format!("page {}: right edge of the text", n + 1),
                    end(row),
                    RIGHT,
                    TOLERANCE,
                );
            }
        }
    }
    j.holds("5.2.3", full > 0, "no full row of Han characters to count");
}
/// 7.5
fn page_number(j: &mut Judge, n: usize, page: &Page) {
    let rows = page.rows();
    let numbers: Vec<&Row> = rows.iter().filter(|row| is_number(row)).collect();
    let [number] = numbers.as_slice() else {
        j.holds(
            "7.5",
            false,
            format!("page {}: {} page numbers", n + 1, numbers.len()),
        );
        return;
    };
    let text: String = says(number)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    j.holds(
        "7.5",
        text == format!("—{}—", n + 1),
        format!("page {} says {text}", n + 1),
    );
    let dash = &number[0];
    j.near(
        "7.5",
        &format!("page {}: the dash under the text area", n + 1),
        (dash.top + dash.bottom) / 2.0,
        BOTTOM + 7.0,
        TOLERANCE,
    );
    for g in number.iter() {
        j.near(
            "7.5",
            &format!("page {}: type of the number", n + 1),
            g.em,
            14.0 * POINT,
            0.15,
        );
    }
    if n.is_multiple_of(2) {
        let right = number[number.len() - 1].right;
        j.near(
            "7.5",
            &format!("page {}: right end of the number", n + 1),
            right,
            RIGHT - CHARACTER,
            TOLERANCE,
        );
    } else {
        j.near(
            "7.5",
            &format!("page {}: left end of the number", n + 1),
            dash.left,
            LEFT + CHARACTER,
            TOLERANCE,
        );
    }
}
/// 7.2.4, 7.2.5, 7.2.7
fn head(j: &mut Judge, pages: &[Page], paper: &Paper) {
    let Some(first) = pages.first() else {
        j.holds("5.1", false, "no page");
        return;
    };
    let rows = first.rows();
    let Some(mark) = rows
        .iter()
        .find(|row| row.iter().all(|g| g.red) && says(row) == paper.mark)
    else {
        j.holds("7.2.4", false, format!("no red {}", paper.mark));
        return;
    };
    j.near(
        "7.2.4",
        "upper edge of the mark",
        top(mark),
        TOP + 35.0,
        TOLERANCE,
    );
    j.near(
        "7.2.4",
        "middle of the mark",
        centre(mark),
        LEFT + WIDTH / 2.0,
        TOLERANCE,
    );
    let Some(number) = rows.iter().find(|row| says(row).contains(&paper.number)) else {
        j.holds("7.2.5", false, format!("no number {}", paper.number));
        return;
    };
    j.near(
        "7.2.5",
        "two blank rows under the mark",
        top(number) - bottom(mark),
        2.0 * j.row,
        TOLERANCE,
    );
    j.near(
        "7.2.5",
        "middle of the number",
        centre(number),
        LEFT + WIDTH / 2.0,
        TOLERANCE,
    );
    let red: Vec<&Rule> = first.rules.iter().filter(|r| r.red && is_rule(r)).collect();
    let [rule] = red.as_slice() else {
        j.holds("7.2.7", false, format!("{} red rules", red.len()));
        return;
    };
    j.near(
        "7.2.7",
        "red rule under the number",
        rule.y - bottom(number),
        4.0,
        TOLERANCE,
    );
    j.near(
        "7.2.7",
        "left end of the red rule",
        rule.left,
        LEFT,
        TOLERANCE,
    );
    j.near(
        "7.2.7",
        "right end of the red rule",
        rule.right,
        RIGHT,
        TOLERANCE,
    );
    let Some(title) = paper.title.first().and_then(|t| find_whole(pages, t)) else {
        j.holds("7.3.1", false, "no title");
        return;
    };
    // the row of the title begins where two whole rows end; its type stands in the middle of it
    j.near(
        "7.3.1",
        "two blank rows under the red rule",
        top(title.row()) - rule.y,
        2.0 * j.row,
        1.5 * TOLERANCE,
    );
}
/// 7.3.1 to 7.3.4
fn main(j: &mut Judge, pages: &[Page], paper: &Paper) {
    for line in &paper.title {
        let Some(found) = find_whole(pages, line) else {
            j.holds("7.3.1", false, format!("no title {line}"));
            continue;
        };
        let row = found.row();
        j.near("7.3.1", "type of the title", row[0].em, 22.0 * POINT, 0.15);
        j.near(
            "7.3.1",
            "middle of the title",
            centre(row),
            LEFT + WIDTH / 2.0,
            TOLERANCE,
        );
    }
    match find(pages, &paper.to) {
        Some(found) => {
            let row = found.row();
            j.near("7.3.2", "主送 flush left", row[0].x, LEFT, TOLERANCE);
            if let Some(title) = found.before() {
                j.near(
                    "7.3.2",
                    "one blank row over 主送",
                    row[0].baseline - title[0].baseline,
                    2.0 * j.row,
                    TOLERANCE,
                );
            }
            j.holds("7.3.2", says(row).ends_with('：'), "主送 without its colon");
        }
        None => j.holds("7.3.2", false, format!("no 主送 {}", paper.to)),
    }
    match find(pages, &paper.begins) {
        Some(found) => {
            j.holds("7.3.3", found.page == 0, "no text on the first page");
            j.near(
                "7.3.3",
                "indent of a paragraph",
                found.row()[0].x,
                LEFT + 2.0 * CHARACTER,
                TOLERANCE,
            );
        }
        None => j.holds("7.3.3", false, format!("no paragraph {}", paper.begins)),
    }
    if paper.attachments.is_empty() {
        return;
    }
    match find(pages, "附件：") {
        Some(found) => {
            let row = found.row();
            j.near(
                "7.3.4",
                "indent of 附件说明",
                row[0].x,
                LEFT + 2.0 * CHARACTER,
                TOLERANCE,
            );
            if let Some(before) = found.before() {
                j.near(
                    "7.3.4",
                    "one blank row over 附件说明",
                    row[0].baseline - before[0].baseline,
                    2.0 * j.row,
                    TOLERANCE,
                );
            }
        }
        None => j.holds("7.3.4", false, "no 附件说明"),
    }
    let all: String = pages
        .iter()
        .flat_map(Page::rows)
        .map(|row| says(&row))
        .collect();
    for name in &paper.attachments {
        match all.find(name.as_str()) {
            Some(at) => {
                let next = all[at + name.len()..].chars().next();
                j.holds(
                    "7.3.4",
                    !next.is_some_and(|c| "。；，、.;,".contains(c)),
                    format!("punctuation behind {name}"),
                );
            }
            None => j.holds("7.3.4", false, format!("no attachment {name}")),
        }
    }
}
/// 7.3.5
fn closing(j: &mut Judge, pages: &[Page], paper: &Paper) {
    let Some(date) = find_whole(pages, &paper.date) else {
        j.holds("7.3.5", false, format!("no date {}", paper.date));
        return;
    };
    let day = date.row();
    let Some(name) = date.before().filter(|row| says(row) == paper.agency) else {
        j.holds(
            "7.3.5",
            false,
            format!("{} does not stand over the date", paper.agency),
        );
        return;
    };
    let blank = |row: &[Ink]| RIGHT - end(row);
    if paper.sealed {
        j.near(
            "7.3.5.1",
            "four characters right of the date",
            blank(day),
            4.0 * CHARACTER,
            TOLERANCE,
        );
        j.near(
            "7.3.5.1",
            "the name over the date",
            centre(name),
            centre(day),
            TOLERANCE,
        );
    } else {
        j.near(
            "7.3.5.2",
            "the date right of the name's first character",
            day[0].x - name[0].x,
            2.0 * CHARACTER,
            TOLERANCE,
        );
        let least = blank(name).min(blank(day));
        j.near(
            "7.3.5.2",
            "two characters blank on the right",
            least,
            2.0 * CHARACTER,
            TOLERANCE,
        );
    }
    j.near(
        "7.3.5",
        "the date under the name",
        day[0].baseline - name[0].baseline,
        j.row,
        TOLERANCE,
    );
}
/// 7.4
fn imprint(j: &mut Judge, pages: &[Page], paper: &Paper) {
    let Some((last, others)) = pages.split_last() else {
        return;
    };
    let black = |page: &Page| -> Vec<Rule> {
        let mut rules: Vec<Rule> = page
            .rules
            .iter()
            .copied()
            .filter(|r| !r.red && is_rule(r))
            .collect();
        rules.sort_by(|a, b| a.y.total_cmp(&b.y));
        rules
    };
    for (n, page) in others.iter().enumerate() {
        j.holds(
            "7.4",
            black(page).is_empty(),
            format!("page {}: a rule that is none of its", n + 1),
        );
    }
    let rules = black(last);
    let wanted: &[f64] = match (paper.copy_to, paper.printed.is_empty()) {
        (true, false) => &[0.35, 0.25, 0.35],
        (false, true) => &[],
        _ => &[0.35, 0.35],
    };
    if rules.len() != wanted.len() {
        j.holds(
            "7.4.1",
            false,
            format!("{} rules instead of {}", rules.len(), wanted.len()),
        );
        return;
    }
    for (rule, thickness) in rules.iter().zip(wanted) {
        j.near(
            "7.4.1",
            "thickness of a rule",
            rule.thickness,
            *thickness,
            0.04,
        );
        j.near("7.4.1", "left end of a rule", rule.left, LEFT, TOLERANCE);
        j.near("7.4.1", "right end of a rule", rule.right, RIGHT, TOLERANCE);
    }
    if let Some(rule) = rules.last() {
        j.near(
            "7.4.1",
            "the last rule on the lower edge",
            rule.y,
            BOTTOM,
            TOLERANCE,
        );
    }
    let small = 14.0 * POINT;
    if paper.copy_to {
        match find(std::slice::from_ref(last), "抄送：") {
            Some(found) => {
                let row = found.row();
                j.near("7.4.2", "type of 抄送", row[0].em, small, 0.15);
                j.near(
                    "7.4.2",
                    "one character left of 抄送",
                    row[0].x,
                    LEFT + small,
                    TOLERANCE,
                );
            }
            None => j.holds("7.4.2", false, "no 抄送 on the last page"),
        }
    }
    if !paper.printed.is_empty() {
        match find(
            std::slice::from_ref(last),
            &format!("{}印发", paper.printed),
        ) {
            Some(found) => j.near(
                "7.4.3",
                "one character right of 印发",
                RIGHT - end(found.row()),
                small,
                TOLERANCE,
            ),
            None => j.holds("7.4.3", false, "no 印发日期 on the last page"),
        }
    }
}
