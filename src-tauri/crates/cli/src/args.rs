//! The command line. What it says comes from the catalogue.
use api::access::Language;
use api::words::say;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Returns the language asked for anywhere on the line; Chinese if none is.
pub(crate) fn language(args: &[String]) -> Language {
    let asked = args
        .iter()
        .enumerate()
        .find_map(|(i, a)| match a.strip_prefix("--language") {
            Some("") => args.get(i + 1).map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        });
    match asked {
        Some("en") => Language::En,
        Some("zh-TW") => Language::ZhTw,
        _ => Language::ZhCn,
    }
}

/// Builds the command line in a language.
pub(crate) fn command(language: Language) -> Command {
    let words = |key: &str| say(language, key, &BTreeMap::new());
    let path = |id: &'static str, key: &str| {
        Arg::new(id)
            .help(words(key))
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath)
    };
    let sign_in = |required: bool| {
        [
            Arg::new("as")
                .long("as")
                .value_name("SIGN_IN_NAME")
                .help(words("cli-help-as"))
                .required(required),
            Arg::new("password-fd")
                .long("password-fd")
                .value_name("N")
                .value_parser(value_parser!(u32))
                .help(words("cli-help-password-fd")),
        ]
    };
    Command::new("tongbao")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words("cli-about"))
        .after_help(words("cli-help-exits"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("language")
                .long("language")
                .global(true)
                .value_name("LANGUAGE")
                .value_parser(["zh-CN", "zh-TW", "en"])
                .help(words("cli-help-language")),
        )
        .subcommand(
            Command::new("commands")
                .about(words("cli-about-commands"))
                .arg(
                    Arg::new("json")
                        .long("json")
                        .action(ArgAction::SetTrue)
                        .help(words("cli-help-json")),
                ),
        )
        .subcommand(
            Command::new("call")
                .about(words("cli-about-call"))
                .arg(
                    Arg::new("name")
                        .value_name("NAME")
                        .required(true)
                        .help(words("cli-help-name")),
                )
                .arg(
                    path("office", "cli-help-office")
                        .long("office")
                        .value_name("DIR")
                        .required(true),
                )
                .args(sign_in(false))
                .arg(
                    path("export", "cli-help-export")
                        .long("export")
                        .value_name("DIR")
                        .default_value("."),
                ),
        )
        .subcommand(
            Command::new("demo").about(words("cli-about-demo")).arg(
                path("out", "cli-help-out")
                    .long("out")
                    .value_name("DIR")
                    .required(true),
            ),
        )
        .subcommand(
            Command::new("render")
                .about(words("cli-about-render"))
                .arg(
                    Arg::new("list")
                        .long("list")
                        .action(ArgAction::SetTrue)
                        .conflicts_with_all(["template", "data", "pdf"])
                        .help(words("cli-help-list")),
                )
                .arg(
                    Arg::new("template")
                        .value_name("TEMPLATE")
                        .required_unless_present("list")
                        .help(words("cli-help-template")),
                )
                .arg(
                    path("data", "cli-help-data")
                        .value_name("DATA.json")
                        .required_unless_present("list"),
                )
                .arg(
                    path("pdf", "cli-help-pdf")
                        .short('o')
                        .value_name("FILE.pdf")
                        .required_unless_present("list"),
                ),
        )
        .subcommand(
            Command::new("verify")
                .about(words("cli-about-verify"))
                .arg(
                    path("dir", "cli-help-office")
                        .value_name("DIR")
                        .required(true),
                )
                .arg(
                    path("trust", "cli-help-trust")
                        .long("trust")
                        .value_name("FILE"),
                )
                .args(sign_in(false)),
        )
        .subcommand(
            Command::new("backup")
                .about(words("cli-about-backup"))
                .arg(
                    path("office", "cli-help-office")
                        .value_name("OFFICE")
                        .required(true),
                )
                .arg(
                    path("to", "cli-help-backup-to")
                        .long("to")
                        .value_name("DIR")
                        .required(true),
                )
                .args(sign_in(false)),
        )
        .subcommand(
            Command::new("restore")
                .about(words("cli-about-restore"))
                .arg(
                    path("file", "cli-help-restore-file")
                        .value_name("FILE")
                        .required(true),
                )
                .arg(
                    path("to", "cli-help-restore-to")
                        .long("to")
                        .value_name("NEW_DIR")
                        .required(true),
                )
                .args(sign_in(false)),
        )
}
