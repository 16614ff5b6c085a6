//! One Chinese term, one identifier: GLOSSARY.md against the public types of the domain and the catalogue.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Returns the sources of the domain without their test modules.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            found.push(
                text.split("#[cfg(test)]")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            );
        }
    }
}

/// Returns every public enum with its variants, and every public struct with none.
fn public_types() -> BTreeMap<String, Vec<String>> {
    let mut texts = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut texts,
    );
    let name = |rest: &str| {
        rest.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut types = BTreeMap::new();
    for text in texts {
        let mut current: Option<String> = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("pub enum ") {
                current = Some(name(rest));
                types.insert(name(rest), Vec::new());
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                types.insert(name(rest), Vec::new());
            } else if line.starts_with('}') {
                current = None;
            } else if let (Some(of), Some(rest)) = (&current, line.strip_prefix("    "))
                && rest.starts_with(|c: char| c.is_ascii_uppercase())
            {
                types.entry(of.clone()).or_default().push(name(rest));
            }
        }
    }
    types
}

/// Returns the rows of all tables: the Chinese term, the identifier, and the key in the third column.
fn rows() -> Vec<(String, String, String)> {
    let text =
        std::fs::read_to_string(root().join("src-tauri/docs/GLOSSARY.md")).expect("GLOSSARY.md");
    let cells = |line: &str| {
        line.trim_matches('|')
            .split('|')
            .map(|c| c.trim().trim_matches('`').to_owned())
            .collect::<Vec<_>>()
    };
    let rows = text
        .lines()
        .filter(|l| l.starts_with("| "))
        .map(cells)
        .filter(|c| c[0] != "中文");
    rows.map(|c| {
        (
            c[0].clone(),
            c[1].clone(),
            c.get(2).cloned().unwrap_or_default(),
        )
    })
    .collect()
}

#[test]
fn every_public_type_and_variant_has_its_row() {
    let rows = rows();
    let known: BTreeSet<&str> = rows.iter().map(|r| r.1.as_str()).collect();
    let types = public_types();
    assert!(types.len() > 30, "{types:?}");
    assert!(
        types["Category"].len() == 9 && types["State"].len() == 5,
        "{types:?}"
    );
    let mut missing = Vec::new();
    for (name, variants) in &types {
        for wanted in
            std::iter::once(name.clone()).chain(variants.iter().map(|v| format!("{name}::{v}")))
        {
            if !known.contains(wanted.as_str()) {
                missing.push(wanted);
            }
        }
    }
    assert!(missing.is_empty(), "GLOSSARY.md has no row for {missing:?}");
    let gone: Vec<&str> = known
        .into_iter()
        .filter(|k| k.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|k| match k.split_once("::") {
            Some((of, part)) if part.starts_with(|c: char| c.is_ascii_uppercase()) => {
                !types.get(of).is_some_and(|v| v.iter().any(|v| v == part))
            }
            Some((of, _)) => !types.contains_key(of),
            None => !types.contains_key(*k) && *k != "Permission",
        })
        .collect();
    assert!(gone.is_empty(), "GLOSSARY.md names what is gone: {gone:?}");
}

#[test]
fn an_identifier_has_one_row() {
    let mut seen = BTreeSet::new();
    for (term, identifier, _) in rows() {
        assert!(!term.is_empty() && !identifier.is_empty());
        assert!(seen.insert(identifier.clone()), "{identifier} has two rows");
    }
}

#[test]
fn the_text_of_a_variant_is_its_term_in_the_catalogue() {
    let read = |language: &str| {
        std::fs::read_to_string(root().join(format!("assets/i18n/{language}/terms.ftl"))).unwrap()
    };
    let chinese: BTreeMap<String, String> = read("zh-CN")
        .lines()
        .filter_map(|l| l.split_once(" = "))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    let keyed: Vec<_> = rows()
        .into_iter()
        .filter(|(_, id, key)| id.contains("::") && key.contains('-'))
        .collect();
    assert!(keyed.len() > 50);
    for (term, identifier, key) in &keyed {
        assert_eq!(chinese.get(key), Some(term), "{identifier} {key}");
    }
    let wanted: BTreeSet<&str> = keyed.iter().map(|(_, _, key)| key.as_str()).collect();
    for language in ["zh-CN", "zh-TW", "en"] {
        let text = read(language);
        let there: BTreeSet<&str> = text
            .lines()
            .filter_map(|l| l.split_once(" = "))
            .map(|(k, _)| k)
            .collect();
        assert_eq!(there, wanted, "terms.ftl in {language}");
    }
}
