"""Plots happen: each step calls the service that a page or a mail would have called, at its moment in the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import singledispatchmethod
from random import Random

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft, Via
from deskhand.base.files.public import StoredFile, store_bytes
from deskhand.base.mail.public import OutgoingMail, read_mail, receive_mail
from deskhand.config.demo.files import SentFile, make_file
from deskhand.config.demo.founding import Cast
from deskhand.config.demo.letters import Answered, Parcel, write_letter
from deskhand.config.demo.plots import (
    Comes,
    CustomerWrites,
    DeskWrites,
    IsMarked,
    IsNoted,
    IsSorted,
    IsTaken,
    Moves,
    Plot,
    Step,
)
from deskhand.config.demo.sources import Sources
from deskhand.kit.html import text_to_html
from deskhand.kit.work.models import WorkState
from deskhand.support.tickets.public import (
    CardState,
    NewTicket,
    Ticket,
    assign_ticket,
    create_ticket,
    edit_ticket,
    move_ticket,
    note_on_ticket,
    reply_to_ticket,
    set_card_state,
)

#: How long the mail server took, back then.
_SENDING_TOOK = timedelta(seconds=3)


class Player:
    """Lets plots of one cast happen."""

    def __init__(self, sources: Sources, cast: Cast, *, seed: int) -> None:
        self._sources = sources
        self._cast = cast
        self._random = Random(seed)  # noqa: S311 - the same demo everywhere

    def play(self, plot: Plot) -> Ticket:
        """Let a plot happen, from the ticket's coming to its last step so far."""
        with as_past():
            scene = _Scene(self._sources, self._cast, plot, self._random)
            for step in plot.steps:
                scene.play(step)
            note_as_sent(scene.ticket)
        return scene.ticket


@contextmanager
def as_past() -> Iterator[None]:
    """One transaction whose facts wake up nobody: no mail leaves, no open page is told to ask again."""
    with transaction.atomic():
        before = len(connection.run_on_commit)
        yield
        del connection.run_on_commit[before:]


def note_as_sent(ticket: Ticket) -> None:
    """The ticket's mails left when they were written: in a past without a mail server, and without recipients."""
    OutgoingMail.objects.of(ticket).filter(state=WorkState.WAITING).update(
        state=WorkState.DONE,
        attempts=1,
        claimed_at=F("created_at"),
        sent_at=F("created_at") + _SENDING_TOOK,
        html="",
        text="",
    )


class _Scene:
    """A ticket while its plot happens. ``ticket`` is there after the first step."""

    ticket: Ticket

    def __init__(self, sources: Sources, cast: Cast, plot: Plot, random: Random) -> None:
        self._cast = cast
        self._plot = plot
        self._random = random
        self._customer = plot.customer
        self._contact = cast.contacts[plot.customer.email]
        self._team = cast.teams[plot.story.team]
        self._language = sources.languages[plot.story.language]

    @singledispatchmethod
    def play(self, step: Step) -> None:
        raise NotImplementedError(type(step).__name__)

    @play.register
    def _(self, step: Comes) -> None:
        if step.by:
            self._take_call(step)
        else:
            self._deliver(step)

    @play.register
    def _(self, step: IsSorted) -> None:
        tags = [self._cast.tags[name] for name in step.tags]
        edit_ticket(self.ticket.pk, {"tags": tags, "priority": step.priority}, by=self._who(step), at=step.at)

    @play.register
    def _(self, step: IsTaken) -> None:
        assign_ticket(self.ticket.pk, self._cast.users[step.who], by=self._who(step), at=step.at)

    @play.register
    def _(self, step: DeskWrites) -> None:
        reply_to_ticket(self.ticket.pk, self._colleagues_draft(step, step.text, self._stored(step.files)), at=step.at)

    @play.register
    def _(self, step: IsNoted) -> None:
        note_on_ticket(self.ticket.pk, self._colleagues_draft(step, step.text), at=step.at)

    @play.register
    def _(self, step: CustomerWrites) -> None:
        answered = None if step.on_page else self._last_mail_to_customer()
        if answered is None:
            draft = Draft(
                html=text_to_html(step.text), author=self._contact, via=Via.LINK, files=self._stored(step.files)
            )
            reply_to_ticket(self.ticket.pk, draft, at=step.at)
        else:
            self._answer(step, answered)

    @play.register
    def _(self, step: Moves) -> None:
        stage = self._cast.stages[self._plot.story.team][step.stage]
        move_ticket(self.ticket.pk, stage.pk, by=self._who(step), at=step.at)

    @play.register
    def _(self, step: IsMarked) -> None:
        set_card_state(self.ticket.pk, CardState(step.state), by=self._who(step), at=step.at)

    # ---- how a ticket comes -----------------------------------------------------------------------------------------

    def _take_call(self, step: Comes) -> None:
        new = NewTicket(team=self._team, title=step.title, description=text_to_html(step.text), customer=self._contact)
        self.ticket = create_ticket(new, by=self._who(step), at=step.at)

    def _deliver(self, step: Comes) -> None:
        parcel = Parcel(files=self._made(step.files), in_copy=step.in_copy)
        ticket_id = self._receive(step, to=self._team.alias.address, subject=step.title, parcel=parcel)
        self.ticket = Ticket.objects.get(pk=ticket_id)

    def _answer(self, step: CustomerWrites, mail: OutgoingMail) -> None:
        answered = Answered(
            message_id=mail.message_id,
            subject=mail.subject,
            sender=mail.from_name,
            address=mail.from_address,
            text=mail.text,
            sent_at=mail.created_at,
        )
        parcel = Parcel(files=self._made(step.files), answers=answered)
        self._receive(step, to=mail.reply_to, subject=f"Re: {mail.subject}", parcel=parcel)

    def _receive(self, step: Comes | CustomerWrites, *, to: str, subject: str, parcel: Parcel) -> int:
        """As from the mail server; answers the id of the ticket that it made or joined.

        :raises CommandError: it found no ticket; the sentence says why.
        """
        raw = write_letter(
            self._customer,
            to=to,
            subject=subject,
            text=step.text,
            ending=step.ending,
            at=step.at,
            parcel=parcel,
            language=self._language,
            random=self._random,
        )
        mail = receive_mail(
            raw=raw, sender=self._customer.email, recipients=[to], via="smtp", at=step.at, wake_reader=False
        )
        read_mail(mail.pk, at=step.at)
        mail.refresh_from_db()
        if mail.object_id is None:
            raise CommandError(f"A mail of the demo was not understood: {mail.explanation}")
        return mail.object_id

    # ---- small things -----------------------------------------------------------------------------------------------

    def _who(self, step: Step) -> User:
        return self._cast.users[step.by]

    def _colleagues_draft(self, step: Step, text: str, files: tuple[StoredFile, ...] = ()) -> Draft:
        return Draft(html=text_to_html(text), author=self._who(step).contact, from_internal=True, files=files)

    def _last_mail_to_customer(self) -> OutgoingMail | None:
        return OutgoingMail.objects.of(self.ticket).filter(to_contact=self._contact).order_by("-pk").first()

    def _made(self, kinds: tuple[str, ...]) -> list[SentFile]:
        return [make_file(kind, self._random) for kind in kinds]

    def _stored(self, kinds: tuple[str, ...]) -> tuple[StoredFile, ...]:
        return tuple(store_bytes(file.data, name=file.name, mime_type=file.mime_type) for file in self._made(kinds))
