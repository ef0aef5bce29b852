"""Making, changing and deleting stages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.mail.public import MailTemplate
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.events import StageFoldingChanged, TeamChanged
from deskhand.support.teams.models import FoldedColumn, Stage, Team
from deskhand.support.teams.places import STAGE_USES
from deskhand.support.teams.queries import records_in
from deskhand.support.teams.services.pipelines import delete_or_archive, insert_before_folded, lock_pipelines


class StageNameTaken(DomainError):
    code = "stage_name_taken"
    message = _("The team has a stage of this name already. Choose another name.")
    field = "name"


class StageOfOtherCompany(DomainError):
    code = "stage_of_other_company"
    message = _("A stage can be shared between teams of one company only.")
    field = "teams"


class TeamWouldBeEmpty(DomainError):
    code = "team_would_be_empty"
    message = _("This is the team's only stage. Add another one first.")
    field = "teams"


class TicketsInStage(DomainError):
    code = "tickets_in_stage"
    message = _("There are tickets in this stage. Choose the stage they go to.")
    field = "move_to"


class NoSuchTarget(DomainError):
    code = "no_such_target"
    message = _("The tickets cannot go there: choose another stage that all of the teams have.")
    field = "move_to"


@dataclass(frozen=True)
class StageSettings:
    """What is set on the page of a stage. ``teams`` None: as they are."""

    name: str
    is_folded: bool = False
    mail_template: MailTemplate | None = None
    description: str = ""
    for_new_teams: bool = False
    teams: Collection[Team] | None = None


@in_transaction
def create_stage(new: StageSettings, *, company: Company, beside: Team | None = None) -> Stage:
    """Make a stage. With ``beside`` it stands before the folded stages of that team, else at the end.

    :raises StageNameTaken: one of the teams has a stage of this name.
    :raises StageOfOtherCompany: a team belongs to another company.
    """
    lock_pipelines(company.pk)
    teams = list(new.teams or [])
    stage = Stage(company=company)
    _refuse_foreign(stage, teams)
    _refuse_taken_name(new.name, teams)
    _fill(stage, new)
    last = Stage.objects.filter(company=company).order_by("-position").values_list("position", flat=True).first()
    stage.position = (last or 0) + 10
    stage.save()
    stage.teams.set(teams)
    if beside:
        insert_before_folded(stage, beside)
    for team in teams:
        publish(TeamChanged(team))
    return stage


@in_transaction
def update_stage(stage_id: int, settings: StageSettings, *, by: User | None, at: datetime) -> Stage:
    """Set what is on the page of a stage. Folding it closes its tickets, unfolding reopens them (CLOSE-1).

    :raises StageNameTaken: one of the teams has another stage of this name.
    :raises StageOfOtherCompany: a team belongs to another company.
    :raises TicketsInStage: tickets of a team that is left out are in the stage.
    :raises TeamWouldBeEmpty: a team that is left out has no other stage.
    """
    stage = _locked_stage(stage_id)
    before = list(stage.teams.all())
    after = before if settings.teams is None else _with_archived(settings.teams, before)
    _refuse_foreign(stage, after)
    _refuse_taken_name(settings.name, after, besides=stage)
    _refuse_leaving(stage, [team for team in before if team not in after])
    folding_changed = stage.is_folded != settings.is_folded
    _fill(stage, settings)
    stage.save()
    stage.teams.set(after)
    if folding_changed:
        publish(StageFoldingChanged(stage, by, at))
    for team in {*before, *after}:
        publish(TeamChanged(team))
    return stage


@in_transaction
def delete_stage(
    stage_id: int, *, team: Team | None = None, move_to: Stage | None = None, by: User | None, at: datetime
) -> None:
    """Take a stage out of a team's pipeline, or (``team`` None) out of all. Its tickets go to ``move_to`` (RULES).

    A stage that no team has any more is deleted; where the past of tickets speaks of it, it is kept, archived.

    :raises TicketsInStage: there are tickets, and nobody said where they go.
    :raises NoSuchTarget: one of the teams does not have that stage.
    :raises TeamWouldBeEmpty: a team has no other stage.
    """
    stage = _locked_stage(stage_id)
    leaving = [team] if team else list(stage.teams.all())
    _refuse_empty(stage, leaving)
    used = records_in(stage)
    teams_with_records = [one for one in leaving if used[one.pk]]
    if teams_with_records:
        _move_out(stage, move_to, teams_with_records, by, at)
    stage.teams.remove(*leaving)
    FoldedColumn.objects.filter(stage=stage, team__in=leaving).delete()
    if not stage.teams.exists():
        delete_or_archive(stage)
    for left in leaving:
        publish(TeamChanged(left))


def _move_out(stage: Stage, to: Stage | None, teams: list[Team], by: User | None, at: datetime) -> None:
    if to is None:
        raise TicketsInStage
    if to == stage or any(not team.stages.active().filter(pk=to.pk).exists() for team in teams):
        raise NoSuchTarget
    for use in STAGE_USES:
        use.move(stage, to, team_ids=[team.pk for team in teams], by=by, at=at)


def _locked_stage(stage_id: int) -> Stage:
    lock_pipelines(Stage.objects.values_list("company_id", flat=True).get(pk=stage_id))
    return Stage.objects.select_for_update(of=("self",), no_key=True).select_related("company").get(pk=stage_id)


def _fill(stage: Stage, settings: StageSettings) -> None:
    stage.name = settings.name
    stage.is_folded = settings.is_folded
    stage.mail_template = settings.mail_template
    stage.description = settings.description
    stage.for_new_teams = settings.for_new_teams


def _with_archived(chosen: Collection[Team], before: Collection[Team]) -> list[Team]:
    """Archived teams are not on the page to be chosen: those that had the stage keep it."""
    return [*chosen, *(team for team in before if not team.is_active and team not in chosen)]


def _refuse_foreign(stage: Stage, teams: Collection[Team]) -> None:
    if any(team.company_id != stage.company_id for team in teams):
        raise StageOfOtherCompany


def _refuse_taken_name(name: str, teams: Collection[Team], *, besides: Stage | None = None) -> None:
    same = Stage.objects.active().filter(teams__in=teams, name__iexact=name)
    taken = (same.exclude(pk=besides.pk) if besides else same).values_list("teams__name", flat=True).first()
    if taken:
        raise StageNameTaken(
            __("%(team)s has a stage called %(stage)s already. Choose another name.") % {"team": taken, "stage": name}
        )


def _refuse_leaving(stage: Stage, teams: Collection[Team]) -> None:
    _refuse_empty(stage, teams)
    used = records_in(stage) if teams else {}
    for team in teams:
        if used.get(team.pk):
            raise TicketsInStage(
                __(
                    "There are tickets of %(team)s in this stage. Delete it from its column on the team's board: that "
                    "asks where they go."
                )
                % {"team": team.name}
            )


def _refuse_empty(stage: Stage, teams: Collection[Team]) -> None:
    for team in teams:
        if not team.stages.active().exclude(pk=stage.pk).exists():
            raise TeamWouldBeEmpty(
                __("This is the only stage of %(team)s. Add another one first.") % {"team": team.name}
            )
