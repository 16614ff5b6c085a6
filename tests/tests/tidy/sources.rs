//! Reads just enough of Rust, TypeScript and Vue to find the words in them, and what must not be called.

use crate::words::{is_program, program_part};
use crate::{files, none, text};

/// A piece of text of a source file, and the line that it begins on.
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// Returns the string literals of Rust source; comments and characters are left out.
pub(crate) fn rust(source: &str) -> Vec<Literal> {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        match chars[i] {
            '\n' => {
                line += 1;
                i += 1;
            }
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 1;
                i += 2;
                while i < chars.len() && depth > 0 {
                    match (chars[i], at(i + 1)) {
                        ('/', '*') => {
                            depth += 1;
                            i += 1;
                        }
                        ('*', '/') => {
                            depth -= 1;
                            i += 1;
                        }
                        ('\n', _) => line += 1,
                        _ => {}
                    }
                    i += 1;
                }
            }
            'r' if matches!(at(i + 1), '"' | '#')
                && (i == 0 || !is_word(chars[i - 1]) || chars[i - 1] == 'b') =>
            {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                if at(i + 1 + hashes) != '"' {
                    i += 1; // a raw identifier
                    continue;
                }
                let begin = line;
                i += 2 + hashes;
                let mut text = String::new();
                while i < chars.len()
                    && !(chars[i] == '"' && (1..=hashes).all(|n| at(i + n) == '#'))
                {
                    line += usize::from(chars[i] == '\n');
                    text.push(chars[i]);
                    i += 1;
                }
                i += 1 + hashes;
                found.push(Literal { line: begin, text });
            }
            '"' => {
                let begin = line;
                i += 1;
                let mut text = String::new();
                while i < chars.len() && chars[i] != '"' {
                    if chars[i] == '\\' {
                        line += usize::from(at(i + 1) == '\n');
                        text.push(chars[i]);
                        i += 1;
                    }
                    line += usize::from(at(i) == '\n' && !text.ends_with('\\'));
                    text.push(at(i));
                    i += 1;
                }
                i += 1;
                found.push(Literal { line: begin, text });
            }
            // 'x' and '\n' are characters, 'a in <'a> is a lifetime
            '\'' if at(i + 1) == '\\' => {
                i += 2;
                while i < chars.len() && chars[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            _ => i += 1,
        }
    }
    found
}

/// Returns the lines of TypeScript or Vue without their comments.
pub(crate) fn lines_without_comments(source: &str) -> Vec<Literal> {
    let mut plain = String::new();
    let mut rest = source;
    while !rest.is_empty() {
        let comment = [("/*", "*/"), ("<!--", "-->"), ("//", "\n")]
            .iter()
            .filter_map(|(open, close)| {
                let mut from = 0;
                // the slashes of an address are no comment
                while let Some(at) = rest[from..].find(open).map(|at| at + from) {
                    if *open != "//" || !rest[..at].ends_with(':') {
                        return Some((at, *open, *close));
                    }
                    from = at + 2;
                }
                None
            })
            .min();
        let Some((at, open, close)) = comment else {
            plain.push_str(rest);
            break;
        };
        plain.push_str(&rest[..at]);
        let body = &rest[at + open.len()..];
        let end = body.find(close).map_or(body.len(), |end| {
            if close == "\n" {
                end
            } else {
                end + close.len()
            }
        });
        plain.extend(body[..end].chars().filter(|c| *c == '\n'));
        rest = &body[end..];
    }
    plain
        .lines()
        .enumerate()
        .map(|(n, line)| Literal {
            line: n + 1,
            text: line.to_owned(),
        })
        .collect()
}

/// Returns the words given to `say(…)` and `has(…)` in TypeScript or Vue; `${…}` in them becomes `*` and what follows is dropped.
pub(crate) fn said(source: &str) -> Vec<Literal> {
    let lines = lines_without_comments(source);
    let plain: String = lines
        .iter()
        .map(|literal| format!("{}\n", literal.text))
        .collect();
    let mut found = Vec::new();
    for call in ["say(", "has("] {
        for (at, _) in plain.match_indices(call) {
            if plain[..at]
                .chars()
                .next_back()
                .is_some_and(|c| is_word(c) || c == '.')
            {
                continue;
            }
            let line = plain[..at].matches('\n').count() + 1;
            // the first argument only: up to the comma or bracket that ends it
            let mut depth = 0;
            let mut chars = plain[at + call.len()..].chars();
            while let Some(c) = chars.next() {
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' if depth == 0 => break,
                    ')' | ']' | '}' => depth -= 1,
                    ',' if depth == 0 => break,
                    '"' | '\'' | '`' => {
                        let mut text: String =
                            chars.by_ref().take_while(|next| *next != c).collect();
                        if c == '`'
                            && let Some(cut) = text.find("${")
                        {
                            text.truncate(cut);
                            text.push('*');
                        }
                        found.push(Literal { line, text });
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn the_readers_find_what_is_there() {
    let rust_source = "let a = \"一\"; // \"二\"\n/* \"三\" */ let b = r#\"四\"#; let c = '\"'; let d: &'static str = \"五\\\"六\";\nlet e = b\"x\";";
    let texts: Vec<(usize, String)> = rust(rust_source)
        .into_iter()
        .map(|l| (l.line, l.text))
        .collect();
    let wanted = [(1, "一"), (2, "四"), (2, "五\\\"六"), (3, "x")];
    assert_eq!(texts, wanted.map(|(line, text)| (line, text.to_owned())));

    let vue = "<!-- 注 -->\n<p>{{ say('ui-a') }}</p> // 注\n<b :t=\"say(x ? 'ui-b' : `ui-c-${y}`, { z: 'ui-no' })\" />\nfetch('http://x/文')";
    let kept: String = lines_without_comments(vue)
        .into_iter()
        .map(|l| l.text)
        .collect();
    assert!(!kept.contains('注') && kept.contains('文'), "{kept}");
    let keys: Vec<String> = said(vue).into_iter().map(|l| l.text).collect();
    assert_eq!(keys, ["ui-a", "ui-b", "ui-c-*"]);
}

/// Finds words in the files of some folders with some endings, outside comments.
fn calls(folders: &[&str], endings: &[&str], words: &[&str], except: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for name in files() {
        let chosen = folders.iter().any(|folder| name.starts_with(folder))
            && endings.iter().any(|ending| name.ends_with(ending))
            && !except.iter().any(|start| name.starts_with(start));
        if !chosen {
            continue;
        }
        for Literal { line, text } in lines_without_comments(&text(&name).expect("UTF-8")) {
            if let Some(word) = words.iter().find(|word| text.contains(**word)) {
                faults.push(format!("{name}:{line}: {word}"));
            }
        }
    }
    faults
}

#[test]
fn the_screens_never_make_markup_from_text() {
    let words = [
        "v-html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "javascript:",
    ];
    none(
        "sinks that turn text into markup or script",
        calls(
            &["ui/src/", "ui/index.html"],
            &[".ts", ".vue", ".html"],
            &words,
            &[],
        ),
    );
}

#[test]
fn only_the_backend_folder_knows_tauri() {
    none(
        "imports of Tauri outside ui/src/backend",
        calls(
            &["ui/src/"],
            &[".ts", ".vue"],
            &["@tauri-apps", "__TAURI"],
            &["ui/src/backend/"],
        ),
    );
}

#[test]
fn no_screen_reaches_the_network() {
    none(
        "requests outside ui/src/backend",
        calls(
            &["ui/src/"],
            &[".ts", ".vue"],
            &[
                "fetch(",
                "XMLHttpRequest",
                "WebSocket(",
                "http://",
                "https://",
            ],
            &["ui/src/backend/"],
        ),
    );
}

#[test]
fn pages_are_set_from_data_only() {
    // text that reaches a template is data: nothing is run, read from disk or fetched
    none(
        "calls that run text or read files in templates",
        calls(
            &["assets/print/"],
            &[".typ"],
            &["eval(", "read(", "@preview", "@local", "plugin("],
            &[],
        ),
    );
}

#[test]
fn operating_systems_differ_in_host_modules_only() {
    let words = [
        "cfg(windows)",
        "cfg!(windows)",
        "target_os",
        "cfg(unix)",
        "cfg!(unix)",
    ];
    let mut faults = Vec::new();
    for name in files()
        .into_iter()
        .filter(|name| name.ends_with(".rs") && is_program(name))
    {
        // main.rs hides the console of Windows, which only the root of a program can
        if name.ends_with("/host.rs") || name == "src-tauri/src/main.rs" {
            continue;
        }
        for Literal { line, text } in
            lines_without_comments(&program_part(&text(&name).expect("UTF-8")))
        {
            if words.iter().any(|word| text.contains(word)) {
                faults.push(format!("{name}:{line}: {}", text.trim()));
            }
        }
    }
    none("cfg of one operating system outside a host module", faults);
}

#[test]
fn migrations_are_named_in_order() {
    let names: Vec<String> = files()
        .into_iter()
        .filter_map(|name| {
            name.strip_prefix("src-tauri/crates/store/migrations/")
                .map(String::from)
        })
        .collect();
    assert!(!names.is_empty(), "there is at least the first migration");
    let mut last = 0;
    for name in &names {
        let number = name
            .strip_prefix('V')
            .and_then(|rest| rest.split_once("__"))
            .filter(|(digits, _)| digits.len() == 4)
            .and_then(|(digits, _)| digits.parse::<u32>().ok());
        assert!(
            number.is_some_and(|n| n > last) && name.ends_with(".sql"),
            "{name} should have four digits and come behind {last}"
        );
        last = number.unwrap_or(last);
    }
}
