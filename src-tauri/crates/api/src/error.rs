//! The one shape of every error on the wire.
use crate::wire::{self, Arg};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The closed set of codes: one presentation each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A rule said no.
    Refused,
    /// The permission is missing, or nobody is signed in.
    Denied,
    /// Fields are wrong: all of them at once.
    Invalid,
    /// There is no such record.
    NotFound,
    /// Somebody saved a newer version; both texts are kept.
    Stale,
    /// Another writer holds the office.
    Busy,
    /// A newer program wrote this office.
    FileTooNew,
    /// Disk, folder or machine: something outside the program.
    Environment,
    /// A fault of the program; nothing was changed.
    Bug,
}

/// One fault of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FieldProblem {
    /// The field's path in the request.
    pub path: String,
    /// The key of the message.
    pub message_key: String,
    /// What it needs.
    pub args: BTreeMap<String, Arg>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ApiError {
    /// How to present it.
    pub code: ErrorCode,
    /// The key of the message.
    pub message_key: String,
    /// What it needs.
    pub args: BTreeMap<String, Arg>,
    /// The faults of the fields, for [`ErrorCode::Invalid`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// The same id stands in the log.
    pub report_id: String,
}

impl ApiError {
    /// Makes an error with a message.
    pub fn new(code: ErrorCode, key: &str) -> Self {
        ApiError {
            code,
            message_key: key.to_owned(),
            args: BTreeMap::new(),
            fields: Vec::new(),
            report_id: String::new(),
        }
    }
    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<domain::Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into().into());
        self
    }
    /// Reports all faults of a request.
    pub fn invalid(problems: domain::Problems) -> Self {
        let mut e =
            ApiError::new(ErrorCode::Invalid, "error-invalid").with("count", problems.0.len());
        e.fields = problems
            .0
            .into_iter()
            .map(|p| FieldProblem {
                path: p.path,
                message_key: p.message_key,
                args: wire::args(p.args),
            })
            .collect();
        e
    }
}
impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.code, self.message_key)
    }
}
impl std::error::Error for ApiError {}
