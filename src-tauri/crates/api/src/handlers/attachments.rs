//! Pictures kept beside records.
use crate::attachments::*;
use crate::error::{ApiError, ErrorCode};
use crate::router::{Answer, Desk};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::access::AttachImage;
use domain::attachments::Attachment;
use office::attachments::Picture;

type R<T> = Result<Answer<T>, ApiError>;

fn view(a: Attachment) -> AttachmentView {
    AttachmentView {
        id: a.id,
        mime: a.format.mime().to_owned(),
        sha256: a.sha256,
        bytes: a.bytes,
        width: a.width,
        height: a.height,
        taken_at: a.taken_at,
        attached_at: a.attached_at,
    }
}
pub(crate) fn attachments_attach(desk: &Desk, q: AttachmentsAttachRequest) -> R<AttachmentView> {
    desk.with_seat(|_, call| Ok(call.grant::<AttachImage>()?))?;
    let file = BASE64_STANDARD
        .decode(q.image)
        .map_err(|_| ApiError::new(ErrorCode::Invalid, "error-request-malformed"))?;
    // decoding takes its time: nobody else waits for it
    let picture = Picture::read(&file).map_err(office::OfficeError::from)?;
    desk.with_seat(|o, call| {
        let done = o.attach_picture(call, &picture)?;
        Ok(Answer(view(done.value), done.changed.into_iter().collect()))
    })
}
pub(crate) fn attachments_image(
    desk: &Desk,
    q: AttachmentsImageRequest,
) -> R<AttachmentsImageResponse> {
    desk.with_seat(|o, call| {
        let (format, bytes) = if q.thumb {
            o.attachment_thumb(call, q.id)?
        } else {
            let (a, bytes) = o.attachment_image(call, q.id)?;
            (a.format, bytes)
        };
        Ok(Answer::read(AttachmentsImageResponse {
            mime: format.mime().to_owned(),
            image: BASE64_STANDARD.encode(bytes),
        }))
    })
}
