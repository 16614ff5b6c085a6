//! 核验码 — the short code in the foot of a board sheet: made, read, and mistyped ones put right.
//!
//! Nine characters of thirty-one: two of the office, six drawn by lot, one to check. Thirty-one is prime and the
//! weights differ, so that every single wrong character and every two that changed places are noticed.
use std::fmt;

/// Digits and capitals without I, L, O, U and Z, which are read as 1, 1, 0, V and 2.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKMNPQRSTVWXY";
const BASE: u64 = 31;
const OFFICE: usize = 2;
const DRAWN: usize = 6;
const LENGTH: usize = OFFICE + DRAWN + 1;
const MARKER: usize = 8;
/// What the payload of the QR code begins with.
const QR_START: &str = "TB:";

/// 单位标记 — tells the codes of one office from those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeMarker([u8; MARKER]);
impl OfficeMarker {
    /// Makes it of a hash of the office's id.
    pub fn of(hash: [u8; 32]) -> Self {
        let mut values = [0; MARKER];
        for (value, pair) in values.iter_mut().zip(hash.chunks_exact(2)) {
            let n = u64::from(pair[0]) << 8 | u64::from(pair[1]);
            *value = symbol_at(n % BASE);
        }
        OfficeMarker(values)
    }
}
impl fmt::Display for OfficeMarker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|v| write!(f, "{}", letter(*v)))
    }
}

/// 核验码 — a well-formed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetCode([u8; LENGTH]);

fn symbol_at(n: u64) -> u8 {
    // BASE fits
    u8::try_from(n % BASE).unwrap_or(0)
}
fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value) % ALPHABET.len()])
}
fn weight(place: usize) -> u64 {
    u64::try_from(place + 1).unwrap_or(1)
}
/// The character that makes the weighted sum vanish, put at `place`.
fn fitting(values: &[u8; LENGTH], place: usize) -> u8 {
    let others: u64 = values
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != place)
        .map(|(i, v)| weight(i) * u64::from(*v))
        .sum();
    let wanted = (BASE - others % BASE) % BASE;
    (0..BASE)
        .find(|v| (weight(place) * v) % BASE == wanted)
        .map_or(0, symbol_at)
}
fn sound(values: &[u8; LENGTH]) -> bool {
    fitting(values, LENGTH - 1) == values[LENGTH - 1]
}

impl SheetCode {
    /// Draws a code of an office from random bytes.
    pub fn draw(office: OfficeMarker, random: [u8; 8]) -> Self {
        let mut n = u64::from_le_bytes(random);
        let mut values = [0; LENGTH];
        values[..OFFICE].copy_from_slice(&office.0[..OFFICE]);
        for value in &mut values[OFFICE..OFFICE + DRAWN] {
            *value = symbol_at(n % BASE);
            n /= BASE;
        }
        values[LENGTH - 1] = fitting(&values, LENGTH - 1);
        SheetCode(values)
    }
    /// Reads the stored form.
    pub fn parse(stored: &str) -> Option<Self> {
        let values: Vec<u8> = stored.chars().map(value_of).collect::<Option<_>>()?;
        let values: [u8; LENGTH] = values.try_into().ok()?;
        sound(&values).then_some(SheetCode(values))
    }
    /// Writes it for people, in threes: `7KD 42M QPX`.
    pub fn spaced(self) -> String {
        let text = self.to_string();
        format!("{} {} {}", &text[..3], &text[3..6], &text[6..])
    }
    /// Writes what the QR code holds: no address, only the office and the code.
    pub fn payload(self, office: OfficeMarker) -> String {
        format!("{QR_START}{office}:{self}")
    }
    fn of_office(self, office: OfficeMarker) -> bool {
        self.0[..OFFICE] == office.0[..OFFICE]
    }
}
/// The stored form: nine characters without blanks.
impl fmt::Display for SheetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|v| write!(f, "{}", letter(*v)))
    }
}

fn value_of(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        'Z' => '2',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|a| char::from(*a) == c)
        .and_then(|i| u8::try_from(i).ok())
}

/// 读码 — what a typed or scanned text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// 没有内容
    Empty,
    /// 位数不对
    Length {
        /// How many characters it has.
        found: usize,
        /// How many a code has.
        wanted: usize,
    },
    /// 有不会出现的字
    Character {
        /// Which one, from 1.
        place: usize,
        /// What stands there.
        found: char,
    },
    /// 校验不符
    Mistyped {
        /// What it may have been: the place that is wrong, from 1, and the code it would make.
        repairs: Vec<(usize, SheetCode)>,
    },
    /// 别的单位的
    Foreign(SheetCode),
    /// 本单位的
    Own(SheetCode),
}

/// Reads what somebody typed or a scanner sent: full width, lower case, blanks, hyphens, O for 0 and I or L for 1.
pub fn read(text: &str, office: OfficeMarker) -> Reading {
    let plain: String = text
        .chars()
        .map(|c| match u32::from(c) {
            n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '-' | '–' | '—' | '－' | '_' | '.' | '·' | '\u{200b}'..='\u{200d}' | '\u{feff}'
                )
        })
        .collect::<String>()
        .to_uppercase();
    let (marker, code) = match plain.strip_prefix(QR_START).and_then(|r| r.split_once(':')) {
        Some((marker, code)) => (Some(marker), code),
        None => (None, plain.as_str()),
    };
    if code.is_empty() {
        return Reading::Empty;
    }
    let mut values = Vec::new();
    for (i, c) in code.chars().enumerate() {
        match value_of(c) {
            Some(v) => values.push(v),
            None => {
                return Reading::Character {
                    place: i + 1,
                    found: c,
                };
            }
        }
    }
    let found = values.len();
    let Ok(values) = <[u8; LENGTH]>::try_from(values) else {
        return Reading::Length {
            found,
            wanted: LENGTH,
        };
    };
    if !sound(&values) {
        return Reading::Mistyped {
            repairs: repairs(&values, office),
        };
    }
    let code = SheetCode(values);
    let same = marker.is_none_or(|m| m == office.to_string());
    if same && code.of_office(office) {
        Reading::Own(code)
    } else {
        Reading::Foreign(code)
    }
}
/// Codes of this office that differ in one character, or in two neighbours that changed places.
fn repairs(values: &[u8; LENGTH], office: OfficeMarker) -> Vec<(usize, SheetCode)> {
    let mut found = Vec::new();
    for place in 0..LENGTH {
        let mut other = *values;
        other[place] = fitting(values, place);
        if other != *values && sound(&other) {
            found.push((place + 1, SheetCode(other)));
        }
        let mut turned = *values;
        if place + 1 < LENGTH && turned[place] != turned[place + 1] {
            turned.swap(place, place + 1);
            if sound(&turned) {
                found.push((place + 1, SheetCode(turned)));
            }
        }
    }
    found.retain(|(_, code)| code.of_office(office));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn office() -> OfficeMarker {
        OfficeMarker::of([7; 32])
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = SheetCode::draw(office(), *b"2026abcd");
        let stored = code.to_string();
        assert_eq!(SheetCode::parse(&stored), Some(code));
        let wide: String = stored
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
            .collect();
        let sloppy = stored
            .replace('0', "o")
            .replace('1', "l")
            .replace('V', "u")
            .replace('2', "z");
        for typed in [
            code.spaced(),
            stored.to_lowercase(),
            wide,
            sloppy,
            format!(" {}-{} ", &stored[..4], &stored[4..]),
            code.payload(office()),
            code.payload(office()).to_lowercase(),
        ] {
            assert_eq!(read(&typed, office()), Reading::Own(code), "{typed}");
        }
    }
    #[test]
    fn another_office_is_another_office() {
        let other = OfficeMarker::of([9; 32]);
        let code = SheetCode::draw(other, [1; 8]);
        assert_eq!(read(&code.spaced(), office()), Reading::Foreign(code));
        // a code of ours under the marker of another is not ours
        let ours = SheetCode::draw(office(), [1; 8]);
        assert_eq!(read(&ours.payload(other), office()), Reading::Foreign(ours));
    }
    #[test]
    fn what_is_no_code_is_named() {
        assert_eq!(read("　 ", office()), Reading::Empty);
        assert_eq!(
            read("7KD", office()),
            Reading::Length {
                found: 3,
                wanted: 9
            }
        );
        assert_eq!(
            read("7K字", office()),
            Reading::Character {
                place: 3,
                found: '字'
            }
        );
        assert_eq!(
            read("TB:", office()),
            Reading::Character {
                place: 3,
                found: ':'
            }
        );
    }
    proptest! {
        #[test]
        fn one_wrong_character_is_noticed_and_found(random in any::<[u8; 8]>(), place in 0..LENGTH, by in 1_u8..31) {
            let code = SheetCode::draw(office(), random);
            let mut wrong = code.0;
            wrong[place] = (wrong[place] + by) % 31;
            let Reading::Mistyped { repairs } = read(&SheetCode(wrong).to_string(), office()) else {
                panic!("not noticed")
            };
            prop_assert!(repairs.contains(&(place + 1, code)));
        }
        #[test]
        fn two_that_changed_places_are_noticed(random in any::<[u8; 8]>(), a in 0..LENGTH, b in 0..LENGTH) {
            let code = SheetCode::draw(office(), random);
            let mut wrong = code.0;
            wrong.swap(a, b);
            prop_assert_eq!(sound(&wrong), wrong == code.0);
        }
        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            prop_assert!(!matches!(read(&text, office()), Reading::Own(c) if !sound(&c.0)));
        }
    }
}
