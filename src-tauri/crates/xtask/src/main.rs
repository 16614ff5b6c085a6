//! `cargo xtask`: everything a person or a build machine does with this tree, by one name each.
//!
//! Uses the standard library only, so that a fresh clone compiles it in a second or two and it can then fetch whatever
//! the rest needs.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for developers: it talks to a terminal and measures its own steps"
)]

mod bundle;
mod fonts;
mod platform;
mod run;
mod shell;
mod test;
mod ui;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask setup [--for run|test]   installs what is missing: packages, fonts, node modules
cargo xtask run [--fresh]            opens the window on the sample school; without a display, runs its day
cargo xtask check                    the quick part of `test`: format, lints, types, tests that need no browser
cargo xtask test                     everything a build machine runs
cargo xtask bindings                 writes the TypeScript types of the commands into ui/src/backend/generated
cargo xtask bench [ROW …]            measures, as ratios to something measured in the same run
cargo xtask bench window [MINUTES]   the same for the rows that need a window
cargo xtask deb [--debug]            builds the Debian package";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let done = match args.first().map(String::as_str) {
        Some("setup") => setup(rest),
        Some("run") => run::run(rest),
        Some("check") => test::check(),
        Some("test") => test::test(rest),
        Some("bindings") => run::bindings(),
        Some("bench") => run::bench(rest),
        Some("deb") => bundle::deb(rest),
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn setup(args: &[String]) -> Result<(), String> {
    let needs = match args {
        [] => platform::Needs::Test,
        [flag, what] if flag == "--for" && what == "run" => platform::Needs::Run,
        [flag, what] if flag == "--for" && what == "test" => platform::Needs::Test,
        _ => return Err(format!("unknown arguments: {}\n{USAGE}", args.join(" "))),
    };
    platform::setup(needs)
}
