"""Who may do what in a conversation that they see."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from deskhand.base.chatter.enums import MessageKind, Sharing
from deskhand.base.chatter.models import CannedResponse, Message
from deskhand.base.chatter.places import conversation_of


def can_write(user: Any, record: Model) -> bool:
    """Take part in the conversation of a record that the user sees: those who work here, as its app allows."""
    kind = conversation_of(record)
    return bool(kind and user.is_authenticated and user.is_internal and kind.may_write(user, record))


def can_change_note(user: Any, message: Message) -> bool:
    """Edit or delete it: its author, as long as it is a note that is still there."""
    is_note = message.kind == MessageKind.NOTE and message.deleted_at is None
    return bool(is_note and message.author_id is not None and message.author_id == user.contact_id)


def can_see_history(user: Any, message: Message) -> bool:
    """Whoever reads an edited note may see what it said before; of a deleted one only its author."""
    return message.deleted_at is None or message.author_id == user.contact_id


def can_change_canned(user: Any, response: CannedResponse) -> bool:
    """The owner, and administrators of the settings those that are shared."""
    is_shared = response.sharing != Sharing.OWN
    return bool(response.owner_id == user.pk or (is_shared and user.is_settings_administrator))
