"""What the conversation adds to the house: whom its files are for, and a conversation beside records below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.models import Follower, Message
from deskhand.base.chatter.pages.views.conversation import drawn_chat, drawn_presence
from deskhand.base.chatter.places import CONVERSATIONS, Conversation, conversation_of
from deskhand.base.chatter.policies import can_write
from deskhand.base.companies.public import can_configure
from deskhand.base.contacts.public import CONTACT_REFERENCES, Contact, Reference, plain_reference
from deskhand.base.files.public import FILE_RULES, Attachment
from deskhand.kit import records
from deskhand.kit.live import Topic, register_topic
from deskhand.kit.screens import RECORD_ASIDES, RECORD_MARKS
from deskhand.kit.shell import everybody


def _is_for(user: Any, attachment: Attachment) -> bool:
    """Who works here has every file of a record; all others those of messages, never those of internal notes."""
    return bool(user.is_internal) or Message.objects.public().filter(attachments=attachment).exists()


def _beside(request: HttpRequest, record: Any) -> SafeString | str:
    return drawn_chat(request, record) if _is_read_by(request.user, record) else ""


def _who_else(request: HttpRequest, record: Any) -> SafeString | str:
    return drawn_presence(record) if _is_read_by(request.user, record) else ""


def _is_read_by(user: Any, record: Any) -> bool:
    """Some see a record's sheet, but not what is said about it. A query only for those who do not take part."""
    if conversation_of(record) is None:
        return False
    return can_write(user, record) or records.type_of(record).visible_to(user).filter(pk=record.pk).exists()


def _may_watch_contact(user: Any, pk: int) -> bool:
    return Contact.objects.visible_to(user).filter(pk=pk).exists()


def _may_watch_user(user: Any, pk: int) -> bool:
    return User.objects.manageable_by(user).filter(pk=pk).exists()


def _move_followers(survivor: int, merged: Sequence[int]) -> int:
    """Who followed a record twice follows it once, with all that either of both got."""
    moving = list(Follower.objects.filter(contact__in=merged).order_by("pk"))
    known = {(one.content_type_id, one.object_id): one for one in Follower.objects.filter(contact=survivor)}
    for follower in moving:
        twin = known.setdefault((follower.content_type_id, follower.object_id), follower)
        if twin is follower:
            follower.contact_id = survivor
            follower.save(update_fields=["contact"])
            continue
        for name in _RECEIVES:
            setattr(twin, name, getattr(twin, name) or getattr(follower, name))
        twin.save(update_fields=list(_RECEIVES))
        follower.delete()
    return len(moving)


_RECEIVES = ("gets_messages", "gets_notes", "gets_stages", "gets_changes")
FILE_RULES.add(_is_for)
RECORD_ASIDES.add(_beside)
RECORD_MARKS.add(_who_else)
# Whoever may sign in is administrators' business, and so is what they note about it.
records.register(
    records.RecordType(
        model=User,
        visible_to=User.objects.manageable_by,
        url=lambda user: reverse("accounts:user", args=[user.pk]),
        title=str,
    )
)
CONVERSATIONS.add(
    Conversation(
        Contact,
        may_write=lambda user, _contact: everybody(user),
        company=lambda contact: contact.company,
        addressed=lambda contact: [contact],
    )
)
CONVERSATIONS.add(
    Conversation(
        User,
        may_write=lambda user, _other: can_configure(user),
        company=lambda user: user.company,
        addressed=lambda user: [user.contact],
    )
)
register_topic(Topic("contact", _may_watch_contact, shows_presence=True))
register_topic(Topic("user", _may_watch_user, shows_presence=True))
CONTACT_REFERENCES.add(Reference(_("Followed records"), ((Follower, "contact"),), _move_followers))
CONTACT_REFERENCES.add(plain_reference(_("Messages"), Message, "author"))
