//! The desk on loopback HTTP, with the screens under the policy of the packaged window: for browser development and
//! browser tests. Never shipped.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for developers: it talks to a terminal"
)]

mod policy;

use anyhow::{Context, bail};
use api::{Desk, DeskConfig, ErrorCode};
use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const USAGE: &str = "devhost --data DIR [--port 7788] [--dist ui/dist] [--fonts DIR] [--exports DIR] [--cups PORT] [--now UNIX_MS]";

/// A request may hold a long draft; it never holds more than this.
const BODY_LIMIT: usize = 60 * 1024 * 1024;

struct Host {
    desk: Desk,
    dist: PathBuf,
    policy: HeaderValue,
    origin: String,
}

struct Options {
    data: PathBuf,
    port: u16,
    dist: PathBuf,
    fonts: PathBuf,
    exports: Option<PathBuf>,
    cups: Option<u16>,
    now: Option<i64>,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let fonts = std::env::var_os("TONGBAO_FONTS")
            .map_or_else(|| root.join("assets/fonts"), PathBuf::from);
        let mut options = Self {
            data: PathBuf::new(),
            port: 7788,
            dist: root.join("ui/dist"),
            fonts,
            exports: None,
            cups: None,
            now: None,
        };
        while let Some(flag) = args.next() {
            let value = args
                .next()
                .with_context(|| format!("{flag} needs a value\n{USAGE}"))?;
            match flag.as_str() {
                "--data" => options.data = value.into(),
                "--port" => options.port = value.parse().context("--port")?,
                "--dist" => options.dist = value.into(),
                "--fonts" => options.fonts = value.into(),
                "--exports" => options.exports = Some(value.into()),
                "--cups" => options.cups = Some(value.parse().context("--cups")?),
                "--now" => options.now = Some(value.parse().context("--now")?),
                _ => bail!("unknown argument {flag}\n{USAGE}"),
            }
        }
        if options.data.as_os_str().is_empty() {
            bail!("{USAGE}");
        }
        Ok(options)
    }
}

/// The clock of the machine, or one that a test set and that runs on from there.
struct DevClock {
    ahead_ms: i64,
}

impl DevClock {
    fn starting_at(now: Option<i64>) -> Self {
        Self {
            ahead_ms: now.map_or(0, |now| now - machine_ms()),
        }
    }
}

impl office::Clock for DevClock {
    fn now_ms(&self) -> i64 {
        machine_ms() + self.ahead_ms
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place of this host where time comes in"
)]
fn machine_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse(std::env::args().skip(1))?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let exports = options
        .exports
        .unwrap_or_else(|| options.data.join("exports"));
    let desk = Desk::new(DeskConfig {
        office_dir: options.data.join("office.tongbao"),
        font_dirs: vec![options.fonts],
        export_dir: exports,
        // never the printers of the machine by accident: a browser test would use paper
        print_service: match options.cups {
            Some(port) => Arc::new(spool::Cups::at(spool::Server::Loopback(port))),
            None => Arc::new(office::printing::NoPrintService),
        },
        clock: Arc::new(DevClock::starting_at(options.now)),
        program: "devhost".to_owned(),
        host_account: std::env::var("USER").unwrap_or_default(),
        quick_sample: true,
    });
    let host = Host {
        desk,
        dist: options.dist,
        policy: policy::of_the_window()?,
        origin: origin.clone(),
    };
    let host = Arc::new(host);
    every(1, &host, Desk::tend);
    every(60, &host, Desk::tick);
    let router = Router::new()
        .route("/rpc/{name}", post(rpc))
        .fallback(get(file))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(host);
    // the tests wait for this line
    println!("devhost {origin}");
    axum::serve(listener, router).await?;
    Ok(())
}

/// Lets the desk do, every so many seconds, what nobody asks for.
fn every(seconds: u64, host: &Arc<Host>, work: fn(&Desk)) {
    let host = Arc::clone(host);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            let host = Arc::clone(&host);
            // a panic there ends one round, not the host
            let _ = tokio::task::spawn_blocking(move || work(&host.desk)).await;
        }
    });
}

async fn rpc(
    State(host): State<Arc<Host>>,
    UrlPath(name): UrlPath<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    // another page in the same browser must not work the desk
    if headers
        .get(header::ORIGIN)
        .is_some_and(|origin| origin.as_bytes() != host.origin.as_bytes())
    {
        return StatusCode::FORBIDDEN.into_response();
    }
    let body: Value = match serde_json::from_str(&body) {
        Ok(body) => body,
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    };
    // the desk is synchronous and may take a second: off the threads that answer
    match tokio::task::spawn_blocking(move || host.desk.call(&name, body)).await {
        Ok(Ok(reply)) => {
            Json(json!({ "value": reply.value, "changed": reply.changed })).into_response()
        }
        Ok(Err(error)) => (status(error.code), Json(error)).into_response(),
        Err(_) => {
            let error = api::ApiError::new(ErrorCode::Bug, "error-bug");
            (StatusCode::INTERNAL_SERVER_ERROR, Json(error)).into_response()
        }
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Denied => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Stale | ErrorCode::Busy => StatusCode::CONFLICT,
        ErrorCode::Refused | ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::FileTooNew | ErrorCode::Environment => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Bug => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn file(State(host): State<Arc<Host>>, uri: Uri) -> Response {
    let name = if uri.path() == "/" {
        "index.html"
    } else {
        uri.path().trim_start_matches('/')
    };
    if name
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = host.dist.join(name);
    let Ok(bytes) = tokio::task::spawn_blocking(move || std::fs::read(path))
        .await
        .unwrap_or_else(|e| Err(std::io::Error::other(e)))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, host.policy.clone());
    response
}
