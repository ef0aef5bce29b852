"""Making, changing and deleting stages (TEAM-7, CLOSE-1)."""

from __future__ import annotations

import pytest

from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.support.teams.events import StageFoldingChanged
from deskhand.support.teams.models import FoldedColumn, Stage
from deskhand.support.teams.services.columns import fold_column, unfold_column
from deskhand.support.teams.services.stages import (
    NoSuchTarget,
    StageNameTaken,
    StageOfOtherCompany,
    StageSettings,
    TeamWouldBeEmpty,
    TicketsInStage,
    create_stage,
    delete_stage,
    update_stage,
)
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db


def stage_of(team, name: str) -> Stage:
    return team.stages.get(name=name)


def test_a_new_stage_of_a_team_stands_before_its_folded_ones():
    team = make_team()

    create_stage(StageSettings(name="Waiting", teams=[team]), company=team.company, beside=team)

    assert [stage.name for stage in team.stages.all()] == [
        "New", "In Progress", "On Hold", "Waiting", "Solved", "Cancelled",
    ]  # fmt: skip


def test_a_new_folded_stage_stands_last():
    team = make_team()

    create_stage(StageSettings(name="Spam", is_folded=True, teams=[team]), company=team.company, beside=team)

    assert team.stages.last().name == "Spam"


def test_a_team_has_no_two_stages_of_one_name():
    team = make_team(name="Care")

    with pytest.raises(StageNameTaken, match="Care has a stage called NEW already"):
        create_stage(StageSettings(name="NEW", teams=[team]), company=team.company)
    with pytest.raises(StageNameTaken):
        update_stage(stage_of(team, "Solved").pk, StageSettings(name="new", is_folded=True), by=None, at=now())

    assert team.stages.filter(name__iexact="new").count() == 1


def test_a_stage_is_shared_within_its_company_only():
    team, other = make_team(), make_team()

    with pytest.raises(StageOfOtherCompany):
        update_stage(stage_of(team, "New").pk, StageSettings(name="New", teams=[team, other]), by=None, at=now())

    assert other.stages.count() == 5


@pytest.mark.parametrize(("name", "folded"), [("New", True), ("Solved", False)])
def test_folding_and_unfolding_is_told(name, folded, told):
    facts = told(StageFoldingChanged)
    stage, at = stage_of(make_team(), name), now()

    update_stage(stage.pk, StageSettings(name=name, is_folded=folded), by=None, at=at)
    update_stage(stage.pk, StageSettings(name="Renamed", is_folded=folded), by=None, at=at)

    stage.refresh_from_db()
    assert (stage.name, stage.is_folded) == ("Renamed", folded)
    assert facts == [StageFoldingChanged(stage, None, at)]


def test_a_stage_can_be_shared_and_taken_back():
    team = make_team()
    other = make_team(company=team.company, stages=[Stage.objects.create(name="Own", company=team.company)])
    stage = stage_of(team, "On Hold")

    update_stage(stage.pk, StageSettings(name="On Hold", teams=[team, other]), by=None, at=now())
    assert set(stage.teams.all()) == {team, other}

    update_stage(stage.pk, StageSettings(name="On Hold", teams=[team]), by=None, at=now())
    assert list(stage.teams.all()) == [team]


def test_a_team_with_tickets_in_the_stage_does_not_lose_it(uses):
    team = make_team(name="Care")
    stage = stage_of(team, "New")
    uses.place(stage, team)

    with pytest.raises(TicketsInStage, match="Care"):
        update_stage(stage.pk, StageSettings(name="New", teams=[]), by=None, at=now())

    assert list(stage.teams.all()) == [team]


def test_archived_teams_keep_their_stages():
    team = make_team()
    archived = make_team(company=team.company, is_active=False, stages=list(team.stages.all()))
    stage = stage_of(team, "New")

    update_stage(stage.pk, StageSettings(name="New", teams=[team]), by=None, at=now())

    assert set(stage.teams.all()) == {team, archived}


def test_an_unused_stage_is_deleted():
    team = make_team()

    delete_stage(stage_of(team, "On Hold").pk, by=None, at=now())

    assert not Stage.objects.filter(name="On Hold").exists()


def test_tickets_need_a_place_to_go(uses):
    team = make_team()
    stage = stage_of(team, "On Hold")
    uses.place(stage, team)

    with pytest.raises(TicketsInStage):
        delete_stage(stage.pk, team=team, by=None, at=now())
    with pytest.raises(NoSuchTarget):
        delete_stage(stage.pk, team=team, move_to=make_team().stages.first(), by=None, at=now())
    with pytest.raises(NoSuchTarget):
        delete_stage(stage.pk, team=team, move_to=stage, by=None, at=now())

    assert stage in team.stages.all()
    assert uses.moves == []


def test_tickets_go_where_they_are_sent(uses):
    team = make_team()
    stage, to = stage_of(team, "On Hold"), stage_of(team, "New")
    uses.place(stage, team)

    delete_stage(stage.pk, team=team, move_to=to, by=None, at=now())

    assert uses.moves == [("On Hold", "New", [team.pk])]
    assert not team.stages.filter(name="On Hold").exists()


def test_a_shared_stage_is_deleted_for_one_team_only(uses):
    team = make_team()
    other = make_team(company=team.company, stages=list(team.stages.all()))
    stage = stage_of(team, "On Hold")
    uses.place(stage, other)

    delete_stage(stage.pk, team=team, by=None, at=now())

    assert list(stage.teams.all()) == [other]
    assert uses.moves == []


def test_the_only_stage_of_a_team_is_not_deleted():
    team = make_team(stages=[Stage.objects.create(name="Own", company=make_company())])

    with pytest.raises(TeamWouldBeEmpty):
        delete_stage(team.stages.get().pk, by=None, at=now())

    assert team.stages.count() == 1


def test_a_column_is_folded_for_one_user_and_closes_nothing(admin):
    team = make_team()
    stage = stage_of(team, "New")

    fold_column(user=admin, team=team, stage=stage)
    fold_column(user=admin, team=team, stage=stage)

    assert FoldedColumn.objects.get().user == admin
    assert not Stage.objects.get(pk=stage.pk).is_folded

    unfold_column(user=admin, team=team, stage=stage)
    assert not FoldedColumn.objects.exists()
