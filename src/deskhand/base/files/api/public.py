"""What the API of other apps may use of the files."""

from deskhand.base.files.api.resources import AttachmentAnswer, attachment_shown, take_uploads

__all__ = ["AttachmentAnswer", "attachment_shown", "take_uploads"]
