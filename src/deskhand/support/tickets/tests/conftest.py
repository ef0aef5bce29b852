"""A team, one of its agents, and their browser."""

from __future__ import annotations

import pytest
from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.support.teams.public import Team
from deskhand.support.teams.testing import make_team


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def agent(team: Team) -> User:
    return make_agent(team.company)


@pytest.fixture
def http(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client
