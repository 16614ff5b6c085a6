//! Row 12: the script the window needs before its first paint.
use crate::Bench;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Adds up what `index.html` names, each file compressed on its own as a browser would get it.
pub(crate) fn measure(_: &Bench) -> Value {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/dist");
    let Ok(page) = std::fs::read_to_string(dist.join("index.html")) else {
        return json!({"skipped": "the screens are not built"});
    };
    let named = page
        .split('"')
        .filter(|part| part.starts_with('/') && part.ends_with(".js"));
    let (mut files, mut bytes) = (0, 0);
    for name in named {
        let script = std::fs::read(dist.join(&name[1..])).unwrap();
        files += 1;
        bytes += compressed(script);
    }
    let goal = 250 * 1024;
    json!({"files": files, "gzip_bytes": bytes, "ratio": bytes as f64 / f64::from(goal), "goal": "≤ 250 KiB gzip"})
}

fn compressed(script: Vec<u8>) -> usize {
    let mut gzip = Command::new("gzip")
        .args(["-9", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(&script).unwrap());
    let out = gzip.wait_with_output().unwrap();
    writer.join().unwrap();
    out.stdout.len()
}
