//! What each kind of document has to say.
use super::{Checker, phrase};
use crate::documents::{Block, BlockKind, DocumentKind};
use crate::inspections::{Finding, Nature};

impl Checker<'_> {
    /// What only this kind must have.
    pub(super) fn kinds(&mut self) {
        match self.content.kind {
            // S000-4 are asked of every text with findings
            DocumentKind::Circular => {}
            DocumentKind::Notice => self.notice(),
            DocumentKind::Commendation => self.commendation(),
            DocumentKind::InspectionResult => self.inspection_result(),
        }
    }
    fn body_text(&self) -> String {
        let body = self
            .content
            .blocks
            .iter()
            .take_while(|b| b.kind != BlockKind::Attachment);
        body.flat_map(Block::texts).map(String::as_str).collect()
    }
    fn says(text: &str, words: &str) -> bool {
        phrase(words).split_whitespace().any(|w| text.contains(w))
    }
    /// Whoever is told to do something must know until when.
    fn notice(&mut self) {
        let text = self.body_text();
        let asks = Self::says(&text, "check-asks");
        if asks && !Self::says(&text, "check-deadline") {
            self.add("notice-deadline", None, []);
        }
    }
    fn commendation(&mut self) {
        let content = self.content;
        let facts: Vec<&Finding> = content
            .finding_ids()
            .iter()
            .filter_map(|id| self.by_id.get(id).copied())
            .collect();
        let text = self.body_text();
        if !text.trim().is_empty() && !self.names_somebody(&text, &facts) {
            self.add("commendation-whom", None, []);
        }
        let problem = |b: &&Block| {
            let of = |id| {
                self.by_id
                    .get(id)
                    .is_some_and(|f| f.text.nature == Nature::Problem)
            };
            b.finding_ids.iter().any(of)
        };
        if let Some(block) = content.blocks.iter().find(problem) {
            self.add("commendation-problem", Some(block), []);
        }
    }
    /// a result names what is to be put right, and until when.
    fn inspection_result(&mut self) {
        let text = self.body_text();
        if text.trim().is_empty() || !text.contains(phrase("check-problem-heading")) {
            return;
        }
        if !Self::says(&text, "check-requirement") {
            self.add("result-requirement", None, []);
        } else if !Self::says(&text, "check-deadline") {
            self.add("result-deadline", None, []);
        }
    }
}
