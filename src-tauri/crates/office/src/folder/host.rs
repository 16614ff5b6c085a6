//! What the operating system is asked directly. Everything that differs between systems stands here.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a file that only this user may read; fails if it exists.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a directory that only this user may enter; fails if it exists.
pub(super) fn create_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes names in a directory durable.
#[cfg(unix)]
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Windows keeps names by itself; a directory cannot be flushed there.
#[cfg(not(unix))]
pub(super) fn sync_dir(_dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns how many bytes this user may still write on the disk of `path`; `None` where it cannot be told.
#[cfg(unix)]
pub(super) fn free_bytes(path: &Path) -> io::Result<Option<u64>> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(Some(disk.f_bavail.saturating_mul(disk.f_frsize)))
}

#[cfg(not(unix))]
pub(super) fn free_bytes(_path: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

/// Returns the magic number of the file system on which `path` lies; `None` where there is none.
#[cfg(target_os = "linux")]
pub(super) fn filesystem_magic(path: &Path) -> Option<u32> {
    // The kernel's magic numbers have 32 bits, whatever the width of the field.
    rustix::fs::statfs(path)
        .ok()
        .map(|found| found.f_type as u32)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn filesystem_magic(_path: &Path) -> Option<u32> {
    None
}
