//! What a person sees: the window on the sample school, the types of the commands, the measurements.

use crate::platform::{self, Needs};
use crate::shell::{cargo, command, program, root, run as start, target_dir};
use crate::{fonts, ui};
use std::path::PathBuf;

/// Opens the window on the sample school; without a display, runs its day and says where the pages are.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let fresh = match args {
        [] => false,
        [flag] if flag == "--fresh" => true,
        _ => return Err(format!("unknown arguments: {}", args.join(" "))),
    };
    platform::setup(Needs::Run)?;
    ui::build()?;
    eprintln!("building; the first time takes about ten minutes on two cores");
    build()?;
    if !platform::has_display() {
        return day_without_window();
    }
    let folder = sample_folder()?;
    if fresh && folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    if !folder.join("office.tongbao").exists() {
        start(&mut demo(&folder))?;
    }
    eprintln!(
        "sample school: {}\nwho may sign in, and with which password: {}",
        folder.display(),
        folder.join("summary.json").display()
    );
    start(
        command(program("tongbao-app"))
            .env("TONGBAO_DATA", &folder)
            .env("TONGBAO_FONTS", fonts::folder()),
    )
}

fn day_without_window() -> Result<(), String> {
    let out = root().join("out/demo");
    if out.exists() {
        std::fs::remove_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    start(&mut demo(&out))?;
    eprintln!(
        "\nthere is no display, so the day of the sample school was run without a window; its pages:"
    );
    let mut pages = Vec::new();
    pdf_files(&out, &mut pages);
    if pages.is_empty() {
        return Err(format!(
            "the day ran, but left no page in {}",
            out.display()
        ));
    }
    pages.sort();
    for page in pages {
        println!("{}", page.display());
    }
    Ok(())
}

fn demo(out: &std::path::Path) -> std::process::Command {
    let mut demo = command(program("tongbao"));
    demo.arg("demo")
        .arg("--out")
        .arg(out)
        .env("TONGBAO_FONTS", fonts::folder());
    demo
}

fn pdf_files(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pdf_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            found.push(path);
        }
    }
}

/// Returns the folder of the sample school of this person.
fn sample_folder() -> Result<PathBuf, String> {
    let home =
        std::env::home_dir().ok_or("there is no home folder to keep the sample school in")?;
    let data = match std::env::consts::OS {
        "windows" => std::env::var_os("LOCALAPPDATA").map(PathBuf::from),
        "macos" => Some(home.join("Library/Application Support")),
        _ => std::env::var_os("XDG_DATA_HOME").map(PathBuf::from),
    };
    Ok(data
        .unwrap_or_else(|| home.join(".local/share"))
        .join("tongbao-sample"))
}

/// Builds everything in one go: one set of features for the programs, their tests and the window, so that nothing
/// that others made is compiled twice.
pub(crate) fn build() -> Result<(), String> {
    start(command(cargo()).args(["build", "--quiet", "--workspace", "--all-targets"]))
}

/// Writes the TypeScript types of the commands.
pub(crate) fn bindings() -> Result<(), String> {
    build()?;
    start(command(program("examples/bindings")).arg("ui/src/backend/generated"))
}

/// Measures; the arguments go to the bench program.
pub(crate) fn bench(args: &[String]) -> Result<(), String> {
    let (example, args) = match args {
        [window, minutes @ ..] if window == "window" => ("measure", minutes),
        rows => ("bench", rows),
    };
    platform::setup(Needs::Bench)?;
    ui::build()?;
    // with the programs of the package, so that the same build serves both
    let mut build = command(cargo());
    build.args([
        "build",
        "--release",
        "--features",
        "tongbao-app/custom-protocol",
    ]);
    for package in ["tongbao-app", "cli", "devhost", "testkit", "desktop"] {
        build.args(["-p", package]);
    }
    start(build.args(["--bins", "--examples"]))?;
    let program = target_dir().join("release/examples").join(example);
    // on a screen in memory, whether the row needs one or not
    start(
        command("xvfb-run")
            .args(["-a", "-s", "-screen 0 1280x800x24 -noreset"])
            .arg(program)
            .args(args)
            .env("TONGBAO_FONTS", fonts::folder()),
    )
}
