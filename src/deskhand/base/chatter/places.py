"""What the conversation leaves open for others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.panels import Place
from deskhand.kit.ui.shapes import Badge, HeaderButton

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _none(record: Any) -> Sequence[Any]:
    del record
    return ()


def _nobody(record: Any, users: Sequence[User]) -> Collection[int]:
    del record, users
    return ()


@dataclass(frozen=True)
class Conversation:
    """One kind of record that has a conversation.

    ``may_write`` says whether a user who sees the record takes part: writes, follows, lets others follow. ``company``
    is in whose name messages go out; a record without one answers None. ``addressed`` are those whom a
    message is for, whether they follow or not. ``above`` are records whose followers are told
    of this one's conversation as well (a ticket's team). ``readers`` are the ids of those among the users who see the
    record, at most one query for all of them; None: each is asked by ``visible_to``. ``admits`` are those who would see
    it if they followed it.
    """

    model: type[Model]
    may_write: Callable[[Any, Any], bool]
    company: Callable[[Any], Company | None]
    addressed: Callable[[Any], Sequence[Contact]] = _none
    above: Callable[[Any], Sequence[Model]] = _none
    readers: Callable[[Any, Sequence[User]], Collection[int]] | None = None
    admits: Callable[[Any, Sequence[User]], Collection[int]] = _nobody


@dataclass(frozen=True)
class Audience:
    """A kind of group that canned responses may be shared in, such as teams.

    ``choices`` are the groups that a user may share in; ``of`` is the id of the group a record belongs to, or None.
    """

    model: type[Model]
    label: str | StrPromise
    choices: Callable[[Any], QuerySet[Any]]
    of: Callable[[Model], int | None]


@dataclass(frozen=True)
class Wording:
    """What canned responses may say about one kind of record: ``{{ ticket.title }}``.

    ``names`` are all placeholders with their labels, ``values`` what stands for them.
    """

    model: type[Model]
    names: Mapping[str, str | StrPromise]
    values: Callable[[Any], Mapping[str, str]]


CONVERSATIONS: Place[Conversation] = Place("chatter.conversations")
AUDIENCES: Place[Audience] = Place("chatter.audiences")
WORDINGS: Place[Wording] = Place("chatter.wordings")
#: Each gets the ids of the messages on a page and answers marks for some of them (*Delivered to 2*, *Not delivered*):
#: message id → badge. One query at most.
MESSAGE_MARKS: Place[Callable[[Sequence[int]], Mapping[int, Badge]]] = Place("chatter.message_marks")
#: What else can be begun beside *Send message* and *Log note*: each gets the record and the user.
CHAT_BUTTONS: Place[Callable[[Any, Any], HeaderButton | None]] = Place("chatter.buttons")
#: What stands above the messages: each gets the record and the user and answers HTML, "" for nothing. One query each.
CHAT_SECTIONS: Place[Callable[[Any, Any], SafeString | str]] = Place("chatter.sections")


def conversation_of(record: Model | type[Model]) -> Conversation | None:
    """How this kind of record converses; None: it does not."""
    model = record if isinstance(record, type) else type(record)
    return next((kind for kind in CONVERSATIONS if kind.model is model), None)
