//! Room on a board: what fits, where the next sheet hangs, and where one still could.
use crate::documents::BoardPaper as Paper;
use serde::{Deserialize, Serialize};

/// Between the frame and the first sheet, in millimetres: room for a pin and a thumb. A habit, no rule.
pub const BORDER_MM: i64 = 10;
/// Between two sheets, in millimetres.
pub const GAP_MM: i64 = 10;

/// Returns width and height of a paper, upright (ISO 216).
pub fn size_mm(paper: Paper) -> (i64, i64) {
    match paper {
        Paper::A4 => (210, 297),
        Paper::A3 => (297, 420),
    }
}

/// 位置 — where the upper left corner of one page hangs, in millimetres from that of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// From the left.
    pub x_mm: i64,
    /// From the top.
    pub y_mm: i64,
}

/// 占位 — a page that hangs: where, and on which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hung {
    /// Where.
    pub spot: Spot,
    /// On which paper.
    pub paper: Paper,
}

/// The inner size of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Across.
    pub width_mm: i64,
    /// Down.
    pub height_mm: i64,
}

impl Room {
    /// Counts the pages of one paper that fit on the empty board.
    pub fn capacity(self, paper: Paper) -> i64 {
        let along = |room: i64, page: i64| {
            ((room - 2 * BORDER_MM + GAP_MM) / (page + GAP_MM)).max(0)
                * i64::from(room >= page + 2 * BORDER_MM)
        };
        let (w, h) = size_mm(paper);
        along(self.width_mm, w) * along(self.height_mm, h)
    }
    /// Finds places for `pages` pages beside those that hang: row by row, from the upper left. None if there is no room.
    ///
    /// What hangs stays where it hangs, so a place found once holds until the sheet is taken down.
    pub fn places(self, paper: Paper, pages: usize, hanging: &[Hung]) -> Option<Vec<Spot>> {
        let mut all = hanging.to_vec();
        let mut out = Vec::new();
        for _ in 0..pages {
            let spot = self.next(paper, &all)?;
            all.push(Hung { spot, paper });
            out.push(spot);
        }
        Some(out)
    }
    /// Lists the places where a page of this paper could still hang.
    pub fn free(self, paper: Paper, hanging: &[Hung]) -> Vec<Spot> {
        let mut all = hanging.to_vec();
        let mut out = Vec::new();
        while let Some(spot) = self.next(paper, &all) {
            all.push(Hung { spot, paper });
            out.push(spot);
        }
        out
    }
    fn next(self, paper: Paper, hanging: &[Hung]) -> Option<Spot> {
        let (w, h) = size_mm(paper);
        // a page begins at the frame or where another one ends: left to right, top to bottom
        let edges = |of: fn(&Hung) -> i64| {
            let mut at: Vec<i64> = hanging
                .iter()
                .map(|p| of(p) + GAP_MM)
                .chain([BORDER_MM])
                .collect();
            at.sort_unstable();
            at.dedup();
            at
        };
        let right = edges(|p| p.spot.x_mm + size_mm(p.paper).0);
        let bottom = edges(|p| p.spot.y_mm + size_mm(p.paper).1);
        bottom
            .iter()
            .flat_map(|y| right.iter().map(|x| Spot { x_mm: *x, y_mm: *y }))
            .find(|spot| {
                spot.x_mm + w + BORDER_MM <= self.width_mm
                    && spot.y_mm + h + BORDER_MM <= self.height_mm
                    && hanging.iter().all(|other| clear(*spot, (w, h), other))
            })
    }
}

/// Says whether a page at `spot` leaves the gap to another one.
fn clear(spot: Spot, (w, h): (i64, i64), other: &Hung) -> bool {
    let (ow, oh) = size_mm(other.paper);
    spot.x_mm + w + GAP_MM <= other.spot.x_mm
        || other.spot.x_mm + ow + GAP_MM <= spot.x_mm
        || spot.y_mm + h + GAP_MM <= other.spot.y_mm
        || other.spot.y_mm + oh + GAP_MM <= spot.y_mm
}

#[cfg(test)]
mod tests {
    use super::*;
    const HALL: Room = Room {
        width_mm: 1400,
        height_mm: 700,
    };

    #[test]
    fn a_board_holds_what_its_size_says() {
        for (width_mm, height_mm, a4, a3) in [
            (1400, 700, 12, 4),
            (1200, 400, 5, 0),
            (1200, 900, 10, 6),
            (230, 317, 1, 0),
            (229, 317, 0, 0),
            (230, 316, 0, 0),
            (10, 10, 0, 0),
        ] {
            let room = Room {
                width_mm,
                height_mm,
            };
            assert_eq!(
                (room.capacity(Paper::A4), room.capacity(Paper::A3)),
                (a4, a3),
                "{width_mm} × {height_mm}"
            );
        }
    }
    #[test]
    fn an_empty_board_takes_exactly_its_capacity() {
        for (width_mm, height_mm) in [
            (1400, 700),
            (1200, 400),
            (1200, 900),
            (317, 440),
            (2400, 1200),
        ] {
            let room = Room {
                width_mm,
                height_mm,
            };
            for paper in Paper::ALL {
                let n = usize::try_from(room.capacity(paper)).unwrap();
                assert_eq!(
                    room.free(paper, &[]).len(),
                    n,
                    "{width_mm} × {height_mm} {paper:?}"
                );
                assert!(room.places(paper, n, &[]).is_some());
                assert!(room.places(paper, n + 1, &[]).is_none());
            }
        }
    }
    #[test]
    fn no_two_pages_overlap_and_none_hangs_over_the_frame() {
        let mut hanging = Vec::new();
        for (i, paper) in [Paper::A4, Paper::A3, Paper::A4, Paper::A3, Paper::A4]
            .into_iter()
            .enumerate()
        {
            let spot = HALL
                .places(paper, 1, &hanging)
                .unwrap_or_else(|| panic!("{i}"))[0];
            hanging.push(Hung { spot, paper });
        }
        for (i, a) in hanging.iter().enumerate() {
            let (w, h) = size_mm(a.paper);
            assert!(a.spot.x_mm >= BORDER_MM && a.spot.x_mm + w + BORDER_MM <= HALL.width_mm);
            assert!(a.spot.y_mm >= BORDER_MM && a.spot.y_mm + h + BORDER_MM <= HALL.height_mm);
            for b in &hanging[i + 1..] {
                assert!(clear(a.spot, (w, h), b), "{a:?} {b:?}");
            }
        }
    }
    #[test]
    fn the_place_of_a_sheet_taken_down_is_the_next_one_used() {
        let full = HALL.places(Paper::A4, 12, &[]).unwrap();
        let mut hanging: Vec<Hung> = full
            .iter()
            .map(|spot| Hung {
                spot: *spot,
                paper: Paper::A4,
            })
            .collect();
        assert_eq!(HALL.places(Paper::A4, 1, &hanging), None);
        let gone = hanging.remove(4);
        assert_eq!(HALL.places(Paper::A4, 1, &hanging), Some(vec![gone.spot]));
        assert_eq!(
            HALL.places(Paper::A3, 1, &hanging),
            None,
            "a larger sheet does not fit into the gap of a small one"
        );
    }
}
