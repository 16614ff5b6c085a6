//! 通报台 — the window. It opens the desk, forwards one command to it, and goes nowhere else.

mod host;
mod logging;
mod window;

use api::{ApiError, Desk, DeskConfig, ErrorCode};
use office::Clock;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent, State};
use tauri_plugin_window_state::StateFlags;

/// The commands whose answer says how the person likes the screen, and where in it.
const PREFERENCES: &[(&str, &str)] = &[
    ("access_sign_in", "/preferences/preedit"),
    ("access_choose_password", "/preferences/preedit"),
    ("access_prefer", "/preedit"),
];

/// Opens the window and stays until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    let app = tauri::Builder::default()
        // without a session bus this stops nothing: the lock of the data folder is the guard
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::show(app);
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .invoke_handler(tauri::generate_handler![rpc])
        .setup(|app| {
            let folders = host::Folders::find(app)?;
            let clock: Arc<dyn Clock> = Arc::new(host::SystemClock);
            let watch = Arc::clone(&clock);
            logging::start(folders.data.join("logs"), move || {
                host::civil_date(watch.now_ms())
            });
            tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
            let desk = Desk::new(DeskConfig {
                office_dir: folders.office(),
                font_dirs: folders.fonts,
                export_dir: folders.exports,
                print_service: host::print_service(),
                clock,
                program: window::title(app).to_owned(),
                host_account: host::account(),
                quick_sample: host::named("TONGBAO_QUICK_SAMPLE").is_some(),
            });
            let desk = Arc::new(desk);
            every(1, &desk, Desk::tend);
            // its backups take long, and hold nobody up
            every(60, &desk, Desk::tick);
            app.manage(desk);
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            return ExitCode::FAILURE;
        }
    };
    let code = app.run_return(|app, event| {
        if matches!(event, RunEvent::Exit)
            && let Some(desk) = app.try_state::<Arc<Desk>>()
        {
            desk.close();
        }
    });
    if code == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Lets the desk do, every so many seconds, what nobody asks for.
fn every(seconds: u64, desk: &Arc<Desk>, work: fn(&Desk)) {
    let desk = Arc::clone(desk);
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            let desk = Arc::clone(&desk);
            if tauri::async_runtime::spawn_blocking(move || work(&desk))
                .await
                .is_err()
            {
                tracing::error!(seconds, "a panic in what the desk does by itself");
            }
        }
    });
}

/// The one command: forwards a request to the desk, off the thread that draws.
#[tauri::command]
async fn rpc(
    app: AppHandle,
    desk: State<'_, Arc<Desk>>,
    name: String,
    body: Value,
) -> Result<Value, ApiError> {
    let desk = Arc::clone(&desk);
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let answer = desk.call(&name, body);
        (name, answer)
    })
    .await;
    // the place of a panic stands in the log
    let (name, answer) = answer.map_err(|_| ApiError::new(ErrorCode::Bug, "error-bug"))?;
    let reply = answer?;
    if let Some((_, path)) = PREFERENCES.iter().find(|(command, _)| *command == name)
        && let Some(on) = reply.value.pointer(path).and_then(Value::as_bool)
    {
        window::compose_in_place(&app, on);
    }
    Ok(json!({ "value": reply.value, "changed": reply.changed }))
}
