//! Takes out of a text what has no place on paper.

use serde_json::Value;

/// Whether `c` leaves no mark on paper: controls, zero-width and direction characters, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` is kept although it is invisible: it picks the shape of the character before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Cleans one text: line ends become `\n`, tabs a space, and invisible characters go, so that the order on
/// paper is the order of the text and nobody hides a word with a direction override.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\n' if before == '\r' => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\t' => out.push(' '),
            c if is_invisible(c) && !is_selector(c) => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Cleans every text in `value`.
pub(crate) fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text.chars().any(is_invisible) {
                *text = clean(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean_value),
        Value::Object(fields) => fields.values_mut().for_each(clean_value),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Calls `each` with every text in `value`.
pub(crate) fn each_text(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, each)),
        Value::Object(fields) => fields.values().for_each(|field| each_text(field, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_overrides_and_controls_go() {
        assert_eq!(
            clean("甲\u{202e}乙\u{200b}丙\u{7}\r\n丁\t戊"),
            "甲乙丙\n丁 戊"
        );
    }

    #[test]
    fn variation_selectors_stay() {
        assert_eq!(clean("葛\u{e0100}"), "葛\u{e0100}");
    }
}
