//! Marks: on every page, and out of the text where they must not be read as text.

use print::{Mark, Sheet, templates};

use crate::{notice, placed, set};

fn outlines_below_275(pages: &print::Pages, page: usize) -> usize {
    let strokes = pages.strokes(page).expect("the page is there");
    strokes
        .iter()
        .filter(|s| s.thickness == 0.0 && s.height > 3.0 && s.y > 275.0 && s.y + s.height < 292.0)
        .count()
}

#[test]
fn specimen_and_example_are_outlines_below_275_mm_on_every_page() {
    let plain = set(&Sheet::new("official_document", notice(16)));
    for mark in [
        Mark::SPECIMEN,
        Mark::EXAMPLE,
        Mark::SPECIMEN | Mark::EXAMPLE,
    ] {
        let pages = set(&Sheet::new("official_document", notice(16)).marked(mark));
        assert_eq!(pages.len(), plain.len(), "a mark adds no page");
        let wanted = if mark == (Mark::SPECIMEN | Mark::EXAMPLE) {
            4
        } else {
            2
        };
        for page in 0..pages.len() {
            assert_eq!(outlines_below_275(&plain, page), 0);
            assert_eq!(
                outlines_below_275(&pages, page),
                wanted,
                "page {}",
                page + 1
            );
            assert_eq!(
                pages.placed(page).expect("page"),
                plain.placed(page).expect("page"),
                "the text stays as it was"
            );
        }
    }
}

#[test]
fn draft_and_drill_lie_large_behind_the_text_of_every_page() {
    for (mark, words) in [
        (Mark::DRAFT, "草稿"),
        (Mark::DRILL, "演练"),
        (Mark::DRAFT | Mark::DRILL, "草稿演练"),
    ] {
        let pages = set(&Sheet::new("official_document", notice(16)).marked(mark | Mark::EXAMPLE));
        for page in 0..pages.len() {
            let characters = placed(&pages, page);
            let count = words.chars().count();
            let first: String = characters[..count]
                .iter()
                .map(|c| c.text.as_str())
                .collect();
            assert_eq!(first, words, "painted before everything else");
            assert!(
                characters[..count]
                    .iter()
                    .all(|c| c.size > 100.0 && !c.upright)
            );
            assert!(characters[count..].iter().all(|c| c.size < 100.0));
            assert!(outlines_below_275(&pages, page) == 2, "marks combine");
        }
    }
}

#[test]
fn every_template_carries_every_mark_on_every_page() {
    for template in templates() {
        let data = serde_json::from_str(template.awkward).expect("a sample");
        let pages = set(&Sheet::new(template.name, data)
            .marked(Mark::DRAFT | Mark::DRILL | Mark::SPECIMEN | Mark::EXAMPLE));
        for page in 0..pages.len() {
            let text: String = placed(&pages, page)
                .iter()
                .map(|c| c.text.clone())
                .collect();
            assert!(
                text.contains("草稿") && text.contains("演练"),
                "{} page {}",
                template.name,
                page + 1
            );
            assert!(
                !text.contains("样张") && !text.contains("示例"),
                "{}",
                template.name
            );
            let filled = pages
                .strokes(page)
                .expect("page")
                .iter()
                .filter(|s| s.thickness == 0.0 && s.height > 3.0)
                .count();
            assert!(filled >= 4, "{} page {}", template.name, page + 1);
        }
    }
}
