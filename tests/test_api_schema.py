"""The API keeps what its description promises: schemathesis calls every operation with what the description allows, and
with what it does not, and looks at what comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from deskhand.base.accounts.enums import UserKind
from deskhand.base.accounts.public import NewUser, Role, set_roles
from deskhand.base.accounts.services import ProviderDetails, invite_user, save_provider
from deskhand.base.accounts.testing import make_user
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import CannedText, save_canned
from deskhand.base.contacts.models import ContactTag
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.base.contacts.testing import make_contact
from deskhand.base.keys.testing import make_api_key, make_secret
from deskhand.base.mail.testing import (
    deliver,
    make_incoming_server,
    make_mail,
    make_outgoing,
    make_outgoing_server,
    make_template,
)
from deskhand.base.notifications.models import Notification
from deskhand.base.webhooks.testing import make_webhook
from deskhand.base.workforce.services.employees import save_department
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.config.wsgi import application
from deskhand.kit.clock import now
from deskhand.kit.keys import LARGEST_KEY
from deskhand.kit.screens.favorites import NewFavorite, save_favorite
from deskhand.kit.screens.import_door import store_import, write_import
from deskhand.kit.screens.runs.running import start_run
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.pages.screens import TAGS
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
    employee, calendar, contact = make_employee(user), make_calendar(user.company), make_contact()
    colleague = NewUser(email="new@desk.example", name="Newt", company=user.company)
    time_off = make_time_off(employee, by=user, first=date(2026, 12, 4))
    activity = make_activity(contact, user, due_on=date(2026, 12, 4), by=make_user(company=user.company))
    provider = ProviderDetails(
        "keycloak", "Keycloak", "http://127.0.0.1:9", "desk", "secret", [], False, False, user.company,
        UserKind.INTERNAL,
    )  # fmt: skip
    upload = SimpleUploadedFile("c.csv", b"Name\nZoe\n")
    favorite = NewFavorite(screen="tickets:list", name="Mine", query="filter=mine")
    return {
        "secret": make_secret(user),
        "api-keys": make_api_key(user).pk,  # another than the one that asks, which would shut itself out
        "employees": employee.pk,
        "departments": save_department("Kitchen", company=user.company).pk,
        "working-calendars": calendar.pk,
        "time-off": time_off.pk,
        "leave-types": time_off.type_id,
        "activities": activity.pk,
        "activity-types": activity.kind_id,
        "notifications": Notification.objects.get(user=user, activity=activity).pk,
        "canned-responses": save_canned(CannedText("hi", "Hello"), by=user).pk,
        "contact-tags": ContactTag.objects.create(name="Dealer").pk,
        "invitations": invite_user(colleague, by=user, at=now()).pk,
        "sign-in-providers": save_provider(None, provider).pk,
        "favorites": save_favorite(favorite, by=user).pk,
        "runs": start_run(TAGS, TAGS.mass_actions()[0], by=user, keys=[1]).pk,
        "imports": write_import(CONTACTS, user, store_import(upload)).pk,
        "tickets": make_ticket(team=team).pk,
        "teams": team.pk,
        "stages": team.stages.first().pk,
        "tags": make_tag().pk,
        "contacts": contact.pk,
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
    pk = case.path_parameters.get("pk")
    if isinstance(pk, int) and 1 <= pk <= LARGEST_KEY and kind in world:  # a key that is none shall be refused as it is
        case.path_parameters["pk"] = world[kind]
    case.call_and_validate(headers={"Authorization": f"Bearer {world['secret']}"})
