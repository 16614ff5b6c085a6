//! What differs between operating systems; the only module of the window with a `cfg` of one.

use tauri::Url;
use tauri::webview::PlatformWebview;

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
