//! `tongbao`: the office without a window, for administrators, scheduled checks and anyone who wants to see for
//! themselves. Exit 0 done, 1 refused or invalid, 2 usage; one JSON value on stdout; errors as JSON on stderr.
mod args;
mod backup;
mod call;
mod demo;
mod host;
mod render;
mod verify;

use api::access::Language;
use api::{ApiError, ErrorCode};
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Why a run ended without its answer.
enum Failure {
    /// The command line does not say what is needed: exit 2.
    Usage(ApiError),
    /// Refused, invalid or impossible: exit 1.
    Error(ApiError),
}
impl From<ApiError> for Failure {
    fn from(e: ApiError) -> Self {
        Failure::Error(e)
    }
}
impl From<office::OfficeError> for Failure {
    fn from(e: office::OfficeError) -> Self {
        Failure::Error(e.into())
    }
}
type Outcome = Result<serde_json::Value, Failure>;

/// What every subcommand is given.
struct Run<'a> {
    language: Language,
    matches: &'a ArgMatches,
}
impl Run<'_> {
    fn path(&self, name: &str) -> Option<&PathBuf> {
        self.matches.get_one::<PathBuf>(name)
    }
    fn needed_path(&self, name: &str) -> Result<&PathBuf, Failure> {
        self.path(name).ok_or_else(|| usage("cli-usage"))
    }
    fn text(&self, name: &str) -> Option<&str> {
        self.matches.get_one::<String>(name).map(String::as_str)
    }
    fn say(&self, key: &str) -> String {
        api::words::say(self.language, key, &std::collections::BTreeMap::new())
    }
    /// Gets a password: from the descriptor named, or from the prompt.
    fn password(&self, sign_in_name: &str) -> Result<String, Failure> {
        if let Some(n) = self.matches.get_one::<u32>("password-fd") {
            return host::password_from(*n)
                .map_err(|_| usage_with("cli-password-fd-unreadable", "number", i64::from(*n)));
        }
        if let Some(p) = host::password_of_tests() {
            return Ok(p);
        }
        let args = [(
            "name".to_owned(),
            api::wire::Arg::Text(sign_in_name.to_owned()),
        )]
        .into();
        host::ask_password(&api::words::say(self.language, "cli-ask-password", &args))
            .map_err(|_| usage("cli-no-terminal"))
    }
}

fn usage(key: &str) -> Failure {
    Failure::Usage(ApiError::new(ErrorCode::Invalid, key))
}
fn usage_with(key: &str, name: &str, value: i64) -> Failure {
    Failure::Usage(ApiError::new(ErrorCode::Invalid, key).with(name, value))
}

fn desk(office_dir: &Path, export_dir: &Path, quick_sample: bool) -> api::Desk {
    api::Desk::new(api::DeskConfig {
        office_dir: office_dir.to_owned(),
        font_dirs: host::font_folders(),
        export_dir: export_dir.to_owned(),
        print_service: spool::here(),
        clock: Arc::new(host::SystemClock),
        program: "tongbao".to_owned(),
        host_account: host::host_account(),
        quick_sample,
    })
}

/// Reads a file that a person named.
fn read_file(path: &Path) -> Result<String, Failure> {
    let unreadable = |key: &str| {
        Failure::Error(
            ApiError::new(ErrorCode::Environment, key).with("file", path.display().to_string()),
        )
    };
    let bytes = std::fs::read(path).map_err(|_| unreadable("cli-file-unreadable"))?;
    String::from_utf8(bytes).map_err(|_| unreadable("cli-file-not-text"))
}
/// Reads JSON that a person or a program wrote.
fn read_json(text: &str) -> Result<serde_json::Value, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Ok(serde_json::json!({}));
    }
    serde_json::from_str(text).map_err(|e| {
        let at = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Failure::Error(
            ApiError::new(ErrorCode::Invalid, "cli-not-json")
                .with("line", at(e.line()))
                .with("column", at(e.column())),
        )
    })
}

fn run(language: Language, matches: &ArgMatches) -> Outcome {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(usage("cli-usage"));
    };
    let run = Run { language, matches };
    match name {
        "commands" => Ok(api::commands_json()),
        "call" => call::call(&run),
        "demo" => demo::demo(&run),
        "render" => render::render(&run),
        "verify" => verify::verify(&run),
        "backup" => backup::backup(&run),
        "restore" => backup::restore(&run),
        _ => Err(usage("cli-usage")),
    }
}

fn fail(language: Language, mut error: ApiError, code: u8) -> ExitCode {
    if error.report_id.is_empty() {
        error.report_id = format!("{:x}-0", office::Clock::now_ms(&host::SystemClock) / 1000);
    }
    host::tell(&api::words::error_in_words(language, &error).to_string());
    ExitCode::from(code)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args_os()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let language = args::language(&args);
    let matches = match args::command(language).try_get_matches() {
        Ok(matches) => matches,
        Err(e)
            if matches!(
                e.kind(),
                clap::error::ErrorKind::DisplayHelp | clap::error::ErrorKind::DisplayVersion
            ) =>
        {
            let _ = e.print();
            return ExitCode::SUCCESS;
        }
        Err(e) => {
            let _ = e.print();
            return fail(language, ApiError::new(ErrorCode::Invalid, "cli-usage"), 2);
        }
    };
    match run(language, &matches) {
        Ok(value) => {
            host::answer(&value);
            // an answer may itself say that something is wrong
            if value.get("ok") == Some(&serde_json::Value::Bool(false))
                && matches.subcommand_name() == Some("verify")
            {
                let n = value["findings"].as_array().map_or(0, Vec::len);
                return fail(
                    language,
                    ApiError::new(ErrorCode::Refused, "cli-verify-not-ok").with("count", n),
                    1,
                );
            }
            ExitCode::SUCCESS
        }
        Err(Failure::Usage(e)) => fail(language, e, 2),
        Err(Failure::Error(e)) => fail(language, e, 1),
    }
}
