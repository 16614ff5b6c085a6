//! Starts the program on a fresh data folder and works it by keys alone.

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a thing may take to appear; slow machines make it late, never wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// One start of the program, with a driver and a data folder of its own.
pub(crate) struct Window {
    pub(crate) client: Client,
    // dropped in this order: the program ends before its folder goes
    driver: Driver,
    data: tempfile::TempDir,
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // SIGTERM and not kill(): SIGKILL leaves WebKitWebDriver and the program behind
        let _ = Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status();
        let _ = self.0.wait();
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("BUG: two folders below the root")
        .to_path_buf()
}

/// Returns the program: it lies beside the folder of this test.
fn program() -> PathBuf {
    let here = std::env::current_exe().expect("the path of this test");
    let path = here
        .ancestors()
        .nth(2)
        .expect("target/debug")
        .join("tongbao-app");
    assert!(
        path.is_file(),
        "{} is missing: cargo build --workspace --all-targets",
        path.display()
    );
    path
}

/// Tells whether a program was started on this folder and still runs.
fn somebody_works_on(data: &Path) -> bool {
    let place = data.join("data").into_os_string().into_encoded_bytes();
    let holds = |pid: &Path| {
        let is_ours = std::fs::read(pid.join("comm")).is_ok_and(|name| name == b"tongbao-app\n");
        let told = std::fs::read(pid.join("environ")).unwrap_or_default();
        is_ours && told.windows(place.len()).any(|part| part == place)
    };
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .map(|process| process.path())
        .any(|pid| holds(&pid))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

impl Window {
    /// Opens the program on an empty data folder.
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The same, with more in its environment.
    pub(crate) async fn open_with(environment: &[(&str, String)]) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        Self::open_on(data, environment).await
    }

    /// Closes the program and opens it again on the same data.
    pub(crate) async fn reopen(self) -> Self {
        let Self {
            client,
            data,
            driver,
        } = self;
        client.close().await.expect("close");
        drop(driver);
        // the program writes its log back before it ends, and holds the folder until then
        let start = Instant::now();
        while somebody_works_on(data.path()) {
            assert!(start.elapsed() < PATIENCE, "the program does not end");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self::open_on(data, &[]).await
    }

    async fn open_on(data: tempfile::TempDir, environment: &[(&str, String)]) -> Self {
        let (port, native) = (free_port(), free_port());
        let bridge = std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".into());
        let home = |name: &str| data.path().join(name);
        let child = Command::new(bridge)
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            // the program inherits these through WebKitWebDriver
            .env("TONGBAO_DATA", home("data"))
            .env("TONGBAO_EXPORTS", home("exports"))
            .env("TONGBAO_QUICK_SAMPLE", "1")
            .env("XDG_DATA_HOME", home("xdg-data"))
            .env("XDG_CACHE_HOME", home("xdg-cache"))
            .env("XDG_CONFIG_HOME", home("xdg-config"))
            .env("MESA_SHADER_CACHE_DISABLE", "true")
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .spawn()
            .expect("tauri-driver starts (cargo xtask setup installs it)");
        let driver = Driver(child);
        let start = Instant::now();
        // both ports: the bridge listens before WebKitWebDriver does, and a session asked for in between fails
        while [port, native]
            .iter()
            .any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err())
        {
            assert!(start.elapsed() < PATIENCE, "tauri-driver does not listen");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("tauri:options".into(), json!({ "application": program() }));
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities);
        // a program that ends before its window opens leaves the driver waiting for ever
        let client = tokio::time::timeout(PATIENCE * 2, builder.connect(&address))
            .await
            .expect("the window opens")
            .expect("a session with the window");
        client
            .set_window_size(1280, 720)
            .await
            .expect("the size of an old office screen");
        Self {
            client,
            data,
            driver,
        }
    }

    /// Ends the session and the program.
    pub(crate) async fn close(self) {
        self.client.clone().close().await.expect("close");
    }

    /// Returns a place for the files of a test.
    pub(crate) fn folder(&self) -> &Path {
        self.data.path()
    }

    /// Returns the folder that saved pages land in.
    pub(crate) fn exports(&self) -> PathBuf {
        self.data.path().join("exports")
    }

    /// Waits until there is an element with this test id that can be seen.
    pub(crate) async fn see(&self, id: &str) {
        let script = format!(
            "return [...document.querySelectorAll('[data-testid=\"{id}\"]')].some(e => e.getClientRects().length > 0)"
        );
        self.until(&script, &format!("{id} to be seen")).await;
    }

    /// Waits until a script answers true.
    pub(crate) async fn until(&self, script: &str, what: &str) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if matches!(
                self.client.execute(script, vec![]).await,
                Ok(Value::Bool(true))
            ) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.shot_of_failure().await;
        let page = self.script("return [location.hash, document.body.innerText.slice(0, 2000), window.__errors, window.__violations]").await;
        panic!("waited in vain for {what}; {page:#}");
    }

    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.expect("script")
    }

    /// Sends keys to whatever has the focus. What had it may leave the page before the keys arrive: then nothing was
    /// sent, and they go to what has it now.
    pub(crate) async fn keys(&self, keys: &str) {
        let start = Instant::now();
        loop {
            let focus = self.client.active_element().await.expect("the focus");
            match focus.send_keys(keys).await {
                Err(e) if e.is_stale_element_reference() && start.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                sent => return sent.expect("keys"),
            }
        }
    }

    pub(crate) async fn press(&self, key: Key) {
        self.keys(&key.to_string()).await;
    }

    /// Holds Ctrl and presses a key.
    pub(crate) async fn ctrl(&self, key: &str) {
        self.keys(&format!("{}{key}{}", Key::Control, Key::Null))
            .await;
    }

    /// Goes with the Tab key to the element with this test id, and back with Shift+Tab if the end of the page comes
    /// first; fails if the keyboard cannot reach it.
    pub(crate) async fn tab_to(&self, id: &str) {
        self.see(id).await;
        let there = format!("return document.activeElement?.dataset?.testid === '{id}'");
        let back = format!("{}{}{}", Key::Shift, Key::Tab, Key::Null);
        for key in [Key::Tab.to_string(), back] {
            for _ in 0..100 {
                if self.script(&there).await == true {
                    return;
                }
                self.keys(&key).await;
            }
        }
        self.shot_of_failure().await;
        panic!("the Tab key does not reach {id}");
    }

    /// Goes to a field with the Tab key and types into it, over what stands there.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        self.tab_to(id).await;
        self.script("document.activeElement.select?.()").await;
        self.keys(text).await;
    }

    /// Goes to a button with the Tab key and presses it.
    pub(crate) async fn push(&self, id: &str) {
        self.tab_to(id).await;
        self.press(Key::Enter).await;
    }

    /// Keeps a picture of the window in `out/shots`.
    pub(crate) async fn shot(&self, name: &str) {
        // the driver hands out the last frame that was shown, which lags behind the document
        let settle = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300)))";
        let _ = self.client.execute_async(settle, vec![]).await;
        let folder = root().join("out/shots");
        std::fs::create_dir_all(&folder).expect("out/shots");
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(folder.join(format!("window-{name}.png")), picture).expect("out/shots");
    }

    async fn shot_of_failure(&self) {
        let name = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        self.shot(&format!("failed-{name}")).await;
    }

    /// Tells whether an element with this test id is there now.
    pub(crate) async fn has(&self, id: &str) -> bool {
        self.client
            .find(Locator::Css(&format!("[data-testid=\"{id}\"]")))
            .await
            .is_ok()
    }

    /// Asserts that neither the content policy nor a script complained.
    pub(crate) async fn assert_clean(&self) {
        let complaints = self
            .script("return [window.__violations ?? null, window.__errors ?? null]")
            .await;
        assert_eq!(
            complaints,
            json!([[], []]),
            "violations of the content policy, errors of scripts"
        );
    }
}
