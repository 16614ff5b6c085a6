//! Words for people stand in the catalogue, once for each language, and nowhere else.

use crate::sources::{self, Literal};
use crate::{files, is_han, none, text};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: &[&str] = &["zh-CN", "zh-TW", "en"];

/// Files of the program whose Han text is data of the domain or a fixed part of a format, each with its reason.
const HAN_IS_DATA: &[(&str, &str)] = &[
    (
        "src-tauri/crates/domain/src/calendar.rs",
        "the date form of papers, which are Chinese in every language of the screen",
    ),
    (
        "src-tauri/crates/domain/src/documents/checks.rs",
        "the Chinese that papers are checked against",
    ),
    (
        "src-tauri/crates/domain/src/inspections/recognise.rs",
        "the grammar of the quick line, which is typed in Chinese",
    ),
    (
        "src-tauri/crates/domain/src/documents/checks/texts.rs",
        "the Chinese that papers are checked against",
    ),
    (
        "src-tauri/crates/domain/src/documents/number.rs",
        "the form of a document number",
    ),
    (
        "src-tauri/crates/office/src/folder/place.rs",
        "the names of synchronised folders as they stand on the disk",
    ),
    (
        "src-tauri/crates/domain/src/org/mod.rs",
        "the names of classes as they are printed",
    ),
    (
        "src-tauri/crates/print/src/templates/official_document.rs",
        "words and characters that a line of a title may not be broken at",
    ),
    (
        "ui/src/features/documents/findings.ts",
        "brackets and dates of papers",
    ),
    (
        "ui/src/features/documents/numbers.ts",
        "the numerals of headings (GB/T 9704-2012, 7.3.3)",
    ),
];

/// Words with the shape of a key that are none, each with what it is.
const NOT_KEYS: &[(&str, &str)] = &[
    (
        "print-date",
        "a field of the official document (ARCHITECTURE §6)",
    ),
    ("print-scaling", "an attribute of a print job (PWG 5100.16)"),
];

/// A message as the tests compare it: the arguments it takes.
#[derive(PartialEq, Eq, Debug, Clone)]
struct Shape {
    file: String,
    args: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

fn catalogue(language: &str) -> BTreeMap<String, Shape> {
    let mut messages = BTreeMap::new();
    let folder = format!("assets/i18n/{language}/");
    for name in files().into_iter().filter(|name| name.starts_with(&folder)) {
        let file = name[folder.len()..].to_owned();
        let source = text(&name).expect("UTF-8");
        let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| {
            panic!("{name}: {errors:?}");
        });
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let mut args = BTreeSet::new();
            message
                .value
                .iter()
                .for_each(|pattern| pattern_args(pattern, &mut args));
            message
                .attributes
                .iter()
                .for_each(|attribute| pattern_args(&attribute.value, &mut args));
            let attributes = message
                .attributes
                .iter()
                .map(|attribute| attribute.id.name.clone())
                .collect();
            let shape = Shape {
                file: file.clone(),
                args,
                attributes,
            };
            messages.insert(message.id.name.clone(), shape);
        }
    }
    messages
}

fn pattern_args(pattern: &ast::Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_args(expression, found);
        }
    }
}

fn expression_args(expression: &ast::Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_args(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_args(selector, found);
            variants
                .iter()
                .for_each(|variant| pattern_args(&variant.value, found));
        }
    }
}

fn inline_args(inline: &ast::InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        ast::InlineExpression::Placeable { expression } => expression_args(expression, found),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            arguments
                .positional
                .iter()
                .for_each(|argument| inline_args(argument, found));
        }
        _ => {}
    }
}

#[test]
fn every_message_stands_in_three_languages_with_the_same_arguments() {
    let all: Vec<_> = LANGUAGES
        .iter()
        .map(|language| (*language, catalogue(language)))
        .collect();
    let keys: BTreeSet<&String> = all
        .iter()
        .flat_map(|(_, messages)| messages.keys())
        .collect();
    assert!(keys.len() > 100, "only {} messages", keys.len());
    let (_, first) = &all[0];
    let mut faults = Vec::new();
    for key in keys {
        for (language, messages) in &all {
            match (messages.get(key.as_str()), first.get(key)) {
                (None, _) => faults.push(format!("{key} is missing in {language}")),
                (Some(here), Some(there)) if here != there => {
                    faults.push(format!(
                        "{key}: {language} has {here:?}, {} has {there:?}",
                        LANGUAGES[0]
                    ));
                }
                _ => {}
            }
        }
    }
    none("messages that differ from language to language", faults);
}

#[test]
fn every_key_has_one_home() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in files()
        .into_iter()
        .filter(|name| name.starts_with("assets/i18n/zh-CN/"))
    {
        for line in text(&name).expect("UTF-8").lines() {
            if let Some((key, _)) = line.split_once(" =")
                && key.starts_with(|c: char| c.is_ascii_lowercase())
            {
                homes.entry(key.to_owned()).or_default().push(name.clone());
            }
        }
    }
    let faults = homes
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(key, files)| format!("{key}: {}", files.join(", ")))
        .collect();
    none("messages that are written twice", faults);
}

#[test]
fn traditional_text_is_not_simplified_text_copied() {
    let read = |language: &str| -> String {
        let folder = format!("assets/i18n/{language}/");
        let texts = files()
            .into_iter()
            .filter(|name| name.starts_with(&folder))
            .filter_map(|name| text(&name));
        texts
            .flat_map(|text| {
                text.lines()
                    .filter(|line| !line.starts_with('#'))
                    .map(String::from)
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    // characters that only simplified writing uses, common enough to show up in any copied file
    let simplified = [
        "们", "个", "这", "为", "发", "学", "录", "检", "签", "编", "号", "开", "关", "时", "写",
    ];
    let taiwan = read("zh-TW");
    let faults = simplified
        .iter()
        .filter(|word| taiwan.contains(**word))
        .map(|word| (*word).to_owned())
        .collect();
    none("simplified characters in assets/i18n/zh-TW", faults);
    let english = read("en");
    let faults = english
        .lines()
        .filter(|line| {
            !line.trim_start().starts_with('#') && line.chars().filter(|c| is_han(*c)).count() > 12
        })
        .map(String::from)
        .collect();
    none("long Chinese in assets/i18n/en", faults);
}

#[test]
fn messages_speak_calmly() {
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let folder = format!("assets/i18n/{language}/");
        for name in files().into_iter().filter(|name| name.starts_with(&folder)) {
            for line in text(&name)
                .expect("UTF-8")
                .lines()
                .filter(|line| !line.starts_with('#'))
            {
                let lower = line.to_lowercase();
                if ["抱歉", "对不起", "對不起", "！", "sorry", "apolog", "oops"]
                    .iter()
                    .any(|word| lower.contains(word))
                {
                    faults.push(format!("{name}: {line}"));
                }
            }
        }
    }
    none("apologies and exclamation marks", faults);
}

#[test]
fn code_holds_no_chinese_words() {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for name in files() {
        let literals = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") if is_program(&name) => {
                sources::rust(&program_part(&text(&name).expect("UTF-8")))
            }
            Some("ts" | "vue") if name.starts_with("ui/src/") => {
                sources::lines_without_comments(&text(&name).expect("UTF-8"))
            }
            _ => continue,
        };
        for Literal { line, text } in literals
            .into_iter()
            .filter(|literal| literal.text.chars().any(is_han))
        {
            if let Some((file, _)) = HAN_IS_DATA.iter().find(|(file, _)| *file == name) {
                used.insert(*file);
            } else {
                faults.push(format!("{name}:{line}: {}", text.trim()));
            }
        }
    }
    faults.extend(
        HAN_IS_DATA
            .iter()
            .filter(|(file, _)| !used.contains(file))
            .map(|(file, _)| format!("{file} needs no exception any more")),
    );
    none("Chinese outside the catalogue (assets/i18n)", faults);
}

#[test]
fn every_key_that_code_names_exists() {
    let messages = catalogue(LANGUAGES[0]);
    let starts: BTreeSet<&str> = messages
        .keys()
        .filter_map(|key| key.split('-').next())
        .collect();
    let mut faults = Vec::new();
    for name in files() {
        let source = || text(&name).expect("UTF-8");
        let named = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") if is_program(&name) => sources::rust(&program_part(&source())),
            Some("ts" | "vue") if name.starts_with("ui/src/") && !name.contains("/generated/") => {
                sources::said(&source())
            }
            _ => continue,
        };
        for Literal { line, text } in named {
            let (key, attribute) = text
                .split_once('.')
                .map_or((text.as_str(), None), |(key, attribute)| {
                    (key, Some(attribute))
                });
            // a key that ends in a hyphen is put together from its beginning, as `*` marks it in the screens
            let key = &if key.ends_with('-') {
                format!("{key}*")
            } else {
                key.to_owned()
            };
            if !is_key(key, &starts) || NOT_KEYS.iter().any(|(word, _)| *word == key.as_str()) {
                continue;
            }
            let known = if let Some(start) = key.strip_suffix('*') {
                messages.keys().any(|known| known.starts_with(start))
            } else {
                messages.get(key.as_str()).is_some_and(|shape| {
                    attribute.is_none_or(|attribute| shape.attributes.contains(attribute))
                })
            };
            if !known {
                faults.push(format!("{name}:{line}: {text}"));
            }
        }
    }
    none("keys that no catalogue has", faults);
}

/// Tells whether a word looks like `feature-what`; a trailing `*` stands for a part that is put in at run time.
fn is_key(word: &str, starts: &BTreeSet<&str>) -> bool {
    word.split_once('-')
        .is_some_and(|(start, rest)| starts.contains(start) && !rest.is_empty())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_*".contains(c))
}

/// Tells whether a Rust file is part of what ships.
pub(crate) fn is_program(name: &str) -> bool {
    name.starts_with("src-tauri/")
        && !name.starts_with("src-tauri/crates/testkit/")
        && !name.starts_with("src-tauri/crates/xtask/")
        && !name.contains("/tests/")
        && !name.contains("/examples/")
        && !name.ends_with("/tests.rs")
        && !name.ends_with("_tests.rs")
        && !name.ends_with("_tests.rs")
        && !name.contains("/benches/")
}

/// Returns a Rust file up to its test module, which stands last.
pub(crate) fn program_part(source: &str) -> String {
    source
        .find("\n#[cfg(test)]\nmod tests")
        .map_or(source, |at| &source[..at])
        .to_owned()
}
