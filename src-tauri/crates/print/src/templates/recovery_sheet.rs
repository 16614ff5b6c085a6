//! 恢复单: one of the two recovery codes of an office, on paper.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{read, write};
use crate::error::PrintError;

const NAME: &str = "recovery_sheet";

/// The data as callers write them.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Data {
    /// The name of the office.
    office: String,
    /// Which of the two sheets this is, from 1.
    sheet: u8,
    /// The code: 8 groups of 6 digits.
    groups: [String; 8],
    /// When the code was made, as it is written in documents.
    made_on: String,
    /// Who made it.
    #[serde(default)]
    made_by: String,
    /// Where the sheet is to be kept, as the office wrote it; empty for the usual place.
    #[serde(default)]
    keep_at: String,
    /// Whose signatures the office holds.
    #[serde(default)]
    signers: Vec<Signer>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Signer {
    name: String,
    #[serde(default)]
    post: String,
    fingerprint: String,
}

/// Reads the data; a group that is not six digits is refused.
pub(super) fn prepare(data: Value) -> Result<Value, PrintError> {
    let data: Data = read(NAME, data)?;
    for (i, group) in data.groups.iter().enumerate() {
        if group.len() != 6 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PrintError::Data {
                template: NAME,
                path: format!("groups[{i}]"),
                problem: "not six digits".to_owned(),
            });
        }
    }
    Ok(write(&data))
}
