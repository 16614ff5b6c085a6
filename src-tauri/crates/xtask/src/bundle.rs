//! The package that people install: the window, the program for administrators, the faces.

use crate::platform::{self, Needs};
use crate::shell::{cargo, command, root, run, target_dir};
use crate::ui;
use std::path::Path;

/// Builds the Debian package and prints where it lies; `--debug` packs the debug build, to try the package quickly.
pub(crate) fn deb(args: &[String]) -> Result<(), String> {
    let debug = match args {
        [] => false,
        [flag] if flag == "--debug" => true,
        _ => return Err(format!("unknown arguments: {}", args.join(" "))),
    };
    platform::setup(Needs::Run)?;
    ui::build()?;
    let mut build = command(cargo());
    build.args(["build", "-p", "tongbao-app", "-p", "cli"]);
    if !debug {
        // without it Tauri takes a build for one under development
        build.args(["--release", "--features", "tongbao-app/custom-protocol"]);
    }
    run(&mut build)?;
    let folder = if debug { "debug" } else { "release" };
    let programs = target_dir().join(folder);
    let files = format!(
        r#"{{"bundle":{{"linux":{{"deb":{{"files":{{"/usr/bin/tongbao":"{}"}}}}}}}}}}"#,
        programs.join("tongbao").display()
    );
    let mut bundle = command(root().join("ui/node_modules/.bin/tauri"));
    bundle.args([
        "bundle",
        "--bundles",
        "deb",
        "--ci",
        "--config",
        "tauri.bundle.conf.json",
    ]);
    bundle.args(["--config", &files]);
    if debug {
        bundle.arg("--debug");
    }
    run(bundle.current_dir(root().join("src-tauri")))?;
    let packages = packages_in(&programs.join("bundle/deb"))?;
    for package in &packages {
        println!("{package}");
    }
    if packages.is_empty() {
        Err("no package was left".into())
    } else {
        Ok(())
    }
}

fn packages_in(folder: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .map(|path| path.display().to_string())
        .collect())
}
