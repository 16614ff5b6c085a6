//! 打印服务 — a real CUPS as a child of a test, on a loopback port of its own. Ends with the test.
#![allow(clippy::unwrap_used, reason = "helpers of tests stop where tests stop")]
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const CUPSD: &str = "/usr/sbin/cupsd";
const PROGRAMS: &str = "/usr/lib/cups";
const PDF_PRINTER: &str = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd";

/// A tray that says it is empty until a file called `paper` lies beside it; then it keeps what it is sent.
const TRAY: &str = r#"#!/bin/sh
if [ $# -eq 0 ]; then echo 'direct tray:/ "Unknown" "Tray"'; exit 0; fi
tray="${DEVICE_URI#tray:}"
if [ ! -e "$tray/paper" ]; then echo 'STATE: +media-empty-error' >&2; fi
while [ ! -e "$tray/paper" ]; do sleep 0.1; done
echo 'STATE: -media-empty-error' >&2
if [ $# -ge 6 ]; then cat "$6" > "$tray/out-$1"; else cat > "$tray/out-$1"; fi
"#;

/// A print service that ends with the test.
pub struct PrintShop {
    child: Child,
    port: u16,
    folder: TempDir,
}
impl Drop for PrintShop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
impl PrintShop {
    /// Starts one; nothing where the machine cannot, and then says so.
    ///
    /// # Panics
    /// If it does not come up.
    pub fn start() -> Option<Self> {
        let missing = [CUPSD, PDF_PRINTER, "/usr/sbin/lpadmin"]
            .into_iter()
            .find(|needed| !Path::new(needed).exists());
        let root = Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|o| o.stdout.starts_with(b"0\n"));
        let why = match (missing, root) {
            (Some(missing), _) => format!("there is no {missing}"),
            (None, false) => "only root may run a print service of its own".to_owned(),
            (None, true) => String::new(),
        };
        if !why.is_empty() {
            // past the capture of the test runner: a test that did not run says so
            let line = format!("SKIPPED: printing with a real CUPS: {why}\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        // its filters run as another account
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for name in [
            "root",
            "cache",
            "state",
            "spool",
            "log",
            "tray",
            "programs",
            "programs/backend",
        ] {
            fs::create_dir(at(name)).unwrap();
        }
        fs::create_dir(at("tmp")).unwrap();
        fs::set_permissions(at("tmp"), fs::Permissions::from_mode(0o1777)).unwrap();
        fs::set_permissions(at("tray"), fs::Permissions::from_mode(0o1777)).unwrap();
        for entry in fs::read_dir(PROGRAMS).unwrap().flatten() {
            if entry.file_name() != "backend" {
                symlink(entry.path(), at("programs").join(entry.file_name())).unwrap();
            }
        }
        symlink(
            Path::new(PROGRAMS).join("backend/cups-pdf"),
            at("programs/backend/cups-pdf"),
        )
        .unwrap();
        fs::write(at("programs/backend/tray"), TRAY).unwrap();
        fs::set_permissions(
            at("programs/backend/tray"),
            fs::Permissions::from_mode(0o755),
        )
        .unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let rules = "<Location />\nOrder allow,deny\nAllow 127.0.0.1\n</Location>\n<Policy default>\n<Limit All>\nOrder allow,deny\nAllow 127.0.0.1\n</Limit>\n</Policy>\n";
        fs::write(
            at("cupsd.conf"),
            format!("Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\nPreserveJobHistory Yes\n{rules}"),
        )
        .unwrap();
        let places = [
            ("ServerRoot", "root"),
            ("CacheDir", "cache"),
            ("StateDir", "state"),
            ("RequestRoot", "spool"),
            ("TempDir", "tmp"),
            ("ServerBin", "programs"),
            ("ErrorLog", "log/error"),
            ("AccessLog", "log/access"),
            ("PageLog", "log/page"),
        ];
        let places: String = places
            .iter()
            .map(|(key, name)| format!("{key} {}\n", at(name).display()))
            .collect();
        fs::write(
            at("files.conf"),
            format!("{places}SystemGroup root\nSandboxing relaxed\n"),
        )
        .unwrap();
        let child = Command::new(CUPSD)
            .arg("-f")
            .arg("-c")
            .arg(at("cupsd.conf"))
            .arg("-s")
            .arg(at("files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let shop = PrintShop {
            child,
            port,
            folder,
        };
        let answers = || std::net::TcpStream::connect(("127.0.0.1", port)).ok();
        assert!(eventually(answers).is_some(), "cupsd does not answer");
        Some(shop)
    }
    /// Returns the loopback port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }
    /// Runs one of its administrator's programs.
    ///
    /// # Panics
    /// If that fails.
    #[track_caller]
    pub fn admin(&self, program: &str, args: &[&str]) {
        let done = Command::new(program)
            .args(args)
            .env("CUPS_SERVER", format!("127.0.0.1:{}", self.port))
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{program}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    /// Sets up a queue that keeps what it is sent, byte by byte, once there is paper in its tray.
    pub fn tray(&self, name: &str) {
        let uri = format!("tray:{}", self.tray_folder().display());
        self.admin("lpadmin", &["-p", name, "-E", "-v", &uri, "-m", "raw"]);
    }
    /// Returns where the queue of the tray keeps what it was sent.
    pub fn tray_folder(&self) -> PathBuf {
        self.folder.path().join("tray")
    }
    /// Puts paper into the tray.
    ///
    /// # Panics
    /// If the folder is gone.
    pub fn put_paper_in(&self) {
        fs::write(self.tray_folder().join("paper"), "").unwrap();
    }
    /// Sets up the PDF printer.
    pub fn pdf_printer(&self, name: &str) {
        let args = ["-p", name, "-E", "-v", "cups-pdf:/", "-P", PDF_PRINTER];
        self.admin("lpadmin", &args);
    }
    /// Waits for the file that the PDF printer makes of a job with this in its name.
    pub fn printed(&self, job: &str) -> Option<PathBuf> {
        eventually(|| {
            let entries = output_folders()
                .into_iter()
                .filter_map(|f| fs::read_dir(f).ok())
                .flatten()
                .flatten();
            let mut paths = entries.map(|e| e.path());
            paths.find(|p| {
                let name = p.file_name().map(|n| n.to_string_lossy());
                name.is_some_and(|n| n.contains(job))
            })
        })
    }
}
/// Where a PDF printer leaves its files: with the person who prints, or with nobody.
fn output_folders() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join("PDF"));
    home.into_iter()
        .chain([PathBuf::from("/var/spool/cups-pdf/ANONYMOUS")])
        .collect()
}
/// Waits for something that another program does; half a minute is given up.
pub fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    for _ in 0..300 {
        if let Some(found) = look() {
            return Some(found);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    None
}
