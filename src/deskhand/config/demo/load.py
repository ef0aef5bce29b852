"""Tickets by the thousand, to measure with: rows as real tickets leave them, written in bulk without services."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Follower, Message, MessageKind, Via
from deskhand.base.companies.public import next_numbers
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail
from deskhand.config.demo.founding import Cast
from deskhand.config.demo.plots import CANCELLED, IN_PROGRESS, NEW, ON_HOLD, SOLVED
from deskhand.config.demo.sources import Sources, Story
from deskhand.config.demo.wording import make_slots, worded
from deskhand.kit import records
from deskhand.kit.html import text_to_html
from deskhand.kit.work.models import WorkState
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.public import Channel, StageStay, Ticket, TicketLink

#: Over how long a time the tickets came.
_SPAN = timedelta(days=730)
#: Which team gets which of each twenty tickets.
_TURNS = ["care"] * 11 + ["parts"] * 6 + ["finance"] * 3
#: How many of each team's newest tickets are open; of the first, three columns of what a column shows at first.
_OPEN = {"care": 120, "parts": 60, "finance": 30}
_OPEN_STAGES = (NEW, IN_PROGRESS, ON_HOLD)
_ROWS_AT_ONCE = {"postgresql": 2_000}


def add_load(cast: Cast, sources: Sources, *, first: int, last: int, at: datetime, seed: int) -> None:
    """Make the tickets ``first`` to ``last`` of the company, with five messages each.

    A batch is a transaction. Afterwards the database counts anew what its plans are made from.
    """
    batch = _Batch(cast, sources, total=last, at=at, seed=seed)
    size = batch.rows_at_once
    for start in range(first, last, size):
        with transaction.atomic():
            batch.make(range(start, min(start + size, last)))
    if first < last:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@dataclass(frozen=True)
class _Outline:
    """What is decided of a ticket before its rows are written; ``moments`` are those of its nine entries."""

    ticket: Ticket
    story: Story
    agent: User
    texts: list[str]
    moments: list[datetime]

    @property
    def customer(self) -> Contact:
        assert self.ticket.customer is not None  # noqa: S101 - for the type checker
        return self.ticket.customer

    @cached_property
    def messages(self) -> list[Message]:
        return list(_messages(self))


class _Batch:
    """Writes tickets of one company, a batch at a time."""

    def __init__(self, cast: Cast, sources: Sources, *, total: int, at: datetime, seed: int) -> None:
        self.rows_at_once = _ROWS_AT_ONCE.get(connection.vendor, 500)
        self._cast = cast
        self._sources = sources
        self._total = total
        self._at = at
        self._seed = seed
        self._open = _open_stages(total)
        self._stories = {key: [one for one in sources.stories if one.team == key] for key in _OPEN}
        self._agents = {key: [cast.users[one.email] for one in sources.colleagues if key in one.teams] for key in _OPEN}

    def make(self, indexes: range) -> None:
        """These tickets and all that belongs to them: eight statements for each ``rows_at_once`` rows."""
        numbers = next_numbers(self._cast.company.pk, "ticket", len(indexes))
        outlines = [self._outline(index, number) for index, number in zip(indexes, numbers, strict=True)]
        self._write(Ticket, (outline.ticket for outline in outlines))
        self._write(StageStay, (stay for outline in outlines for stay in self._stays(outline)))
        self._write(Follower, (follower for outline in outlines for follower in _followers(outline)))
        self._write(Ticket.tags.through, (row for outline in outlines for row in self._tags(outline)))
        self._write(Message, (message for outline in outlines for message in outline.messages))
        self._write(OutgoingMail, (mail for outline in outlines for mail in self._mails_out(outline)))
        self._write(TicketLink, (link for outline in outlines for link in _links(outline)))
        self._write(IncomingMail, (mail for outline in outlines for mail in self._mails_in(outline)))

    def _write(self, model: type[models.Model], rows: Iterable[Any]) -> None:
        model._default_manager.bulk_create(rows, batch_size=self.rows_at_once)  # noqa: SLF001 - of any model

    def _outline(self, index: int, number: int) -> _Outline:
        random = Random(f"{self._seed} {index}")  # noqa: S311 - the same load everywhere
        key = _TURNS[index % len(_TURNS)]
        story = random.choice(self._stories[key])
        writers = [one for one in self._sources.customers if one.language == story.language]
        writer = random.choice(writers)
        slots = make_slots(self._sources.products.get(story.product, ()), writer.city, random)
        texts = [worded(text, slots, random) for text in (story.title, story.opening, *(story.turns * 3)[:3])]
        begun_at = self._at - _SPAN * (1 - (index + random.random()) / self._total)
        pauses = [0, 0, 1, 20, 30, 200, 1_300, 1_500, 2_900]
        moments = [min(begun_at + timedelta(minutes=pause), self._at) for pause in pauses]
        stage = self._open.get(index) or (CANCELLED if index % 12 == 0 else SOLVED)
        contact = self._cast.contacts[writer.email]
        agent = random.choice(self._agents[key])
        closed_at = None if stage in _OPEN_STAGES else moments[-1]
        ticket = Ticket(
            company=self._cast.company,
            number=number,
            position=-number,
            title=texts[0],
            description=text_to_html(texts[1]),
            team=self._cast.teams[key],
            stage=self._stage(key, stage),
            priority=random.choice((0, 0, 0, 0, 1, 1, 2, 3)),
            assignee=agent,
            first_assigned_at=moments[3],
            customer=contact,
            customer_name=contact.name,
            customer_email=contact.email,
            customer_phone=contact.phone,
            channel=Channel.MAIL,
            created_at=begun_at,
            updated_at=moments[-1],
            closed_at=closed_at,
            first_closed_at=closed_at,
        )
        return _Outline(ticket, story, agent, texts, moments)

    def _stage(self, team: str, name: str) -> Stage:
        return self._cast.stages[team][name]

    def _stays(self, outline: _Outline) -> Iterator[StageStay]:
        ticket, moments = outline.ticket, outline.moments
        steps = [(self._stage(outline.story.team, NEW), moments[0])]
        if ticket.stage.name != NEW:
            steps.append((self._stage(outline.story.team, IN_PROGRESS), moments[4]))
        if ticket.stage.name not in {NEW, IN_PROGRESS}:
            steps.append((ticket.stage, moments[8]))
        ends = [entered_at for _stage, entered_at in steps[1:]]
        for (stage, entered_at), left_at in zip(steps, [*ends, None], strict=True):
            yield StageStay(ticket=ticket, stage=stage, entered_at=entered_at, left_at=left_at)

    def _tags(self, outline: _Outline) -> Iterator[models.Model]:
        for name in outline.story.tags:
            yield Ticket.tags.through(ticket=outline.ticket, tag=self._cast.tags[name])

    def _mails_out(self, outline: _Outline) -> Iterator[OutgoingMail]:
        sender = f"{outline.ticket.team.alias.local_part}@{self._cast.company.alias_domain}"
        for index, message in enumerate(outline.messages):
            if message.kind == MessageKind.MESSAGE and message.via != Via.MAIL:
                yield _mail_out(outline, message, outline.customer, sender, f"{outline.ticket.pk}.{index}")
            elif message.via == Via.MAIL and index > 1:
                yield _mail_out(outline, message, outline.agent.contact, sender, f"{outline.ticket.pk}.{index}")

    def _mails_in(self, outline: _Outline) -> Iterator[IncomingMail]:
        for message in outline.messages:
            if message.via == Via.MAIL:
                yield _mail_in(outline, message, self._cast.company.alias_domain)


def _open_stages(total: int) -> dict[int, str]:
    """Index → stage, of those that are open: the newest of each team, in equal numbers per stage."""
    found: dict[int, str] = {}
    left = dict(_OPEN)
    for index in reversed(range(total)):
        team = _TURNS[index % len(_TURNS)]
        if left[team]:
            left[team] -= 1
            found[index] = _OPEN_STAGES[left[team] % len(_OPEN_STAGES)]
        elif not any(left.values()):
            break
    return found


def _followers(outline: _Outline) -> Iterator[Follower]:
    for contact in (outline.customer, outline.agent.contact):
        yield Follower(content_type_id=_kind(), object_id=outline.ticket.pk, contact=contact)


def _messages(outline: _Outline) -> Iterator[Message]:
    """Nine entries: five messages, and what changed between them."""
    agent, customer = outline.agent.contact, outline.customer
    _title, opening, first, second, third = outline.texts
    kind, stage = MessageKind.MESSAGE, outline.ticket.stage.name
    yield _entry(outline, 0, kind=MessageKind.TRACK, body_html="Came by mail.", via=Via.AUTOMATIC)
    yield _entry(outline, 1, kind=kind, author=customer, body_html=text_to_html(opening), via=Via.MAIL)
    yield _entry(outline, 2, kind=kind, body_html=text_to_html(first), via=Via.AUTOMATIC)
    yield _entry(outline, 3, kind=MessageKind.TRACK, author=agent, changes=[_change("assignee", agent.name)])
    yield _entry(outline, 4, kind=MessageKind.TRACK, author=agent, changes=[_change("stage", IN_PROGRESS)])
    yield _entry(outline, 5, kind=kind, author=agent, body_html=text_to_html(first))
    yield _entry(
        outline,
        6,
        kind=kind,
        author=customer,
        body_html=text_to_html(second),
        quote_html=text_to_html(first),
        via=Via.MAIL,
    )
    yield _entry(outline, 7, kind=kind, author=agent, body_html=text_to_html(third))
    yield _entry(outline, 8, kind=MessageKind.TRACK, author=agent, changes=[_change("stage", stage)])


def _entry(outline: _Outline, index: int, *, author: Contact | None = None, **fields: Any) -> Message:
    return Message(
        content_type_id=_kind(),
        object_id=outline.ticket.pk,
        author=author,
        from_internal=author is not outline.customer,
        message_id=f"{outline.ticket.pk}.{index}@load.example" if fields.get("via") == Via.MAIL else "",
        created_at=outline.moments[index],
        **fields,
    )


def _change(field: str, new: str) -> dict[str, str]:
    return {"field": field, "label": field.capitalize(), "old": "", "new": new}


def _mail_out(outline: _Outline, message: Message, to: Contact, sender: str, key: str) -> OutgoingMail:
    return OutgoingMail(
        chatter_message=message,
        content_type_id=_kind(),
        object_id=outline.ticket.pk,
        to_contact=to,
        to_address=to.email,
        to_name=to.name,
        from_address=sender,
        from_name=outline.ticket.team.name,
        reply_to=sender,
        subject=outline.ticket.title,
        message_id=f"{key}@{sender.partition('@')[2]}",
        is_automatic=message.is_automatic,
        created_at=message.created_at,
        due_at=message.created_at,
        sent_at=message.created_at,
        state=WorkState.DONE,
        attempts=1,
    )


def _links(outline: _Outline) -> Iterator[TicketLink]:
    """One for each mail to the customer; nobody has the tokens."""
    for index in range(3):
        token_hash = salted_hmac("demo.load", f"{outline.ticket.pk} {index}", algorithm="sha256").hexdigest()
        expires_at = outline.moments[0] + timedelta(days=365)
        yield TicketLink(ticket=outline.ticket, contact=outline.customer, token_hash=token_hash, expires_at=expires_at)


def _mail_in(outline: _Outline, message: Message, domain: str) -> IncomingMail:
    raw = f"From: {outline.customer.email}\nSubject: {outline.ticket.number}\n\n{message.body_html}\n".encode()
    return IncomingMail(
        raw=raw,
        digest=hashlib.sha256(message.message_id.encode()).hexdigest(),
        size=len(raw),
        sender=outline.customer.email,
        recipients=[f"load@{domain}"],
        received_at=message.created_at,
        due_at=message.created_at,
        message_id=message.message_id,
        from_address=outline.customer.email,
        subject=outline.ticket.title,
        outcome=Outcome.JOINED if message.quote_html else Outcome.CREATED,
        content_type_id=_kind(),
        object_id=outline.ticket.pk,
        chatter_message=message,
        state=WorkState.DONE,
        attempts=1,
    )


def _kind() -> int:
    return records.content_type_id(Ticket)
