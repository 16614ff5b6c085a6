//! The words of a page in the language of the sheet, from the catalogue that screen and errors use too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_syntax::ast::{Entry, InlineExpression, PatternElement};

use crate::sheet::Language;

type Words = BTreeMap<String, String>;

static CATALOGUES: LazyLock<[Words; 3]> = LazyLock::new(|| {
    [
        read(include_str!("../../../../assets/i18n/zh-CN/print.ftl")),
        read(include_str!("../../../../assets/i18n/zh-TW/print.ftl")),
        read(include_str!("../../../../assets/i18n/en/print.ftl")),
    ]
});

/// Reads the messages without arguments; the others are for the screen.
fn read(source: &str) -> Words {
    let resource = fluent_syntax::parser::parse(source).expect("BUG: the catalogue is well formed");
    let mut words = Words::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let Some(pattern) = message.value else {
            continue;
        };
        let text: Option<String> = pattern
            .elements
            .iter()
            .map(|element| match element {
                PatternElement::TextElement { value } => Some(*value),
                PatternElement::Placeable { expression } => match expression {
                    fluent_syntax::ast::Expression::Inline(InlineExpression::StringLiteral {
                        value,
                    }) => Some(*value),
                    _ => None,
                },
            })
            .collect();
        if let Some(text) = text {
            words.insert(message.id.name.to_owned(), text);
        }
    }
    words
}

/// Gives the words of a part of the catalogue, by what follows `print-<part>-` in their keys.
pub(crate) fn words(language: Language, part: &str) -> Words {
    let prefix = format!("print-{part}-");
    let catalogue = &CATALOGUES[language as usize];
    catalogue
        .range(prefix.clone()..)
        .take_while(|(key, _)| key.starts_with(&prefix))
        .map(|(key, text)| (key[prefix.len()..].to_owned(), text.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_words_for_paper() {
        let keys = |language| words(language, "recovery").into_keys().collect::<Vec<_>>();
        assert!(keys(Language::Simplified).len() > 10);
        assert_eq!(keys(Language::Simplified), keys(Language::Traditional));
        assert_eq!(keys(Language::Simplified), keys(Language::English));
    }
}
