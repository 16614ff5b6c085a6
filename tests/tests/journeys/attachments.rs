//! Pictures: taken in, kept sealed, given out again; and everything that is none.
use api::ErrorCode;
use api::access::Language;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::path::PathBuf;
use testkit::TestDesk;
use testkit::desk::{ADMIN, DUTY, OFFICE, PRINCIPAL};

/// Returns a photo of stripes, `seed` telling one from another.
pub(crate) fn photo(seed: u8, width: u32, height: u32) -> Vec<u8> {
    let stripes = RgbImage::from_fn(width, height, |x, y| {
        Rgb([seed, ((x * 7 + y) % 256) as u8, ((x + y * 3) % 256) as u8])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(stripes)
        .write_to(&mut out, ImageFormat::Jpeg)
        .unwrap();
    out.into_inner()
}
fn request(file: &[u8]) -> Value {
    json!({"image": BASE64_STANDARD.encode(file)})
}
/// Attaches such a photo and returns its id.
pub(crate) fn attach(d: &TestDesk, seed: u8) -> Value {
    d.done("attachments_attach", request(&photo(seed, 60, 40)))["id"].take()
}
fn files(d: &TestDesk) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(d.office_dir().join("attachments"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    all.sort();
    all
}
fn shown(d: &TestDesk, id: &Value, thumb: bool) -> Vec<u8> {
    let v = d.done("attachments_image", json!({"id": id, "thumb": thumb}));
    BASE64_STANDARD
        .decode(v["image"].as_str().unwrap())
        .unwrap()
}

#[test]
fn a_photo_is_shrunk_kept_sealed_and_shown_again() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let before = files(&d).len();
    let file = photo(9, 2560, 160);
    let a = d.done("attachments_attach", request(&file));
    assert_eq!((&a["width"], &a["height"]), (&json!(2048), &json!(128)));
    let kept = shown(&d, &a["id"], false);
    let small = shown(&d, &a["id"], true);
    let image = image::load_from_memory(&kept).unwrap();
    assert_eq!((image.width(), image.height()), (2048, 128));
    assert_eq!(image::load_from_memory(&small).unwrap().width(), 320);
    let on_disk = files(&d);
    assert_eq!(on_disk.len(), before + 2);
    for path in &on_disk {
        let sealed = std::fs::read(path).unwrap();
        assert!(image::guess_format(&sealed).is_err(), "nothing in clear");
        assert!(!sealed.windows(16).any(|w| w == &kept[100..116]));
    }
    // the same photo again: another record, the same file
    let again = d.done("attachments_attach", request(&file));
    assert_ne!(again["id"], a["id"]);
    assert_eq!(files(&d), on_disk);
    d.sit(PRINCIPAL);
    assert_eq!(shown(&d, &a["id"], false), kept);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}

#[test]
fn what_is_no_photo_is_refused_in_words_and_leaves_nothing() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let before = files(&d);
    let mut large = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    large.extend(20_000_u32.to_be_bytes());
    large.extend(10_000_u32.to_be_bytes());
    large.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let whole = photo(1, 80, 80);
    for (file, key) in [
        (&b""[..], "attachments-empty"),
        ("姓名,班级".as_bytes(), "attachments-not-an-image"),
        (b"%PDF-1.7", "attachments-not-an-image"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "attachments-svg",
        ),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "attachments-heic"),
        (&large, "attachments-too-many-pixels"),
        (&whole[..whole.len() / 2], "attachments-damaged"),
    ] {
        let e = d.refused("attachments_attach", request(file));
        assert_eq!((e.code, e.message_key.as_str()), (ErrorCode::Refused, key));
        for language in [Language::ZhCn, Language::ZhTw, Language::En] {
            let message = api::words::say(language, &e.message_key, &e.args);
            assert!(message != key && !message.contains('$'), "{message}");
        }
    }
    let e = d.refused("attachments_attach", json!({"image": "不是 base64"}));
    assert_eq!(e.message_key, "error-request-malformed");
    assert_eq!(files(&d), before);
}

#[test]
fn the_administrator_neither_attaches_nor_sees() {
    let d = TestDesk::sample();
    d.sit(OFFICE);
    let id = attach(&d, 3);
    d.sit(ADMIN);
    for (name, body) in [
        ("attachments_attach", request(&photo(4, 20, 20))),
        ("attachments_image", json!({"id": id})),
    ] {
        assert_eq!(d.refused(name, body).code, ErrorCode::Denied, "{name}");
    }
}

#[test]
fn a_file_without_a_record_is_swept_and_one_that_is_gone_or_changed_is_told() {
    let d = TestDesk::sample();
    d.sit(DUTY);
    let (gone, changed, swapped) = (attach(&d, 10), attach(&d, 11), attach(&d, 12));
    let folder = d.office_dir().join("attachments");
    let orphan = folder.join("0".repeat(64));
    std::fs::write(&orphan, b"left by a stop").unwrap();
    std::fs::write(folder.join(format!("{}.part", "1".repeat(64))), b"half").unwrap();
    std::fs::write(folder.join("notes.txt"), b"not ours").unwrap();
    let kept = files(&d).len() - 2;
    d.sit(DUTY);
    assert!(!orphan.exists());
    assert_eq!(files(&d).len(), kept);
    assert!(folder.join("notes.txt").exists(), "what is not ours stays");
    let file_of = |id: &Value| {
        let bytes = shown(&d, id, false);
        folder.join(office::sha256_hex(&bytes))
    };
    let (gone_file, changed_file, swapped_file) =
        (file_of(&gone), file_of(&changed), file_of(&swapped));
    std::fs::copy(&changed_file, &swapped_file).unwrap();
    let mut bytes = std::fs::read(&changed_file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&changed_file, bytes).unwrap();
    std::fs::remove_file(&gone_file).unwrap();
    for (id, key) in [
        (&gone, "attachments-missing"),
        (&changed, "attachments-altered"),
        (&swapped, "attachments-altered"),
    ] {
        let e = d.refused("attachments_image", json!({"id": id}));
        assert_eq!((e.code, e.message_key.as_str()), (ErrorCode::Refused, key));
        assert!(!shown(&d, id, true).is_empty(), "the small one is whole");
    }
    d.sit(PRINCIPAL);
    let found = d.done("audit_verify", json!({}))["findings"].take();
    let mut codes: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "attachment_altered",
            "attachment_altered",
            "attachment_missing"
        ]
    );
    // attaching the same photo again heals its file
    d.sit(DUTY);
    attach(&d, 10);
    attach(&d, 11);
    attach(&d, 12);
    d.sit(PRINCIPAL);
    assert_eq!(d.done("audit_verify", json!({}))["findings"], json!([]));
}
