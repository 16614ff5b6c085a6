//! A missing line in a Cargo.toml is the rule; this reads the lines that are there.

use crate::{none, root};
use std::collections::BTreeMap;
use std::process::Command;

/// Which crates of ours each crate may use in the program (ARCHITECTURE §2).
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("print", &["domain"]),
    ("office", &["domain", "store", "print"]),
    ("spool", &["office"]),
    ("api", &["domain", "office"]),
    ("cli", &["api", "office", "spool"]),
    ("devhost", &["api", "office", "spool"]),
    ("tongbao-app", &["api", "office", "spool"]),
    ("testkit", &["domain", "store", "print", "office", "api"]),
    ("xtask", &[]),
    ("tests", &["domain", "store", "print", "office", "api"]),
    ("desktop", &["testkit"]),
];

/// Who alone may use a crate of somebody else's; a trailing `*` stands for the rest of a name.
const ONLY: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("refinery", &["store"]),
    ("typst*", &["print"]),
    ("comemo", &["print"]),
    ("memmap2", &["print"]),
    ("image", &["office"]),
    ("rust_xlsxwriter", &["office"]),
    ("kamadak-exif", &["office"]),
    ("tauri*", &["tongbao-app"]),
    ("webkit2gtk", &["tongbao-app"]),
    ("gtk", &["tongbao-app"]),
    ("axum", &["devhost"]),
    ("clap", &["cli"]),
    ("rpassword", &["cli"]),
    ("ts-rs", &["api"]),
    ("schemars", &["api"]),
    ("fantoccini", &["desktop"]),
    ("tokio", &["tongbao-app", "devhost", "desktop"]),
];

struct Dependency {
    from: String,
    to: String,
    only_for_tests: bool,
}

fn dependencies() -> Vec<Dependency> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let all: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON");
    let mut found = Vec::new();
    for package in all["packages"].as_array().expect("packages") {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            found.push(Dependency {
                from: package["name"].as_str().expect("name").to_owned(),
                to: dependency["name"].as_str().expect("name").to_owned(),
                only_for_tests: dependency["kind"] == "dev",
            });
        }
    }
    found
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == name, |start| name.starts_with(start))
}

#[test]
fn crates_depend_downwards_only() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for Dependency {
        from,
        to,
        only_for_tests,
    } in dependencies()
    {
        let Some(allowed) = may_use.get(from.as_str()) else {
            faults.push(format!("{from} is a crate that ARCHITECTURE does not know"));
            continue;
        };
        let ours = may_use.contains_key(to.as_str());
        if ours && !only_for_tests && !allowed.contains(&to.as_str()) {
            faults.push(format!("{from} uses {to}"));
        }
    }
    none(
        "dependencies against the direction of ARCHITECTURE §2",
        faults,
    );
}

#[test]
fn each_big_library_has_one_owner() {
    let mut faults = Vec::new();
    for Dependency {
        from,
        to,
        only_for_tests,
    } in dependencies()
    {
        for (pattern, owners) in ONLY {
            if !only_for_tests && matches(pattern, &to) && !owners.contains(&from.as_str()) {
                faults.push(format!(
                    "{from} uses {to}, which belongs to {}",
                    owners.join(", ")
                ));
            }
        }
    }
    none("libraries outside the one crate that may know them", faults);
}

#[test]
fn no_crate_is_a_drawer() {
    let drawers = [
        "core", "common", "utils", "util", "shared", "helpers", "misc",
    ];
    let faults = dependencies()
        .into_iter()
        .map(|d| d.from)
        .filter(|name| drawers.contains(&name.as_str()))
        .collect();
    none("crates whose name says nothing", faults);
}
