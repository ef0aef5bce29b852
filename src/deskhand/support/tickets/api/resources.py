"""Tickets in the API, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.accounts.public import User, Viewer
from deskhand.base.chatter.api.public import (
    FollowerAnswer,
    MessageAnswer,
    NewMessageBody,
    NewNoteBody,
    draft_of,
    follower_shown,
    followers_shown_of,
    message_shown,
    messages_of,
)
from deskhand.base.chatter.public import MessageForm, add_followers, remove_follower
from deskhand.base.contacts.public import Contact, contact_of_sender
from deskhand.kit.addresses import record_address
from deskhand.kit.api.checks import Email, all_named, named, one_line
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Key, Line, Part, Ref, Resource, Text, Verb, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL, in_path
from deskhand.kit.clock import now
from deskhand.kit.prepared import prepared
from deskhand.support.teams.public import Stage, Tag, Team
from deskhand.support.tickets.enums import CardState, Channel
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.queries import told_of
from deskhand.support.tickets.services.archiving import archive_ticket, duplicate_ticket, restore_ticket
from deskhand.support.tickets.services.assigning import assign_ticket
from deskhand.support.tickets.services.creating import NewTicket, create_ticket
from deskhand.support.tickets.services.editing import edit_ticket, set_card_state
from deskhand.support.tickets.services.moving import move_ticket
from deskhand.support.tickets.services.talking import note_on_ticket, reply_to_ticket

Title = Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=500)]
Phone = Annotated[str, Field(pattern=NO_NUL, max_length=40)]


class TicketAnswer(Answer):
    id: int
    number: int
    reference: str = Field(description="The number as people say it: #00042.")
    title: str
    description: str = Field(description="HTML.")
    company: Ref
    team: Ref
    stage: Ref
    is_closed: bool = Field(description="Whether it is in a folded stage.")
    is_archived: bool
    priority: Literal[0, 1, 2, 3] = Field(description="Stars: 0 low, 1 medium, 2 high, 3 urgent.")
    card_state: Literal["progress", "ready", "blocked"]
    assignee: Ref | None = Field(description="A user.")
    customer: Ref | None = Field(description="A contact.")
    customer_name: str
    customer_email: str
    customer_phone: str
    tags: list[Ref]
    channel: str = Field(description="How it came in.")
    reopen_count: int
    created_at: datetime
    updated_at: datetime
    first_assigned_at: datetime | None
    closed_at: datetime | None
    first_closed_at: datetime | None
    version: int = Field(description="Grows with every edit of the fields.")
    url: str = Field(description="Its page.")


class NewTicketBody(Body):
    title: Title
    team: Key
    description: Text = Field("", description="HTML or plain text; it is cleaned.")
    customer: Key | None = Field(None, description="Id of a contact.")
    customer_name: Line = Field("", description="Empty: the name of the contact.")
    customer_email: Email = Field("", description="Without `customer`, the contact with this address, made if need be.")
    customer_phone: Phone = ""
    priority: Literal[0, 1, 2, 3] = 0
    tags: list[Key] = Field([], max_length=50)
    stage: Key | None = Field(None, description="One of the team's pipeline; null: its first one.")
    assignee: Key | None = Field(None, description="Id of a user.")


class TicketChanges(changes_of(NewTicketBody, "TicketFields", without=("stage",))):  # type: ignore[misc]
    """What shall change; what is left out stays as it is. The stage is moved by its own address."""

    card_state: Literal["progress", "ready", "blocked"] = Field(default_factory=lambda: "progress")


class StageBody(Body):
    stage: Key = Field(description="One of the pipeline of the ticket's team.")


class AssignmentBody(Body):
    user: Key = Field(description="A Helpdesk user of the ticket's company.")


class Tickets(Resource[Ticket]):
    key, title, one, screen = "tickets", _("Tickets"), _("Ticket"), TICKETS
    answer, new, changes = TicketAnswer, NewTicketBody, TicketChanges
    joins = ("company", "team", "stage", "assignee", "customer")
    lean = dict.fromkeys(joins, ("name",))
    prefetches = (Prefetch("tags", to_attr="shown_tags"),)
    sorts = {"updated_at": ["updated_at"]}

    def rows(self, user: Any) -> QuerySet[Ticket]:
        return Ticket.objects.visible_to(user)

    def visible(self, user: Any, pk: Any) -> Ticket:
        found = _with_all_that_is_shown(user.viewer, int(pk))
        if not found:
            raise Http404
        found[0].shown_tags = _tags_of(int(pk))  # type: ignore[attr-defined]
        return found[0]

    def may_change(self, user: Any, record: Ticket) -> bool:
        return can_work_on(user, record)

    def shown(self, record: Ticket, user: Any) -> Mapping[str, Any]:
        del user
        shown_tags: Sequence[Tag] = record.shown_tags  # type: ignore[attr-defined]
        return {
            "id": record.pk,
            "number": record.number,
            "reference": record.reference,
            "title": record.title,
            "description": record.description,
            "company": ref(record.company),
            "team": ref(record.team),
            "stage": ref(record.stage),
            "is_closed": record.is_closed,
            "is_archived": record.is_archived,
            "priority": record.priority,
            "card_state": record.card_state,
            "assignee": ref(record.assignee),
            "customer": ref(record.customer),
            "customer_name": record.customer_name,
            "customer_email": record.customer_email,
            "customer_phone": record.customer_phone,
            "tags": [ref(tag) for tag in shown_tags],
            "channel": record.channel,
            "reopen_count": record.reopen_count,
            "created_at": record.created_at,
            "updated_at": record.updated_at,
            "first_assigned_at": record.first_assigned_at,
            "closed_at": record.closed_at,
            "first_closed_at": record.first_closed_at,
            "version": record.version,
            "url": f"{settings.SITE_URL}{record_address('tickets:ticket', record.pk)}",
        }

    def create(self, user: Any, body: NewTicketBody) -> Ticket:
        team = next(iter(_team(user.viewer, body.team)), None) or named(Team.objects.none(), body.team, "team")
        stage = None if body.stage is None else named(team.stages.active(), body.stage, "stage")
        values = _records(user, body.model_dump(exclude={"team", "stage"}), team.company_id)
        if values["customer"] is None and values["customer_email"]:
            values["customer"] = contact_of_sender(
                email=values["customer_email"], name=values["customer_name"], company=team.company
            )
        return create_ticket(NewTicket(team=team, stage=stage, channel=Channel.API, **values), by=user, at=now())

    def change(self, user: Any, record: Ticket, body: Any) -> None:
        values, at = _records(user, sent(body), record.company_id), now()
        state = values.pop("card_state", None)
        if "team" in values:
            values["team"] = named(Team.objects.visible_to(user).active(), values["team"], "team")
        if values.get("customer"):  # a new customer brings their address and number along, as on the page
            contact = values["customer"]
            known = {"customer_name": contact.name, "customer_email": contact.email, "customer_phone": contact.phone}
            values = known | values
        if values:
            edit_ticket(record.pk, values, by=user, at=at)
        if state is not None:
            set_card_state(record.pk, CardState(state), by=user, at=at)

    def archive(self, user: Any, record: Ticket) -> None:
        archive_ticket(record.pk, by=user, at=now())

    def restore(self, user: Any, record: Ticket) -> None:
        restore_ticket(record.pk, by=user, at=now())


@prepared
def _with_all_that_is_shown(viewer: Viewer, pk: int) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(viewer).select_related(*Tickets.joins).filter(pk=pk)


@prepared
def _tags_of(pk: int) -> QuerySet[Tag]:
    return Tag.objects.filter(tickets=pk).order_by("name", "pk")


@prepared
def _team(viewer: Viewer, pk: int) -> QuerySet[Team]:
    return Team.objects.visible_to(viewer).active().select_related("company").filter(pk=pk)


def _records(user: Any, values: dict[str, Any], company_id: int) -> dict[str, Any]:
    """The fields as the services take them: records instead of ids, a title in one line."""
    if "title" in values:
        values["title"] = one_line(values["title"])
    if values.get("customer") is not None:
        values["customer"] = named(Contact.objects.visible_to(user), values["customer"], "customer")
    if values.get("assignee") is not None:
        values["assignee"] = _agent(values["assignee"], company_id, "assignee")
    if "tags" in values:
        values["tags"] = all_named(Tag.objects.all(), values["tags"], "tags")
    return values


def _agent(pk: int, company_id: int, field: str) -> User:
    agents = User.objects.with_role("helpdesk").filter(companies=company_id)
    return named(agents.distinct(), pk, field)


TICKETS_API = Tickets()


# ---- what is done with a ticket -------------------------------------------------------------------------------------


def _move(record: Ticket, user: Any, sent: StageBody) -> Ticket:
    """Move the ticket to a stage of its team; into a folded one closes it, out of it reopens it."""
    named(Stage.objects.active().filter(teams=record.team_id), sent.stage, "stage")
    return move_ticket(record.pk, sent.stage, by=user, at=now())


def _assign(record: Ticket, user: Any, sent: AssignmentBody) -> Ticket:
    """Give the ticket to somebody, who follows it from then on."""
    return assign_ticket(record.pk, _agent(sent.user, record.company_id, "user"), by=user, at=now())


def _unassign(record: Ticket, user: Any) -> Ticket:
    """Nobody has the ticket any more."""
    return assign_ticket(record.pk, None, by=user, at=now())


def _copy(record: Ticket, user: Any) -> Ticket:
    """A new, open ticket with the same content."""
    return duplicate_ticket(record.pk, by=user, at=now())


def _write(record: Ticket, user: Any, sent: NewMessageBody) -> Any:
    """Write to the customer and the followers; who gets it by mail is `to` and `cc`."""
    followers = [contact.pk for contact in told_of(record) if contact.pk != user.contact_id and contact.email]
    to = followers if sent.to is None else sent.to
    if not set(to) <= set(followers):
        raise invalid("to", str(_("Only followers of the ticket get its messages. Add others in cc.")))
    if not (to or sent.cc):
        raise invalid("to", str(MessageForm.nobody), code="nobody")
    draft = draft_of(sent, user)
    copies = [contact_of_sender(email=address, name="", company=record.company).pk for address in sent.cc]
    if copies:
        add_followers(record, copies)
    return reply_to_ticket(record.pk, draft, at=now(), recipients=[*to, *copies])


def _note(record: Ticket, user: Any, sent: NewNoteBody) -> Any:
    """Write an internal note; no customer ever sees it."""
    return note_on_ticket(record.pk, draft_of(sent, user), at=now())


def _follow(record: Ticket, user: Any, contact: int) -> None:
    """Let a contact follow the ticket."""
    found = named(Contact.objects.visible_to(user), contact, "contact")
    add_followers(record, [found.pk])


def _unfollow(record: Ticket, user: Any, contact: int) -> None:
    """Let a contact follow the ticket no more."""
    del user
    remove_follower(record, contact)


def _messages(record: Ticket, user: Any) -> Any:
    """The conversation, newest first: messages, internal notes, what changed."""
    del user
    return messages_of(record)


def _followers(record: Ticket, user: Any) -> Any:
    """Who follows the ticket."""
    del user
    return followers_shown_of(record)


_one = {"contact": in_path(Key)}
TICKETS_API.part(Part("messages", "messages", _("List messages"), _messages, message_shown, MessageAnswer, ("-pk",)))
TICKETS_API.part(
    Part("followers", "followers", _("List followers"), _followers, follower_shown, FollowerAnswer, ("pk",))
)
_VERBS: Sequence[Verb[Ticket]] = (
    Verb("PUT", "stage", "move", _("Move to a stage"), _move, scope="stage", body=StageBody),
    Verb("PUT", "assignment", "assign", _("Assign"), _assign, scope="assignment", body=AssignmentBody),
    Verb("DELETE", "assignment", "unassign", _("Unassign"), _unassign, scope="assignment"),
    Verb("POST", "copies", "copy", _("Duplicate"), _copy, status=201),
    Verb(
        "POST", "messages", "write", _("Write a message"), _write, scope="messages", body=NewMessageBody, status=201,
        answer=MessageAnswer, shown=message_shown,
    ),
    Verb(
        "POST", "notes", "note", _("Write a note"), _note, scope="notes", body=NewNoteBody, status=201,
        answer=MessageAnswer, shown=message_shown,
    ),
    Verb(
        "PUT", "followers/{contact}", "follow", _("Add a follower"), _follow, scope="followers", status=204, takes=_one,
    ),
    Verb(
        "DELETE", "followers/{contact}", "unfollow", _("Take a follower away"), _unfollow, scope="followers",
        status=204, takes=_one,
    ),
)  # fmt: skip
for _verb in _VERBS:
    TICKETS_API.verb(_verb)
