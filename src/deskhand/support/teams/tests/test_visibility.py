"""Who sees teams and stages (TEAM-3, TEAM-9)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("visibility", list(Visibility))
def test_helpdesk_users_see_every_team_of_their_companies(visibility):
    team = make_team(visibility=visibility)
    agent = make_agent(team.company)

    assert list(Team.objects.visible_to(agent)) == [team]
    assert set(Stage.objects.visible_to(agent)) == set(team.stages.all())


def test_nobody_else_sees_a_team():
    team = make_team(visibility=Visibility.PUBLIC)
    strangers = [
        AnonymousUser(),
        make_portal_user(team.company),
        make_user(company=team.company, role=Role.NONE),
        make_agent(),
    ]

    for stranger in strangers:
        assert not Team.objects.visible_to(stranger).exists()
        assert not Stage.objects.visible_to(stranger).exists()
