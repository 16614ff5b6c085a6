//! The shape of the tree, and what never stands in it.

use crate::{files, none, root, text};
use std::collections::BTreeSet;

/// The names that the user fixed for the top of the tree; dotfiles may stand beside them.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src-tauri",
    "ui",
    "assets",
    "tests",
    "README.md",
    "LICENSE",
];
/// The rooms of the product that are built; a folder of this name holds the feature in every layer.
const FEATURES: &[&str] = &[
    "access",
    "org",
    "attachments",
    "inspections",
    "documents",
    "printing",
    "postings",
    "today",
    "backup",
    "audit",
];

#[test]
fn the_top_of_the_tree_is_as_agreed() {
    let faults = files()
        .iter()
        .map(|name| name.split('/').next().unwrap_or_default().to_owned())
        .filter(|top| !top.starts_with('.') && !TOP.contains(&top.as_str()))
        .collect();
    none("names beside those of ARCHITECTURE §1", faults);
}

#[test]
fn a_feature_has_the_same_name_in_every_layer() {
    let commands: BTreeSet<&str> = api::COMMANDS
        .iter()
        .map(|command| command.feature)
        .collect();
    assert_eq!(
        commands,
        FEATURES.iter().copied().collect(),
        "features that have commands"
    );
    let mut faults = Vec::new();
    for command in api::COMMANDS {
        if !command.name.starts_with(&format!("{}_", command.feature)) {
            faults.push(format!("command {} of {}", command.name, command.feature));
        }
    }
    for feature in FEATURES {
        for needed in [
            format!("src-tauri/crates/api/src/{feature}.rs"),
            format!("assets/i18n/zh-CN/{feature}.ftl"),
        ] {
            if !root().join(&needed).is_file() {
                faults.push(format!("{needed} is missing"));
            }
        }
    }
    // folders: in each of these every folder is a feature, or one of the few that are named
    for (layer, others) in [
        // masking belongs to every feature that prints names
        ("src-tauri/crates/domain/src", &["masking"][..]),
        ("src-tauri/crates/store/src", &["deadlines", "drafts"]),
        ("ui/src/features", &[]),
        ("assets/print", &["lib"]),
    ] {
        for folder in folders_in(layer) {
            if !FEATURES.contains(&folder.as_str()) && !others.contains(&folder.as_str()) {
                faults.push(format!("{layer}/{folder} is no feature"));
            }
        }
    }
    none(
        "features that are named differently from layer to layer",
        faults,
    );
}

fn folders_in(layer: &str) -> BTreeSet<String> {
    files()
        .iter()
        .filter_map(|name| name.strip_prefix(layer)?.strip_prefix('/')?.split_once('/'))
        .map(|(folder, _)| folder.to_owned())
        .collect()
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // put together from parts, or this file would be its own first finding
    let homes = ["work", "root", "home", "Users", "farm"].map(|top| format!("/{top}/"));
    let mut faults = Vec::new();
    for name in files() {
        if name.ends_with(".lock") || name.ends_with("-lock.json") {
            continue;
        }
        let Some(text) = text(&name) else { continue };
        for (number, line) in text.lines().enumerate() {
            for home in &homes {
                for (at, _) in line.match_indices(home.as_str()) {
                    // u is nobody: paths made up for a test
                    if line[at + home.len()..].starts_with("u/") {
                        continue;
                    }
                    let before = line[..at].chars().next_back();
                    if before.is_none_or(|c| !(c.is_alphanumeric() || "._-})*/".contains(c))) {
                        faults.push(format!("{name}:{}: {}", number + 1, line.trim()));
                    }
                }
            }
        }
    }
    none("paths of one machine", faults);
}

#[test]
fn lock_files_name_no_host() {
    let lock = text("ui/package-lock.json").expect("ui/package-lock.json");
    let faults = lock
        .lines()
        .filter(|line| line.contains("\"resolved\""))
        .map(|line| line.trim().to_owned())
        .collect();
    none("download addresses in ui/package-lock.json", faults);
}

#[test]
fn large_files_are_fetched_and_not_kept() {
    let faults = files()
        .into_iter()
        .filter_map(|name| {
            let size = root().join(&name).metadata().ok()?.len();
            (size > 3_000_000).then(|| format!("{name}: {} KiB", size / 1024))
        })
        .collect();
    none("files over 3 MB", faults);
}

#[test]
fn the_types_of_the_screens_are_those_of_the_commands() {
    let fresh = tempfile::tempdir().expect("a temporary folder");
    api::export_typescript(fresh.path()).expect("export");
    let kept = root().join("ui/src/backend/generated");
    let names = |folder: &std::path::Path| -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        collect(folder, "", &mut found);
        found
    };
    let (made, there) = (names(fresh.path()), names(&kept));
    assert!(made.contains("commands.ts"));
    let mut faults = Vec::new();
    for name in made.union(&there) {
        let made = std::fs::read_to_string(fresh.path().join(name)).ok();
        let there = std::fs::read_to_string(kept.join(name)).ok();
        if made != there {
            faults.push(format!(
                "{name}: {}",
                match (made, there) {
                    (Some(_), None) => "missing",
                    (None, _) => "no command has it any more",
                    (Some(_), Some(_)) => "differs",
                }
            ));
        }
    }
    none(
        "ui/src/backend/generated is old: run `cargo xtask bindings`",
        faults,
    );
}

fn collect(folder: &std::path::Path, under: &str, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name);
        }
    }
}
