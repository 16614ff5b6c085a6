//! How the program speaks: what happened, what was kept, what to do; in full-width punctuation where it is Chinese.

use crate::{files, is_han, none, text};
use fluent_syntax::ast;

/// Every message of a language as a reader may see it: `(file, key, text)`; an argument stands as 字, of several forms all.
fn messages(language: &str) -> Vec<(String, String, String)> {
    let folder = format!("assets/i18n/{language}/");
    let mut out = Vec::new();
    for name in files().into_iter().filter(|name| name.starts_with(&folder)) {
        let resource = fluent_syntax::parser::parse(text(&name).expect("UTF-8"))
            .unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            if let Some(pattern) = &message.value {
                for reading in readings(pattern) {
                    let file = name[folder.len()..].to_owned();
                    out.push((file, message.id.name.clone(), reading));
                }
            }
        }
    }
    assert!(out.len() > 100, "{language}: only {} messages", out.len());
    out
}
fn readings(pattern: &ast::Pattern<String>) -> Vec<String> {
    let mut all = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            ast::PatternElement::TextElement { value } => vec![value.clone()],
            ast::PatternElement::Placeable { expression } => match expression {
                ast::Expression::Select { variants, .. } => {
                    variants.iter().flat_map(|v| readings(&v.value)).collect()
                }
                ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }) => {
                    vec![value.clone()]
                }
                ast::Expression::Inline(_) => vec!["字".to_owned()],
            },
        };
        all = all
            .iter()
            .flat_map(|start| parts.iter().map(move |part| format!("{start}{part}")))
            .collect();
    }
    all
}

/// A half-width mark beside a Han character, unless it stands within a time, a number or a Latin word.
fn half_width(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().any(|(i, c)| {
        let before = i.checked_sub(1).and_then(|j| chars.get(j)).copied();
        let after = chars.get(i + 1).copied();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        ",;:?!.".contains(*c)
            && (before.is_some_and(is_han) && !latin(after) || after.is_some_and(is_han))
    })
}

#[test]
fn chinese_takes_full_width_punctuation() {
    assert!(half_width("没有保存,请重试。") && half_width("找谁?"));
    assert!(!half_width("限 18:00，见 a.pdf。"));
    let mut faults = Vec::new();
    for language in ["zh-CN", "zh-TW"] {
        for (file, key, text) in messages(language) {
            if half_width(&text) {
                faults.push(format!("{language}/{file} {key}: {text}"));
            }
        }
    }
    none("half-width punctuation in Chinese", faults);
}

/// Every refusal has one clause for what happened, another for what was kept or is to be done.
#[test]
fn a_refusal_says_more_than_what_went_wrong() {
    let mut faults = Vec::new();
    for language in ["zh-CN", "zh-TW"] {
        for (file, key, text) in messages(language) {
            let clauses = text.chars().filter(|c| "。，；：".contains(*c)).count();
            if file.ends_with("errors.ftl") && (!text.ends_with('。') || clauses < 2) {
                faults.push(format!("{language}/{file} {key}: {text}"));
            }
        }
    }
    none(
        "refusals that do not say what was kept or what to do",
        faults,
    );
}
