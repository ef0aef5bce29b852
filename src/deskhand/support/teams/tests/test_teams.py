"""Making, changing, copying, archiving and ordering teams (TEAM-1 to TEAM-7)."""

from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.chatter.public import add_followers, followers_of
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.events import TeamChanged, TeamClosedToPortal, TeamCreated
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.services.pipelines import reorder_stages
from deskhand.support.teams.services.teams import (
    NoStages,
    SameStageNames,
    StageInUse,
    TeamInUse,
    TeamNameTaken,
    TeamSettings,
    archive_team,
    create_team,
    delete_team,
    duplicate_team,
    reorder_teams,
    restore_team,
    update_team,
)
from deskhand.support.teams.testing import make_stage, make_team

pytestmark = pytest.mark.django_db


def settings_of(team: Team, **changes) -> TeamSettings:
    now_set = {
        "name": team.name,
        "company": team.company,
        "description": team.description,
        "visibility": Visibility(team.visibility),
    }
    return TeamSettings(**now_set | changes)


def names(team: Team) -> list[tuple[str, bool]]:
    return [(stage.name, stage.is_folded) for stage in team.stages.all()]


def test_a_new_team_has_the_five_stages_the_last_two_folded():
    team = create_team(TeamSettings(name="Care", company=make_company()))

    assert names(team) == [
        ("New", False),
        ("In Progress", False),
        ("On Hold", False),
        ("Solved", True),
        ("Cancelled", True),
    ]


def test_teams_of_a_company_start_with_the_same_shared_stages():
    company = make_company()
    care = create_team(TeamSettings(name="Care", company=company))
    returns = create_team(TeamSettings(name="Returns", company=company))
    elsewhere = create_team(TeamSettings(name="Care", company=make_company()))

    assert list(care.stages.all()) == list(returns.stages.all())
    assert not set(care.stages.all()) & set(elsewhere.stages.all())


def test_the_first_stage_of_a_new_pipeline_acknowledges_if_there_is_such_a_template():
    from deskhand.base.mail.public import MailTemplate

    template, _made = MailTemplate.objects.get_or_create(
        key="request-acknowledgment",
        defaults={"name": "Request Acknowledgment", "about": "ticket", "subject": "Hi", "body_html": "<p>Hi</p>"},
    )
    team = create_team(TeamSettings(name="Care", company=make_company()))

    assert [stage.mail_template for stage in team.stages.all()] == [template, None, None, None, None]


def test_a_new_team_stands_last_and_is_told(told):
    facts = told(TeamCreated)
    make_team(position=70)

    team = create_team(TeamSettings(name="Care", company=make_company()))

    assert Team.objects.last() == team
    assert facts[-1] == TeamCreated(team, None)


def test_two_active_teams_of_a_company_cannot_have_the_same_name():
    team = make_team(name="Care")

    with pytest.raises(TeamNameTaken):
        create_team(TeamSettings(name="CARE", company=team.company))

    assert Team.objects.count() == 1


def test_what_is_set_on_the_page_is_stored_and_told(told):
    facts = told(TeamChanged)
    team, follower = make_team(), make_contact()
    stages = list(team.stages.all())[:3]

    update_team(
        team.pk,
        settings_of(team, name="Care", description="Write to us", stages=stages, followers=[follower.pk]),
        by=None,
        at=now(),
    )

    team.refresh_from_db()
    assert (team.name, team.description) == ("Care", "Write to us")
    assert list(team.stages.all()) == stages
    assert followers_of(team) == [follower.pk]
    assert facts[-1].team == team


def test_stages_get_the_order_given_and_stages_of_others_keep_theirs():
    team = make_team()
    other = make_team(
        company=team.company, stages=[Stage.objects.create(name="Own", company=team.company, position=25)]
    )
    new, doing, *rest = team.stages.all()

    update_team(team.pk, settings_of(team, stages=[doing, new, *rest]), by=None, at=now())

    assert [stage.name for stage in team.stages.all()][:3] == ["In Progress", "New", "On Hold"]
    order = [stage.name for stage in Stage.objects.filter(company=team.company)]
    assert order == ["In Progress", "New", "Own", "On Hold", "Solved", "Cancelled"]
    assert [stage.name for stage in other.stages.all()] == ["Own"]


def test_a_pipeline_cannot_be_empty():
    team = make_team()

    with pytest.raises(NoStages):
        update_team(team.pk, settings_of(team, stages=[]), by=None, at=now())

    assert team.stages.count() == 5


def test_a_pipeline_has_no_two_stages_of_the_same_name():
    team = make_team()
    twin = Stage.objects.create(name="new", company=team.company)

    with pytest.raises(SameStageNames):
        update_team(team.pk, settings_of(team, stages=[*team.stages.all(), twin]), by=None, at=now())

    assert team.stages.count() == 5


def test_a_stage_with_tickets_is_not_just_left_out(uses):
    team = make_team()
    new, *rest = team.stages.all()
    uses.place(new, team)

    with pytest.raises(StageInUse, match="New"):
        update_team(team.pk, settings_of(team, stages=rest, name="Other"), by=None, at=now())

    team.refresh_from_db()
    assert team.stages.count() == 5
    assert team.name != "Other"


def test_a_team_without_tickets_can_go_to_another_company_and_takes_its_stages():
    team, company = make_team(), make_company()
    theirs = create_team(TeamSettings(name="Theirs", company=company))

    update_team(team.pk, settings_of(team, company=company), by=None, at=now())

    assert list(team.stages.all()) == list(theirs.stages.all())


def test_a_team_with_tickets_stays_in_its_company(uses):
    team = make_team()
    uses.place(team.stages.first(), team)

    with pytest.raises(TeamInUse):
        update_team(team.pk, settings_of(team, company=make_company()), by=None, at=now())

    assert Team.objects.get().company == team.company


@pytest.mark.parametrize("visibility", [Visibility.COMPANY, Visibility.PRIVATE])
def test_a_team_that_ceases_to_be_public_loses_its_portal_followers(visibility, told):
    facts = told(TeamClosedToPortal)
    team = make_team(visibility=Visibility.PUBLIC)
    agent, customer, stranger = make_agent(team.company), make_portal_user(team.company), make_contact()
    add_followers(team, [agent.contact_id, customer.contact_id, stranger.pk])

    update_team(team.pk, settings_of(team, visibility=visibility), by=None, at=now())

    assert followers_of(team) == [agent.contact_id, stranger.pk]
    assert [fact.team for fact in facts] == [team]


def test_other_changes_of_visibility_take_nobody_away(told):
    facts = told(TeamClosedToPortal)
    team = make_team(visibility=Visibility.PRIVATE)
    customer = make_portal_user(team.company)
    add_followers(team, [customer.contact_id])

    update_team(team.pk, settings_of(team, visibility=Visibility.PUBLIC), by=None, at=now())

    assert followers_of(team) == [customer.contact_id]
    assert not facts


def test_a_copy_shares_the_pipeline_and_the_followers(told):
    facts = told(TeamCreated)
    team = make_team(name="Care", visibility=Visibility.PRIVATE, description="Hi")
    add_followers(team, [make_contact().pk])

    copy = duplicate_team(team.pk)
    second = duplicate_team(team.pk)

    assert (copy.name, second.name) == ("Care (copy)", "Care (copy 2)")
    assert (copy.visibility, copy.description) == (Visibility.PRIVATE, "Hi")
    assert list(copy.stages.all()) == list(team.stages.all())
    assert followers_of(copy) == followers_of(team)
    assert facts[-2].copied_from == team


def test_an_archived_team_can_be_restored_unless_its_name_is_taken():
    team = make_team(name="Care")
    archive_team(team.pk)
    assert not Team.objects.active().exists()

    restore_team(team.pk)
    assert Team.objects.active().get() == team

    archive_team(team.pk)
    make_team(name="Care", company=team.company)
    with pytest.raises(TeamNameTaken):
        restore_team(team.pk)
    assert not Team.objects.get(pk=team.pk).is_active


def test_teams_not_named_keep_their_places():
    first, hidden, second, third = (make_team(position=position) for position in (10, 20, 30, 40))

    reorder_teams([third.pk, second.pk, first.pk])

    assert list(Team.objects.all()) == [third, hidden, second, first]


def test_stages_of_other_companies_are_not_reordered():
    team, other = make_team(), make_team()
    theirs = list(other.stages.all())
    new, doing, *_rest = team.stages.all()

    reorder_stages([doing.pk, new.pk, theirs[1].pk, theirs[0].pk], company=team.company)

    assert list(team.stages.all())[:2] == [doing, new]
    assert list(other.stages.all()) == theirs


def test_a_made_stage_of_a_test_stands_last():
    team = make_team()

    assert make_stage(team) == team.stages.last()


def test_a_deleted_team_takes_along_the_stages_that_were_its_own():
    team = create_team(TeamSettings(name="Care", company=make_company()))
    other = make_team(company=team.company)
    shared = team.stages.first()
    own = make_stage(team)
    both = make_stage(team)
    both.teams.add(other)

    delete_team(team.pk)

    left = set(Stage.objects.values_list("pk", flat=True))
    assert own.pk not in left
    assert {shared.pk, both.pk} <= left
