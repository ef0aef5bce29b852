"""What a team has set about closing, and which stages closing and reopening lead to."""

from __future__ import annotations

from deskhand.support.closing.models import ClosingRules
from deskhand.support.teams.public import Stage, Team


def rules_of(team_id: int) -> ClosingRules:
    """The rules of a team; those of a new one if nobody ever set any. One query."""
    return ClosingRules.objects.filter(team=team_id).first() or ClosingRules(team_id=team_id)


def closing_stage(team: Team) -> Stage | None:
    """Where closing leads: the only folded stage, else the first folded one in order, else the last stage (CLOSE-2).

    None: the team has no stages. One query.
    """
    stages = list(team.stages.active())
    return next((stage for stage in stages if stage.is_folded), stages[-1] if stages else None)


def reopening_stage(team: Team, rules: ClosingRules) -> Stage | None:
    """Where reopening leads: what the team's rules say, as long as it is an open stage of the team, else its first one.

    None: all stages of the team are folded. One query.
    """
    stages = list(team.stages.active().open())
    return next((stage for stage in stages if stage.pk == rules.reopen_stage_id), stages[0] if stages else None)
