//! Maps font files into memory: the one unsafe place of this crate.

use std::fs::File;
use std::io;
use std::path::Path;

/// A font file mapped into memory, so that a hundred megabytes of faces are shared, discardable pages
/// and not private memory.
pub(crate) struct Mapped(memmap2::Mmap);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Maps `path` for reading.
#[expect(
    unsafe_code,
    reason = "a mapped file must not shrink while it is read; installed font files are replaced, not truncated"
)]
pub(crate) fn map(path: &Path) -> io::Result<Mapped> {
    let file = File::open(path)?;
    // SAFETY: the mapping is read-only and private to this process. Package managers and installers
    // replace font files by rename, so the mapped inode keeps its bytes.
    unsafe { memmap2::Mmap::map(&file) }.map(Mapped)
}
