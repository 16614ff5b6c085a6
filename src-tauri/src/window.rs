//! The one window: where it may go (nowhere), and how Chinese is typed into it.

use crate::host;
use tauri::utils::config::WindowConfig;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, WebviewWindow, WebviewWindowBuilder};

const LABEL: &str = "main";

/// Opens the window on our own pages; links, pop-ups and downloads lead nowhere.
pub(crate) fn open(app: &App) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::from_config(app, config(app))?
        .on_navigation(host::is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    compose_in_place(app.handle(), true);
    Ok(window)
}

/// Returns the name of the product as it stands above the window; it never holds anything else.
pub(crate) fn title(app: &App) -> &str {
    &config(app).title
}

fn config(app: &App) -> &WindowConfig {
    let windows = &app.config().app.windows;
    windows
        .iter()
        .find(|window| window.label == LABEL)
        .expect("BUG: tauri.conf.json describes the window")
}

/// Brings the window before the others: a second start lands in the first.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // a window that cannot be raised is still there
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Lets an input method show what it is composing inside the field, or not: the person's choice.
pub(crate) fn compose_in_place(app: &AppHandle, on: bool) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.with_webview(move |webview| host::compose_in_place(&webview, on))
    {
        tracing::warn!(%error, "input methods compose outside the window");
    }
}
