//! 附件图片 — pictures kept beside records: which are taken, how large, and what their first bytes say.
use crate::Refusal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most bytes of a picture as it is handed in: 40 MB.
pub const BYTES_MAX: usize = 40_000_000;
/// The most pixels that are decoded: 100 million.
pub const PIXELS_MAX: u64 = 100_000_000;
/// The long side of what is kept, in pixels.
pub const LONG_SIDE: u32 = 2048;
/// The long side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 320;

/// 图片格式 — what a picture is stored as, and what is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageFormat {
    /// JPEG
    Jpeg,
    /// PNG
    Png,
    /// WebP
    Webp,
}
impl ImageFormat {
    /// All formats.
    pub const ALL: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Webp];
    /// Returns the media type, as stored.
    pub fn mime(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "image/jpeg",
            ImageFormat::Png => "image/png",
            ImageFormat::Webp => "image/webp",
        }
    }
    /// Reads the stored media type.
    pub fn from_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.mime() == mime)
    }
}

/// 附件图片 — a picture as it is kept: turned upright, shrunk, without anything else in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// The SHA-256 of what is kept, as hex: also its name on the disk.
    pub sha256: String,
    /// The same of its thumbnail.
    pub thumb_sha256: String,
    /// What it is stored as.
    pub format: ImageFormat,
    /// How many bytes are kept.
    pub bytes: i64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When the camera says it was taken.
    pub taken_at: Option<i64>,
    /// When it was attached.
    pub attached_at: i64,
    /// By which account.
    pub attached_by: Uuid,
}

/// Finds out from the bytes alone what a picture is, and refuses what is not taken or too large to decode.
///
/// # Errors
/// A [`Refusal`] that says what the file is and what to do with it.
pub fn admit(bytes: &[u8]) -> Result<(ImageFormat, u32, u32), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("attachments-empty"));
    }
    if bytes.len() > BYTES_MAX {
        return Err(Refusal::new("attachments-too-many-bytes")
            .with("megabytes", bytes.len().div_ceil(1_000_000))
            .with("max", BYTES_MAX / 1_000_000));
    }
    let (format, size) = if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        (ImageFormat::Jpeg, jpeg_size(bytes))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (ImageFormat::Png, png_size(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (ImageFormat::Webp, webp_size(bytes))
    } else if is_heic(bytes) {
        return Err(Refusal::new("attachments-heic"));
    } else if is_svg(bytes) {
        return Err(Refusal::new("attachments-svg"));
    } else {
        return Err(Refusal::new("attachments-not-an-image"));
    };
    let (width, height) = size
        .filter(|(w, h)| *w > 0 && *h > 0)
        .ok_or_else(|| Refusal::new("attachments-damaged"))?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX {
        return Err(Refusal::new("attachments-too-many-pixels")
            .with("width", i64::from(width))
            .with("height", i64::from(height))
            .with(
                "megapixels",
                i64::try_from(pixels / 1_000_000).unwrap_or(i64::MAX),
            ));
    }
    if format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        // decoders paint the missing part grey and say nothing
        return Err(Refusal::new("attachments-damaged"));
    }
    Ok((format, width, height))
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    let b = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes([b[0], b[1]]))
}
fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}
fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at.checked_add(3)?)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], 0]))
}
fn u16_le(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at.checked_add(2)?)?;
    Some(u32::from(u16::from_le_bytes([b[0], b[1]])))
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((u32_be(bytes, 16)?, u32_be(bytes, 20)?))
}
/// Calls `see(marker, at)` for every segment up to the scan; `at` is where the segment's length stands.
fn jpeg_segments<T>(bytes: &[u8], mut see: impl FnMut(u8, usize) -> Option<T>) -> Option<T> {
    let mut at = 2;
    loop {
        while bytes.get(at)? != &0xFF {
            at += 1;
        }
        while bytes.get(at)? == &0xFF {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        if let Some(found) = see(marker, at) {
            return Some(found);
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            continue;
        }
        at = at.checked_add(usize::from(u16_be(bytes, at)?).max(2))?;
    }
}
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    jpeg_segments(bytes, |marker, at| {
        let frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        match (frame, marker) {
            (true, _) => Some(
                u16_be(bytes, at.checked_add(5)?)
                    .zip(u16_be(bytes, at.checked_add(3)?))
                    .map(|(w, h)| (u32::from(w), u32::from(h))),
            ),
            (false, 0xD9 | 0xDA) => Some(None),
            _ => None,
        }
    })
    .flatten()
}
/// Says whether the picture data of a JPEG run to its end mark.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let scan = jpeg_segments(bytes, |marker, at| match marker {
        0xDA => Some(Some(at)),
        0xD9 => Some(None),
        _ => None,
    });
    let Some(Some(from)) = scan else {
        return false;
    };
    // after the first scan only entropy-coded data and further segments follow; 0xFF 0xD9 cannot stand inside the former
    bytes[from..].windows(2).any(|w| w == [0xFF, 0xD9])
}
fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((u24_le(bytes, 24)? + 1, u24_le(bytes, 27)? + 1)),
        b"VP8L" => {
            (bytes.get(20)? == &0x2F).then_some(())?;
            let low = u16_le(bytes, 21)? | (u16_le(bytes, 23)? << 16);
            Some(((low & 0x3FFF) + 1, ((low >> 14) & 0x3FFF) + 1))
        }
        b"VP8 " => {
            (bytes.get(23..26)? == [0x9D, 0x01, 0x2A]).then_some(())?;
            Some((u16_le(bytes, 26)? & 0x3FFF, u16_le(bytes, 28)? & 0x3FFF))
        }
        _ => None,
    }
}
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..64.min(bytes.len())).is_some_and(|brands| {
            brands.chunks(4).any(|b| {
                [
                    b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif",
                ]
                .iter()
                .any(|known| b == *known)
            })
        })
}
fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    head.starts_with("<svg") || (head.starts_with("<?xml") || head.starts_with("<!")) && head.contains("<svg")
        // compressed: gzip of which nothing else is asked
        || bytes.starts_with(&[0x1F, 0x8B])
}

#[cfg(test)]
mod tests {
    use super::*;
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut b = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        b.extend(width.to_be_bytes());
        b.extend(height.to_be_bytes());
        b.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        b
    }
    fn key(bytes: &[u8]) -> String {
        admit(bytes).expect_err("refused").message_key
    }
    #[test]
    fn a_picture_is_known_by_its_bytes_and_refused_in_words() {
        assert_eq!(admit(&png(640, 480)), Ok((ImageFormat::Png, 640, 480)));
        assert_eq!(key(b""), "attachments-empty");
        assert_eq!(key(b"%PDF-1.7"), "attachments-not-an-image");
        assert_eq!(key("名单".as_bytes()), "attachments-not-an-image");
        assert_eq!(key(b"GIF89a\x01\0\x01\0"), "attachments-not-an-image");
        assert_eq!(key(b"<svg xmlns='x'/>"), "attachments-svg");
        assert_eq!(
            key("\u{feff}<?xml version='1.0'?><!-- a --><svg/>".as_bytes()),
            "attachments-svg"
        );
        assert_eq!(
            key(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
            "attachments-heic"
        );
        assert_eq!(key(b"\0\0\0\x18ftypmif1\0\0\0\0heic"), "attachments-heic");
        assert_eq!(
            key(b"\0\0\0\x18ftypisom\0\0\0\0mp41"),
            "attachments-not-an-image"
        );
        assert_eq!(
            key(&vec![0xFF; BYTES_MAX + 1]),
            "attachments-too-many-bytes"
        );
    }
    #[test]
    fn two_hundred_megapixels_are_refused_with_their_size_before_anything_is_decoded() {
        let e = admit(&png(16_320, 12_240)).expect_err("refused");
        assert_eq!(e.message_key, "attachments-too-many-pixels");
        assert_eq!(e.args["width"], 16_320_i64.into());
        assert_eq!(e.args["megapixels"], 199_i64.into());
        assert!(admit(&png(10_000, 10_000)).is_ok());
        assert_eq!(key(&png(u32::MAX, u32::MAX)), "attachments-too-many-pixels");
        assert_eq!(key(&png(0, 5)), "attachments-damaged");
    }
    #[test]
    fn a_jpeg_is_measured_and_must_have_its_end() {
        let mut b = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 0, 0];
        b.extend([0xFF, 0xC0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
        b.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xFF, 0x00, 3]);
        // the end mark inside the metadata is none
        assert_eq!(key(&b), "attachments-damaged");
        b.extend([0xFF, 0xD9]);
        assert_eq!(admit(&b), Ok((ImageFormat::Jpeg, 40, 30)));
        for cut in 0..b.len() {
            assert!(admit(&b[..cut]).is_err(), "cut at {cut}");
        }
    }
    #[test]
    fn a_webp_is_measured_in_its_three_forms() {
        let head = |chunk: &[u8]| [&b"RIFF\0\0\0\0WEBP"[..], chunk].concat();
        let x = head(b"VP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0");
        assert_eq!(admit(&x), Ok((ImageFormat::Webp, 800, 600)));
        let lossy = head(b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x20\x03\x58\x02");
        assert_eq!(admit(&lossy), Ok((ImageFormat::Webp, 800, 600)));
        let bits: u32 = 799 | (599 << 14);
        let lossless = head(&[&b"VP8L\0\0\0\0\x2f"[..], &bits.to_le_bytes()].concat());
        assert_eq!(admit(&lossless), Ok((ImageFormat::Webp, 800, 600)));
    }
}
