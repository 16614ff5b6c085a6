//! 张贴单: what hangs on a notice board, in large type.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::error::PrintError;

/// The data as callers write them.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(default)]
    paper: Paper,
    /// Who posts it.
    org: String,
    title: String,
    /// 发文字号, if it has one.
    #[serde(default)]
    number: String,
    /// The date it bears.
    date: String,
    /// Text before the groups.
    #[serde(default)]
    opening: String,
    groups: Vec<Group>,
    /// Who signs it off, as it is to be read.
    #[serde(default)]
    sign_off: String,
    /// Until when it hangs.
    #[serde(default)]
    until: String,
    /// The code by which the frozen page is found again.
    #[serde(default)]
    code: String,
}

#[derive(Deserialize, Serialize, Default)]
#[serde(rename_all = "lowercase")]
enum Paper {
    #[default]
    A4,
    A3,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(default)]
    heading: String,
    items: Vec<String>,
}

/// Reads the data.
pub(super) fn prepare(data: Value) -> Result<Value, PrintError> {
    let mut data: Data = read("board_sheet", data)?;
    for group in &mut data.groups {
        group.items.retain(|item| !item.trim().is_empty());
    }
    data.groups
        .retain(|group| !group.items.is_empty() || !group.heading.trim().is_empty());
    Ok(write(&data))
}
