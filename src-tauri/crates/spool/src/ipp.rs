//! The few requests of the Internet Printing Protocol that printing a page needs (RFC 8010, RFC 8011).
use std::collections::BTreeMap;

/// What is asked of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    PrintJob,
    CancelJob,
    GetJobAttributes,
    GetJobs,
    GetPrinterAttributes,
    CupsGetDefault,
    CupsGetPrinters,
}
impl Operation {
    fn code(self) -> u16 {
        match self {
            Operation::PrintJob => 0x0002,
            Operation::CancelJob => 0x0008,
            Operation::GetJobAttributes => 0x0009,
            Operation::GetJobs => 0x000a,
            Operation::GetPrinterAttributes => 0x000b,
            Operation::CupsGetDefault => 0x4001,
            Operation::CupsGetPrinters => 0x4002,
        }
    }
}

const OPERATION: u8 = 0x01;
const JOB: u8 = 0x02;
const END: u8 = 0x03;
const INTEGER: u8 = 0x21;
const BOOLEAN: u8 = 0x22;
const ENUM: u8 = 0x23;
const TEXT: u8 = 0x41;
const NAME: u8 = 0x42;
const KEYWORD: u8 = 0x44;
const URI: u8 = 0x45;
const CHARSET: u8 = 0x47;
const LANGUAGE: u8 = 0x48;
const MIME: u8 = 0x49;

/// A request as it is written.
pub(crate) struct Request(Vec<u8>);

impl Request {
    /// Begins a request with what every one of them begins with.
    pub(crate) fn new(operation: Operation) -> Self {
        let mut bytes = vec![2, 0];
        bytes.extend(operation.code().to_be_bytes());
        bytes.extend(1_u32.to_be_bytes());
        bytes.push(OPERATION);
        let mut request = Request(bytes);
        request.attribute(CHARSET, "attributes-charset", b"utf-8");
        request.attribute(LANGUAGE, "attributes-natural-language", b"en");
        request
    }
    fn attribute(&mut self, tag: u8, name: &str, value: &[u8]) {
        let length = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes();
        // a value that is too long for the protocol is cut, so that the rest stays readable
        let value = &value[..value.len().min(usize::from(u16::MAX))];
        self.0.push(tag);
        self.0.extend(length(name.len()));
        self.0.extend(name.as_bytes());
        self.0.extend(length(value.len()));
        self.0.extend(value);
    }
    pub(crate) fn uri(mut self, name: &str, value: &str) -> Self {
        self.attribute(URI, name, value.as_bytes());
        self
    }
    pub(crate) fn name(mut self, name: &str, value: &str) -> Self {
        self.attribute(NAME, name, value.as_bytes());
        self
    }
    pub(crate) fn keyword(mut self, name: &str, value: &str) -> Self {
        self.attribute(KEYWORD, name, value.as_bytes());
        self
    }
    pub(crate) fn keywords(mut self, name: &str, values: &[&str]) -> Self {
        for (i, value) in values.iter().enumerate() {
            self.attribute(KEYWORD, if i == 0 { name } else { "" }, value.as_bytes());
        }
        self
    }
    pub(crate) fn mime(mut self, name: &str, value: &str) -> Self {
        self.attribute(MIME, name, value.as_bytes());
        self
    }
    pub(crate) fn integer(mut self, name: &str, value: i64) -> Self {
        let value = i32::try_from(value).unwrap_or(i32::MAX);
        self.attribute(INTEGER, name, &value.to_be_bytes());
        self
    }
    /// What follows describes the job.
    pub(crate) fn of_the_job(mut self) -> Self {
        self.0.push(JOB);
        self
    }
    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.push(END);
        self.0
    }
}

/// A value of an answer; those of no use here are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Integer(i64),
    Boolean(bool),
    Text(String),
}

/// A group of attributes: one printer, one job.
#[derive(Debug, Default)]
pub(crate) struct Group(BTreeMap<String, Vec<Value>>);
impl Group {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).next()
    }
    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.0.get(name).map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(|v| match v {
            Value::Text(text) => Some(text.as_str()),
            Value::Integer(_) | Value::Boolean(_) => None,
        })
    }
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.0.get(name)?.first()? {
            Value::Integer(n) => Some(*n),
            Value::Text(_) | Value::Boolean(_) => None,
        }
    }
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        match self.0.get(name)?.first()? {
            Value::Boolean(b) => Some(*b),
            Value::Text(_) | Value::Integer(_) => None,
        }
    }
}

/// An answer: its status, and the groups behind that of the operation.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) groups: Vec<Group>,
}
impl Response {
    /// Whether what was asked for was done.
    pub(crate) fn done(&self) -> bool {
        self.status < 0x0100
    }
    /// Whether there is no such printer or job.
    pub(crate) fn not_found(&self) -> bool {
        self.status == 0x0406
    }
    /// Reads an answer; nothing if it is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let head = take(&mut rest, 8)?;
        let status = u16::from_be_bytes([head[2], head[3]]);
        let mut groups: Vec<Group> = Vec::new();
        let mut keeping = false;
        let mut last = String::new();
        // collections hold attributes of their own, which are none of the group's
        let mut depth = 0_u32;
        loop {
            let tag = take(&mut rest, 1)?[0];
            match tag {
                END => break,
                0x00..=0x0f => {
                    keeping = tag != OPERATION;
                    if keeping {
                        groups.push(Group::default());
                    }
                    continue;
                }
                _ => {}
            }
            let length = |rest: &mut &[u8]| -> Option<usize> {
                let b = take(rest, 2)?;
                Some(usize::from(u16::from_be_bytes([b[0], b[1]])))
            };
            let n = length(&mut rest)?;
            let name = take(&mut rest, n)?;
            let n = length(&mut rest)?;
            let value = take(&mut rest, n)?;
            match tag {
                0x34 => depth += 1,
                0x37 => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                _ => {}
            }
            if depth > 0 {
                continue;
            }
            if !name.is_empty() {
                last = String::from_utf8_lossy(name).into_owned();
            }
            let value = match tag {
                INTEGER | ENUM => {
                    let Ok(b) = <[u8; 4]>::try_from(value) else {
                        continue;
                    };
                    Value::Integer(i32::from_be_bytes(b).into())
                }
                BOOLEAN => Value::Boolean(value == [1]),
                TEXT..=MIME => Value::Text(String::from_utf8_lossy(value).into_owned()),
                // with its language before it: two lengths, two texts
                0x35 | 0x36 => {
                    let mut inner = value;
                    let text = length(&mut inner)
                        .and_then(|n| take(&mut inner, n))
                        .and_then(|_| length(&mut inner))
                        .and_then(|n| take(&mut inner, n));
                    let Some(text) = text else { continue };
                    Value::Text(String::from_utf8_lossy(text).into_owned())
                }
                _ => continue,
            };
            if keeping && let Some(group) = groups.last_mut() {
                group.0.entry(last.clone()).or_default().push(value);
            }
        }
        Some(Response { status, groups })
    }
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(n)?;
    *rest = tail;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer put together by hand from RFC 8010, 3.1.
    fn answer() -> Vec<u8> {
        let mut b = vec![2, 0, 0, 0, 0, 0, 0, 1, OPERATION];
        let mut put = |tag: u8, name: &str, value: &[u8]| {
            b.push(tag);
            b.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
            b.extend(name.as_bytes());
            b.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            b.extend(value);
        };
        put(CHARSET, "attributes-charset", b"utf-8");
        put(0x04, "", b"");
        b.truncate(b.len() - 4);
        let mut put = |tag: u8, name: &str, value: &[u8]| {
            b.push(tag);
            b.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
            b.extend(name.as_bytes());
            b.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            b.extend(value);
        };
        put(NAME, "printer-name", "油印".as_bytes());
        put(ENUM, "printer-state", &5_i32.to_be_bytes());
        put(BOOLEAN, "printer-is-accepting-jobs", &[0]);
        put(KEYWORD, "printer-state-reasons", b"paused");
        put(KEYWORD, "", b"media-empty-error");
        put(0x34, "media-col-default", b"");
        put(0x4a, "", b"media-size");
        put(INTEGER, "", &1_i32.to_be_bytes());
        put(0x37, "", b"");
        put(0x36, "printer-info", b"\x00\x02en\x00\x03abc");
        b.push(END);
        b
    }

    #[test]
    fn an_answer_is_read_attribute_by_attribute() {
        let response = Response::read(&answer()).unwrap();
        assert!(response.done());
        let [printer] = response.groups.as_slice() else {
            panic!("{response:?}")
        };
        assert_eq!(printer.text("printer-name"), Some("油印"));
        assert_eq!(printer.integer("printer-state"), Some(5));
        assert_eq!(printer.boolean("printer-is-accepting-jobs"), Some(false));
        let reasons: Vec<_> = printer.texts("printer-state-reasons").collect();
        assert_eq!(reasons, ["paused", "media-empty-error"]);
        assert_eq!(printer.text("printer-info"), Some("abc"));
    }

    #[test]
    fn an_answer_cut_short_anywhere_is_none() {
        let whole = answer();
        for n in 0..whole.len() {
            assert!(Response::read(&whole[..n]).is_none(), "{n} bytes");
        }
    }

    #[test]
    fn a_request_reads_back_as_it_was_written() {
        let bytes = Request::new(Operation::PrintJob)
            .uri("printer-uri", "ipp://localhost/printers/A")
            .of_the_job()
            .integer("copies", 3)
            .keyword("media", "iso_a4_210x297mm")
            .end();
        assert_eq!(&bytes[..4], [2, 0, 0, 2]);
        let read = Response::read(&bytes).unwrap();
        assert_eq!(read.groups[0].integer("copies"), Some(3));
        assert_eq!(read.groups[0].text("media"), Some("iso_a4_210x297mm"));
    }
}
