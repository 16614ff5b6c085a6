//! Pictures kept beside records.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Attaches a picture.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentsAttachRequest {
    /// The bytes of the file, base64: JPEG, PNG or WebP, ≤ 40 MB.
    pub image: String,
}
/// An attached picture.
#[derive(Debug, Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct AttachmentView {
    /// Its id.
    pub id: Uuid,
    /// What it is kept as.
    pub mime: String,
    /// SHA-256 of its bytes, hex: what a document that shows it is approved with.
    pub sha256: String,
    /// How many bytes are kept.
    pub bytes: i64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When the camera says it was taken, Unix ms.
    pub taken_at: Option<i64>,
    /// When it was attached, Unix ms.
    pub attached_at: i64,
}
/// Asks for a picture.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentsImageRequest {
    /// The picture.
    pub id: Uuid,
    /// Only the small one, 320 pixels long.
    #[serde(default)]
    pub thumb: bool,
}
/// A picture to show.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AttachmentsImageResponse {
    /// What the bytes are.
    pub mime: String,
    /// The bytes, base64.
    pub image: String,
}
