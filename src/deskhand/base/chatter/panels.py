"""What the conversation adds to the house: whom its files are for, conversations of records below it."""

from __future__ import annotations

from typing import Any

from deskhand.base.chatter.models import Message
from deskhand.base.files.public import FILE_RULES, Attachment


def _is_for(user: Any, attachment: Attachment) -> bool:
    """Who works here has every file of a record; all others those of messages, never those of internal notes."""
    return bool(user.is_internal) or Message.objects.public().filter(attachments=attachment).exists()


FILE_RULES.add(_is_for)
