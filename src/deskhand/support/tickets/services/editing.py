"""Changing what a ticket says: its fields, tags, stars and card state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import FieldChange, add_followers, log_changes
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.public import Team
from deskhand.support.tickets.enums import CardState, Priority
from deskhand.support.tickets.events import TicketEdited
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.assigning import hand_over
from deskhand.support.tickets.services.creating import TeamArchived, TeamWithoutStages
from deskhand.support.tickets.services.locking import locked_ticket
from deskhand.support.tickets.services.moving import enter_stage

#: Fields a person may edit by themselves; stage, assignee, team and tags have ways of their own below.
PLAIN_FIELDS = ("title", "description", "priority", "customer", "customer_name", "customer_email", "customer_phone")


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    message = _("Somebody else changed this ticket meanwhile. Reload it and make your changes again.")


class TeamOfOtherCompany(DomainError):
    code = "team_of_other_company"
    message = _("This team belongs to another company. A ticket stays in its company; choose a team of the same one.")
    field = "team"


@in_transaction
def edit_ticket(
    ticket_id: int, values: Mapping[str, Any], *, by: User | None, at: datetime, version: int | None = None
) -> Ticket:
    """Set fields of a ticket; what does not differ is left alone, what does is recorded in the chatter.

    ``values`` may hold ``PLAIN_FIELDS``, ``assignee`` (User or None), ``team`` and ``tags`` (a collection). ``version``
    is the one the person saw; None: do not compare. Moving to another team keeps the stage if that team has it, else
    takes its first one (RULES, Ticket).

    :raises ChangedMeanwhile: the ticket is newer than ``version``.
    :raises TeamOfOtherCompany: a ticket stays in its company.
    :raises TeamArchived: the new team is out of work.
    """
    ticket = locked_ticket(ticket_id)
    if version is not None and version != ticket.version:
        raise ChangedMeanwhile
    changes = _set_plain_fields(ticket, values)
    if "tags" in values:
        changes += _set_tags(ticket, values["tags"])
    if "assignee" in values:
        hand_over(ticket, values["assignee"], by=by, at=at)
    if "team" in values and values["team"].pk != ticket.team_id:
        changes.append(_change_team(ticket, values["team"], by=by, at=at))
    if changes:
        # The stars are not on the sheet: setting them overwrites nobody, oneself with an unsaved sheet neither.
        ticket.version += any(change.field != "priority" for change in changes)
        ticket.updated_at = at
        ticket.save()
        if "customer" in values and ticket.customer_id:
            add_followers(ticket, [ticket.customer_id])
        log_changes(ticket, changes, by=by.contact if by else None, at=at)
        publish(TicketEdited(ticket, [change.field for change in changes], by, at))
    return ticket


@in_transaction
def set_priority(ticket_id: int, priority: Priority, *, by: User | None, at: datetime) -> Ticket:
    """Give a ticket 0 to 3 stars (IN-10)."""
    return edit_ticket(ticket_id, {"priority": priority}, by=by, at=at)


@in_transaction
def set_card_state(ticket_id: int, state: CardState, *, by: User | None, at: datetime) -> Ticket:
    """Say whether a card is in progress, ready or blocked; it has no effect on SLA or closing."""
    ticket = locked_ticket(ticket_id)
    if ticket.card_state != state:
        change = FieldChange("card_state", str(_("State")), ticket.get_card_state_display(), str(state.label))
        ticket.card_state = state
        ticket.updated_at = at
        ticket.save(update_fields=["card_state", "updated_at"])
        log_changes(ticket, [change], by=by.contact if by else None, at=at)
        publish(TicketEdited(ticket, ["card_state"], by, at))
    return ticket


def _set_plain_fields(ticket: Ticket, values: Mapping[str, Any]) -> list[FieldChange]:
    changes = []
    for name in PLAIN_FIELDS:
        if name not in values or getattr(ticket, name) == values[name]:
            continue
        before = _in_words(ticket, name)
        setattr(ticket, name, values[name])
        label = str(Ticket._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
        changes.append(FieldChange(name, label, before, _in_words(ticket, name)))
    return changes


def _in_words(ticket: Ticket, name: str) -> str:
    if name == "description":
        return ""  # too long for a line; that it changed is said
    if name == "priority":
        return str(ticket.get_priority_display())
    value = getattr(ticket, name)
    return "" if value is None else str(value)


def _set_tags(ticket: Ticket, tags: Any) -> list[FieldChange]:
    before = list(ticket.tags.all())
    if {tag.pk for tag in before} == {tag.pk for tag in tags}:
        return []
    ticket.tags.set(tags)
    old, new = (", ".join(sorted(tag.name for tag in group)) for group in (before, tags))
    return [FieldChange("tags", str(_("Tags")), old, new)]


def _change_team(ticket: Ticket, team: Team, *, by: User | None, at: datetime) -> FieldChange:
    if team.company_id != ticket.company_id:
        raise TeamOfOtherCompany
    if not team.is_active:
        raise TeamArchived
    change = FieldChange("team", str(_("Helpdesk Team")), ticket.team.name, team.name)
    ticket.team = team
    if not team.stages.filter(pk=ticket.stage_id).exists():
        stage = team.stages.active().first()
        if stage is None:
            raise TeamWithoutStages
        enter_stage(ticket, stage, by=by, at=at)
    return change
