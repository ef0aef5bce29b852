"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.base.mail.public import standard_template
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.services.standard import REQUEST_ACKNOWLEDGMENT
from deskhand.support.teams.public import Team
from deskhand.support.teams.testing import make_team

_numbers = count(1)


def make_alias(*, team: Team | None = None, **fields: Any) -> TeamAlias:
    """An alias of a new team, unless told otherwise."""
    defaults = {"local_part": f"care{next(_numbers)}"}
    return TeamAlias.objects.create(team=team or make_team(), **defaults | fields)


def make_acknowledging_alias(**fields: Any) -> TeamAlias:
    """An alias of a team whose first stage sends *Request Acknowledgment*, as every new team's does."""
    alias = make_alias(**fields)
    stage = alias.team.stages.first()
    assert stage is not None
    stage.mail_template = standard_template(REQUEST_ACKNOWLEDGMENT.key)
    stage.save(update_fields=["mail_template"])
    return alias
