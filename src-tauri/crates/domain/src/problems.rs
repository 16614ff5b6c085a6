//! What is wrong with an input, as data: a message key and its arguments, never a sentence.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One argument of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}
impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Arg::Number(n)
    }
}
impl From<usize> for Arg {
    fn from(n: usize) -> Self {
        Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<&str> for Arg {
    fn from(s: &str) -> Self {
        Arg::Text(s.to_owned())
    }
}
impl From<String> for Arg {
    fn from(s: String) -> Self {
        Arg::Text(s)
    }
}

/// The arguments of a message by name.
pub type Args = BTreeMap<String, Arg>;

/// One fault of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's path in the request, e.g. `people.0.name`.
    pub path: String,
    /// The key of the message in the catalogue.
    pub message_key: String,
    /// What the message needs.
    pub args: Args,
}

/// All faults of one input, reported at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a fault of `path`.
    pub fn add(&mut self, path: impl Into<String>, key: &str) -> &mut Self {
        self.add_with(path, key, [])
    }
    /// Adds a fault of `path` with arguments.
    pub fn add_with<const N: usize>(
        &mut self,
        path: impl Into<String>,
        key: &str,
        args: [(&str, Arg); N],
    ) -> &mut Self {
        let args = args.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        self.0.push(Problem {
            path: path.into(),
            message_key: key.to_owned(),
            args,
        });
        self
    }
    /// Returns `value` if there is no fault, all faults otherwise.
    pub fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
    /// Checks a text's length in characters: `required` and at most `max`.
    pub fn text(&mut self, path: &str, text: &str, required: bool, max: usize) -> &mut Self {
        let n = text.chars().count();
        if required && text.trim().is_empty() {
            self.add(path, "error-field-missing");
        } else if n > max {
            self.add_with(
                path,
                "error-field-too-long",
                [("count", n.into()), ("max", max.into())],
            );
        }
        self
    }
}

/// A rule said no; the message says which.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {message_key}")]
pub struct Refusal {
    /// The key of the message in the catalogue.
    pub message_key: String,
    /// What the message needs.
    pub args: Args,
}
impl Refusal {
    /// Names a refusal without arguments.
    pub fn new(key: &str) -> Self {
        Refusal {
            message_key: key.to_owned(),
            args: Args::new(),
        }
    }
    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
