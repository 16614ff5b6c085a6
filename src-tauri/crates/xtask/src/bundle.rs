//! The package that people install.

use crate::platform::{self, Needs};
use crate::shell::{command, root, run, target_dir};
use crate::ui;

/// Builds the Debian package and prints where it lies.
pub(crate) fn deb() -> Result<(), String> {
    platform::setup(Needs::Run)?;
    ui::bundle()?;
    let tauri = root().join("ui/node_modules/.bin/tauri");
    run(command(tauri)
        .args(["build", "--bundles", "deb", "--ci"])
        .current_dir(root().join("src-tauri")))?;
    let folder = target_dir().join("release/bundle/deb");
    let mut found = false;
    for entry in std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .flatten()
    {
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "deb")
        {
            println!("{}", entry.path().display());
            found = true;
        }
    }
    if found {
        Ok(())
    } else {
        Err(format!("no package was left in {}", folder.display()))
    }
}
