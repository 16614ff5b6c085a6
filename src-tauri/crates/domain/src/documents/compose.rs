//! 起草 — turns chosen findings into a draft in the office's own wording.
//!
//! Every block knows the findings whose facts it states. The sentences stand in
//! `assets/presets/composing.txt`, not in the catalogue of the screen: papers are always Chinese.
use super::{Block, BlockKind, Content, DocumentKind};
use crate::calendar::{self, chinese_date, chinese_month_day};
use crate::inspections::{Category, Finding, Nature, PersonKind};
use crate::org::{Directory, OfficeProfile, class_on_paper};
use chrono::{NaiveDate, Timelike};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

const PHRASES_TXT: &str = include_str!("../../../../../assets/presets/composing.txt");

static PHRASES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = PHRASES_TXT.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once('='))
        .map(|(k, v)| (k.trim(), v.trim()))
        .collect()
});

/// Returns a phrase; the tests read every one that is used.
pub(super) fn phrase(key: &str) -> &'static str {
    PHRASES.get(key).copied().unwrap_or_default()
}
fn fill(key: &str, args: &[(&str, &str)]) -> String {
    let mut text = phrase(key).to_owned();
    for (name, value) in args {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// Returns where circulars of a new office go, until it says otherwise.
pub fn usual_recipients() -> &'static str {
    phrase("recipients")
}

/// Composes a draft of `kind` from `findings`, seen on `on`; no findings make an empty, well-formed draft.
pub fn compose(
    kind: DocumentKind,
    findings: &[Finding],
    directory: &Directory,
    profile: &OfficeProfile,
    on: NaiveDate,
    new_block_id: &mut dyn FnMut() -> String,
) -> Content {
    let mut facts: Vec<&Finding> = findings.iter().collect();
    facts.sort_by_key(|f| (f.text.observed_at, f.entered_at, f.id));
    let mut draft = Draft {
        blocks: Vec::new(),
        directory,
        new_block_id,
    };
    match kind {
        _ if facts.is_empty() => draft.blank(kind),
        DocumentKind::Circular => draft.circular(&facts, on),
        DocumentKind::Notice => draft.notice(&facts, on),
        DocumentKind::Commendation => draft.commendation(&facts, on),
        DocumentKind::InspectionResult => draft.inspection_result(&facts, on),
    }
    let title = match kind {
        DocumentKind::Notice if facts.is_empty() => phrase("title-notice-empty").to_owned(),
        _ => fill(
            &format!("title-{}", kind.code()),
            &[("date", &chinese_date(on))],
        ),
    };
    let wanted = phrase(&format!("series-{}", kind.code()));
    let series = profile
        .series
        .iter()
        .find(|s| s.purpose.contains(wanted))
        .or(profile.series.first());
    Content {
        kind,
        series: series.map(|s| s.prefix.clone()).unwrap_or_default(),
        red_head: true,
        title: vec![profile.name.clone(), title],
        recipients: profile.recipients.clone(),
        blocks: draft.blocks,
        attachments: Vec::new(),
        copy_to: String::new(),
        reports_on: kind.reports_a_day().then_some(on),
        posting: super::PostingManner::default(),
    }
}

struct Draft<'a> {
    blocks: Vec<Block>,
    directory: &'a Directory,
    new_block_id: &'a mut dyn FnMut() -> String,
}

impl Draft<'_> {
    fn add(&mut self, kind: BlockKind, text: String, facts: &[&Finding]) {
        let id = (self.new_block_id)();
        self.blocks.push(Block {
            finding_ids: facts.iter().map(|f| f.id).collect(),
            ..Block::new(id, kind, text)
        });
    }

    /// What a paper of this kind begins with before anything is known: its opening, its headings, room to write.
    fn blank(&mut self, kind: DocumentKind) {
        let lines = phrase(&format!("blank-{}", kind.code()));
        for line in lines.split('|') {
            let line = line.trim();
            match line.strip_prefix('#') {
                Some(heading) => self.add(BlockKind::H1, heading.trim().to_owned(), &[]),
                None => self.add(BlockKind::P, line.to_owned(), &[]),
            }
        }
    }

    fn inspectors(facts: &[&Finding], some: &str, none: &str) -> String {
        let names: BTreeSet<&str> = facts
            .iter()
            .map(|f| f.inspector.as_str())
            .filter(|n| !n.is_empty())
            .collect();
        match names.is_empty() {
            true => phrase(none).to_owned(),
            false => fill(
                some,
                &[("names", &names.into_iter().collect::<Vec<_>>().join("、"))],
            ),
        }
    }

    /// 表彰 — what is praised, and by whom it was seen; problems have no place in it.
    fn commendation(&mut self, facts: &[&Finding], on: NaiveDate) {
        let praised: Vec<&Finding> = facts
            .iter()
            .copied()
            .filter(|f| f.text.nature != Nature::Problem)
            .collect();
        let day = chinese_month_day(on);
        self.add(
            BlockKind::P,
            fill("intro-commendation", &[("day", &day)]),
            &praised,
        );
        self.by_category("heading-commendation", &praised);
        self.add(BlockKind::P, phrase("closing-commendation").to_owned(), &[]);
    }

    /// 督查结果 — who went, what was found, what is to be put right.
    fn inspection_result(&mut self, facts: &[&Finding], on: NaiveDate) {
        let who = Self::inspectors(facts, "supervisors", "supervisors-none");
        let day = chinese_month_day(on);
        let args = [("day", day.as_str()), ("inspectors", &who)];
        self.add(BlockKind::P, fill("intro-inspection_result", &args), facts);
        let (problems, others): (Vec<&Finding>, Vec<&Finding>) = facts
            .iter()
            .copied()
            .partition(|f| f.text.nature == Nature::Problem);
        self.by_category("heading-result", &others);
        self.problems(&problems);
    }

    fn circular(&mut self, facts: &[&Finding], on: NaiveDate) {
        let inspectors = Self::inspectors(facts, "inspectors", "inspectors-none");
        let of = |nature: Nature| {
            facts
                .iter()
                .copied()
                .filter(|f| f.text.nature == nature)
                .collect::<Vec<_>>()
        };
        let counts: Vec<String> = Nature::ALL
            .into_iter()
            .filter(|n| !of(*n).is_empty())
            .map(|n| {
                fill(
                    &format!("count-{}", n.code()),
                    &[("n", &of(n).len().to_string())],
                )
            })
            .collect();
        let day = chinese_month_day(on);
        let total = facts.len().to_string();
        let args = [
            ("day", day.as_str()),
            ("inspectors", &inspectors),
            ("total", &total),
            ("counts", &counts.join("、")),
        ];
        self.add(BlockKind::P, fill("intro-circular", &args), facts);
        self.by_category("heading-praise", &of(Nature::Praise));
        self.problems(&of(Nature::Problem));
        self.by_category("heading-note", &of(Nature::Note));
    }

    fn notice(&mut self, facts: &[&Finding], on: NaiveDate) {
        self.add(
            BlockKind::P,
            fill("intro-notice", &[("day", &chinese_month_day(on))]),
            facts,
        );
        let problems: Vec<&Finding> = facts
            .iter()
            .copied()
            .filter(|f| f.text.nature == Nature::Problem)
            .collect();
        let others: Vec<&Finding> = facts
            .iter()
            .copied()
            .filter(|f| f.text.nature != Nature::Problem)
            .collect();
        self.problems(&problems);
        self.by_category("heading-note", &others);
    }

    /// One heading a category and one paragraph below it; no headings when there is only one category.
    fn by_category(&mut self, heading: &str, facts: &[&Finding]) {
        if facts.is_empty() {
            return;
        }
        self.add(BlockKind::H1, phrase(heading).to_owned(), &[]);
        // the regulation's order, then what the office added
        let own: BTreeSet<Category> = facts
            .iter()
            .map(|f| f.text.category)
            .filter(|c| matches!(c, Category::Own(_)))
            .collect();
        let groups: Vec<(Category, Vec<&Finding>)> = Category::ALL
            .into_iter()
            .chain(own)
            .map(|c| {
                (
                    c,
                    facts
                        .iter()
                        .copied()
                        .filter(|f| f.text.category == c)
                        .collect::<Vec<_>>(),
                )
            })
            .filter(|(_, of)| !of.is_empty())
            .collect();
        for (category, of) in &groups {
            if groups.len() > 1 {
                let called = of.first().map(|f| f.marks.category_label.as_str());
                let heading = match called.filter(|label| !label.is_empty()) {
                    Some(label) => label,
                    None => phrase(&format!("category-{}", category.code())),
                };
                self.add(BlockKind::H2, heading.to_owned(), &[]);
            }
            let text: String = of.iter().map(|f| self.sentence(f)).collect();
            self.add(BlockKind::P, text, of);
        }
    }

    /// One heading and one paragraph a problem: whom, when and where, what, who answers, until when.
    fn problems(&mut self, facts: &[&Finding]) {
        if facts.is_empty() {
            return;
        }
        self.add(BlockKind::H1, phrase("heading-problem").to_owned(), &[]);
        for fact in facts {
            let heading = self.with_subject(
                fact,
                &on_paper(self.directory, fact, &fact.text.matter),
                false,
            );
            self.add(BlockKind::H2, heading, &[fact]);
            let text = self.problem(fact);
            self.add(BlockKind::P, text, &[fact]);
        }
        let closing = phrase("closing-problem").to_owned();
        self.add(BlockKind::P, closing, &[]);
    }

    fn problem(&self, f: &Finding) -> String {
        let t = &f.text;
        let seen = calendar::civil(t.observed_at);
        let time = format!("{}:{:02}", seen.hour(), seen.minute());
        let place = class_names_on_paper(self.directory, t.class_group_id, &t.place);
        let mut out = match t.place.trim().is_empty() {
            true => fill("problem-seen-no-place", &[("time", &time)]),
            false => fill("problem-seen", &[("time", &time), ("place", &place)]),
        };
        out.push_str(&self.sentence(f));
        let homeroom = t
            .class_group_id
            .and_then(|id| self.directory.homeroom_teacher(id));
        match (&t.rectification, homeroom) {
            (Some(r), _) if !r.responsible.trim().is_empty() => {
                out.push_str(&fill(
                    "problem-responsible",
                    &[("name", r.responsible.trim())],
                ));
            }
            (_, Some(teacher)) => out.push_str(&fill(
                "problem-responsible-homeroom",
                &[("name", &teacher.name)],
            )),
            _ => {}
        }
        if let Some(r) = &t.rectification {
            if !r.requirement.trim().is_empty() {
                out.push_str(&fill(
                    "problem-requirement",
                    &[("text", &closed(&r.requirement))],
                ));
            }
            out.push_str(&fill(
                "problem-due",
                &[("day", &chinese_month_day(r.due_on))],
            ));
        }
        out
    }

    /// The details if there are any, else the matter; with its subject, closed by a full stop.
    fn sentence(&self, f: &Finding) -> String {
        let told = if f.text.detail.trim().is_empty() {
            &f.text.matter
        } else {
            &f.text.detail
        };
        let mut out = closed(&self.with_subject(f, &on_paper(self.directory, f, told), true));
        // who merely stood by a good thing need not be listed; who is part of a problem must be
        let listed = |kind: PersonKind| {
            kind != PersonKind::Staff || (f.text.nature == Nature::Problem && !answers_only(f))
        };
        let unnamed = f
            .text
            .people
            .iter()
            .filter(|p| listed(p.kind) && !out.contains(&p.name));
        let unnamed: Vec<&str> = unnamed.map(|p| p.name.as_str()).collect();
        if !unnamed.is_empty() {
            out.push_str(&fill("people", &[("names", &unnamed.join("、"))]));
        }
        out
    }

    /// Puts class or unit, and in a `sentence` the people, before a text that does not name them itself.
    fn with_subject(&self, f: &Finding, told: &str, sentence: bool) -> String {
        let t = &f.text;
        let class = t
            .class_group_id
            .and_then(|id| self.directory.class_on_paper(id));
        let unit = t
            .unit_id
            .and_then(|id| self.directory.unit(id))
            .map(|u| u.name.as_str());
        let named = t.people.iter().any(|p| told.contains(&p.name));
        let nowhere = class.is_none() && unit.is_none();
        let spoken_for = sentence && named;
        let mut subject = match (class, unit) {
            (Some(class), _) if !told.contains(&class) => class,
            // 四年级 is enough for 四年级组, and people of a unit speak for it
            (None, Some(unit)) if !told.contains(unit.trim_end_matches('组')) && !spoken_for => {
                unit.to_owned()
            }
            _ => String::new(),
        };
        if !named && !answers_only(f) && (nowhere || sentence && t.detail.trim().is_empty()) {
            subject.push_str(
                &t.people
                    .iter()
                    .map(|p| p.name.as_str())
                    .collect::<Vec<_>>()
                    .join("、"),
            );
        }
        // details are sentences of their own; a matter is said of its subject
        let joint = if sentence && !subject.is_empty() && !t.detail.trim().is_empty() {
            "："
        } else {
            ""
        };
        format!("{subject}{joint}{told}")
    }
}

/// Says whether the people named are exactly those who will be named as responsible.
fn answers_only(f: &Finding) -> bool {
    let responsible = f
        .text
        .rectification
        .as_ref()
        .map_or("", |r| r.responsible.as_str());
    f.text.nature == Nature::Problem
        && f.text
            .people
            .iter()
            .all(|p| p.kind == PersonKind::Staff && responsible.contains(&p.name))
}

/// Trims a sentence and closes it with one full stop.
fn closed(text: &str) -> String {
    let text = text
        .trim()
        .trim_end_matches(['。', '.', '；', ';', '，', ',', '、']);
    match text.ends_with(['！', '？', '!', '?']) {
        true => text.to_owned(),
        false => format!("{text}。"),
    }
}

/// Writes the names of classes in a text as papers do, and lines as one.
fn on_paper(directory: &Directory, f: &Finding, text: &str) -> String {
    class_names_on_paper(directory, f.text.class_group_id, text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("")
}
fn class_names_on_paper(directory: &Directory, class: Option<Uuid>, text: &str) -> String {
    match class.and_then(|id| directory.class_group(id)) {
        Some(c) => text.trim().replace(&c.name, &class_on_paper(&c.name)),
        None => text.trim().to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests;
