"""Answers about teams and stages that are not just filters."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from deskhand.kit.prepared import prepared, steady
from deskhand.support.teams.models import Stage
from deskhand.support.teams.places import STAGE_USES


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


def records_in(stage: Stage) -> Counter[int]:
    """Team id → how many records of the team stand in the stage. One query for each app that uses stages."""
    found: Counter[int] = Counter()
    for use in STAGE_USES:
        found.update(use.count(stage))
    return +found
