//! Bytes as lower-case hexadecimal text: the one spelling that files and hashes use.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};
use zeroize::Zeroizing;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes bytes as lower-case hexadecimal.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Writes secret bytes as lower-case hexadecimal in memory that is wiped.
pub(crate) fn encode_secret(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(encode(bytes))
}

/// Reads lower-case hexadecimal. Upper case is refused, so that one value has one spelling.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    digits
        .chunks_exact(2)
        .map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?))
        .collect()
}

pub(crate) fn serialize<S: Serializer, B: AsRef<[u8]>>(
    bytes: &B,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encode(bytes.as_ref()))
}

pub(crate) fn deserialize<'de, D, B>(deserializer: D) -> Result<B, D::Error>
where
    D: Deserializer<'de>,
    B: TryFrom<Vec<u8>>,
{
    let text = String::deserialize(deserializer)?;
    let bytes = decode(&text).ok_or_else(|| D::Error::custom("not lower-case hexadecimal"))?;
    bytes
        .try_into()
        .map_err(|_| D::Error::custom("wrong number of bytes"))
}

/// The same for a value that may be absent.
pub(crate) mod option {
    use super::{Deserialize, Deserializer, Serializer, decode, encode};
    use serde::de::Error as _;

    pub(crate) fn serialize<S: Serializer, B: AsRef<[u8]>>(
        bytes: &Option<B>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => serializer.serialize_some(&encode(bytes.as_ref())),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D, B>(deserializer: D) -> Result<Option<B>, D::Error>
    where
        D: Deserializer<'de>,
        B: TryFrom<Vec<u8>>,
    {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        let bytes = decode(&text).ok_or_else(|| D::Error::custom("not lower-case hexadecimal"))?;
        bytes
            .try_into()
            .map(Some)
            .map_err(|_| D::Error::custom("wrong number of bytes"))
    }
}
