"""What a team has set about closing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction
from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.models import ClosingRules
from deskhand.support.teams.public import Stage, Team


class StageCannotReopen(DomainError):
    code = "stage_cannot_reopen"
    message = _("Tickets cannot be reopened there. Choose a stage of this team that is not folded.")
    field = "reopen_stage"


@in_transaction
def set_customer_closing(team: Team, *, allowed: bool) -> None:
    """Let customers close their tickets by themselves, or not (CLOSE-3)."""
    ClosingRules.objects.update_or_create(team=team, defaults={"customers_may_close": allowed})


@in_transaction
def set_reply_rule(team: Team, on_reply: OnReply, *, stage: Stage | None, days: int) -> None:
    """Say what happens when a customer answers a closed ticket (RULES, Closing).

    ``stage``: where it is reopened, None for the team's first one. ``days`` of 24 hours after closing, from which on an
    answer begins a new ticket.

    :raises StageCannotReopen: the stage is folded, or another team's.
    """
    if stage and not team.stages.active().open().filter(pk=stage.pk).exists():
        raise StageCannotReopen
    ClosingRules.objects.update_or_create(
        team=team, defaults={"on_reply": on_reply, "reopen_stage": stage, "new_ticket_after_days": days}
    )


@in_transaction
def copy_rules(team: Team, *, to: Team) -> None:
    """Give a duplicated team the rules of the original."""
    rules = ClosingRules.objects.filter(team=team).first()
    if rules:
        rules.pk, rules.team = None, to
        rules.save(force_insert=True)
