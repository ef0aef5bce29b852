"""What teams are to the rest of the house: a kind of record, with a conversation."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from deskhand.base.chatter.public import CONVERSATIONS, Conversation
from deskhand.kit import records
from deskhand.kit.live import Topic, register_topic
from deskhand.support.teams.models import Team
from deskhand.support.teams.policies import can_configure

records.register(
    records.RecordType(
        model=Team,
        visible_to=Team.objects.visible_to,
        url=lambda team: reverse("teams:team", args=[team.pk]),
        title=str,
    )
)
CONVERSATIONS.add(
    Conversation(
        Team,
        may_write=lambda user, _team: can_configure(user),
        company=lambda team: team.company,
    )
)


def _may_watch_helpdesk(user: Any, company: int) -> bool:
    return user.has_role("helpdesk") and company in user.company_ids


#: All teams of a company and how their tickets stand: what overviews and the list of teams show.
register_topic(Topic("helpdesk", _may_watch_helpdesk))
