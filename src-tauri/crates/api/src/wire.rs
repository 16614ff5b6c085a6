//! Shapes shared by several commands.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}
impl From<domain::Arg> for Arg {
    fn from(a: domain::Arg) -> Self {
        match a {
            domain::Arg::Number(n) => Arg::Number(n),
            domain::Arg::Text(s) => Arg::Text(s),
        }
    }
}

/// A message of the catalogue, to be put into words by the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Message {
    /// Its key.
    pub message_key: String,
    /// What it needs.
    pub args: BTreeMap<String, Arg>,
}
impl Message {
    /// Names a message.
    pub fn new(key: &str) -> Self {
        Message {
            message_key: key.to_owned(),
            args: BTreeMap::new(),
        }
    }
}
/// Turns the arguments of the domain into those of the wire.
pub fn args(a: domain::problems::Args) -> BTreeMap<String, Arg> {
    a.into_iter().map(|(k, v)| (k, v.into())).collect()
}

/// Defines an enum of the wire that mirrors one of the domain.
macro_rules! wire_enum {
    ($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = concat!("`", stringify!($variant), "` of the domain.")] $variant),* }
        impl From<$domain> for $name {
            fn from(v: $domain) -> Self { match v { $(<$domain>::$variant => $name::$variant),* } }
        }
        impl From<$name> for $domain {
            fn from(v: $name) -> Self { match v { $($name::$variant => <$domain>::$variant),* } }
        }
    };
}
pub(crate) use wire_enum;

/// A request without fields.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
/// An answer without fields: it is done.
#[derive(Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
pub struct Done {}
