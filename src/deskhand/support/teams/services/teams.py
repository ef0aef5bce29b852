"""Making teams and changing what is set on their page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import followers_of, log_changes
from deskhand.base.companies.public import Company
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.tracking import Snapshot, listed_change
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.events import (
    TeamChanged,
    TeamClosedToPortal,
    TeamCreated,
    TeamDeleted,
    TeamsReordered,
    TeamVisibilityChanged,
)
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.queries import records_in
from deskhand.support.teams.services.following import forget_followers, remove_portal_followers, set_followers
from deskhand.support.teams.services.pipelines import STEP, delete_or_archive, lock_pipelines, number, starting_stages

_LONGEST_NAME = 120
_TRACKED = ("name", "description", "company", "visibility")


class TeamNameTaken(DomainError):
    code = "team_name_taken"
    message = _("The company has a team of this name already. Choose another name.")
    field = "name"


class TeamInUse(DomainError):
    code = "team_in_use"
    message = _("This team has tickets, and they stay in their company. Make a new team for the other company.")
    field = "company"


class TeamHasTickets(DomainError):
    code = "team_has_tickets"
    message = _("This team has tickets, and tickets are kept. Move them to another team, or archive this one.")


class NoStages(DomainError):
    code = "no_stages"
    message = _("A team needs at least one stage. Add one.")
    field = "stages"


class SameStageNames(DomainError):
    code = "same_stage_names"
    message = _("Two stages of one team cannot have the same name. Leave one of them out, or rename it.")
    field = "stages"


class StageInUse(DomainError):
    code = "stage_in_use"
    message = _("There are tickets in this stage. Delete it from its column on the board: that asks where they go.")
    field = "stages"


@dataclass(frozen=True)
class TeamSettings:
    """What is set on the page of a team, apart from the options of other apps.

    ``stages`` in the order of the pipeline; None: those that the team has, for a new one those of the company.
    ``followers`` are contact ids; None: as they are.
    """

    name: str
    company: Company
    description: str = ""
    visibility: Visibility = Visibility.PUBLIC
    stages: Sequence[Stage] | None = None
    followers: Collection[int] | None = None


@in_transaction
def create_team(new: TeamSettings, *, copied_from: Team | None = None) -> Team:
    """Make a team at the end of the list, with the shared stages of its company unless told otherwise (TEAM-1, 7).

    :raises TeamNameTaken: the company has an active team of this name.
    :raises SameStageNames: two of the given stages are called the same.
    """
    lock_pipelines(new.company.pk)
    _refuse_taken_name(new.name, new.company)
    stages = starting_stages(new.company) if new.stages is None else new.stages
    _refuse_odd_pipeline(stages)
    last = Team.objects.order_by("-position").values_list("position", flat=True).first() or 0
    team = Team.objects.create(
        company=new.company,
        name=new.name,
        description=new.description,
        visibility=new.visibility,
        position=last + STEP,
    )
    team.stages.set(stages)
    set_followers(team, new.followers or [])
    publish(TeamCreated(team, copied_from))
    return team


@in_transaction
def update_team(team_id: int, settings: TeamSettings, *, by: User | None, at: datetime) -> Team:
    """Set what is on the team's page. A team that ceases to be public loses its portal users as followers (TEAM-4).

    A team that goes to another company, as long as it has no tickets, takes the shared stages of that company.

    :raises TeamNameTaken: the company has an active team of this name.
    :raises TeamInUse: the company of a team with tickets cannot change.
    :raises NoStages: a pipeline cannot be empty.
    :raises SameStageNames: two of the given stages are called the same.
    :raises StageInUse: tickets of the team are in a stage that is left out.
    """
    team = _locked_team(team_id)
    if team.is_active:
        _refuse_taken_name(settings.name, settings.company, besides=team)
    before, pipeline, visibility = Snapshot(team, _TRACKED), _stage_names(team), team.visibility
    moves = settings.company.pk != team.company_id
    if moves:
        _refuse_used(team)
        lock_pipelines(settings.company.pk)
    team.name, team.description = settings.name, settings.description
    team.company, team.visibility = settings.company, settings.visibility
    team.save(update_fields=["name", "description", "company", "visibility"])
    if moves:
        team.stages.set(starting_stages(settings.company))
    elif settings.stages is not None:
        _set_pipeline(team, settings.stages)
    if settings.followers is not None:
        set_followers(team, settings.followers)
    if visibility == Visibility.PUBLIC != team.visibility:
        remove_portal_followers(team)
        publish(TeamClosedToPortal(team, by, at))
    if visibility != team.visibility:
        publish(TeamVisibilityChanged(team))
    stages = listed_change("stages", str(_("Stages")), pipeline, _stage_names(team))
    log_changes(team, [*before.changes(), *stages], by=by.contact if by else None, at=at)
    publish(TeamChanged(team))
    return team


@in_transaction
def duplicate_team(team_id: int) -> Team:
    """A new team with the same settings, followers and pipeline (shared, not copied); options follow by the fact."""
    team = _locked_team(team_id)
    copy = TeamSettings(
        name=_free_name(team),
        company=team.company,
        description=team.description,
        visibility=Visibility(team.visibility),
        stages=list(team.stages.active()),
        followers=followers_of(team),
    )
    return create_team(copy, copied_from=team)


@in_transaction
def archive_team(team_id: int, *, by: User | None = None) -> Team:
    """Take a team out of lists and menus. Its tickets stay as they are; :func:`restore_team` brings it back."""
    return _set_active(_locked_team(team_id), active=False, by=by)


@in_transaction
def restore_team(team_id: int, *, by: User | None = None) -> Team:
    """Bring an archived team back.

    :raises TeamNameTaken: another team has taken its name meanwhile.
    """
    team = _locked_team(team_id)
    if not team.is_active:
        _refuse_taken_name(team.name, team.company, besides=team)
    return _set_active(team, active=True, by=by)


@in_transaction
def delete_team(team_id: int) -> None:
    """Delete a team that never got a ticket, with its followers, address and rules, and the stages that were its own.

    :raises TeamHasTickets: tickets, archived ones too, are its own.
    """
    team = _locked_team(team_id)
    company = team.company_id
    had = [stage.pk for stage in team.stages.all()]
    try:
        team.delete()
    except ProtectedError as error:
        raise TeamHasTickets from error
    for stage in Stage.objects.filter(pk__in=had, teams=None, for_new_teams=False):
        delete_or_archive(stage)
    forget_followers(team_id)
    publish(TeamDeleted(team_id, company))


@in_transaction
def reorder_teams(team_ids: Sequence[int]) -> None:
    """Put teams into this order; those not named keep their places between them. Three statements."""
    teams = {team.pk: team for team in Team.objects.select_for_update(no_key=True)}
    wanted = iter([teams[pk] for pk in dict.fromkeys(team_ids) if pk in teams])
    named = set(team_ids)
    order = [next(wanted) if team.pk in named else team for team in teams.values()]
    for index, team in enumerate(order, start=1):
        team.position = index * STEP
    Team.objects.bulk_update(order, ["position"])
    publish(TeamsReordered(frozenset(team.company_id for team in order)))


def _stage_names(team: Team) -> list[str]:
    return [stage.name for stage in team.stages.active()]


def _locked_team(team_id: int) -> Team:
    lock_pipelines(Team.objects.values_list("company_id", flat=True).get(pk=team_id))
    return Team.objects.select_for_update(of=("self",), no_key=True).select_related("company").get(pk=team_id)


def _set_active(team: Team, *, active: bool, by: User | None) -> Team:
    if team.is_active != active:
        team.is_active = active
        team.save(update_fields=["is_active"])
        what = _("Restored") if active else _("Archived")
        log_changes(team, [], by=by.contact if by else None, at=now(), text=str(what))
        publish(TeamChanged(team))
    return team


def _refuse_taken_name(name: str, company: Company, *, besides: Team | None = None) -> None:
    same = Team.objects.active().filter(company=company, name__iexact=name)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise TeamNameTaken


def _refuse_used(team: Team) -> None:
    if any(records_in(stage)[team.pk] for stage in team.stages.all()):
        raise TeamInUse


def _set_pipeline(team: Team, stages: Sequence[Stage]) -> None:
    _refuse_odd_pipeline(stages)
    kept = {stage.pk for stage in stages}
    before = list(team.stages.active())
    for stage in before:
        count = 0 if stage.pk in kept else records_in(stage)[team.pk]
        if count:
            raise StageInUse(
                __(
                    "There are tickets of this team in %(stage)s (%(count)d). Delete the stage from its column on the "
                    "board: that asks where they go."
                )
                % {"stage": stage.name, "count": count}
            )
    if [stage.pk for stage in before] != [stage.pk for stage in stages]:
        _put_in_order(team, stages)
        team.stages.set(stages)


def _put_in_order(team: Team, stages: Sequence[Stage]) -> None:
    """Order the company's stages so that these follow each other as given, and all others keep their places."""
    kept = {stage.pk for stage in stages}
    wanted = iter(stages)
    number([next(wanted) if stage.pk in kept else stage for stage in Stage.objects.filter(company=team.company_id)])


def _refuse_odd_pipeline(stages: Sequence[Stage]) -> None:
    if not stages:
        raise NoStages
    if len({stage.name.casefold() for stage in stages}) < len(stages):
        raise SameStageNames


def _free_name(team: Team) -> str:
    """The name with *(copy)*, and a number if that is taken too."""
    taken = {name.casefold() for name in Team.objects.filter(company=team.company_id).values_list("name", flat=True)}
    stem = team.name[: _LONGEST_NAME - 12]
    name, count = __("%(name)s (copy)") % {"name": stem}, 2
    while name.casefold() in taken:
        name, count = __("%(name)s (copy %(count)d)") % {"name": stem, "count": count}, count + 1
    return name
