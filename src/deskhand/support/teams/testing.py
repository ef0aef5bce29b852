"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.support.teams.models import Stage, Tag, Team

_numbers = count(1)


def make_stages(company: Company | None = None) -> list[Stage]:
    """Stages of one team's own: New, In Progress, On Hold, Solved (folded), Cancelled (folded)."""
    names = [("New", False), ("In Progress", False), ("On Hold", False), ("Solved", True), ("Cancelled", True)]
    company = company or make_company()
    return [
        Stage.objects.create(company=company, name=name, is_folded=folded, position=index * 10)
        for index, (name, folded) in enumerate(names, start=1)
    ]


def make_team(**fields: Any) -> Team:
    """A public team with stages of its own."""
    company = fields.pop("company", None) or make_company()
    stages = fields.pop("stages", None) or make_stages(company)
    team = Team.objects.create(**{"name": f"Team {next(_numbers)}", "company": company} | fields)
    team.stages.set(stages)
    return team


def make_tag(**fields: Any) -> Tag:
    return Tag.objects.create(**{"name": f"Tag {next(_numbers)}"} | fields)


def make_stage(team: Team, **fields: Any) -> Stage:
    """One more stage of a team, at the end."""
    number = next(_numbers)
    defaults = {"name": f"Stage {number}", "company": team.company, "position": 1_000 + number}
    stage = Stage.objects.create(**defaults | fields)
    team.stages.add(stage)
    return stage
