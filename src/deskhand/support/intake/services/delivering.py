"""Mail becomes tickets, and answers join them (IN-3, IN-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft, Follower, Message, add_followers
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact, contact_of_sender
from deskhand.base.mail.public import Delivery, Letter, Outcome, Thread, draft_of, without_tag
from deskhand.kit import records
from deskhand.kit.prepared import prepared, steady
from deskhand.support.intake.models import TeamAlias
from deskhand.support.teams.public import Team
from deskhand.support.tickets.public import (
    Channel,
    NewTicket,
    Opened,
    Ticket,
    begins_anew,
    name_successor,
    note_on_ticket,
    open_ticket,
    origin_of_successor,
    recipients_of,
    reply_to_ticket,
)


@dataclass(frozen=True)
class Author:
    """Who wrote a mail. ``user`` is set for somebody who works here; ``is_proven``: not just by the From line."""

    contact: Contact
    user: User | None = None
    is_proven: bool = False


class TicketMailbox:
    """Receives mail at the aliases of the teams."""

    model = Ticket

    def owned(self, addresses: Sequence[str]) -> list[str]:
        aliases = {alias.address for alias in _aliases_of(addresses)}
        return [address for address in addresses if without_tag(address) in aliases]

    def offered(self) -> list[tuple[str, str]]:
        aliases = TeamAlias.objects.receiving().for_mail().order_by("team__name", "pk")
        return [(alias.address, alias.team.name) for alias in aliases]

    def numbered(self, number: int, letter: Letter) -> Ticket | None:
        """The ticket with this number of the company that was written to, if the sender takes part in it."""
        sender = letter.mail.sender.address
        follows = Follower.objects.filter(
            content_type=records.content_type_id(Ticket), object_id=OuterRef("pk"), contact__email=sender
        )
        domains = {address.rpartition("@")[2] for address in letter.recipients}
        tickets = Ticket.objects.filter(number=number, company__alias_domain__in=domains - {""})
        return tickets.filter(Q(customer_email=sender) | Exists(follows)).order_by("-pk").first() if sender else None

    def open(self, letter: Letter, *, at: datetime) -> Delivery | None:
        by_address = {alias.address: alias for alias in _aliases_of(letter.recipients)}
        owned = [address for address in letter.recipients if without_tag(address) in by_address]
        if not owned:
            return None
        team = by_address[without_tag(owned[0])].team
        others = tuple({without_tag(address) for address in owned} - {without_tag(owned[0])})
        twin = _twin_in(team, letter)
        if twin:
            explanation = _("The same message made ticket %(reference)s already.") % {"reference": twin.reference}
            return Delivery(Outcome.DUPLICATE, explanation, twin, others=others)
        made = _open_ticket(team, letter, at, origin=_("Came by mail to %(address)s.") % {"address": owned[0]})
        explanation = _("Mail to %(address)s makes tickets of %(team)s.") % {"address": owned[0], "team": team.name}
        return Delivery(Outcome.CREATED, explanation, *made, others)

    def join(self, thread: Thread, letter: Letter, *, at: datetime) -> Delivery:
        ticket = Ticket.objects.select_related("team__company", "team__alias").get(pk=thread.record.pk)
        author = _author(letter, ticket.team.company, thread)
        if author.user is None and begins_anew(ticket, at):
            return _open_anew(ticket, letter, author, at)
        message = _write(ticket, letter, author, thread.reason, at)
        return Delivery(Outcome.JOINED, thread.reason, ticket, message)


def _aliases_of(addresses: Sequence[str]) -> list[TeamAlias]:
    """Receiving aliases among addresses, whatever stands behind a ``+``. One query."""
    plain = {without_tag(address) for address in addresses}
    local_parts = {address.rpartition("@")[0] for address in plain}
    return [alias for alias in _receiving_at(sorted(local_parts)) if alias.address in plain]


@steady
@prepared
def _receiving_at(local_parts: Sequence[str]) -> QuerySet[TeamAlias]:
    return TeamAlias.objects.receiving().for_mail().with_local_parts(local_parts)


def _twin_in(team: Team, letter: Letter) -> Ticket | None:
    """The team's ticket in which a message with this Message-ID stands already (IN-5). No query for a new one."""
    pks = letter.stands_in.get(records.content_type_id(Ticket), ())
    return Ticket.objects.filter(pk__in=pks, team=team).order_by("pk").first() if pks else None


def _open_ticket(
    team: Team, letter: Letter, at: datetime, *, origin: str, author: Author | None = None, reason: str = ""
) -> Opened:
    mail = letter.mail
    author = author or _author(letter, team.company)
    made = open_ticket(
        NewTicket(
            team=team,
            title=mail.subject,
            customer=author.contact,
            customer_name=mail.sender.name[:200] or author.contact.name,
            customer_email=author.contact.email,
            channel=Channel.MAIL,
            opening=_draft(letter, author, reason),
            origin=origin,
        ),
        by=None,
        at=at,
    )
    copied = _known_in_copy(letter, team.company, author)
    if copied:
        add_followers(made.ticket, copied)
    return made


def _open_anew(ticket: Ticket, letter: Letter, author: Author, at: datetime) -> Delivery:
    """An answer to a ticket that was closed too long ago begins a new one; each names the other."""
    origin = origin_of_successor(ticket)
    made = _open_ticket(ticket.team, letter, at, origin=origin, author=author, reason=origin)
    name_successor(ticket, made.ticket, by=author.contact, at=at)
    return Delivery(Outcome.CREATED, origin, *made)


def _write(ticket: Ticket, letter: Letter, author: Author, reason: str, at: datetime) -> Message:
    """Colleagues write to the customer as on the page, but only if they proved that they got the mail they answer:
    anybody can write anybody's address into a From line."""
    if author.user and not author.is_proven:
        reason = _("%(reason)s It does not prove who wrote it, so it was not sent on to the customer.") % {
            "reason": reason
        }
        return note_on_ticket(ticket.pk, _draft(letter, author, reason), at=at)
    copied = _known_in_copy(letter, ticket.team.company, author)
    recipients = [pk for pk in recipients_of(ticket) if pk not in copied]
    message = reply_to_ticket(ticket.pk, _draft(letter, author, reason), at=at, recipients=recipients)
    if copied:
        add_followers(ticket, copied)
    return message


def _draft(letter: Letter, author: Author, reason: str) -> Draft:
    is_colleague = author.user is not None and author.is_proven
    return draft_of(letter, author.contact, from_internal=is_colleague, reason=reason)


def _author(letter: Letter, company: Company, thread: Thread | None = None) -> Author:
    """Who the From line names: a known contact or a new one; in a conversation perhaps a colleague.

    One query, and one more in a conversation.
    """
    sender = letter.mail.sender
    user = _colleague(sender.address, company) if thread else None
    if thread and user:
        return Author(user.contact, user, is_proven=thread.written_to == user.contact_id)
    return Author(contact_of_sender(email=sender.address, name=sender.name, company=company))


def _colleague(address: str, company: Company) -> User | None:
    return User.objects.internal().filter(email=address, companies=company).select_related("contact").first()


def _known_in_copy(letter: Letter, company: Company, author: Author) -> list[int]:
    """Ids of known contacts in To and Cc; never our own aliases, never who wrote it. No query for the usual mail."""
    ours = {without_tag(address) for address in letter.recipients}
    named = {box.address for box in (*letter.mail.to, *letter.mail.cc)}
    others = {address for address in named if address and without_tag(address) not in ours}
    others -= {author.contact.email}
    if not others:
        return []
    aliases = {alias.address for alias in _aliases_of(sorted(others))}
    used_here = Q(company=company) | Q(company=None)
    wanted = [address for address in others if without_tag(address) not in aliases]
    known = Contact.objects.active().filter(used_here, email__in=wanted).exclude(pk=author.contact.pk)
    return list(known.order_by("pk").values_list("pk", flat=True))
