"""In whose name tickets write (RULES, Visibility and mail)."""

from __future__ import annotations

from email.utils import parseaddr
from typing import cast

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from deskhand.base.chatter.public import followers_of
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import Identity
from deskhand.kit.clock import now
from deskhand.kit.prepared import prepared
from deskhand.support.intake.models import TeamAlias
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.tickets.public import Ticket, make_link_token


def identity_of(ticket: Ticket) -> Identity:
    """As :func:`team_identity`."""
    return team_identity(ticket.team)


def team_identity(team: Team) -> Identity:
    """The team, at its alias; without an alias domain the desk's own address, to which nobody can answer."""
    name = f"{team.company.public_name} {team.name}"
    alias = alias_of(team)
    if alias and alias.address:
        return Identity(name, alias.address)
    return Identity(name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1], takes_replies=False)


def alias_of(team: Team) -> TeamAlias | None:
    """The alias of a team; also one that is switched off, because answers to it still arrive."""
    of_team = TeamAlias.team.field.remote_field
    if not of_team.is_cached(team):  # a mail has come by the alias and brought it along
        found = next(iter(_aliases_of(team.pk)), None)
        of_team.set_cached_value(team, found)
        if found:
            found.team = team
    return cast("TeamAlias | None", of_team.get_cached_value(team))


@prepared
def _aliases_of(team_id: int) -> QuerySet[TeamAlias]:
    return TeamAlias.objects.filter(team=team_id)


def link_for(ticket: Ticket, contact: Contact) -> str:
    """Where a contact sees the ticket: colleagues on the agents' page, all others by a personal link (IN-6).

    Empty for who only follows a team that is not public: they are told, but do not open the ticket (TEAM-5). One query
    there.
    """
    user = getattr(contact, "user", None)
    if user is not None and user.is_internal:
        return settings.SITE_URL + reverse("tickets:ticket", args=[ticket.pk])
    is_public = ticket.team.visibility == Visibility.PUBLIC
    if not is_public and contact.pk != ticket.customer_id and contact.pk not in followers_of(ticket):
        return ""
    token = make_link_token(ticket.pk, contact.pk, at=now())
    return settings.SITE_URL + reverse("portal:ticket", args=[token])


def team_link_for(team: Team, contact: Contact) -> str:
    """The board of the team, for a colleague who may open it; for all others there is none. One query."""
    user = getattr(contact, "user", None)
    if user is None or not user.is_internal or not Team.objects.visible_to(user).filter(pk=team.pk).exists():
        return ""
    return settings.SITE_URL + reverse("tickets:board", args=[team.pk])
