"""The order of the stages of a company, and the pipeline that a new team starts with."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from deskhand.base.companies.public import Company
from deskhand.base.mail.public import STANDARD_TEMPLATES, MailTemplate, standard_template
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.events import TeamChanged
from deskhand.support.teams.models import Stage, Team

#: The mail that the first stage of a new pipeline sends (IN-6).
ACKNOWLEDGMENT = "request-acknowledgment"
#: Gaps between positions, so that they can be read as numbers of a list.
STEP = 10


def starting_stages(company: Company) -> list[Stage]:
    """The stages that a new team of the company shares; made when there are none yet (TEAM-7).

    Shared, not copied: columns that mean the same are one column wherever tickets of several teams stand together. The
    caller holds the lock of :func:`lock_pipelines`.
    """
    shared = list(Stage.objects.active().filter(company=company, for_new_teams=True))
    return shared or _make_starting_stages(company)


def lock_pipelines(company_id: int) -> None:
    """Let nobody else change stages or teams of the company until the transaction ends. One query."""
    Company.objects.select_for_update(no_key=True).get(pk=company_id)


@in_transaction
def reorder_stages(stage_ids: Sequence[int], *, company: Company) -> None:
    """Put stages of a company into this order; those not named keep their places between them."""
    lock_pipelines(company.pk)
    stages = {stage.pk: stage for stage in Stage.objects.filter(company=company)}
    wanted = iter([stages[pk] for pk in dict.fromkeys(stage_ids) if pk in stages])
    named = set(stage_ids)
    number([next(wanted) if stage.pk in named else stage for stage in stages.values()])
    for team in Team.objects.filter(company=company, stages__in=named).distinct():
        publish(TeamChanged(team))


def number(stages: Sequence[Stage]) -> None:
    """Give stages positions in the order given. One statement."""
    for index, stage in enumerate(stages, start=1):
        stage.position = index * STEP
    Stage.objects.bulk_update(stages, ["position"])


def insert_before_folded(stage: Stage, team: Team) -> None:
    """Give a new stage its place in a team's pipeline: after the last open stage, before what is closed."""
    order = [other for other in Stage.objects.filter(company=stage.company_id) if other.pk != stage.pk]
    pipeline = [other for other in team.stages.active() if other.pk != stage.pk]
    before = None if stage.is_folded else next((other for other in pipeline if other.is_folded), None)
    if before:
        order.insert(order.index(before), stage)
    else:
        order.insert(order.index(pipeline[-1]) + 1 if pipeline else len(order), stage)
    number(order)


def _make_starting_stages(company: Company) -> list[Stage]:
    names = [
        (_("New"), False),
        (_("In Progress"), False),
        (_("On Hold"), False),
        (_("Solved"), True),
        (_("Cancelled"), True),
    ]
    stages = [
        Stage.objects.create(company=company, name=name, is_folded=is_folded, for_new_teams=True)
        for name, is_folded in names
    ]
    stages[0].mail_template = _acknowledgment()
    stages[0].save(update_fields=["mail_template"])
    number([*Stage.objects.filter(company=company).exclude(pk__in=[stage.pk for stage in stages]), *stages])
    return stages


def _acknowledgment() -> MailTemplate | None:
    """None: no app declares such a mail."""
    is_declared = any(standard.key == ACKNOWLEDGMENT for standard in STANDARD_TEMPLATES)
    return standard_template(ACKNOWLEDGMENT) if is_declared else None


def delete_or_archive(stage: Stage) -> None:
    """Delete a stage that no team has any more; where the past of tickets speaks of it, it is kept, archived."""
    try:
        with transaction.atomic():
            stage.delete()
    except ProtectedError:
        stage.is_active = stage.for_new_teams = False
        stage.save(update_fields=["is_active", "for_new_teams"])
