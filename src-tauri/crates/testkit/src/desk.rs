//! A desk over a folder of its own, with a clock that a test moves.
use crate::clock::FixedClock;
use api::{ApiError, Desk, DeskConfig};
use office::printing::{NoPrintService, PrintService};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// The day of the sample office made for tests: a Friday.
pub const SAMPLE_DAY: &str = "2026-11-20";
/// The time at which tests begin.
pub const SAMPLE_TIME: &str = "16:50";
/// The principal of the sample.
pub const PRINCIPAL: &str = "principal";
/// A vice principal of the sample, who approves as well.
pub const VICE: &str = "vice";
/// The head of a unit (总务处) of the sample.
pub const HEAD: &str = "head";
/// The head of the third grade of the sample, who also has a class of it.
pub const GRADE: &str = "grade";
/// The homeroom teacher of 三(2)班 of the sample.
pub const TEACHER: &str = "teacher";
/// The office of the sample.
pub const OFFICE: &str = "office";
/// A second person of the office.
pub const CLERK: &str = "clerk";
/// The administrator of the sample.
pub const ADMIN: &str = "admin";
/// A duty officer of the sample.
pub const DUTY: &str = "duty";
/// Another duty officer of the sample.
pub const DUTY2: &str = "duty2";

/// Returns the password of every sample account.
pub fn sample_password() -> String {
    office::sample_data::Sample::load()
        .expect("BUG: the shipped sample is well formed")
        .school
        .password
}

/// Returns where the bundled fonts are: named by `TONGBAO_FONTS`, or fetched by `cargo xtask setup`.
pub fn font_dirs() -> Vec<PathBuf> {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/fonts");
    std::env::var_os("TONGBAO_FONTS")
        .map(PathBuf::from)
        .into_iter()
        .chain([bundled])
        .collect()
}

/// 示例办公桌 — a desk, its clock and its folders; all goes when it is dropped.
pub struct TestDesk {
    desk: Desk,
    clock: Arc<FixedClock>,
    print_service: Arc<dyn PrintService>,
    root: Arc<TempDir>,
}

fn config(
    root: &Path,
    clock: &Arc<FixedClock>,
    print_service: &Arc<dyn PrintService>,
    program: &str,
) -> DeskConfig {
    DeskConfig {
        office_dir: root.join("office.tongbao"),
        font_dirs: font_dirs(),
        export_dir: root.join("pages"),
        print_service: Arc::clone(print_service),
        clock: Arc::clone(clock) as Arc<dyn office::Clock>,
        program: program.to_owned(),
        host_account: "tester".to_owned(),
        quick_sample: true,
    }
}

impl TestDesk {
    /// Sits before a place where no office is.
    pub fn empty() -> Self {
        Self::empty_in(tempfile::tempdir())
    }
    fn empty_in(root: std::io::Result<TempDir>) -> Self {
        let root = Arc::new(root.expect("a temporary folder"));
        let clock = Arc::new(FixedClock::at(SAMPLE_DAY, SAMPLE_TIME));
        let print_service: Arc<dyn PrintService> = Arc::new(NoPrintService);
        TestDesk {
            desk: Desk::new(config(root.path(), &clock, &print_service, "tongbao-tests")),
            clock,
            print_service,
            root,
        }
    }
    /// Sits before the sample office. It is made once a process and copied.
    pub fn sample() -> Self {
        Self::sample_in(tempfile::tempdir())
    }
    /// The same on a disk of the test's choosing.
    pub fn sample_at(disk: &Path) -> Self {
        Self::sample_in(tempfile::tempdir_in(disk))
    }
    fn sample_in(root: std::io::Result<TempDir>) -> Self {
        static MADE: OnceLock<TestDesk> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let made = TestDesk::empty();
            made.done("org_open_sample", json!({}));
            made
        });
        let desk = TestDesk::empty_in(root);
        copy(&made.office_dir(), &desk.office_dir());
        desk
    }
    /// Sits down at a second desk before the same folder.
    pub fn second(&self) -> Self {
        TestDesk {
            desk: Desk::new(config(
                self.root.path(),
                &self.clock,
                &self.print_service,
                "second-desk",
            )),
            clock: Arc::clone(&self.clock),
            print_service: Arc::clone(&self.print_service),
            root: Arc::clone(&self.root),
        }
    }
    /// Puts a print service beside the desk; nobody sits at it yet.
    #[must_use]
    pub fn printing_with(mut self, print_service: Arc<dyn PrintService>) -> Self {
        self.desk = Desk::new(config(
            self.root.path(),
            &self.clock,
            &print_service,
            "tongbao-tests",
        ));
        self.print_service = print_service;
        self
    }
    /// Returns the desk itself.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }
    /// Returns the clock.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }
    /// Returns where the office lies.
    pub fn office_dir(&self) -> PathBuf {
        self.root.path().join("office.tongbao")
    }
    /// Returns where PDFs are saved.
    pub fn pages_dir(&self) -> PathBuf {
        self.root.path().join("pages")
    }
    /// Calls a command.
    ///
    /// # Errors
    /// What the command says.
    pub fn call(&self, name: &str, body: Value) -> Result<Value, ApiError> {
        self.desk.call(name, body).map(|reply| reply.value)
    }
    /// Calls a command that must succeed.
    ///
    /// # Panics
    /// If it does not.
    #[track_caller]
    pub fn done(&self, name: &str, body: Value) -> Value {
        match self.call(name, body) {
            Ok(value) => value,
            Err(e) => panic!(
                "{name}: {}",
                api::words::error_in_words(api::access::Language::ZhCn, &e)
            ),
        }
    }
    /// Calls a command that must not succeed.
    ///
    /// # Panics
    /// If it does.
    #[track_caller]
    pub fn refused(&self, name: &str, body: Value) -> ApiError {
        match self.call(name, body) {
            Ok(value) => panic!("{name} was done: {value}"),
            Err(e) => e,
        }
    }
    /// Signs a sample account in, instead of whoever sat here.
    #[track_caller]
    pub fn sit(&self, who: &str) -> &Self {
        self.done("access_sign_out", json!({}));
        self.done(
            "access_sign_in",
            json!({"sign_in_name": who, "password": sample_password()}),
        );
        self
    }
    /// Signs out.
    #[track_caller]
    pub fn leave(&self) {
        self.done("access_sign_out", json!({}));
    }
    /// Returns a finding to log: a matter seen just now by whoever sits here, in the unit of that name.
    #[track_caller]
    pub fn finding(&self, unit: &str, nature: &str, matter: &str, detail: &str) -> Value {
        let units = self.done("org_overview", json!({}))["units"].take();
        let id = units
            .as_array()
            .and_then(|all| all.iter().find(|u| u["name"] == unit))
            .map(|u| u["id"].clone());
        json!({"text": {
            "category": "duty_general", "nature": nature, "unit_id": id.expect("a unit of the sample"),
            "place": "", "matter": matter, "detail": detail, "observed_at": self.clock.now(),
        }})
    }
    /// Logs such a finding and returns its id.
    #[track_caller]
    pub fn log(&self, unit: &str, nature: &str, matter: &str, detail: &str) -> Value {
        self.done(
            "inspections_log",
            self.finding(unit, nature, matter, detail),
        )["id"]
            .take()
    }
    /// Drafts from findings and returns the document.
    #[track_caller]
    pub fn draft(&self, kind: &str, finding_ids: &[Value]) -> Value {
        self.done(
            "documents_draft",
            json!({"kind": kind, "finding_ids": finding_ids}),
        )
    }
    /// Drafts a circular of one finding, as `who`, and submits it. Returns `(id, ver)`.
    #[track_caller]
    pub fn submitted(&self, who: &str) -> (Value, Value) {
        self.sit(who);
        let finding = self.log(
            "总务处",
            "problem",
            "走廊堆放杂物",
            "教学楼二楼走廊堆放纸箱3个，总务处尹秋实当场清理。",
        );
        let view = self.draft("circular", &[finding]);
        let sent = self.done(
            "documents_submit",
            json!({"id": view["row"]["id"], "ver": view["row"]["ver"]}),
        );
        (sent["row"]["id"].clone(), sent["row"]["ver"].clone())
    }
    /// Approves as `who`, dated today.
    ///
    /// # Errors
    /// What the command says.
    pub fn approve(&self, who: &str, id: &Value, ver: &Value) -> Result<Value, ApiError> {
        self.sit(who);
        let today = domain::calendar::day_of(self.clock.now());
        self.call("documents_approve", json!({"id": id, "ver": ver, "opinion": "同意印发。", "dated_on": today, "password": sample_password()}))
    }
    /// Takes a circular of one finding the whole way and returns it as issued.
    #[track_caller]
    pub fn issued(&self, drafter: &str, leader: &str, issuer: &str) -> Value {
        let (id, ver) = self.submitted(drafter);
        let approved = self.approve(leader, &id, &ver).expect("approved");
        self.sit(issuer);
        self.done(
            "documents_issue",
            json!({"id": id, "ver": approved["row"]["ver"]}),
        )
    }
}

/// Copies a folder with everything in it.
///
/// # Panics
/// If a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}
