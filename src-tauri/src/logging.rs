//! The daily log: which command, how long, which code and report id. Never a name, a text or a value.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What one day may write; a fault that repeats must not fill the disk.
const DAY_LIMIT: u64 = 2 * 1024 * 1024;
/// How many days are kept.
const DAYS_KEPT: usize = 14;
const PREFIX: &str = "tongbao-";
const SUFFIX: &str = ".log";

/// Appends to the file of the day until the day's limit is reached.
pub(crate) struct DailyLog<Today> {
    folder: PathBuf,
    today: Today,
    open: Mutex<Option<OpenDay>>,
}

struct OpenDay {
    day: String,
    file: File,
    written: u64,
}

impl<Today: Fn() -> String> DailyLog<Today> {
    /// Keeps its files in `folder`; `today` says the civil date as `2026-11-23`.
    pub(crate) fn new(folder: PathBuf, today: Today) -> Self {
        Self {
            folder,
            today,
            open: Mutex::new(None),
        }
    }

    fn append(&self, line: &[u8]) -> std::io::Result<()> {
        // a panic while writing a line leaves nothing half done that matters here
        let mut open = self
            .open
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let day = (self.today)();
        if open.as_ref().is_none_or(|open| open.day != day) {
            *open = Some(OpenDay::open(&self.folder, day)?);
            prune(&self.folder);
        }
        let Some(open) = open.as_mut() else {
            return Ok(());
        };
        let next = open.written + line.len() as u64;
        if open.written >= DAY_LIMIT {
            return Ok(());
        }
        open.written = next;
        open.file.write_all(line)?;
        if next >= DAY_LIMIT {
            open.file
                .write_all(b"the limit of this day is reached; nothing more is written\n")?;
        }
        Ok(())
    }
}

impl OpenDay {
    fn open(folder: &Path, day: String) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join(format!("{PREFIX}{day}{SUFFIX}")))?;
        let written = file.metadata()?.len();
        Ok(Self { day, file, written })
    }
}

fn prune(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut days: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(PREFIX) && name.ends_with(SUFFIX)
        })
        .map(|entry| entry.path())
        .collect();
    days.sort();
    for old in days.iter().rev().skip(DAYS_KEPT) {
        // an old log that cannot be removed today is tried again tomorrow
        let _ = std::fs::remove_file(old);
    }
}

/// One line on its way into the log.
pub(crate) struct Line<'a, Today>(&'a DailyLog<Today>);

impl<Today: Fn() -> String> Write for Line<'_, Today> {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.0.append(buf)?;
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a, Today: Fn() -> String + 'a> tracing_subscriber::fmt::MakeWriter<'a> for DailyLog<Today> {
    type Writer = Line<'a, Today>;

    fn make_writer(&'a self) -> Self::Writer {
        Line(self)
    }
}

/// Sends every trace of the program into the daily log, and every panic by its place.
pub(crate) fn start(folder: PathBuf, today: impl Fn() -> String + Send + Sync + 'static) {
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_target(true)
        .with_max_level(tracing::Level::INFO)
        .with_writer(DailyLog::new(folder, today))
        .finish();
    // a second start in one process (tests) keeps the first log
    let _ = tracing::subscriber::set_global_default(subscriber);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // the message of a panic can quote what somebody typed: only its place is written down
        if let Some(place) = panic.location() {
            tracing::error!(file = place.file(), line = place.line(), "panic");
        }
        if cfg!(debug_assertions) {
            before(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn folder(tag: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("tongbao-log-{tag}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_day_stops_at_its_limit_and_says_so() {
        let folder = folder("limit");
        let log = DailyLog::new(folder.clone(), || "2026-11-23".to_owned());
        let line = [b'x'; 64 * 1024];
        for _ in 0..100 {
            log.append(&line).unwrap();
        }
        let text = std::fs::read(folder.join("tongbao-2026-11-23.log")).unwrap();
        assert!(
            text.len() as u64 <= DAY_LIMIT + 64 * 1024 + 100,
            "{}",
            text.len()
        );
        assert!(text.ends_with(b"nothing more is written\n"));
        // a restart on the same day does not begin a new allowance
        let again = DailyLog::new(folder.clone(), || "2026-11-23".to_owned());
        again.append(&line).unwrap();
        assert_eq!(
            std::fs::read(folder.join("tongbao-2026-11-23.log"))
                .unwrap()
                .len(),
            text.len()
        );
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn fourteen_days_are_kept_and_foreign_files_left_alone() {
        let folder = folder("days");
        let day = AtomicUsize::new(0);
        let log = DailyLog::new(folder.clone(), || {
            format!("2026-11-{:02}", 1 + day.load(Ordering::Relaxed))
        });
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("notes.txt"), "kept").unwrap();
        for n in 0..20 {
            day.store(n, Ordering::Relaxed);
            log.append(b"line\n").unwrap();
        }
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names.len(), DAYS_KEPT + 1, "{names:?}");
        assert_eq!(names[0], "notes.txt");
        assert_eq!(names[1], "tongbao-2026-11-07.log");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
