//! Finds out which packages of the system are missing and installs them where we know how.

use crate::shell::{command, on_path, read, run};
use crate::{fonts, shell, ui};
use std::io::IsTerminal;
use std::process::Stdio;

/// What the machine must be able to do afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Build the program and open its window.
    Run,
    /// The same, and drive the window and a browser without a screen.
    Test,
    /// The same, and measure others beside ours.
    Bench,
}

/// What a Debian 12 needs to compile the tree, and the face that the window shows Chinese with.
const BUILD: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "build-essential",
    "pkg-config",
    "perl",
    "ca-certificates",
    "fonts-noto-cjk",
];
/// A screen in memory, WebDriver for the window, a browser, readers of the PDF files that we make, a print service.
const TEST: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "poppler-utils",
    "zbar-tools",
    "qpdf",
    "procps",
    "cups",
    "cups-client",
    "printer-driver-cups-pdf",
];
/// What the bench measures beside ours.
const BENCH: &[&str] = &["chromium-driver", "libreoffice-writer-nogui"];
/// The version that the desktop tests were written against.
const TAURI_DRIVER: &str = "2.1.0";
/// The oldest Node.js that vite 8 starts on.
const NODE: (u32, u32) = (20, 19);

/// Installs what is missing: system packages, fonts, node modules, and for tests the WebDriver bridge.
pub(crate) fn setup(needs: Needs) -> Result<(), String> {
    packages(needs)?;
    node()?;
    fonts::install()?;
    ui::modules()?;
    if needs != Needs::Run {
        tauri_driver()?;
    }
    Ok(())
}

fn wanted(needs: Needs) -> Vec<&'static str> {
    let mut list = BUILD.to_vec();
    if needs != Needs::Run {
        list.extend(TEST);
    }
    if needs == Needs::Bench {
        list.extend(BENCH);
    }
    list
}

fn packages(needs: Needs) -> Result<(), String> {
    let wanted = wanted(needs);
    if !debian_like() {
        if cfg!(target_os = "linux") && pkg_config_finds("webkit2gtk-4.1") {
            eprintln!("setup: not a Debian-like system, but webkit2gtk-4.1 is here; going on");
            return Ok(());
        }
        return Err(format!(
            "this system is neither Debian nor made from it, so nothing was installed. \
             Install the counterparts of these Debian packages, then try again:\n  {}",
            wanted.join(" ")
        ));
    }
    let missing = missing(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    let root = read(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let by_hand = format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    let sudo = !root
        && on_path("sudo")
        && (std::io::stdin().is_terminal() || read(command("sudo").args(["-n", "true"])).is_ok());
    if !root && !sudo {
        return Err(format!(
            "{} packages are missing and only root may install them. Run:\n  {by_hand}",
            missing.len()
        ));
    }
    let apt = || {
        let mut apt = command(if root { "env" } else { "sudo" });
        if !root {
            apt.arg("env");
        }
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"])
            .stdout(Stdio::null());
        apt
    };
    run(apt().arg("update"))?;
    run(apt()
        .args(["install", "-y", "--no-install-recommends"])
        .args(&missing))
    .map_err(|e| format!("{e}\nNothing else was changed. By hand:\n  {by_hand}"))
}

fn missing(wanted: &[&'static str]) -> Result<Vec<&'static str>, String> {
    // dpkg-query ends with 1 when it does not know one of the names: its list is what counts
    let output = command("dpkg-query")
        .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .map_err(|e| format!("dpkg-query: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let there: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    Ok(wanted
        .iter()
        .copied()
        .filter(|name| !there.contains(name))
        .collect())
}

/// Tells whether the system is Debian or made from it.
pub(crate) fn debian_like() -> bool {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let family = release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .flat_map(|value| value.trim_matches('"').split(' '))
        .any(|name| name == "debian");
    family && on_path("apt-get")
}

fn pkg_config_finds(library: &str) -> bool {
    read(command("pkg-config").args(["--exists", library])).is_ok()
}

fn node() -> Result<(), String> {
    let help = format!(
        "Node.js {}.{} or newer with npm is needed to build the screens; install it, then try again",
        NODE.0, NODE.1
    );
    let version = read(command("node").arg("--version")).map_err(|_| help.clone())?;
    let mut parts = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < NODE || !on_path("npm") {
        return Err(format!("{help} (found {})", version.trim()));
    }
    Ok(())
}

fn tauri_driver() -> Result<(), String> {
    if shell::find_on_path("tauri-driver").is_some() {
        return Ok(());
    }
    run(command(shell::cargo()).args([
        "install",
        "--quiet",
        "tauri-driver",
        "--version",
        TAURI_DRIVER,
        "--locked",
    ]))
}

/// Tells whether a window can be opened.
pub(crate) fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
