"""Messages and followers as the API says them, for the resources of records that have a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Model, QuerySet
from pydantic import Field

from deskhand.base.chatter.models import Follower, Message
from deskhand.base.chatter.services.writing import Draft
from deskhand.base.files.api.public import AttachmentAnswer, attachment_shown, take_uploads
from deskhand.kit.api.checks import Email
from deskhand.kit.api.public import Answer, Body, Key, Ref, Text, ref
from deskhand.kit.html import text_to_html


class ChangeAnswer(Answer):
    """A tracked change, in words."""

    field: str
    label: str
    old: str
    new: str


class MessageAnswer(Answer):
    id: int
    kind: Literal["message", "note", "track"] = Field(
        description="`message`: the customer may read it; `note`: internal; `track`: what changed."
    )
    via: str
    author: Ref | None = Field(description="A contact; null: the desk itself.")
    from_internal: bool = Field(description="Written by somebody who works here.")
    subject: str
    body_html: str
    quote_html: str = Field(description="What the mail quoted.")
    changes: list[ChangeAnswer]
    reason: str = Field(description="Why a mail landed here, in words.")
    attachments: list[AttachmentAnswer]
    created_at: datetime


class NewNoteBody(Body):
    text: Text = Field("", description="Plain text.")
    html: Text = Field("", description="HTML instead of text; it is cleaned.")
    attachments: list[Annotated[UUID, Field(strict=False)]] = Field(
        [], max_length=20, description="Ids of uploads (`POST attachments`) that are nobody's yet."
    )


class NewMessageBody(NewNoteBody):
    to: list[Key] | None = Field(None, max_length=200, description="Ids of contacts who follow; null: all of them.")
    cc: list[Annotated[Email, Field(min_length=3)]] = Field(
        [], max_length=20, description="More mail addresses; they follow from then on."
    )


class FollowerAnswer(Answer):
    id: int = Field(description="Of the contact.")
    name: str
    email: str


def message_shown(message: Message) -> Mapping[str, Any]:
    return {
        "id": message.pk,
        "kind": message.kind,
        "via": message.via,
        "author": ref(message.author),
        "from_internal": message.from_internal,
        "subject": message.subject,
        "body_html": message.body_html,
        "quote_html": message.quote_html,
        "changes": message.changes,
        "reason": message.reason,
        "attachments": [attachment_shown(file) for file in message.attachments.all()],
        "created_at": message.created_at,
    }


def messages_of(record: Model) -> QuerySet[Message]:
    """The conversation with what its answers need. Two queries a page."""
    return Message.objects.of(record).select_related("author").prefetch_related("attachments")


def follower_shown(follower: Follower) -> Mapping[str, Any]:
    contact = follower.contact
    return {"id": contact.pk, "name": contact.name, "email": contact.email}


def followers_shown_of(record: Model) -> QuerySet[Follower]:
    return Follower.objects.of(record).select_related("contact")


def draft_of(body: NewNoteBody, user: Any) -> Draft:
    """What a caller wants to say, with the uploads that it names."""
    return Draft(
        html=body.html or text_to_html(body.text),
        author=user.contact,
        from_internal=True,
        files=take_uploads(body.attachments, user, "attachments"),
    )
