//! What must hold before a change is landed.

use crate::platform::{self, Needs};
use crate::shell::{cargo, command, find_on_path, root, run as start};
use crate::{fonts, run, ui};
use std::time::Instant;

/// One thing that must hold.
type Step = (&'static str, fn() -> Result<(), String>);

const QUICK: &[Step] = &[
    ("format", format),
    ("screens: types and bundle", ui::bundle),
    ("lints", lints),
    ("build", run::build),
    ("tests", tests),
];

const SLOW: &[Step] = &[("browser journeys", browser), ("the real window", desktop)];

/// Runs the quick part: what needs neither a browser nor a window.
pub(crate) fn check() -> Result<(), String> {
    platform::setup(Needs::Run)?;
    steps(QUICK)
}

/// Runs everything; with names, only those steps.
pub(crate) fn test(names: &[String]) -> Result<(), String> {
    platform::setup(Needs::Test)?;
    let all: Vec<Step> = [QUICK, SLOW].concat();
    let known = |name: &String| all.iter().any(|(step, _)| step.contains(name.as_str()));
    if let Some(name) = names.iter().find(|name| !known(name)) {
        let list: Vec<&str> = all.iter().map(|(step, _)| *step).collect();
        return Err(format!(
            "no step is called {name:?}; there are: {}",
            list.join(" · ")
        ));
    }
    let chosen: Vec<Step> = all
        .into_iter()
        .filter(|(step, _)| {
            names.is_empty() || names.iter().any(|name| step.contains(name.as_str()))
        })
        .collect();
    steps(&chosen)
}

/// Runs the steps in order, all of them even when one fails, and ends with what each said.
fn steps(list: &[Step]) -> Result<(), String> {
    let start = Instant::now();
    let mut lines = Vec::new();
    let mut failed = 0;
    for (name, step) in list {
        eprintln!("\n== {name}");
        let begin = Instant::now();
        let word = match step() {
            Ok(()) => "passed",
            Err(failure) => {
                eprintln!("{failure}");
                failed += 1;
                "FAILED"
            }
        };
        lines.push(format!(
            "{word}  {:7.1} s  {name}",
            begin.elapsed().as_secs_f32()
        ));
    }
    println!(
        "\n{}\n{:.0} s in all",
        lines.join("\n"),
        start.elapsed().as_secs_f32()
    );
    println!("steps: {} passed, {failed} failed", list.len() - failed);
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} of {} steps failed", list.len()))
    }
}

fn format() -> Result<(), String> {
    start(command(cargo()).args(["fmt", "--all", "--check"]))
}

fn lints() -> Result<(), String> {
    start(command(cargo()).args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn tests() -> Result<(), String> {
    start(
        command(cargo())
            .args(["test", "--workspace"])
            .env("TONGBAO_FONTS", fonts::folder()),
    )
}

fn browser() -> Result<(), String> {
    start(
        command("node")
            .args(["--test", "--test-concurrency=1", "tests/ui/"])
            .env("TONGBAO_FONTS", fonts::folder()),
    )
}

/// Drives the real window; the tests are marked `ignore` so that a plain `cargo test` needs no screen.
fn desktop() -> Result<(), String> {
    let driver =
        find_on_path("tauri-driver").ok_or("tauri-driver is missing: cargo xtask setup")?;
    let mut test = command("xvfb-run");
    // without -noreset the screen begins anew when one window closes, and the next may find it closed
    test.args(["-a", "-s", "-screen 0 1280x800x24 -noreset"])
        .arg(cargo())
        .args([
            "test",
            "--workspace",
            "--test",
            "window",
            "--",
            "--ignored",
            "--test-threads=1",
            "--nocapture",
        ])
        .env("TAURI_DRIVER", driver)
        .env("TONGBAO_FONTS", fonts::folder())
        // an input method of the developer must not take the keys that WebDriver sends
        .env("GTK_IM_MODULE", "gtk-im-context-simple")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .current_dir(root());
    start(&mut test)
}
