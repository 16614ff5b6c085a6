//! What a reader may rely on without looking: who depends on whom, where words stand, what is never in the tree.

mod dependencies;
mod manners;
mod sources;
mod tree;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("BUG: tests/ lies below the root")
        .to_path_buf()
}

/// Returns every file that is in the tree or about to be: what git tracks, and what it would add.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .expect("git is needed to know which files belong to the tree");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut names: Vec<String> = String::from_utf8(output.stdout)
        .expect("file names are UTF-8")
        .split_terminator('\0')
        .map(String::from)
        .filter(|name| root().join(name).is_file())
        .collect();
    names.sort();
    names.dedup();
    assert!(
        names.len() > 100,
        "only {} files: the list cannot be right",
        names.len()
    );
    names
}

/// Returns the text of a file of the tree, or nothing if it is no text.
fn text(name: &str) -> Option<String> {
    String::from_utf8(std::fs::read(root().join(name)).expect(name)).ok()
}

/// Fails with every line at once.
fn none(what: &str, mut faults: Vec<String>) {
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

/// Tells whether a character is of the Han script.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}
