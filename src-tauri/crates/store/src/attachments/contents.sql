SELECT sha256 FROM attachments UNION SELECT thumb_sha256 FROM attachments
