use super::*;
use image::{Rgb, RgbImage, Rgba, RgbaImage};

/// A picture whose upper left quarter is red, the rest blue.
fn corner(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
}
fn as_jpeg(image: RgbImage) -> Vec<u8> {
    jpeg(&DynamicImage::ImageRgb8(image), 90).unwrap()
}
/// Puts EXIF into a JPEG: turned by `orientation`, taken at a time, with a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut e = tag.to_be_bytes().to_vec();
        e.extend(kind.to_be_bytes());
        e.extend(count.to_be_bytes());
        e.extend(value);
        e
    };
    let at = 8 + 2 + 3 * 12 + 4;
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    tiff.extend(entry(0x0132, 2, 20, u32::to_be_bytes(at)));
    tiff.extend(entry(0x8825, 4, 1, u32::to_be_bytes(at + 20)));
    tiff.extend([0; 4]);
    tiff.extend(b"2026:11:20 08:25:00\0");
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend([0; 4]);
    tiff.extend(b"GPS-PLACE-OF-A-CHILD");
    let mut out = jpeg[..2].to_vec();
    out.extend([0xFF, 0xE1]);
    out.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out.extend(&jpeg[2..]);
    out
}
fn back(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}
fn is_red(p: &Rgb<u8>) -> bool {
    p.0[0] > 150 && p.0[2] < 100
}

#[test]
fn a_turned_picture_stands_upright_and_says_nothing_of_its_place() {
    let file = with_exif(&as_jpeg(corner(400, 200)), 6);
    assert!(file.windows(9).any(|w| w == b"GPS-PLACE"));
    let p = Picture::read(&file).unwrap();
    assert_eq!((p.width, p.height, p.format), (200, 400, ImageFormat::Jpeg));
    let kept = back(&p.bytes);
    assert!(
        is_red(kept.get_pixel(190, 10)) && !is_red(kept.get_pixel(10, 10)),
        "turned by a quarter to the right"
    );
    for bytes in [&p.bytes, &p.thumb] {
        assert!(!bytes.windows(4).any(|w| w == b"Exif" || w == b"GPS-"));
    }
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let taken = calendar::start_of(day) + (8 * 60 + 25) * 60_000;
    assert_eq!(p.taken_at, Some(taken));
}
#[test]
fn a_large_picture_is_shrunk_and_has_a_small_one() {
    let p = Picture::read(&as_jpeg(corner(4096, 200))).unwrap();
    assert_eq!((p.width, p.height), (2048, 100));
    let thumb = back(&p.thumb);
    assert_eq!((thumb.width(), thumb.height()), (320, 16));
    assert!(is_red(thumb.get_pixel(5, 2)) && !is_red(thumb.get_pixel(300, 12)));
    let small = Picture::read(&as_jpeg(corner(30, 20))).unwrap();
    assert_eq!((small.width, small.height), (30, 20), "never enlarged");
}
#[test]
fn a_drawing_stays_png_and_what_is_transparent_stays_so() {
    let drawing = png(&DynamicImage::ImageRgb8(corner(300, 300))).unwrap();
    assert_eq!(Picture::read(&drawing).unwrap().format, ImageFormat::Png);
    let mut holes = RgbaImage::from_pixel(50, 50, Rgba([0, 0, 0, 0]));
    holes.put_pixel(25, 25, Rgba([255, 0, 0, 255]));
    let mut webp = Vec::new();
    DynamicImage::ImageRgba8(holes)
        .write_to(&mut Cursor::new(&mut webp), image::ImageFormat::WebP)
        .unwrap();
    let p = Picture::read(&webp).unwrap();
    assert_eq!(p.format, ImageFormat::Png);
    let thumb = back(&p.thumb);
    assert!(thumb.get_pixel(2, 2).0.iter().all(|c| *c > 245), "on white");
}
#[test]
fn what_is_cut_off_is_refused_wherever_it_is_cut() {
    let whole = as_jpeg(corner(64, 64));
    let drawing = png(&DynamicImage::ImageRgb8(corner(64, 64))).unwrap();
    for cut in (1..whole.len() - 2).step_by(37) {
        Picture::read(&whole[..cut]).unwrap_err();
    }
    for cut in (1..drawing.len() - 20).step_by(13) {
        Picture::read(&drawing[..cut]).unwrap_err();
    }
}
