"""The API keeps what its description promises: schemathesis calls every operation with what the description allows, and
with what it does not, and looks at what comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from deskhand.base.accounts.public import Role, set_roles
from deskhand.base.accounts.testing import make_user
from deskhand.base.contacts.testing import make_contact
from deskhand.base.keys.testing import make_secret
from deskhand.base.mail.testing import (
    deliver,
    make_incoming_server,
    make_mail,
    make_outgoing,
    make_outgoing_server,
    make_template,
)
from deskhand.base.webhooks.testing import make_webhook
from deskhand.config.wsgi import application
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

#: Some hundred calls of an operation say more than ten thousand of one: all of them take less than a minute.
_EXAMPLES = 4

schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json",
    application,
    config=SchemathesisConfig.from_dict(
        {
            "generation": {"max-examples": _EXAMPLES, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": bool(os.environ.get("API_COVERAGE"))}},
            "checks": {
                # A body may name records that are not there, and no schema can say which are: 422, as beside a field.
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "304", "403", "404", "409", "412", "416", "422"]
                },
                "negative_data_rejection": {
                    "expected-statuses": ["400", "403", "404", "405", "409", "412", "415", "422"]
                },
            },
        }
    ),
)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request ends connections that are old; that of the test has to outlive it, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(settings: Any, _one_connection: None) -> dict[str, Any]:
    """A desk with a record of each kind, and a key that may do everything."""
    settings.API_CALLS_PER_MINUTE = settings.API_STRANGERS_PER_MINUTE = 1_000_000
    user = make_user(role=Role.ADMINISTRATOR)
    set_roles(user, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.ADMINISTRATOR})
    user = type(user).objects.get(pk=user.pk)
    team = make_team(company=user.company)
    alias = make_alias(team=team)
    return {
        "secret": make_secret(user),
        "tickets": make_ticket(team=team).pk,
        "teams": team.pk,
        "stages": team.stages.first().pk,
        "tags": make_tag().pk,
        "contacts": make_contact().pk,
        "companies": user.company_id,
        "webhooks": make_webhook(user).pk,
        "users": make_user(company=user.company).pk,
        "mail-templates": make_template().pk,
        "incoming-mails": deliver(make_mail(to=alias.address), to=alias.address).pk,
        "outgoing-mails": make_outgoing().pk,
        "outgoing-mail-servers": make_outgoing_server().pk,
        "incoming-mail-servers": make_incoming_server().pk,
    }


@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_every_operation_keeps_its_promises(case: Any, world: dict[str, Any]) -> None:
    kind = case.operation.path.split("/")[3]
    if isinstance(case.path_parameters.get("pk"), int) and kind in world:
        case.path_parameters["pk"] = world[kind]
    case.call_and_validate(headers={"Authorization": f"Bearer {world['secret']}"})
