//! Opens the window of 通报台.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    tongbao_app::run()
}
