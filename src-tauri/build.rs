//! Names the one command, so that it needs an explicit permission and everything else is denied.

fn main() {
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .app_manifest(tauri_build::AppManifest::new().commands(&["rpc"])),
    )
    .expect("tauri.conf.json, the capability and ui/dist must be in order");
}
