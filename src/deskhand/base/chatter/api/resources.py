"""Canned responses in the API, and the conversations of records of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.chatter.api.about import About, AboutAnswer, about_of
from deskhand.base.chatter.api.shapes import (
    FollowerAnswer,
    MessageAnswer,
    NewNoteBody,
    draft_of,
    follower_shown,
    followers_shown_of,
    message_shown,
    messages_of,
)
from deskhand.base.chatter.enums import Sharing
from deskhand.base.chatter.models import CannedResponse
from deskhand.base.chatter.pages.screens import CANNED_RESPONSES
from deskhand.base.chatter.places import AUDIENCES
from deskhand.base.chatter.policies import can_change_canned, can_write
from deskhand.base.chatter.queries import canned_visible_to
from deskhand.base.chatter.services.canned import CannedText, delete_canned, save_canned
from deskhand.base.chatter.services.following import add_followers, remove_follower
from deskhand.base.chatter.services.writing import log_note
from deskhand.base.contacts.public import Contact
from deskhand.kit import records
from deskhand.kit.api.checks import named
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Part, Ref, Resource, Text, Verb, changes_of, key_of, ref
from deskhand.kit.api.shapes import NO_NUL, Key, in_path
from deskhand.kit.clock import now


class CannedAnswer(Answer):
    id: int
    shortcut: str = Field(description="Typed with a colon in front.")
    text: str = Field(description="Plain text with placeholders such as {{ ticket.title }}.")
    sharing: Literal["own", "group", "all"] = Field(description="Used by the owner, by a group, by everybody.")
    audience: AboutAnswer | None = Field(description="The group, such as a team.")
    owner: Ref


class NewCannedBody(Body):
    shortcut: Annotated[str, Field(pattern=NO_NUL, min_length=1, max_length=40)]
    text: Annotated[Text, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=20_000)]
    sharing: Literal["own", "group", "all"] = "own"
    audience: About | None = Field(None, description="For `group`: the group, such as a team.")


class CannedResponses(Resource[CannedResponse]):
    key, title, one, screen = "canned-responses", _("Canned Responses"), _("Canned response"), CANNED_RESPONSES
    answer, new, changes = CannedAnswer, NewCannedBody, changes_of(NewCannedBody, "CannedResponseChanges")
    joins = ("owner",)

    def rows(self, user: Any) -> QuerySet[CannedResponse]:
        return canned_visible_to(user)

    def may_change(self, user: Any, record: CannedResponse) -> bool:
        return can_change_canned(user, record)

    def shown(self, record: CannedResponse, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "shortcut": record.shortcut,
            "text": record.text,
            "sharing": record.sharing,
            "audience": _audience_shown(record),
            "owner": ref(record.owner),
        }

    def create(self, user: Any, body: NewCannedBody) -> CannedResponse:
        return save_canned(_typed(user, body.model_dump()), by=user)

    def change(self, user: Any, record: CannedResponse, body: Any) -> None:
        before = {
            "shortcut": record.shortcut,
            "text": record.text,
            "sharing": record.sharing,
            "audience": _audience_shown(record),
        }
        changes = body.model_dump(include=body.model_fields_set)
        save_canned(_typed(user, before | changes), by=user, pk=record.pk)

    def delete(self, user: Any, record: CannedResponse) -> None:
        delete_canned(record.pk, by=user)


def _audience_shown(record: CannedResponse) -> Mapping[str, Any] | None:
    if record.audience_type_id is None or record.audience_id is None:
        return None
    return about_of(record.audience_type_id, record.audience_id)


def _typed(user: Any, values: Mapping[str, Any]) -> CannedText:
    audience: Model | None = None
    if values["audience"] is not None and values["sharing"] == Sharing.GROUP:
        wanted = values["audience"]
        kind = next((one for one in AUDIENCES if key_of(one.model) == wanted["kind"]), None)
        if kind is None:
            known = ", ".join(key_of(one.model) for one in AUDIENCES)
            raise invalid("audience.kind", __("Use one of: %(known)s.") % {"known": known})
        audience = named(kind.choices(user), wanted["id"], "audience.id")
    return CannedText(values["shortcut"], values["text"], Sharing(values["sharing"]), audience)


CANNED_API = CannedResponses()


# ---- conversations --------------------------------------------------------------------------------------------------


def add_conversation(resource: Resource[Any]) -> None:
    """Let records of a kind be talked about: messages and notes, followers. What the kind has already, it keeps."""
    for part in _PARTS:
        if part.path not in {known.path for known in resource.parts}:
            resource.part(part)
    for verb in _VERBS:
        if verb.name not in {known.name for known in resource.verbs}:
            resource.verb(verb)


def _messages(record: Model, user: Any) -> Any:
    """The conversation, newest first: messages, internal notes, what changed."""
    _refuse_reader(record, user)
    return messages_of(record)


def _followers(record: Model, user: Any) -> Any:
    """Who follows the record."""
    _refuse_reader(record, user)
    return followers_shown_of(record)


def _refuse_reader(record: Model, user: Any) -> None:
    """Colleagues see each other, but what is noted about a user is for administrators.

    :raises PermissionDenied: the conversation is not for this user.
    """
    if records.find_visible(user, records.content_type_id(record), record.pk) is None:
        raise PermissionDenied


def _note(record: Model, user: Any, sent: NewNoteBody) -> Any:
    """Write an internal note; no customer ever sees it."""
    return log_note(record, draft_of(sent, user), at=now())


def _follow(record: Model, user: Any, contact: int) -> None:
    """Let a contact follow the record."""
    found = named(Contact.objects.visible_to(user), contact, "contact")
    add_followers(record, [found.pk])


def _unfollow(record: Model, user: Any, contact: int) -> None:
    """Let a contact follow the record no more."""
    del user
    remove_follower(record, contact)


_one = {"contact": in_path(Key)}
_PARTS: tuple[Part[Any], ...] = (
    Part("messages", "messages", _("List messages"), _messages, message_shown, MessageAnswer, ("-pk",)),
    Part("followers", "followers", _("List followers"), _followers, follower_shown, FollowerAnswer, ("pk",)),
)
_VERBS: tuple[Verb[Any], ...] = (
    Verb(
        "POST", "notes", "note", _("Write a note"), _note, scope="notes", body=NewNoteBody, status=201,
        answer=MessageAnswer, shown=message_shown, may=can_write,
    ),
    Verb(
        "PUT", "followers/{contact}", "follow", _("Add a follower"), _follow, scope="followers", status=204,
        takes=_one, may=can_write,
    ),
    Verb(
        "DELETE", "followers/{contact}", "unfollow", _("Take a follower away"), _unfollow, scope="followers",
        status=204, takes=_one, may=can_write,
    ),
)  # fmt: skip
