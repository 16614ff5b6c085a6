//! What differs between operating systems: where the print service listens.
use crate::Cups;
use office::printing::{NoPrintService, PrintService};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Bytes in both directions.
pub(crate) trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// Returns the print service of this machine; one that says there is none where we know of none.
pub fn here() -> Arc<dyn PrintService> {
    if cfg!(target_os = "linux") {
        Arc::new(Cups::of_this_machine())
    } else {
        Arc::new(NoPrintService)
    }
}

/// Connects to a socket of this machine.
#[cfg(unix)]
pub(crate) fn socket(path: &Path, patience: Duration) -> std::io::Result<Box<dyn Stream>> {
    let stream = std::os::unix::net::UnixStream::connect(path)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    Ok(Box::new(stream))
}
/// There are none here.
#[cfg(not(unix))]
pub(crate) fn socket(_path: &Path, _patience: Duration) -> std::io::Result<Box<dyn Stream>> {
    Err(std::io::ErrorKind::Unsupported.into())
}
