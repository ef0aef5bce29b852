"""What somebody may not see any more leaves their open pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.services.users import UserDetails, change_user, deactivate_user, set_roles
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def telling(monkeypatch, django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager[list[str]]]:
    """What open pages are told of that happens inside; not of what the test prepared."""
    sent: list[str] = []
    monkeypatch.setattr("deskhand.kit.live.transport._send", lambda addresses: sent.extend(addresses.split()))

    @contextmanager
    def inside() -> Iterator[list[str]]:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield sent

    return inside


@pytest.mark.parametrize("taken", ["role", "company", "account"])
def test_who_loses_role_company_or_account_is_asked_for_everything_again(taken, telling):
    agent, admin, elsewhere = make_agent(), make_settings_admin(), make_company()
    details = UserDetails(
        email=agent.email,
        name=agent.name,
        kind=agent.kind,
        company=elsewhere,
        companies=[elsewhere],
        roles={"helpdesk": Role.USER},
        language="en",
        time_zone="UTC",
    )

    with telling() as told:
        if taken == "role":
            set_roles(agent, {}, by=admin)
        elif taken == "company":
            change_user(agent.pk, details, by=admin)
        else:
            deactivate_user(agent.pk, by=admin)

    assert "?everything" in told
