use std::ops::BitOr;
use std::sync::Arc;

use serde_json::Value;

/// 纸面标记 — what a page says about itself: unapproved, a specimen, a drill, an example. Marks combine: `Mark::DRAFT | Mark::EXAMPLE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mark(u8);

impl Mark {
    /// No mark: the page counts.
    pub const NONE: Self = Self(0);
    /// 草稿: large across every page, behind the text.
    pub const DRAFT: Self = Self(1);
    /// 样张: as outlines at the foot of every page.
    pub const SPECIMEN: Self = Self(2);
    /// 演练: large across every page, behind the text.
    pub const DRILL: Self = Self(4);
    /// 示例: as outlines at the foot of every page.
    pub const EXAMPLE: Self = Self(8);

    /// Tells whether all of `other` is in this mark.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Mark {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// 语言 — the language of the words that a template itself brings. Official documents are always in simplified Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// 简体中文.
    #[default]
    Simplified,
    /// 繁體中文.
    Traditional,
    /// English.
    English,
}

/// 版面数据 — everything a page depends on besides the fonts: the template, its data with their images, and the mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name of the template, as [`crate::templates`] lists it.
    pub template: String,
    /// The data, checked against the template before anything is set.
    pub data: Value,
    /// What the page says about itself.
    pub mark: Mark,
    /// The language of the words that the template brings.
    pub language: Language,
    /// The bytes of the images that the data name by their place; JPEG, PNG or WebP.
    pub images: Vec<Arc<[u8]>>,
}

impl Sheet {
    /// Makes a sheet without a mark.
    #[must_use]
    pub fn new(template: &str, data: Value) -> Self {
        Self {
            template: template.to_owned(),
            data,
            mark: Mark::NONE,
            language: Language::default(),
            images: Vec::new(),
        }
    }

    /// Gives the sheet its images, in the order in which the data name them.
    #[must_use]
    pub fn with_images(mut self, images: Vec<Arc<[u8]>>) -> Self {
        self.images = images;
        self
    }

    /// Puts `mark` on every page of the sheet.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = self.mark | mark;
        self
    }
}
