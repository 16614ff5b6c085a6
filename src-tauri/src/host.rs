//! What differs between operating systems; the only module of the window with a `cfg` of one.

use office::printing::PrintService;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::webview::PlatformWebview;
use tauri::{App, Manager, Url};

/// The clock of the machine; everything below the window is told the time.
pub(crate) struct SystemClock;

impl office::Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of the window where time comes in"
    )]
    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }
}

/// Returns the day in China of an instant, as `2026-11-23`.
pub(crate) fn civil_date(at_ms: i64) -> String {
    const CHINA: i64 = 8 * 60 * 60 * 1000;
    chrono::DateTime::from_timestamp_millis(at_ms.saturating_add(CHINA))
        .map_or_else(|| "unknown".to_owned(), |at| at.date_naive().to_string())
}

/// Returns a place from the environment, in debug builds only: for tests and the sample school.
pub(crate) fn named(name: &str) -> Option<PathBuf> {
    if cfg!(debug_assertions) {
        std::env::var_os(name).map(PathBuf::from)
    } else {
        None
    }
}

/// Returns the person's account on this machine, for a second program to say who holds the office.
pub(crate) fn account() -> String {
    std::env::var(if cfg!(windows) { "USERNAME" } else { "USER" }).unwrap_or_default()
}

/// Returns the print service of this machine; in debug builds a test may name a port of its own.
pub(crate) fn print_service() -> Arc<dyn PrintService> {
    let port = named("TONGBAO_CUPS").and_then(|port| port.to_str()?.parse().ok());
    match port {
        Some(port) => Arc::new(spool::Cups::at(spool::Server::Loopback(port))),
        None => spool::here(),
    }
}

/// Where the program reads and writes.
pub(crate) struct Folders {
    /// The office of this person.
    pub(crate) data: PathBuf,
    /// The faces of the printed page.
    pub(crate) fonts: Vec<PathBuf>,
    /// Where saved pages go.
    pub(crate) exports: PathBuf,
}

impl Folders {
    /// Finds them.
    pub(crate) fn find(app: &App) -> tauri::Result<Self> {
        let paths = app.path();
        let data = match named("TONGBAO_DATA") {
            Some(data) => data,
            None => paths.app_local_data_dir()?,
        };
        let packaged = paths.resource_dir()?.join("fonts");
        let fonts = match named("TONGBAO_FONTS") {
            Some(fonts) => fonts,
            None if cfg!(debug_assertions) && !packaged.is_dir() => {
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/fonts")
            }
            None => packaged,
        };
        let exports = match named("TONGBAO_EXPORTS") {
            Some(exports) => exports,
            // 通报台 among the person's own documents
            None => paths
                .document_dir()
                .or_else(|_| paths.home_dir())?
                .join(crate::window::title(app)),
        };
        Ok(Self {
            data,
            fonts: vec![fonts],
            exports,
        })
    }

    /// Returns where the office of this person lies or will lie.
    pub(crate) fn office(&self) -> PathBuf {
        self.data.join("office.tongbao")
    }
}

/// Tells whether an address is a page of the program. (Tauri lets its isolation frame through by itself.)
pub(crate) fn is_our_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // WebView2 shows a custom scheme as http://SCHEME.localhost
        "http" | "https" if cfg!(windows) => url.host_str() == Some("tauri.localhost"),
        // the development server of tauri.dev.conf.json
        "http" if cfg!(dev) => url.host_str() == Some("localhost") && url.port() == Some(5173),
        "about" => url.as_str() == "about:blank",
        _ => false,
    }
}

/// Switches WebKitGTK's own display of a composition: wry turns it off, and then a click into another field in
/// mid-word carries the composition there. WebView2 needs nothing.
#[cfg(target_os = "linux")]
pub(crate) fn compose_in_place(webview: &PlatformWebview, on: bool) {
    use webkit2gtk::{InputMethodContextExt, WebViewExt};
    if let Some(context) = webview.inner().input_method_context() {
        context.set_enable_preedit(on);
    }
}

/// Does nothing: here the system shows a composition in the field by itself.
#[cfg(not(target_os = "linux"))]
pub(crate) fn compose_in_place(_webview: &PlatformWebview, _on: bool) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        assert_eq!(civil_date(1_795_103_999_999), "2026-11-19");
        assert_eq!(civil_date(1_795_104_000_000), "2026-11-20");
    }

    #[test]
    fn only_our_own_pages_are_shown() {
        let ours = |address: &str| is_our_page(&Url::parse(address).unwrap());
        assert!(ours("tauri://localhost/"));
        assert!(ours("tauri://localhost/index.html#/today"));
        for foreign in [
            "https://example.com/",
            "http://127.0.0.1:9/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,<b>x</b>",
            "blob:tauri://localhost/x",
            "javascript:alert(1)",
        ] {
            assert!(!ours(foreign), "{foreign}");
        }
    }
}
