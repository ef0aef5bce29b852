"""What the mail leaves open for others: who owns an address, in whose name a record writes, what templates may say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model

from deskhand.base.chatter.public import Message
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import StoredFile
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.parsing import ParsedMail
from deskhand.kit.panels import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Letter:
    """A mail on its way to an app: parsed, its files stored, nothing decided yet.

    ``recipients`` are those of the envelope, in lower case. ``stands_in`` are the ids of records, by content type, in
    which a message with this Message-ID stands already.
    """

    mail: ParsedMail
    recipients: tuple[str, ...]
    files: tuple[StoredFile, ...] = ()
    stands_in: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Thread:
    """The conversation that a mail answers. ``written_to`` is the contact whose mail is answered, if that is known:
    only they could know its Message-ID or reply token. ``reason`` says in words why it belongs there."""

    record: Model
    reason: str
    written_to: int | None = None


@dataclass(frozen=True)
class Delivery:
    """What became of a mail: the outcome, why (a sentence), and the record and message it led to.

    ``others`` are further addresses of ours it was sent to: each of them gets the mail once more, by itself.
    """

    outcome: Outcome
    explanation: str
    record: Model | None = None
    message: Message | None = None
    others: tuple[str, ...] = ()


class Mailbox(Protocol):
    """An app that receives mail, for records of one ``model``. Everything here runs in the mail's transaction."""

    @property
    def model(self) -> type[Model]: ...

    def owned(self, addresses: Sequence[str]) -> list[str]:
        """Those of the addresses (lower case) that are ours. Asked during SMTP: one query at most."""
        ...

    def offered(self) -> list[tuple[str, str]]:
        """All addresses that are ours, each with what it belongs to: people choose from them. One query."""
        ...

    def numbered(self, number: int, letter: Letter) -> Model | None:
        """The record with this number, if the sender of the letter takes part in its conversation."""
        ...

    def open(self, letter: Letter, *, at: datetime) -> Delivery | None:
        """Begin a new conversation; None: none of the recipients is ours."""
        ...

    def join(self, thread: Thread, letter: Letter, *, at: datetime) -> Delivery:
        """Add the mail to a conversation that it answers."""
        ...


@dataclass(frozen=True)
class Identity:
    """In whose name a record writes: ``Nordlys Home Customer Care <care@nordlys.example>``.

    ``takes_replies``: the address is ours, so that an answer to it comes back here.
    """

    name: str
    address: str
    takes_replies: bool = True


@dataclass(frozen=True)
class RecordMail:
    """How mails of one kind of record look. ``model`` is its class, ``reference`` its number as people say it.

    ``identity`` says from whom; the reply address is the same with ``+token`` in its local part. ``company`` is what
    customers know the sender by. ``subject`` is the subject of a message without one. ``link`` answers the address at
    which a contact may see the record, or "" when there is none; it is asked once per mail, inside the transaction,
    and ``contact.user`` is at hand. ``link_label`` is the button to it. ``identity_of`` also looks at the message,
    where the record alone does not say who writes; ``company`` and ``subject`` may then be left to it ("").
    """

    model: type[Model]
    identity: Callable[[Any], Identity]
    company: Callable[[Any], str]
    reference: Callable[[Any], str]
    subject: Callable[[Any], str]
    link: Callable[[Any, Contact], str]
    link_label: str | StrPromise
    identity_of: Callable[[Any, Message], Identity] | None = None

    def writes_as(self, record: Any, message: Message) -> Identity:
        return self.identity_of(record, message) if self.identity_of else self.identity(record)


@dataclass(frozen=True)
class Placeholder:
    """Something that a template may say: ``{{ ticket.title }}``. ``sample`` stands for it in the preview."""

    name: str
    label: str | StrPromise
    sample: str | StrPromise


@dataclass(frozen=True)
class TemplateKind:
    """What templates about one kind of record may say. ``about`` is the record's model name.

    ``sender``, ``company`` and ``reference`` name the placeholders whose samples stand around the text in the preview;
    ``link_label`` is the button below it.
    """

    about: str
    title: str | StrPromise
    link_label: str | StrPromise
    sender: str
    company: str
    reference: str
    placeholders: tuple[Placeholder, ...]


@dataclass(frozen=True)
class StandardTemplate:
    """A template that every Deskhand has. It can be reworded, not deleted."""

    key: str
    name: str
    about: str
    subject: str
    body_html: str


MAILBOXES: Place[Mailbox] = Place("mail.mailboxes")
RECORD_MAILS: Place[RecordMail] = Place("mail.record_mails")
TEMPLATE_KINDS: Place[TemplateKind] = Place("mail.template_kinds")
STANDARD_TEMPLATES: Place[StandardTemplate] = Place("mail.standard_templates")
#: Each says whether a user may see all mails and change templates; one yes is enough.
MAIL_ADMINISTRATORS: Place[Callable[[Any], bool]] = Place("mail.administrators")
#: Each gets the ids of colleagues whom a message goes to and answers those who do not want it by mail. One query.
MAIL_WISHES: Place[Callable[[Sequence[int]], Collection[int]]] = Place("mail.wishes")
