"""What other apps may use of the files."""

from deskhand.base.files.models import Attachment
from deskhand.base.files.pages.forms import UploadField
from deskhand.base.files.pages.responses import attachment_response
from deskhand.base.files.places import FILE_RULES
from deskhand.base.files.services import StoredFile, attach, open_attachment, store_bytes, store_upload

__all__ = [
    "FILE_RULES",
    "Attachment",
    "StoredFile",
    "UploadField",
    "attach",
    "attachment_response",
    "open_attachment",
    "store_bytes",
    "store_upload",
]
