//! What this program asks the system it runs on: time, standard streams, passwords, where the fonts lie.
//! The only module of the CLI with a `cfg` of a system.
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;

/// The clock of this machine.
pub(crate) struct SystemClock;
impl office::Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        #[cfg(debug_assertions)]
        if let Some(fixed) = std::env::var("TONGBAO_NOW")
            .ok()
            .and_then(|t| t.parse().ok())
        {
            return fixed;
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the host is where time comes from"
        )]
        let now = std::time::SystemTime::now();
        now.duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Writes to standard output; a reader that went away is no fault of ours.
pub(crate) fn answer(value: &serde_json::Value) {
    let mut out = io::stdout().lock();
    let text = if io::stdout().is_terminal() {
        format!("{value:#}\n")
    } else {
        format!("{value}\n")
    };
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
/// Writes one line for people, or an error, to standard error.
pub(crate) fn tell(line: &str) {
    let mut err = io::stderr().lock();
    let _ = err
        .write_all(format!("{line}\n").as_bytes())
        .and_then(|()| err.flush());
}
/// Reads all of standard input; nothing where a person sits at it.
pub(crate) fn request() -> io::Result<String> {
    let mut text = String::new();
    if !io::stdin().is_terminal() {
        io::stdin().lock().read_to_string(&mut text)?;
    }
    Ok(text)
}
/// Reads the first line of an open file descriptor. Descriptor 0 leaves the rest for the request.
#[cfg(unix)]
pub(crate) fn password_from(descriptor: u32) -> io::Result<String> {
    let mut line = String::new();
    if descriptor == 0 {
        io::stdin().lock().read_line(&mut line)?;
    } else {
        let folder = if cfg!(target_os = "linux") {
            "/proc/self/fd"
        } else {
            "/dev/fd"
        };
        io::BufReader::new(std::fs::File::open(format!("{folder}/{descriptor}"))?)
            .read_line(&mut line)?;
    }
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}
/// Descriptors have no numbers here: the prompt asks.
#[cfg(not(unix))]
pub(crate) fn password_from(_descriptor: u32) -> io::Result<String> {
    Err(io::ErrorKind::Unsupported.into())
}
/// Asks at the terminal, without showing what is typed.
pub(crate) fn ask_password(prompt: &str) -> io::Result<String> {
    rpassword::prompt_password(prompt)
}
/// Tests hand a password in the environment; a shipped program does not read it from there.
pub(crate) fn password_of_tests() -> Option<String> {
    if cfg!(debug_assertions) {
        std::env::var("TONGBAO_PASSWORD").ok()
    } else {
        None
    }
}
/// The account of the operating system, for a second writer to read.
pub(crate) fn host_account() -> String {
    ["USER", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .unwrap_or_default()
}
/// Where fonts may lie: named by hand, beside the installed program, or in the source tree above it.
pub(crate) fn font_folders() -> Vec<PathBuf> {
    let named = std::env::var_os("TONGBAO_FONTS").map(PathBuf::from);
    let exe = std::env::current_exe()
        .and_then(|p| p.canonicalize())
        .unwrap_or_default();
    let above = exe.ancestors().skip(1).flat_map(|dir| {
        [
            "fonts",
            "lib/tongbao-app/fonts",
            "lib/tongbao/fonts",
            "share/tongbao/fonts",
            "assets/fonts",
        ]
        .map(|inside| dir.join(inside))
    });
    named
        .into_iter()
        .chain(above.filter(|dir| dir.is_dir()))
        .collect()
}
