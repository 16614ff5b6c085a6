//! What the operating system is asked directly. Everything that differs between systems stands here.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a file that only this user may read; fails if it exists.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a directory that only this user may enter; fails if it exists.
pub(crate) fn create_private_dir(path: &Path) -> io::Result<()> {
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

/// A number in this file beside an office stands for the free bytes of its disk: how tests fill a disk. Debug builds only.
const PRETENDED: &str = "free-bytes-of-tests";

/// Returns how many bytes this user may still write on the disk of `path`; `None` where it cannot be told.
pub(crate) fn free_bytes(path: &Path) -> io::Result<Option<u64>> {
    if cfg!(debug_assertions) {
        let told = path
            .ancestors()
            .skip(1)
            .take(2)
            .find_map(|dir| std::fs::read_to_string(dir.join(PRETENDED)).ok());
        if let Some(free) = told.and_then(|text| text.trim().parse().ok()) {
            return Ok(Some(free));
        }
    }
    free_bytes_of_disk(path)
}

#[cfg(unix)]
fn free_bytes_of_disk(path: &Path) -> io::Result<Option<u64>> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(Some(disk.f_bavail.saturating_mul(disk.f_frsize)))
}

#[cfg(not(unix))]
fn free_bytes_of_disk(_path: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

/// Returns the folders under which disks that can be carried away appear.
#[cfg(unix)]
pub(crate) fn removable_disks() -> Vec<std::path::PathBuf> {
    // a desktop mounts at /media/ACCOUNT/DISK or /run/media/ACCOUNT/DISK; only a mount is a disk
    let table = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let mut disks: Vec<_> = table
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .filter(|at| at.starts_with("/media/") || at.starts_with("/run/media/"))
        .map(|at| std::path::PathBuf::from(super::place::unescape(at)))
        .collect();
    disks.sort();
    disks.dedup();
    disks
}

/// Drives from D on: C holds the system, A and B held diskettes.
#[cfg(not(unix))]
pub(crate) fn removable_disks() -> Vec<std::path::PathBuf> {
    ('D'..='Z')
        .map(|letter| std::path::PathBuf::from(format!("{letter}:\\")))
        .filter(|disk| disk.is_dir())
        .collect()
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
