//! CUPS on this machine: HTTP by hand over its socket or a loopback address.
use crate::host::{self, Stream};
use crate::ipp::{Group, Operation, Request, Response};
use crate::lp;
use office::printing::{JobNews, Media, PrintJob, PrintService, Queue, Sides, Trouble};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

/// How long one step of an exchange may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of an answer: hundreds of queues fit.
const ANSWER_MAX: u64 = 16 * 1024 * 1024;

/// Where a CUPS listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// At a socket in the file system.
    Socket(PathBuf),
    /// At a port of 127.0.0.1.
    Loopback(u16),
}

/// The print service of this machine.
#[derive(Debug, Clone)]
pub struct Cups {
    servers: Vec<Server>,
    programs: bool,
    user: String,
}

impl Cups {
    /// The one that the system runs, with `lp` where it cannot be reached directly.
    pub fn of_this_machine() -> Self {
        Cups {
            servers: vec![
                Server::Socket("/run/cups/cups.sock".into()),
                Server::Loopback(631),
            ],
            programs: true,
            user: user(),
        }
    }
    /// One at a place of its own, without `lp`.
    pub fn at(server: Server) -> Self {
        Cups {
            servers: vec![server],
            programs: false,
            user: user(),
        }
    }
    fn connect(&self) -> Result<(Box<dyn Stream>, bool), Trouble> {
        for server in &self.servers {
            let stream: std::io::Result<Box<dyn Stream>> = match server {
                Server::Socket(path) => host::socket(path, PATIENCE),
                Server::Loopback(port) => loopback(*port),
            };
            if let Ok(stream) = stream {
                return Ok((stream, matches!(server, Server::Socket(_))));
            }
        }
        Err(Trouble::NoService)
    }
    /// Whether the service answers at none of its usual places.
    fn is_elsewhere(&self) -> bool {
        self.programs && self.connect().is_err()
    }
    fn ask(&self, path: &str, request: Vec<u8>, document: &[u8]) -> Result<Response, Trouble> {
        let (mut stream, is_socket) = self.connect()?;
        let length = request.len() + document.len();
        // over its own socket the service sees by itself which account asks
        let peer = if is_socket {
            format!("Authorization: PeerCred {}\r\n", self.user)
        } else {
            String::new()
        };
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\nContent-Length: {length}\r\n{peer}Connection: close\r\n\r\n"
        );
        let exchange = || -> std::io::Result<Vec<u8>> {
            stream.write_all(head.as_bytes())?;
            stream.write_all(&request)?;
            stream.write_all(document)?;
            stream.flush()?;
            read_answer(BufReader::new(stream))
        };
        let body = exchange().map_err(|error| {
            tracing::info!(%error, "the print service broke off");
            Trouble::NoService
        })?;
        Response::read(&body).ok_or(Trouble::NoService)
    }
    fn request(&self, operation: Operation, printer: &str) -> Request {
        Request::new(operation)
            .uri("printer-uri", &printer_uri(printer))
            .name("requesting-user-name", &self.user)
    }
    fn printer(&self, printer: &str) -> Result<Group, Trouble> {
        let wanted = [
            "printer-name",
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
        ];
        let request = self
            .request(Operation::GetPrinterAttributes, printer)
            .keywords("requested-attributes", &wanted)
            .end();
        let answer = self.ask(&printer_path(printer), request, &[])?;
        if answer.not_found() {
            return Err(Trouble::NoQueue);
        }
        if !answer.done() {
            return Err(Trouble::Aborted);
        }
        answer.groups.into_iter().next().ok_or(Trouble::NoQueue)
    }
}

impl PrintService for Cups {
    fn queues(&self) -> Result<Vec<Queue>, Trouble> {
        if self.is_elsewhere() {
            return lp::queues();
        }
        let default = Request::new(Operation::CupsGetDefault)
            .keyword("requested-attributes", "printer-name")
            .end();
        let default = self.ask("/", default, &[])?;
        let default = default
            .groups
            .first()
            .and_then(|g| g.text("printer-name").map(str::to_owned));
        let wanted = [
            "printer-name",
            "printer-info",
            "printer-location",
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
            "sides-supported",
            "media-supported",
        ];
        let list = Request::new(Operation::CupsGetPrinters)
            .keywords("requested-attributes", &wanted)
            .end();
        let list = self.ask("/", list, &[])?;
        if list.not_found() {
            // how CUPS says that there is not one queue
            return Ok(Vec::new());
        }
        if !list.done() {
            return Err(Trouble::NoService);
        }
        Ok(list
            .groups
            .iter()
            .filter_map(|g| {
                let name = g.text("printer-name")?;
                let label = [g.text("printer-info"), g.text("printer-location")]
                    .into_iter()
                    .flatten()
                    .find(|text| !text.trim().is_empty());
                Some(Queue {
                    name: name.to_owned(),
                    label: label.unwrap_or(name).to_owned(),
                    is_default: default.as_deref() == Some(name),
                    two_sided: g
                        .texts("sides-supported")
                        .any(|s| s == "two-sided-long-edge"),
                    a3: g.texts("media-supported").any(is_a3),
                    trouble: trouble(g),
                })
            })
            .collect())
    }
    fn send(&self, job: &PrintJob<'_>) -> Result<i64, Trouble> {
        if self.is_elsewhere() {
            return lp::send(job);
        }
        let set = job.settings;
        // a paused queue would take the job and keep it until somebody remembers: say so now
        if let Some(trouble) = trouble(&self.printer(&set.printer)?)
            && matches!(trouble, Trouble::Paused)
        {
            return Err(trouble);
        }
        let request = self
            .request(Operation::PrintJob, &set.printer)
            .name("job-name", job.name)
            .mime("document-format", "application/pdf")
            .of_the_job()
            .integer("copies", set.copies)
            .keyword(
                "media",
                match set.media {
                    Media::A4 => "iso_a4_210x297mm",
                    Media::A3 => "iso_a3_297x420mm",
                },
            )
            .keyword(
                "sides",
                match set.sides {
                    Sides::OneSided => "one-sided",
                    Sides::TwoSided => "two-sided-long-edge",
                },
            )
            .keyword(
                "multiple-document-handling",
                "separate-documents-collated-copies",
            )
            // a page that is scaled is no page of the standard any more
            .keyword("print-scaling", "none")
            .end();
        let answer = self.ask(&printer_path(&set.printer), request, job.pdf)?;
        match answer.groups.first().and_then(|g| g.integer("job-id")) {
            Some(id) if answer.done() => Ok(id),
            _ if answer.not_found() => Err(Trouble::NoQueue),
            // server-error-not-accepting-jobs
            _ if answer.status == 0x0506 => Err(Trouble::Paused),
            _ => {
                tracing::info!(status = answer.status, "the print service refused a job");
                Err(Trouble::Aborted)
            }
        }
    }
    fn find(&self, printer: &str, name: &str) -> Result<Option<i64>, Trouble> {
        for which in ["not-completed", "completed"] {
            let request = self
                .request(Operation::GetJobs, printer)
                .keyword("which-jobs", which)
                .keywords("requested-attributes", &["job-id", "job-name"])
                .end();
            let answer = self.ask(&printer_path(printer), request, &[])?;
            let found = answer
                .groups
                .iter()
                .find(|g| g.text("job-name") == Some(name))
                .and_then(|g| g.integer("job-id"));
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
    fn news(&self, printer: &str, job: i64) -> Result<JobNews, Trouble> {
        if self.is_elsewhere() {
            return lp::news(printer, job);
        }
        let request = self
            .request(Operation::GetJobAttributes, printer)
            .integer("job-id", job)
            .keywords(
                "requested-attributes",
                &[
                    "job-state",
                    "job-state-reasons",
                    "job-printer-state-reasons",
                ],
            )
            .end();
        let answer = self.ask(&printer_path(printer), request, &[])?;
        if answer.not_found() {
            return Ok(JobNews::Aborted(Trouble::Unknown));
        }
        let state = answer.groups.first().and_then(|g| g.integer("job-state"));
        Ok(match state {
            Some(9) => JobNews::Completed,
            Some(7) => JobNews::Cancelled,
            Some(8) => JobNews::Aborted(Trouble::Aborted),
            // it waits or runs: what holds it up is the printer's to say
            _ => JobNews::Running(match self.printer(printer) {
                Ok(group) => trouble(&group),
                Err(trouble) => Some(trouble),
            }),
        })
    }
    fn cancel(&self, printer: &str, job: i64) -> Result<(), Trouble> {
        if self.is_elsewhere() {
            return lp::cancel(printer, job);
        }
        let request = self
            .request(Operation::CancelJob, printer)
            .integer("job-id", job)
            .end();
        let answer = self.ask(&printer_path(printer), request, &[])?;
        // what cannot be stopped any more has ended by itself
        if answer.done() || answer.not_found() || answer.status == 0x0404 {
            Ok(())
        } else {
            Err(Trouble::Aborted)
        }
    }
}

/// Says what keeps a printer from printing, the worst first.
fn trouble(printer: &Group) -> Option<Trouble> {
    const STOPPED: i64 = 5;
    let reasons: Vec<&str> = printer.texts("printer-state-reasons").collect();
    let said = |words: &[&str]| {
        reasons
            .iter()
            .any(|r| words.iter().any(|w| r.starts_with(w)))
    };
    if printer.boolean("printer-is-accepting-jobs") == Some(false) || said(&["paused"]) {
        return Some(Trouble::Paused);
    }
    let known: [(&[&str], Trouble); 5] = [
        (&["media-empty", "media-needed"], Trouble::OutOfPaper),
        (&["media-jam"], Trouble::Jammed),
        (
            &["cover-open", "door-open", "interlock-open"],
            Trouble::CoverOpen,
        ),
        (
            &["toner-empty", "marker-supply-empty", "marker-ink-empty"],
            Trouble::OutOfInk,
        ),
        (
            &["offline", "connecting-to-device", "timed-out", "shutdown"],
            Trouble::Offline,
        ),
    ];
    known
        .into_iter()
        .find(|(words, _)| said(words))
        .map(|(_, trouble)| trouble)
        .or_else(|| (printer.integer("printer-state") == Some(STOPPED)).then_some(Trouble::Paused))
}
/// Whether a name of a paper is that of A3 (`iso_a3_297x420mm`, or `A3` in old descriptions).
fn is_a3(media: &str) -> bool {
    media.starts_with("iso_a3_") || media == "A3"
}
/// Writes a queue's name so that it can stand in a path.
fn escaped(name: &str) -> String {
    name.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            _ => format!("%{b:02X}"),
        })
        .collect()
}
fn printer_path(printer: &str) -> String {
    format!("/printers/{}", escaped(printer))
}
fn printer_uri(printer: &str) -> String {
    format!("ipp://localhost{}", printer_path(printer))
}
fn user() -> String {
    std::env::var("USER")
        .ok()
        .filter(|name| name.chars().all(|c| c.is_ascii_graphic()))
        .unwrap_or_else(|| "tongbao".to_owned())
}
fn loopback(port: u16) -> std::io::Result<Box<dyn Stream>> {
    let place = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(Box::new(stream))
}

/// Reads the body of an HTTP answer: with a length, in chunks, or to the end.
fn read_answer(mut stream: impl BufRead) -> std::io::Result<Vec<u8>> {
    let broken = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    loop {
        let mut line = String::new();
        stream.by_ref().take(4096).read_line(&mut line)?;
        let status: u32 = line
            .split(' ')
            .nth(1)
            .and_then(|s| s.trim().parse().ok())
            .ok_or_else(broken)?;
        let (mut length, mut chunked) = (None, false);
        loop {
            let mut line = String::new();
            if stream.by_ref().take(65_536).read_line(&mut line)? == 0 {
                return Err(broken());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            match line.split_once(':').map(|(k, v)| (k, v.trim())) {
                Some(("content-length", v)) => length = v.parse::<u64>().ok(),
                Some(("transfer-encoding", v)) => chunked = v.contains("chunked"),
                _ => {}
            }
        }
        match status {
            // 100: go on; the answer follows
            100..=199 => {}
            200 => return read_body(stream, length, chunked),
            _ => return Err(broken()),
        }
    }
}
fn read_body(
    mut stream: impl BufRead,
    length: Option<u64>,
    chunked: bool,
) -> std::io::Result<Vec<u8>> {
    let broken = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let mut body = Vec::new();
    if !chunked {
        let most = length.unwrap_or(ANSWER_MAX).min(ANSWER_MAX);
        stream.take(most).read_to_end(&mut body)?;
        return Ok(body);
    }
    loop {
        let mut line = String::new();
        stream.by_ref().take(256).read_line(&mut line)?;
        let size = line.trim().split(';').next().unwrap_or_default();
        let size = u64::from_str_radix(size, 16).map_err(|_| broken())?;
        if size == 0 {
            return Ok(body);
        }
        if size > ANSWER_MAX || body.len() as u64 + size > ANSWER_MAX {
            return Err(broken());
        }
        let before = body.len() as u64;
        stream.by_ref().take(size).read_to_end(&mut body)?;
        if body.len() as u64 != before + size {
            return Err(broken());
        }
        line.clear();
        stream.by_ref().take(16).read_line(&mut line)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(answer: &str) -> Option<String> {
        let bytes = read_answer(answer.as_bytes()).ok()?;
        String::from_utf8(bytes).ok()
    }

    #[test]
    fn answers_are_read_by_length_in_chunks_and_to_the_end() {
        for (answer, wanted) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef",
                Some("abc"),
            ),
            ("HTTP/1.1 200 OK\r\n\r\nabc", Some("abc")),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n",
                Some("abc"),
            ),
            ("HTTP/1.1 401 Unauthorized\r\n\r\n", None),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                None,
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                None,
            ),
            ("nonsense", None),
            ("", None),
        ] {
            assert_eq!(body(answer).as_deref(), wanted, "{answer:?}");
        }
    }
    #[test]
    fn a_name_cannot_leave_its_path() {
        assert_eq!(printer_path("HP_2.a-b"), "/printers/HP_2.a-b");
        assert_eq!(printer_path("../admin?x"), "/printers/..%2Fadmin%3Fx");
        assert_eq!(printer_path("油\r\nX"), "/printers/%E6%B2%B9%0D%0AX");
    }
    #[test]
    fn a3_is_known_by_either_name() {
        assert!(is_a3("iso_a3_297x420mm") && is_a3("A3"));
        assert!(!is_a3("iso_a4_210x297mm") && !is_a3("A30"));
    }
}
