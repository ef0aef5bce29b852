"""What teams are to the rest of the house: a kind of record, with a conversation."""

from __future__ import annotations

from django.urls import reverse

from deskhand.base.chatter.public import CONVERSATIONS, Conversation
from deskhand.kit import records
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
        has_messages=False,
    )
)
