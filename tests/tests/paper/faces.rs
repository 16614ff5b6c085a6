//! Official faces are taken where the machine has them, and stand-ins are named.

use print::{Fonts, Printer, Role, Sheet};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Copies a face under another family name: the name table alone is written anew (OpenType, `name`).
fn renamed(from: &Path, family: &str, to: &Path) {
    let font = std::fs::read(from).unwrap();
    let u16_at = |at: usize| usize::from(u16::from_be_bytes([font[at], font[at + 1]]));
    let u32_at = |at: usize| {
        usize::try_from(u32::from_be_bytes([
            font[at],
            font[at + 1],
            font[at + 2],
            font[at + 3],
        ]))
        .unwrap()
    };
    let text: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = u16::try_from(text.len()).unwrap();
    // family, full name, PostScript name: Windows, Unicode, American English
    let mut names: Vec<u8> = [0_u16, 3, 6 + 3 * 12]
        .iter()
        .flat_map(|n| n.to_be_bytes())
        .collect();
    for name_id in [1_u16, 4, 6] {
        for n in [3, 1, 0x0409, name_id, length, 0] {
            names.extend(n.to_be_bytes());
        }
    }
    names.extend(&text);
    let mut out = font.clone();
    while !out.len().is_multiple_of(4) {
        out.push(0);
    }
    let offset = u32::try_from(out.len()).unwrap();
    out.extend(&names);
    for table in 0..u16_at(4) {
        let record = 12 + 16 * table;
        if &font[record..record + 4] == b"name" {
            assert!(u32_at(record + 12) > 0);
            out[record + 8..record + 12].copy_from_slice(&offset.to_be_bytes());
            out[record + 12..record + 16]
                .copy_from_slice(&u32::try_from(names.len()).unwrap().to_be_bytes());
        }
    }
    std::fs::write(to, out).unwrap();
}
fn bundled(role: Role) -> PathBuf {
    let fonts = Fonts::discover(&testkit::desk::font_dirs(), &[]).unwrap();
    fonts
        .in_use()
        .into_iter()
        .find(|used| used.role == role)
        .unwrap()
        .file
}

#[test]
fn an_official_face_of_the_machine_comes_before_its_stand_in() {
    let machine = tempfile::tempdir().unwrap();
    let faces = [
        (Role::Body, "FangSong_GB2312", "simfang.ttf"),
        (Role::Title, "FZXiaoBiaoSong-B05S", "方正小标宋简体.TTF"),
    ];
    for (role, family, file) in faces {
        renamed(&bundled(role), family, &machine.path().join(file));
    }
    let with = Fonts::discover(&testkit::desk::font_dirs(), &[machine.path().to_owned()]).unwrap();
    for used in with.in_use() {
        let expected = faces.iter().find(|(role, ..)| *role == used.role);
        assert_eq!(used.official, expected.is_some(), "{used:?}");
        if let Some((_, family, _)) = expected {
            assert_eq!(used.name, family.to_lowercase());
            assert!(used.file.starts_with(machine.path()));
        }
    }
    // the page is set with them, and the file names the face
    let sheet = Sheet::new(
        "official_document",
        json!({"org": "校", "title": ["通知"], "body": [{"t": "p", "s": "正文"}]}),
    );
    let faces_of = |fonts| {
        let pages = Printer::new(fonts).typeset(&sheet).unwrap();
        let placed = pages.placed(0).unwrap();
        placed.into_iter().map(|c| c.face).collect::<Vec<_>>()
    };
    assert!(
        faces_of(with)
            .iter()
            .any(|face| face.contains("FangSong_GB2312"))
    );
    let without = Fonts::discover(&testkit::desk::font_dirs(), &[]).unwrap();
    assert!(without.in_use().iter().all(|used| !used.official));
    assert!(
        !faces_of(without)
            .iter()
            .any(|face| face.contains("FangSong_GB2312"))
    );
}

#[test]
fn a_face_of_another_name_is_not_taken() {
    let machine = tempfile::tempdir().unwrap();
    renamed(
        &bundled(Role::Body),
        "FangSong Fancy",
        &machine.path().join("simfang.ttf"),
    );
    std::fs::write(machine.path().join("simhei.ttf"), b"no font").unwrap();
    let fonts = Fonts::discover(&testkit::desk::font_dirs(), &[machine.path().to_owned()]).unwrap();
    assert!(fonts.in_use().iter().all(|used| !used.official));
}
