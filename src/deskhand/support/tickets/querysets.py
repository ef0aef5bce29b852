from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.support.teams.public import Team, Visibility

if TYPE_CHECKING:
    from deskhand.support.tickets.models import Ticket


def sees_all_of(team: Team, user: Any) -> bool:
    """Whether a user sees every ticket of a team, so that nobody has to look who follows what (TEAM-3)."""
    works_there = user.is_authenticated and user.has_role("helpdesk") and team.company_id in user.company_ids
    return bool(works_there and team.visibility != Visibility.PRIVATE)


def number_in(typed: str) -> int | None:
    """The number of a ticket, if that is what was typed: ``42``, ``#42``, ``#00042``."""
    number = re.fullmatch(r"#?0*(\d{1,15})", typed.strip())
    return int(number[1]) if number else None


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Vocabulary of tickets. Default order: priority, manual order, newest first."""

    def visible_to(self, user: Any) -> Self:
        """The only way to list tickets for a person (TEAM-3).

        Helpdesk users: all of their companies, in private teams only what they follow (the ticket or its team).
        Portal users: what they follow, in public teams, as whichever contact has their proven address. All others:
        nothing.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if not user.is_internal:
            followed = self._followed_by(contact__in=user.own_contact_ids)
            return self.filter(followed, team__visibility=Visibility.PUBLIC, is_archived=False)
        if not user.has_role("helpdesk"):
            return self.none()
        invited = ~Q(team__visibility=Visibility.PRIVATE) | self._followed_by(contact=user.contact_id)
        return self.filter(invited, company__in=user.company_ids)

    def own_of(self, user: Any) -> Self:
        """The tickets of *My Account* (CLOSE-4): a customer's as :meth:`visible_to` has them; of who works here those
        that they asked for themselves, not those that they look after."""
        if user.is_authenticated and user.is_internal:
            return self.filter(customer=user.contact_id, is_archived=False)
        return self.visible_to(user)

    def visible_in(self, team: Team, user: Any) -> Self:
        """As :meth:`visible_to`, of one team. A board needs no look at followers where all who see the team see its
        tickets."""
        if sees_all_of(team, user):
            return self.filter(team=team)
        return self.visible_to(user).filter(team=team)

    def open(self) -> Self:
        """Not in a folded stage, not archived."""
        return self.filter(closed_at=None, is_archived=False)

    def unarchived(self) -> Self:
        return self.filter(is_archived=False)

    def matching(self, words: str) -> Self:
        """Title, number (``42``, ``#42``, ``#00042``) or customer."""
        words = words.strip()
        number = number_in(words)
        in_title = Q(title__icontains=words)
        if number is not None:  # a number is not looked for in mail addresses, where digits mean nothing
            return self.filter(in_title | Q(number=number))
        return self.filter(in_title | Q(customer_name__icontains=words) | Q(customer_email__icontains=words))

    def for_cards(self) -> Self:
        """Only what a card shows: one join, a few short columns."""
        return self.select_related("assignee").only(
            "number", "title", "stage_id", "priority", "card_state", "customer_name", "assignee__name"
        )

    def for_page(self) -> Self:
        """With what the record page shows: five joins, one more query for the tags."""
        return self.select_related(
            "assignee", "customer", "customer__parent", "team", "stage", "company"
        ).prefetch_related("tags")

    def _followed_by(self, **whom: Any) -> Q:
        of_ticket = Follower.objects.filter(
            content_type=records.content_type_id(self.model), object_id=OuterRef("pk"), **whom
        )
        of_team = Follower.objects.filter(
            content_type=records.content_type_id(Team), object_id=OuterRef("team_id"), **whom
        )
        return Q(Exists(of_ticket)) | Q(Exists(of_team))
