//! The screens: node modules, types, bundle.

use crate::shell::{command, root, run};
use std::path::Path;
use std::time::SystemTime;

/// Installs the node modules of the lock file, unless they are there.
pub(crate) fn modules() -> Result<(), String> {
    let ui = root().join("ui");
    let stamp = ui.join("node_modules/.package-lock.json");
    if modified(&stamp) > modified(&ui.join("package-lock.json")) {
        return Ok(());
    }
    run(command("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&ui))
}

/// Builds the screens, unless the bundle is newer than everything it is made from.
pub(crate) fn build() -> Result<(), String> {
    let root = root();
    let sources = [
        "ui/src",
        "ui/index.html",
        "ui/package-lock.json",
        "ui/vite.config.ts",
        "ui/public",
        "assets/i18n",
    ];
    let newest = sources
        .iter()
        .filter_map(|path| newest(&root.join(path)))
        .max();
    if modified(&root.join("ui/dist/index.html")) > newest {
        return Ok(());
    }
    bundle()
}

/// Checks the types and builds the screens in any case.
pub(crate) fn bundle() -> Result<(), String> {
    run(command("npm")
        .args(["run", "--silent", "build"])
        .current_dir(root().join("ui")))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

fn newest(path: &Path) -> Option<SystemTime> {
    let own = modified(path);
    let Ok(entries) = std::fs::read_dir(path) else {
        return own;
    };
    entries
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max()
        .max(own)
}
