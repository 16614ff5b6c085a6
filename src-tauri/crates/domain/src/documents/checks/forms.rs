//! The form of the whole: headings, attachments, tables, images, breaks.
use super::{Checker, phrase};
use crate::documents::{Block, BlockKind};
use crate::problems::Arg;
use std::collections::BTreeMap;

impl Checker<'_> {
    /// What can be wrong between blocks.
    pub(super) fn forms(&mut self) {
        self.heading_forms();
        self.tables_and_images();
        self.breaks();
        self.attachments();
        self.repetitions();
        let copy_to = self.content.copy_to.trim();
        if copy_to.starts_with(phrase("check-copy-to")) {
            self.add("copy-to-word", None, []);
        }
    }

    fn heading_forms(&mut self) {
        let blocks = &self.content.blocks;
        for (i, block) in blocks.iter().enumerate() {
            let Some(level) = block.kind.level() else {
                continue;
            };
            let text = block.text.trim();
            if text.is_empty() {
                continue;
            }
            if level <= 2 && text.ends_with(['，', '；', '：', '、', '。', ',', ';', ':']) {
                self.add("heading-ending", Some(block), []);
            }
            let below = blocks[i + 1..]
                .iter()
                .find(|b| !b.is_blank() && b.kind != BlockKind::PageBreak);
            let bare = below.is_none_or(|b| {
                b.kind == BlockKind::Attachment || b.kind.level().is_some_and(|l| l <= level)
            });
            // below the first level a heading may be the sentence itself
            if level == 1 && bare {
                self.add("heading-bare", Some(block), []);
            }
            let siblings = |range: &mut dyn Iterator<Item = &Block>| {
                range
                    .take_while(|b| {
                        b.kind != BlockKind::Attachment && b.kind.level().is_none_or(|l| l >= level)
                    })
                    .any(|b| b.kind == block.kind && !b.text.trim().is_empty())
            };
            // what the program composed from one fact has one heading
            let composed = !block.finding_ids.is_empty();
            if !composed
                && !siblings(&mut blocks[..i].iter().rev())
                && !siblings(&mut blocks[i + 1..].iter())
            {
                self.add(
                    "heading-single",
                    Some(block),
                    [("level", Arg::Number(level))],
                );
            }
        }
    }

    fn tables_and_images(&mut self) {
        for block in &self.content.blocks {
            if let Some(t) = &block.table {
                let filled = |cells: &[String]| cells.iter().any(|c| !c.trim().is_empty());
                if !t.rows.iter().any(|r| filled(r)) {
                    self.add("table-empty", Some(block), []);
                } else if let Some(i) = t.head.iter().position(|h| h.trim().is_empty()) {
                    self.add(
                        "table-head-empty",
                        Some(block),
                        [("column", Arg::from(i + 1))],
                    );
                }
            }
            if block.kind == BlockKind::Image && block.text.trim().is_empty() {
                self.add("image-caption", Some(block), []);
            }
        }
    }

    fn breaks(&mut self) {
        let blocks: Vec<&Block> = self
            .content
            .blocks
            .iter()
            .filter(|b| !b.is_blank())
            .collect();
        for (i, block) in blocks.iter().enumerate() {
            let idle = i == 0
                || blocks
                    .get(i + 1)
                    .is_none_or(|b| matches!(b.kind, BlockKind::PageBreak | BlockKind::Attachment));
            if block.kind == BlockKind::PageBreak && idle {
                self.add("break-idle", Some(block), []);
            }
        }
    }

    /// 7.3.4 and 7.3.7: what the text calls 附件 is named below it, and the names bear no mark at their end.
    fn attachments(&mut self) {
        let content = self.content;
        let word = phrase("check-attachment");
        let names = content.attachment_names();
        for block in content
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Attachment)
        {
            if block.text.trim().is_empty() {
                self.add("attachment-untitled", Some(block), []);
            }
        }
        let ends_with_mark = |n: &&str| n.trim().ends_with(['。', '；', '，', '、', '.', ';', ',']);
        if let Some(name) = names.iter().find(|n| ends_with_mark(n)) {
            let block = content
                .blocks
                .iter()
                .find(|b| b.kind == BlockKind::Attachment && b.text == **name);
            self.add("attachment-ending", block, [("name", (*name).into())]);
        }
        let body = content
            .blocks
            .iter()
            .take_while(|b| b.kind != BlockKind::Attachment);
        let speaks = body.clone().find(|b| b.texts().any(|t| t.contains(word)));
        match speaks {
            Some(block) if names.is_empty() => self.add("attachment-unnamed", Some(block), []),
            None if !names.is_empty() => {
                self.add("attachment-unread", None, [("count", names.len().into())]);
            }
            _ => {}
        }
    }

    fn repetitions(&mut self) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, block) in self.content.blocks.iter().enumerate() {
            let text = block.text.trim();
            if block.kind != BlockKind::P || text.chars().count() < 12 {
                continue;
            }
            match seen.get(text) {
                Some(first) => {
                    self.add(
                        "paragraph-twice",
                        Some(block),
                        [("number", (first + 1).into())],
                    );
                }
                None => {
                    seen.insert(text, i);
                }
            }
        }
    }
}
