//! A picture as it is kept: upright, at most 2,048 pixels long, without place, camera or anything else of its file.
use domain::Refusal;
use domain::attachments::{ImageFormat, LONG_SIDE, THUMB_SIDE, admit};
use domain::calendar;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Sampling;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;

/// The most memory that decoding may take.
const DECODE_MEMORY: u64 = 512 * 1024 * 1024;
/// A PNG no larger than this stays one: drawings and screens are sharper so.
const PNG_KEPT: usize = 1_000_000;

/// 图片 — made ready to be kept, with its thumbnail.
#[derive(Debug)]
pub struct Picture {
    /// What is kept.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: ImageFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The thumbnail, a JPEG.
    pub thumb: Vec<u8>,
    /// When the camera says it was taken.
    pub taken_at: Option<i64>,
}

fn damaged(e: image::ImageError) -> Refusal {
    match e {
        image::ImageError::Limits(_) => Refusal::new("attachments-too-much-memory"),
        _ => Refusal::new("attachments-damaged"),
    }
}

impl Picture {
    /// Makes a picture of the bytes of a file; needs no office, so that nobody waits for it.
    ///
    /// # Errors
    /// A [`Refusal`] that says what the file is and what to do with it.
    pub fn read(file: &[u8]) -> Result<Self, Refusal> {
        let (from, _, _) = admit(file)?;
        let mut reader = ImageReader::with_format(
            Cursor::new(file),
            match from {
                ImageFormat::Jpeg => image::ImageFormat::Jpeg,
                ImageFormat::Png => image::ImageFormat::Png,
                ImageFormat::Webp => image::ImageFormat::WebP,
            },
        );
        let mut limits = Limits::default();
        limits.max_alloc = Some(DECODE_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(damaged)?;
        let exif = decoder.exif_metadata().unwrap_or_default();
        let orientation = exif
            .as_deref()
            .and_then(Orientation::from_exif_chunk)
            .unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        image = shrunk(image, LONG_SIDE);
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        let thumb = jpeg(&shrunk(flat(&image), THUMB_SIDE), 80)?;
        let transparent = has_holes(&image);
        let mut kept = None;
        if transparent || from == ImageFormat::Png {
            let bytes = png(&image)?;
            if transparent || bytes.len() <= PNG_KEPT {
                kept = Some((bytes, ImageFormat::Png));
            }
        }
        let (bytes, format) = match kept {
            Some(kept) => kept,
            None => (jpeg(&flat(&image), 85)?, ImageFormat::Jpeg),
        };
        Ok(Picture {
            bytes,
            format,
            width,
            height,
            thumb,
            taken_at: exif.and_then(taken_at),
        })
    }
}

/// Returns a picture no longer than `side`. What is far too large is first averaged in whole numbers, which takes no memory.
fn shrunk(image: DynamicImage, side: u32) -> DynamicImage {
    let long = image.width().max(image.height());
    if long <= side {
        return image;
    }
    let image = if long > 2 * side {
        image.thumbnail(2 * side, 2 * side)
    } else {
        image
    };
    image.resize(side, side, Sampling::CatmullRom)
}
fn has_holes(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|p| p.0[3] < 255)
}
/// Lays a picture on white paper.
fn flat(image: &DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.to_rgb8());
    }
    let mut rgba = image.to_rgba8();
    for p in rgba.pixels_mut() {
        let [r, g, b, a] = p.0;
        let over = |c: u8| {
            let sum = u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a));
            u8::try_from((sum + 127) / 255).unwrap_or(255)
        };
        p.0 = [over(r), over(g), over(b), 255];
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(rgba).to_rgb8())
}
fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality)
        .encode_image(image)
        .map_err(damaged)?;
    Ok(out)
}
fn png(image: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let image = if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.to_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.to_rgb8())
    };
    image
        .write_with_encoder(PngEncoder::new_with_quality(
            &mut out,
            CompressionType::Default,
            FilterType::Adaptive,
        ))
        .map_err(damaged)?;
    Ok(out)
}
/// Reads when a picture was taken; cameras write the time of the wall clock.
fn taken_at(exif: Vec<u8>) -> Option<i64> {
    let data = exif::Reader::new().read_raw(exif).ok()?;
    let field = data
        .get_field(exif::Tag::DateTimeOriginal, exif::In::PRIMARY)
        .or_else(|| data.get_field(exif::Tag::DateTime, exif::In::PRIMARY))?;
    let exif::Value::Ascii(texts) = &field.value else {
        return None;
    };
    let t = exif::DateTime::from_ascii(texts.first()?).ok()?;
    let on = chrono::NaiveDate::from_ymd_opt(t.year.into(), t.month.into(), t.day.into())?;
    let at = chrono::NaiveTime::from_hms_opt(t.hour.into(), t.minute.into(), t.second.into())?;
    let seconds = at
        .signed_duration_since(chrono::NaiveTime::MIN)
        .num_seconds();
    Some(calendar::start_of(on) + seconds * 1000)
}

#[cfg(test)]
mod tests;
