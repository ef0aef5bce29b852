"""Every operation of the API, by every kind of person: the same rights as on the pages, and those of narrow keys.

An operation that is not in ``OPERATIONS`` fails :func:`test_every_operation_is_in_the_table`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_settings_admin, make_user
from deskhand.base.chatter.public import Draft
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import store_bytes
from deskhand.base.keys.testing import make_secret
from deskhand.base.mail.testing import deliver, make_mail, make_outgoing, make_template
from deskhand.base.webhooks.testing import make_delivery, make_webhook
from deskhand.config.api import api
from deskhand.kit import records
from deskhand.kit.api.callers import known_scopes
from deskhand.kit.api.door import description_of
from deskhand.kit.clock import now
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.public import Ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

#: ``stranger`` has no key, ``customer`` a portal account; ``idle`` works in the company without a role; ``settings``
#: administers companies and users; ``foreign`` administers the Helpdesk of another company.
PEOPLE = ("stranger", "customer", "idle", "settings", "foreign", "member", "admin")

# fmt: off
#   stranger customer idle settings foreign member admin
OPERATIONS = {
    "tickets-list": "401 403 403 403 200 200 200",
    "tickets-create": "401 403 403 403 422 201 201",
    "tickets-get": "401 403 403 403 404 200 200",
    "tickets-change": "401 403 403 403 404 200 200",
    "tickets-messages": "401 403 403 403 404 200 200",
    "tickets-write": "401 403 403 403 404 201 201",
    "tickets-followers": "401 403 403 403 404 200 200",
    "tickets-move": "401 403 403 403 404 200 200",
    "tickets-assign": "401 403 403 403 404 200 200",
    "tickets-unassign": "401 403 403 403 404 200 200",
    "tickets-copy": "401 403 403 403 404 201 201",
    "tickets-note": "401 403 403 403 404 201 201",
    "tickets-follow": "401 403 403 403 404 204 204",
    "tickets-unfollow": "401 403 403 403 404 204 204",
    "tickets-close": "401 403 403 403 404 200 200",
    "tickets-reopen": "401 403 403 403 404 409 409",
    "tickets-archive": "401 403 403 403 404 200 200",
    "tickets-restore": "401 403 403 403 404 200 200",
    "teams-list": "401 403 403 403 200 200 200",
    "teams-create": "401 403 403 403 201 403 201",
    "teams-get": "401 403 403 403 404 200 200",
    "teams-change": "401 403 403 403 404 403 200",
    "teams-followers": "401 403 403 403 404 200 200",
    "teams-copy": "401 403 403 403 404 403 201",
    "teams-archive": "401 403 403 403 404 403 200",
    "teams-restore": "401 403 403 403 404 403 200",
    "stages-list": "401 403 403 403 200 200 200",
    "stages-create": "401 403 403 403 201 403 201",
    "stages-get": "401 403 403 403 404 200 200",
    "stages-change": "401 403 403 403 404 403 200",
    "stages-delete": "401 403 403 403 404 403 204",
    "tags-list": "401 403 403 403 200 200 200",
    "tags-create": "401 403 403 403 201 201 201",
    "tags-get": "401 403 403 403 200 200 200",
    "tags-change": "401 403 403 403 200 403 200",
    "tags-delete": "401 403 403 403 204 403 204",
    "contacts-list": "401 403 200 200 200 200 200",
    "contacts-create": "401 403 201 201 201 201 201",
    "contacts-get": "401 403 200 200 404 200 200",
    "contacts-change": "401 403 200 200 404 200 200",
    "contacts-delete": "401 403 403 204 404 403 403",
    "contacts-archive": "401 403 200 200 404 200 200",
    "contacts-restore": "401 403 200 200 404 200 200",
    "companies-list": "401 403 200 200 200 200 200",
    "companies-create": "401 403 403 201 403 403 403",
    "companies-get": "401 403 200 200 404 200 200",
    "companies-change": "401 403 403 200 404 403 403",
    "users-list": "401 403 200 200 200 200 200",
    "users-create": "401 403 403 201 403 403 403",
    "users-get": "401 403 200 200 404 200 200",
    "users-change": "401 403 403 200 404 403 403",
    "users-archive": "401 403 403 200 404 403 403",
    "users-restore": "401 403 403 200 404 403 403",
    "webhooks-list": "401 403 403 200 200 403 200",
    "webhooks-create": "401 403 403 201 201 403 201",
    "webhooks-get": "401 403 403 200 404 403 200",
    "webhooks-change": "401 403 403 200 404 403 200",
    "webhooks-deliveries": "401 403 403 200 404 403 200",
    "webhooks-ping": "401 403 403 201 404 403 201",
    "webhooks-resend": "401 403 403 409 404 403 409",
    "webhooks-pause": "401 403 403 200 404 403 200",
    "webhooks-resume": "401 403 403 200 404 403 200",
    "webhooks-new-secret": "401 403 403 200 404 403 200",
    "webhooks-archive": "401 403 403 200 404 403 200",
    "webhooks-restore": "401 403 403 200 404 403 200",
    "mail-templates-list": "401 403 403 200 200 403 200",
    "mail-templates-create": "401 403 403 201 201 403 201",
    "mail-templates-get": "401 403 403 200 200 403 200",
    "mail-templates-change": "401 403 403 200 200 403 200",
    "mail-templates-delete": "401 403 403 204 204 403 204",
    "incoming-mails-list": "401 403 403 200 200 403 200",
    "incoming-mails-get": "401 403 403 404 404 403 200",
    "incoming-mails-read-again": "401 403 403 404 404 403 409",
    "outgoing-mails-list": "401 403 403 200 200 403 200",
    "outgoing-mails-get": "401 403 403 404 404 403 200",
    "outgoing-mails-send-again": "401 403 403 404 404 403 409",
    "attachments-create": "401 403 201 201 201 201 201",
    "attachments-get": "401 403 404 404 404 200 200",
    "attachments-content": "401 403 404 404 404 200 200",
}
# fmt: on

BODIES: dict[str, Any] = {
    "tickets-create": {"title": "x", "team": "@teams"},
    "tickets-change": {"priority": 1},
    "tickets-move": {"stage": "@stages"},
    "tickets-assign": {"user": "@users"},
    "tickets-write": {"text": "x"},
    "tickets-note": {"text": "x"},
    "teams-create": {"name": "New team"},
    "teams-change": {"description": "x"},
    "stages-create": {"name": "New stage"},
    "stages-change": {"description": "x"},
    "tags-create": {"name": "New tag"},
    "tags-change": {"color": 1},
    "contacts-create": {"name": "Zoe"},
    "contacts-change": {"city": "Oslo"},
    "companies-create": {"name": "New company"},
    "companies-change": {"phone": "1"},
    "users-create": {"name": "Zoe", "email": "zoe@desk.example", "company": "@companies"},
    "users-change": {"name": "Zoe"},
    "webhooks-create": {"name": "x", "url": "https://shop.example/", "facts": ["ticket.created"]},
    "webhooks-change": {"name": "x"},
    "mail-templates-create": {"name": "x", "about": "ticket", "subject": "x", "body": "x"},
    "mail-templates-change": {"subject": "x"},
}


class World:
    """One company's desk, who looks at it, and a record of each kind."""

    def __init__(self) -> None:
        company, elsewhere = make_company(), make_company()
        self.people: dict[str, User | None] = {
            "stranger": None,
            "customer": make_portal_user(company),
            "idle": make_user(company=company, role=Role.NONE),
            "settings": make_settings_admin(company),
            "foreign": make_admin(elsewhere),
            "member": make_agent(company),
            "admin": make_admin(company),
        }
        agent = self.people["member"]
        admin = self.people["admin"]
        assert agent
        assert admin
        team = make_team(company=company)
        alias = make_alias(team=team)
        incoming = deliver(make_mail(to=alias.address), to=alias.address)
        ticket = Ticket.objects.get(pk=incoming.object_id)
        about = {"content_type_id": records.content_type_id(ticket), "object_id": ticket.pk}
        draft = Draft("<p>x</p>", agent.contact, from_internal=True, files=[store_bytes(b"plan", name="plan.txt")])
        webhook = make_webhook(admin)
        self.keys = {
            "tickets": ticket.pk,
            "teams": team.pk,
            "stages": team.stages.last().pk,
            "tags": make_tag().pk,
            "contacts": make_contact(company=company).pk,
            "companies": company.pk,
            "users": agent.pk,
            "webhooks": webhook.pk,
            "deliveries": make_delivery(webhook).pk,
            "mail-templates": make_template().pk,
            "incoming-mails": incoming.pk,
            "outgoing-mails": make_outgoing(**about).pk,
            "attachments": reply_to_ticket(ticket.pk, draft, at=now()).attachments.get().pk,
        }
        self.hidden = make_ticket(team=make_team(company=company, visibility=Visibility.PRIVATE))

    def client(self, name: str, *scopes: str) -> Client:
        user = self.people[name]
        client = Client(raise_request_exception=False)
        if user and name == "customer":
            client.force_login(user)
        elif user:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {make_secret(user, *scopes)}"
        return client

    def call(self, client: Client, operation: str, *, ticket: int | None = None) -> Any:
        method, path = _PATHS[operation]
        kind = path.split("/")[3]
        pk = self.keys[kind] if ticket is None else ticket
        path = path.replace("{pk}", str(pk)).replace("{contact}", str(self.keys["contacts"]))
        path = path.replace("{delivery}", str(self.keys["deliveries"]))
        cache.clear()  # calls are counted there
        with transaction.atomic():
            answer = self._send(client, method, path, operation)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer

    def _send(self, client: Client, method: str, path: str, operation: str) -> Any:
        if operation == "attachments-create":
            return client.post(path, {"file": SimpleUploadedFile("plan.txt", b"plan")})
        body = {
            name: self.keys[value[1:]] if isinstance(value, str) and value.startswith("@") else value
            for name, value in BODIES.get(operation, {}).items()
        }
        return client.generic(method, path, json.dumps(body) if body else "", "application/json")


def _operations() -> dict[str, tuple[str, str, str]]:
    found = {}
    for path, operations in description_of(api)["paths"].items():
        for method, operation in operations.items():
            found[operation["operationId"]] = (method.upper(), path, operation["x-scope"])
    return found


_KNOWN = _operations()
_PATHS = {name: (method, path) for name, (method, path, _scope) in _KNOWN.items()}


@pytest.fixture
def world() -> World:
    return World()


def test_every_operation_is_in_the_table() -> None:
    assert sorted(_KNOWN) == sorted(OPERATIONS)


def test_operations_open_to_those_they_are_for(world: World) -> None:
    answers = {name: [] for name in _KNOWN}
    for person in PEOPLE:
        client = world.client(person)
        for name in _KNOWN:
            answers[name].append(str(world.call(client, name).status_code))

    assert {name: " ".join(words) for name, words in answers.items()} == OPERATIONS


def test_a_key_without_the_scope_of_an_operation_is_told_so(world: World) -> None:
    for name, (_method, _path, scope) in _KNOWN.items():
        kind, _colon, verb = scope.partition(":")
        others = known_scopes() - {scope} - ({f"{kind}:write"} if verb != "read" else set())
        refused = world.call(world.client("admin", *others), name)
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing"), name


def test_a_ticket_of_a_private_team_is_not_there(world: World) -> None:
    client = world.client("admin")

    for name, (_method, path, _scope) in _KNOWN.items():
        if path.startswith("/api/v1/tickets/"):
            assert world.call(client, name, ticket=world.hidden.pk).status_code == 404, name
