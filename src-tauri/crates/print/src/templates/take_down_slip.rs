//! 撤下单: what is to come down today, board by board.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::error::PrintError;

/// The data as callers write them.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Data {
    /// Whose boards they are.
    org: String,
    /// The day.
    date: String,
    boards: Vec<Board>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Board {
    name: String,
    /// Where it hangs.
    #[serde(default)]
    place: String,
    sheets: Vec<Posted>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    title: String,
    /// 发文字号, if it has one.
    #[serde(default)]
    number: String,
    /// The code in its foot.
    #[serde(default)]
    code: String,
    paper: String,
    pages: u32,
    /// Since when it hangs.
    since: String,
    /// Its last day.
    until: String,
    /// How many days it hangs too long.
    overdue: u32,
}

/// Reads the data; a board without sheets is left out.
pub(super) fn prepare(data: Value) -> Result<Value, PrintError> {
    let mut data: Data = read("take_down_slip", data)?;
    data.boards.retain(|board| !board.sheets.is_empty());
    Ok(write(&data))
}
