"""Answers about teams and stages that are not just filters."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from deskhand.base.accounts.public import portal_contacts
from deskhand.base.chatter.public import Follower
from deskhand.base.contacts.public import Contact
from deskhand.kit.prepared import prepared, steady
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.places import PORTAL_FOLLOWERS, STAGE_USES


@prepared
def pipeline_of(team_id: int) -> QuerySet[Stage]:
    """The stages of a team in their order, archived ones left out. One query."""
    return Stage.objects.active().filter(teams=team_id)


@steady
@prepared
def entrance_of(team_id: int) -> QuerySet[Stage]:
    """The stage that new tickets of a team come into, with its mail template; none if the team has no stages.

    One query.
    """
    return Stage.objects.active().filter(teams=team_id).select_related("mail_template")[:1]


def portal_followers(team: Team) -> list[Contact]:
    """The portal users who follow a team or any of its tickets, by name. Two queries, and one for each place."""
    own = Follower.objects.of(team).filter(contact__in=portal_contacts()).values_list("contact", flat=True)
    found = set(own).union(*(panel(team) for panel in PORTAL_FOLLOWERS))
    return list(Contact.objects.filter(pk__in=found).order_by("name", "pk"))


def records_in(stage: Stage) -> Counter[int]:
    """Team id → how many records of the team stand in the stage. One query for each app that uses stages."""
    found: Counter[int] = Counter()
    for use in STAGE_USES:
        found.update(use.count(stage))
    return +found
