"""Every door of the house, by every kind of person: who comes in (200, 302), who may not (403), for whom there is
nothing (404), who signs in first (302 to the sign-in).

A door that is not in ``DOORS`` fails :func:`test_every_door_is_in_the_table`: whoever adds one says whom it opens to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import (
    make_admin,
    make_agent,
    make_invitation_token,
    make_passkey,
    make_portal_user,
    make_provider,
    make_settings_admin,
    make_user,
)
from deskhand.base.activities.public import ActivityType
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import CannedText, Draft, add_followers, save_canned
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import store_bytes
from deskhand.base.keys.testing import make_api_key
from deskhand.base.mail.testing import deliver, make_mail, make_outgoing, make_template
from deskhand.base.notifications.testing import make_notification
from deskhand.base.webhooks.testing import make_delivery, make_webhook
from deskhand.base.workforce.public import save_department
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type, make_time_off
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.screens.favorites import NewFavorite, save_favorite
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.runs.models import Run
from deskhand.kit.screens.runs.running import start_run
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.public import Ticket, make_link_token, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

_numbers = count(1)
SHARED = NewFavorite(screen="tickets:list", name="Urgent", query="filter=urgent", is_shared=True)


@dataclass
class World:
    """One company's desk, with a public and a private team, and who may want to look at it.

    ``member`` works in the Helpdesk of the company, ``guest`` does so and follows the private ticket, ``admin``
    administers it; ``foreign…`` the same in another company. ``idle`` works in the company without any role,
    ``settings`` administers companies and users. ``customer`` has a portal account and follows the ticket,
    ``neighbour`` has one and does not. None: a stranger.
    """

    people: dict[str, User | None]
    things: dict[str, Any]


PEOPLE = (
    "stranger", "neighbour", "customer", "idle", "settings", "foreign", "foreign_admin", "member", "guest", "admin",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    company, elsewhere = make_company(), make_company()
    people: dict[str, User | None] = {
        "stranger": None,
        "neighbour": make_portal_user(company),
        "customer": make_portal_user(company),
        "idle": make_user(company=company, role=Role.NONE),
        "settings": make_settings_admin(company),
        "foreign": make_agent(elsewhere),
        "foreign_admin": make_admin(elsewhere),
        "member": make_agent(company),
        "guest": make_agent(company),
        "admin": make_admin(company),
    }
    return World(people, _things(company, people))


def _things(company: Any, people: dict[str, Any]) -> dict[str, Any]:
    alias = make_alias(team=make_team(company=company))
    open_mail = deliver(make_mail(to=alias.address), to=alias.address)
    ticket = Ticket.objects.get(pk=open_mail.object_id)
    hidden = make_ticket(team=make_team(company=company, visibility=Visibility.PRIVATE))
    add_followers(ticket, [people["customer"].contact_id])
    add_followers(hidden, [people["guest"].contact_id])
    return {
        "company": company,
        "team": ticket.team,
        "stage": ticket.stage,
        "tag": make_tag(),
        "ticket": ticket,
        "hidden": hidden,
        "contact": (contact := make_contact(company=company)),
        "address": contact.addresses.create(street="Storgata 1"),
        "shared": people["member"].contact,
        "user": people["idle"],
        "invited": make_invitation_token(company),
        "provider": make_provider(company),
        "passkey": make_passkey(make_agent(company)),
        "template": make_template(),
        "key": make_api_key(people["member"]),
        "webhook": (webhook := make_webhook(people["admin"])),
        "delivery": make_delivery(webhook),
        "incoming": open_mail,
        "hidden_incoming": _belonging(deliver(make_mail(to="", text="x"), to=alias.address), hidden),
        "lost_incoming": deliver(make_mail(to=alias.address, auto_submitted="auto-replied"), to=alias.address),
        "outgoing": make_outgoing(**_of(ticket)),
        "hidden_outgoing": make_outgoing(**_of(hidden)),
        "lost_outgoing": make_outgoing(),
        "activity": make_activity(ticket, people["member"], due_on=now().date()),
        "hidden_activity": make_activity(hidden, people["guest"], due_on=now().date()),
        "notification": make_notification(ticket, people["member"]),
        "activity_type": ActivityType.objects.get(name="Call"),
        "canned": save_canned(CannedText("mine", "x"), by=people["member"]),
        "note": note_on_ticket(ticket.pk, _draft(people["member"], "note"), at=now()),
        "hidden_note": reply_to_ticket(hidden.pk, _draft(people["guest"], "sent"), at=now()),
        "file": _file_of(reply_to_ticket(ticket.pk, _draft(people["member"], "plan"), at=now())),
        "note_file": _file_of(note_on_ticket(ticket.pk, _draft(people["member"], "secret"), at=now())),
        "hidden_file": _file_of(reply_to_ticket(hidden.pk, _draft(people["guest"], "hidden"), at=now())),
        "token": make_link_token(ticket.pk, people["customer"].contact_id, at=now()),
        "import": _import_of(people["member"]),
        "run": _run_of(people["member"], ticket),
        **_workforce(company, people),
        "favorite": save_favorite(SHARED, by=people["member"]),
        "altered": make_link_token(ticket.pk, people["customer"].contact_id, at=now())[:-1],
    }


def _import_of(user: User) -> Import:
    path = default_storage.save("imports/contacts", ContentFile(b"Name\nAda\n"))
    return Import.objects.create(
        screen="contacts:list", user=user, name="contacts.csv", path=path, created_at=now(), due_at=now()
    )


def _run_of(user: User, ticket: Ticket) -> Run:
    """What somebody began to do with a ticket."""
    archive = next(action for action in TICKETS.mass_actions() if action.key == "archive")
    return start_run(TICKETS, archive, by=user, keys=[ticket.pk])


def _workforce(company: Any, people: dict[str, Any]) -> dict[str, Any]:
    """``member`` is an employee whom ``guest`` leads, and would like to be away."""
    manager = make_employee(people["guest"])
    employee = make_employee(people["member"], manager=manager)
    return {
        "employee": employee,
        "department": save_department("Care", company=company),
        "calendar": make_calendar(company),
        "leave_type": make_leave_type(),
        "time_off": make_time_off(employee, by=people["member"], first=date(2026, 11, 20)),
    }


def _of(ticket: Ticket) -> dict[str, Any]:
    return {"content_type_id": records.content_type_id(ticket), "object_id": ticket.pk}


def _belonging(mail: Any, ticket: Ticket) -> Any:
    for name, value in _of(ticket).items():
        setattr(mail, name, value)
    mail.save()
    return mail


def _draft(author: User, name: str) -> Draft:
    stored = store_bytes(name.encode() + b"%d" % next(_numbers), name=f"{name}.txt", mime_type="text/plain")
    return Draft(html=f"<p>{name}</p>", author=author.contact, from_internal=True, files=[stored])


def _file_of(message: Any) -> Any:
    return message.attachments.get()


@dataclass(frozen=True)
class Door:
    """One way in: a page's name, the thing it is about, and what each of ``PEOPLE`` is answered.

    ``says`` holds one word for each of ``PEOPLE``: the status, or ``sign``: to the sign-in. ``data`` is what is
    posted; ``@stage`` is the key of that thing.
    """

    view: str
    says: str
    thing: str = ""
    method: str = "GET"
    data: tuple[tuple[str, str], ...] = ()

    @property
    def app(self) -> str:
        return self.view.partition(":")[0].partition("_")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.view} {self.thing}".strip()


# fmt: off
#: ``sign``: goes to the sign-in.
#   stranger neighbour customer idle settings foreign foreign_admin member guest admin
FOLLOWER = (("email", "n@e.example"),)
ARCHIVE_TICKET = (("action", "archive"), ("pk", "@ticket"))
ARCHIVE_CONTACT = (("action", "archive"), ("pk", "@contact"))
DELETE_CONTACT = (("action", "delete"), ("pk", "@contact"))
TYPED, STAGE = (("value", "x@y.example"),), (("value", "@stage"),)
CARD = (("card", "@ticket"), ("stage", "@stage"))
HIDDEN_CARD = (("card", "@hidden"), ("stage", "@stage"))
CSV = (("format", "csv"), ("every_column", "1"))
DOORS = [
    Door("healthz", "200 200 200 200 200 200 200 200 200 200"),
    Door("home:start", "sign 200 200 302 302 302 302 302 302 302"),
    Door("home:overview", "sign 403 403 403 403 200 200 200 200 200"),
    Door("home:daily-target", "sign 403 403 403 403 200 200 200 200 200"),
    Door("home:search", "sign 403 403 200 200 200 200 200 200 200"),
    Door("home:palette", "sign 403 403 200 200 200 200 200 200 200"),
    Door("home:shortcuts", "sign 403 403 200 200 200 200 200 200 200"),
    Door("account_login", "200 302 302 302 302 302 302 302 302 302"),
    Door("account_logout", "302 200 200 200 200 200 200 200 200 200"),
    Door("account_inactive", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_change_password", "sign 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_done", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_from_key", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_from_key_done", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reauthenticate", "sign 200 200 200 200 200 200 200 200 200"),
    Door("account_invitation", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("account_invitation", "200 200 200 200 200 200 200 200 200 200", "invited"),
    Door("account_invitation", "422 422 422 422 422 422 422 422 422 422", "invited", "POST", data=(("name", "N"),)),
    Door("account_new_address", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("account_new_address", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("account_set_password", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_index", "sign 200 200 200 200 200 200 200 200 200"),
    Door("mfa_authenticate", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_reauthenticate", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_activate_totp", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_deactivate_totp", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_view_recovery_codes", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_generate_recovery_codes", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_download_recovery_codes", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_list_webauthn", "302 302 302 302 302 302 302 302 302 302"),
    Door("mfa_add_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_login_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_reauthenticate_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_edit_webauthn", "sign 302 302 302 302 302 302 302 302 302", "passkey"),
    Door("mfa_remove_webauthn", "sign 302 302 302 302 302 302 302 302 302", "passkey", "POST"),
    Door("socialaccount_login_cancelled", "200 200 200 200 200 200 200 200 200 200"),
    Door("openid_connect_login", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("openid_connect_callback", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("screens:suggestions", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:suggestions", "sign 403 403 200 200 200 200 200 200 200", "contacts.list"),
    Door("screens:suggestions", "sign 404 404 404 404 404 404 404 404 404", "nothing.here"),
    Door("screens:custom-filter", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:custom-filter", "sign 403 403 403 403 422 422 422 422 422", "tickets.list", "POST"),
    Door("screens:condition", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:favorites", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:favorites", "sign 403 403 403 403 422 422 422 422 422", "tickets.list", "POST"),
    Door("screens:favorite", "sign 403 403 403 403 404 404 200 403 200", "tickets.list favorite", "DELETE"),
    Door("screens:columns", "sign 403 403 403 403 204 204 204 204 204", "tickets.list", "POST"),
    Door("screens:cards", "sign 403 403 403 403 404 404 404 404 404", "tickets.list", "POST"),
    Door("screens:cards", "sign 403 403 403 403 404 404 200 200 200", "tickets.list", "POST", CARD),
    Door("screens:cards", "sign 403 403 403 403 404 404 404 200 404", "tickets.list", "POST", HIDDEN_CARD),
    Door("screens:new-card", "sign 403 403 403 200 403 403 403 403 403", "accounts.users"),
    Door("screens:new-card", "sign 403 403 403 422 403 403 403 403 403", "accounts.users", "POST"),
    Door("companies:settings", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:settings", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("companies:logo", "404 404 404 404 404 404 404 404 404 404", "company"),
    Door("companies:companies", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:companies-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("companies:companies-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:companies-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("companies:new-company", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:new-company", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("companies:company", "sign 403 403 403 200 403 403 403 403 403", "company"),
    Door("companies:company", "sign 403 403 403 422 403 403 403 403 403", "company", "POST"),
    Door("accounts:preferences", "sign 200 200 200 200 200 200 200 200 200"),
    Door("accounts:preferences", "sign 200 200 200 200 200 200 200 200 200", method="POST"),
    Door("accounts:theme", "sign 302 302 302 302 302 302 302 302 302", method="POST"),
    Door("accounts:users", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:users-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:users-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:users-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:new-user", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-user", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("accounts:user", "sign 403 403 403 200 403 403 403 403 403", "user"),
    Door("accounts:user", "sign 403 403 403 422 403 403 403 403 403", "user", "POST"),
    Door("accounts:user-archival", "sign 403 403 403 302 403 403 403 403 403", "user", "POST"),
    Door("accounts:password", "sign 403 403 403 200 403 403 403 403 403", "user"),
    Door("accounts:password", "sign 403 403 403 200 403 403 403 403 403", "user", "POST"),
    Door("accounts:password-reset", "sign 403 403 403 302 403 403 403 403 403", "user", "POST"),
    Door("accounts:companies", "sign 302 302 302 302 302 302 302 302 302", method="POST", data=(("all", "1"),)),
    Door("accounts:address", "sign 302 302 302 302 302 302 302 302 302"),
    Door("accounts:other-sessions-end", "sign 302 302 302 302 302 302 302 302 302", method="POST"),
    Door("accounts:session-end", "sign 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("accounts:invitation", "sign 403 403 403 409 403 403 403 403 403", "user", "POST"),
    Door("accounts:withdrawal", "sign 403 403 403 404 403 403 403 403 403", "user", "POST"),
    Door("accounts:second-factor-reset", "sign 403 403 403 409 403 403 403 403 403", "user", "POST"),
    Door("accounts:roles", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:audit-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:providers-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:providers-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:providers-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:providers", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-provider", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-provider", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("accounts:provider", "sign 403 403 403 200 403 403 403 403 403", "provider"),
    Door("accounts:provider", "sign 403 403 403 422 403 403 403 403 403", "provider", "POST"),
    Door("accounts:provider-archival", "sign 403 403 403 302 403 403 403 403 403", "provider", "POST"),
    Door("api-docs:openapi", "200 200 200 200 200 200 200 200 200 200"),
    Door("api-docs:docs", "200 200 200 200 200 200 200 200 200 200"),
    Door("keys:mine", "sign 403 403 200 200 200 200 200 200 200"),
    Door("keys:mine", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("keys:all", "sign 403 403 403 200 403 403 403 403 403"),
    Door("keys:all-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("keys:all-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("keys:key", "sign 404 404 404 200 404 404 200 404 404", "key"),
    Door("keys:revocation", "sign 404 404 404 302 404 404 302 404 404", "key", "POST"),
    Door("webhooks:list", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:list-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:list-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("webhooks:new", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:new", "sign 403 403 403 422 403 422 403 403 422", method="POST"),
    Door("webhooks:webhook", "sign 403 403 403 200 403 404 403 403 200", "webhook"),
    Door("webhooks:webhook", "sign 403 403 403 422 403 404 403 403 422", "webhook", "POST"),
    Door("webhooks:webhook-archival", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:pings", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:pause", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:secret", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:delivery", "sign 403 403 403 200 403 404 403 403 200", "delivery"),
    Door("webhooks:copies", "sign 403 403 403 409 403 404 403 403 409", "delivery", "POST"),
    Door("contacts:search", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:quick", "sign 403 403 201 201 201 201 201 201 201", method="POST", data=(("text", "Somebody"),)),
    Door("contacts:duplicates", "sign 403 403 403 200 403 403 403 403 403"),
    Door("contacts:merges", "sign 403 403 403 302 403 403 403 403 403", method="POST"),
    Door("contacts:merge-into", "sign 403 403 403 200 403 403 403 403 403", "contact"),
    Door("contacts:merge-into", "sign 403 403 403 422 403 403 403 403 403", "contact", "POST"),
    Door("contacts:addresses", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:addresses", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:address", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:address", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:address-deletion", "sign 403 403 302 302 404 404 302 302 302", "contact", "POST"),
    Door("contacts:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("contacts:list-import", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-import", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("contacts:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("contacts:new", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:new", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("contacts:contact", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:contact", "sign 403 403 200 200 200 200 200 200 200", "shared"),
    Door("contacts:contact", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:contact-archival", "sign 403 403 302 302 404 404 302 302 302", "contact", "POST"),
    Door("contacts:contact-deletion", "sign 403 403 403 302 404 404 403 403 403", "contact", "POST"),
    Door("tool-counts", "sign 200 200 200 200 200 200 200 200 200"),
    Door("notifications:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("notifications:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("notifications:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("notifications:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("notifications:menu", "sign 404 404 200 200 200 200 200 200 200"),
    Door("notifications:reading", "sign 404 404 302 302 302 302 302 302 302", method="POST"),
    Door("notifications:ways", "sign 404 404 200 200 200 200 200 200 200"),
    Door("notifications:ways", "sign 404 404 422 422 422 422 422 422 422", method="POST"),
    Door("notifications:notification", "sign 404 404 404 404 404 404 302 404 404", "notification"),
    Door("notifications:notification", "sign 404 404 404 404 404 404 200 404 404", "notification", "POST"),
    Door("notifications:notification", "sign 404 404 404 404 404 404 200 404 404", "notification", "DELETE"),
    Door("activities:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("activities:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("activities:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("activities:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("activities:menu", "sign 404 404 200 200 200 200 200 200 200"),
    Door("activities:types", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:types-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("activities:types-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:types-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("activities:new-type", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:new-type", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("activities:type", "sign 403 403 403 200 403 403 403 403 403", "activity_type"),
    Door("activities:type", "sign 403 403 403 422 403 403 403 403 403", "activity_type", "POST"),
    Door("activities:type-archival", "sign 403 403 403 302 403 403 403 403 403", "activity_type", "POST"),
    Door("activities:matrix", "sign 404 404 200 200 200 200 200 200 200", "kind"),
    Door("activities:new", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("activities:new", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 302 302 302", "activity"),
    Door("activities:activity", "sign 404 404 404 404 404 404 422 422 422", "activity", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 204 204 204", "activity", "DELETE"),
    Door("activities:completion", "sign 404 404 404 404 404 404 200 200 200", "activity"),
    Door("activities:completion", "sign 404 404 404 404 404 404 204 204 204", "activity", "POST"),
    Door("activities:new", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("activities:new", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 302 404", "hidden_activity"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 422 404", "hidden_activity", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 204 404", "hidden_activity", "DELETE"),
    Door("activities:completion", "sign 404 404 404 404 404 404 404 200 404", "hidden_activity"),
    Door("activities:completion", "sign 404 404 404 404 404 404 404 204 404", "hidden_activity", "POST"),
    Door("chatter:canned-responses", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:canned-responses-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("chatter:canned-responses-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:canned-responses-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("chatter:new-canned-response", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:new-canned-response", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("chatter:canned-response", "sign 403 403 404 404 404 404 200 404 404", "canned"),
    Door("chatter:canned-response", "sign 403 403 404 404 404 404 422 404 404", "canned", "POST"),
    Door("chatter:canned-response-deletion", "sign 403 403 404 404 404 404 302 404 404", "canned", "POST"),
    Door("chatter:note", "sign 404 404 404 404 404 404 200 403 403", "note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 204 403 403", "note", "POST", data=(("body", "x"),)),
    Door("chatter:note", "sign 404 404 404 404 404 404 204 403 403", "note", "DELETE"),
    Door("chatter:history", "sign 404 404 404 404 404 404 200 200 200", "note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 404 403 404", "hidden_note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 404 409 404", "hidden_note", "DELETE"),
    Door("chatter:history", "sign 404 404 404 404 404 404 404 200 404", "hidden_note"),
    Door("chatter:chat", "sign 404 404 404 404 404 404 302 302 302", "ticket"),
    Door("chatter:feed", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:messages", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("chatter:notes", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("chatter:followers", "sign 404 404 404 404 404 404 302 302 302", "ticket", "POST", data=FOLLOWER),
    Door("chatter:follower", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 204 204 204", "ticket", "POST"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 302 302 302", "ticket", "DELETE"),
    Door("chatter:following", "sign 404 404 404 404 404 404 302 302 302", "ticket", "POST"),
    Door("chatter:following", "sign 404 404 404 404 404 404 302 302 302", "ticket", "DELETE"),
    Door("chatter:mentions", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:canned", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:unsent", "sign 404 404 404 404 404 404 204 204 204", "ticket", "POST"),
    Door("chatter:unsent-files", "sign 404 404 404 404 404 404 200 200 200", "ticket", "POST"),
    Door("chatter:unsent-file", "sign 404 404 404 404 404 404 200 200 200", "ticket", "DELETE"),
    Door("chatter:chat", "sign 404 404 404 404 404 404 404 302 404", "hidden"),
    Door("chatter:feed", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:messages", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("chatter:notes", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("chatter:followers", "sign 404 404 404 404 404 404 404 302 404", "hidden", "POST", data=FOLLOWER),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 404 404", "hidden"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 404 404", "hidden", "POST"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 302 404", "hidden", "DELETE"),
    Door("chatter:following", "sign 404 404 404 404 404 404 404 302 404", "hidden", "POST"),
    Door("chatter:mentions", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:canned", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:unsent", "sign 404 404 404 404 404 404 404 204 404", "hidden", "POST"),
    Door("chatter:unsent-files", "sign 404 404 404 404 404 404 404 200 404", "hidden", "POST"),
    Door("chatter:unsent-file", "sign 404 404 404 404 404 404 404 200 404", "hidden", "DELETE"),
    Door("workforce:employees", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:employees-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("workforce:employees-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:employees-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("workforce:new-employee", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-employee", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:employee", "sign 403 403 200 200 404 404 200 200 200", "employee"),
    Door("workforce:employee", "sign 403 403 403 422 404 404 403 403 403", "employee", "POST"),
    Door("workforce:employee-archival", "sign 403 403 403 302 404 404 403 403 403", "employee", "POST"),
    Door("workforce:photo", "sign 403 403 404 404 404 404 404 404 404", "employee"),
    Door("workforce:departments", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:departments-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:departments-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:departments-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-department", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-department", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:department", "sign 403 403 403 200 403 403 403 403 403", "department"),
    Door("workforce:department", "sign 403 403 403 422 403 403 403 403 403", "department", "POST"),
    Door("workforce:department-archival", "sign 403 403 403 302 403 403 403 403 403", "department", "POST"),
    Door("workforce:parts", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:calendars-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-calendar", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-calendar", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:calendar", "sign 403 403 403 200 403 403 403 403 403", "calendar"),
    Door("workforce:calendar", "sign 403 403 403 422 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-archival", "sign 403 403 403 409 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-default", "sign 403 403 403 302 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-days", "sign 403 403 403 422 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-day", "sign 403 403 403 302 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:absences", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:leave-types", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:leave-types-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:leave-types-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:leave-types-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-leave-type", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-leave-type", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:leave-type", "sign 403 403 403 200 403 403 403 403 403", "leave_type"),
    Door("workforce:leave-type", "sign 403 403 403 422 403 403 403 403 403", "leave_type", "POST"),
    Door("workforce:leave-type-archival", "sign 403 403 403 302 403 403 403 403 403", "leave_type", "POST"),
    Door("workforce:time-off-list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:time-off-list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("workforce:time-off-list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:time-off-list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("workforce:new-time-off", "sign 403 403 403 200 403 403 200 200 403"),
    Door("workforce:new-time-off", "sign 403 403 403 422 403 403 422 422 403", method="POST"),
    Door("workforce:time-off", "sign 403 403 404 200 404 404 200 200 404", "time_off"),
    Door("workforce:time-off", "sign 403 403 404 403 404 404 403 403 404", "time_off", "POST"),
    Door("workforce:approval", "sign 403 403 404 302 404 404 403 302 404", "time_off", "POST"),
    Door("workforce:refusal", "sign 403 403 404 200 404 404 403 200 404", "time_off"),
    Door("workforce:refusal", "sign 403 403 404 302 404 404 403 302 404", "time_off", "POST"),
    Door("workforce:withdrawal", "sign 403 403 404 403 404 404 302 403 404", "time_off", "POST"),
    Door("files:attachment", "404 404 200 404 404 404 404 200 200 200", "file"),
    Door("files:attachment", "404 404 404 404 404 404 404 200 200 200", "note_file"),
    Door("files:attachment", "404 404 404 404 404 404 404 404 200 404", "hidden_file"),
    Door("mail:templates", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:templates-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:templates-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:templates-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:new-template", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:new-template", "sign 403 403 403 422 403 422 403 403 422", method="POST"),
    Door("mail:template", "sign 403 403 403 200 403 200 403 403 200", "template"),
    Door("mail:template", "sign 403 403 403 422 403 422 403 403 422", "template", "POST"),
    Door("mail:template-deletion", "sign 403 403 403 302 403 302 403 403 302", "template", "POST"),
    Door("mail:template-preview", "sign 403 403 403 200 403 200 403 403 200", "ticket", "POST"),
    Door("mail:incoming", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:incoming-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:incoming-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:incoming-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:outgoing", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:outgoing-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:outgoing-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:outgoing-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:incoming-mail", "sign 403 403 403 404 403 404 403 403 200", "incoming"),
    Door("mail:original", "sign 404 404 404 404 404 404 200 200 200", "incoming"),
    Door("mail:source", "sign 404 404 404 404 404 404 200 200 200", "incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 404 403 404 403 403 302", "incoming", "POST"),
    Door("mail:incoming-mail", "sign 403 403 403 404 403 404 403 403 404", "hidden_incoming"),
    Door("mail:original", "sign 404 404 404 404 404 404 404 200 404", "hidden_incoming"),
    Door("mail:source", "sign 404 404 404 404 404 404 404 200 404", "hidden_incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 404 403 404 403 403 404", "hidden_incoming", "POST"),
    Door("mail:incoming-mail", "sign 403 403 403 200 403 404 403 403 200", "lost_incoming"),
    Door("mail:original", "sign 404 404 404 200 404 404 404 404 200", "lost_incoming"),
    Door("mail:source", "sign 404 404 404 200 404 404 404 404 200", "lost_incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 302 403 404 403 403 302", "lost_incoming", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 404 403 404 403 403 200", "outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 404 404 404 302 302 302", "outgoing", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 404 403 404 403 403 404", "hidden_outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 404 404 404 404 302 404", "hidden_outgoing", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 200 403 404 403 403 404", "lost_outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 302 404 404 404 404 404", "lost_outgoing", "POST"),
    Door("teams:list", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:list-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:list-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:list-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:follower-options", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:stages-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:stage-new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tag-options", "sign 404 404 404 404 200 200 200 200 200"),
    Door("teams:tags", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:tags-import", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-import", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:tags-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:tag-new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stage-order", "sign 404 404 404 404 403 404 403 403 204", method="POST", data=(("order", "@stage"),)),
    Door("teams:new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:order", "sign 404 404 404 404 403 204 403 403 204", method="POST"),
    Door("teams:stage-new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:tag-options", "sign 404 404 404 404 422 422 422 422 422", method="POST"),
    Door("teams:tag-new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:team", "sign 404 404 404 404 403 404 403 403 200", "team"),
    Door("teams:team", "sign 404 404 404 404 403 404 403 403 422", "team", "POST"),
    Door("teams:copies", "sign 404 404 404 404 403 404 403 403 302", "team", "POST"),
    Door("teams:archival", "sign 404 404 404 404 403 404 403 403 302", "team", "POST"),
    Door("teams:stage", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:stage-edit", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage-edit", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:stage-fold", "sign 404 404 404 404 404 404 302 302 302", "stage", "POST"),
    Door("teams:stage-delete", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage-delete", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:tag", "sign 404 404 404 404 403 200 403 403 200", "tag"),
    Door("teams:tag", "sign 404 404 404 404 403 422 403 403 422", "tag", "POST"),
    Door("teams:tag-deletion", "sign 404 404 404 404 403 302 403 403 302", "tag", "POST"),
    Door("tickets:board", "sign 403 403 403 403 404 404 200 200 200"),
    Door("tickets:quick-create", "sign 403 403 403 403 404 404 200 200 200"),
    Door("tickets:quick-create", "sign 403 403 403 403 404 404 200 200 200", method="POST"),
    Door("tickets:list", "sign 403 403 403 403 200 200 200 200 200"),
    Door("tickets:list-mass", "sign 403 403 403 403 302 302 302 302 302", method="POST", data=ARCHIVE_TICKET),
    Door("contacts:list-mass", "sign 403 403 302 302 302 302 302 302 302", method="POST", data=ARCHIVE_CONTACT),
    Door("contacts:list-mass", "sign 403 403 403 302 403 403 403 403 403", method="POST", data=DELETE_CONTACT),
    Door("contacts:list-cell", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:list-cell", "sign 403 403 200 200 404 404 200 200 200", "contact", "POST", data=TYPED),
    Door("tickets:list-cell", "sign 403 403 403 403 404 404 200 200 200", "ticket"),
    Door("tickets:list-cell", "sign 403 403 403 403 404 404 200 200 200", "ticket", "POST", data=STAGE),
    Door("tickets:list-cell", "sign 403 403 403 403 404 404 404 200 404", "hidden"),
    Door("tickets:list-cell", "sign 403 403 403 403 404 404 404 422 404", "hidden", "POST", data=STAGE),
    Door("imports:import", "sign 404 404 404 404 404 404 200 404 404", "import"),
    Door("imports:import", "sign 404 404 404 404 404 404 302 404 404", "import", "POST"),
    Door("imports:problems", "sign 404 404 404 404 404 404 200 404 404", "import"),
    Door("runs:run", "sign 404 404 404 404 404 404 200 404 404", "run"),
    Door("runs:undo", "sign 404 404 404 404 404 404 302 404 404", "run", "POST"),
    Door("tickets:list-mass", "sign 403 403 403 403 404 404 404 404 404", method="POST"),
    Door("tickets:list-import", "sign 403 403 403 403 200 200 200 200 200"),
    Door("tickets:list-import", "sign 403 403 403 403 422 422 422 422 422", method="POST"),
    Door("tickets:list-export", "sign 403 403 403 403 200 200 200 200 200"),
    Door("tickets:list-export", "sign 403 403 403 403 200 200 200 200 200", method="POST", data=CSV),
    Door("tickets:new", "sign 403 403 403 403 200 200 200 200 200"),
    Door("tickets:new", "sign 403 403 403 403 422 422 422 422 422", method="POST"),
    Door("tickets:ticket", "sign 403 403 403 403 404 404 200 200 200", "ticket"),
    Door("tickets:ticket", "sign 403 403 403 403 404 404 422 422 422", "ticket", "POST"),
    Door("tickets:stage", "sign 403 403 403 403 404 404 204 204 204", "ticket", "POST", data=(("stage", "@stage"),)),
    Door("tickets:priority", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST", data=(("priority", "2"),)),
    Door("tickets:state", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST", data=(("state", "ready"),)),
    Door("tickets:archival", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST"),
    Door("tickets:copies", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST"),
    Door("tickets:messages", "sign 403 403 403 403 404 404 200 200 200", "ticket"),
    Door("tickets:messages", "sign 403 403 403 403 404 404 422 422 422", "ticket", "POST"),
    Door("tickets:notes", "sign 403 403 403 403 404 404 422 422 422", "ticket", "POST"),
    Door("tickets:followers", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST", data=FOLLOWER),
    Door("tickets:follower", "sign 403 403 403 403 404 404 302 302 302", "ticket", "POST"),
    Door("tickets:follower", "sign 403 403 403 403 404 404 302 302 302", "ticket", "DELETE"),
    Door("closing:closure", "sign 404 403 404 404 404 404 302 302 302", "ticket", "POST"),
    Door("closing:closure", "sign 404 403 404 404 404 404 409 409 409", "ticket", "DELETE"),
    Door("tickets:ticket", "sign 403 403 403 403 404 404 404 200 404", "hidden"),
    Door("tickets:ticket", "sign 403 403 403 403 404 404 404 422 404", "hidden", "POST"),
    Door("tickets:stage", "sign 403 403 403 403 404 404 404 409 404", "hidden", "POST", data=(("stage", "@stage"),)),
    Door("tickets:priority", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST", data=(("priority", "2"),)),
    Door("tickets:state", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST", data=(("state", "ready"),)),
    Door("tickets:archival", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST"),
    Door("tickets:copies", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST"),
    Door("tickets:messages", "sign 403 403 403 403 404 404 404 200 404", "hidden"),
    Door("tickets:messages", "sign 403 403 403 403 404 404 404 422 404", "hidden", "POST"),
    Door("tickets:notes", "sign 403 403 403 403 404 404 404 422 404", "hidden", "POST"),
    Door("tickets:followers", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST", data=FOLLOWER),
    Door("tickets:follower", "sign 403 403 403 403 404 404 404 302 404", "hidden", "POST"),
    Door("tickets:follower", "sign 403 403 403 403 404 404 404 302 404", "hidden", "DELETE"),
    Door("closing:closure", "sign 404 404 404 404 404 404 404 302 404", "hidden", "POST"),
    Door("closing:closure", "sign 404 404 404 404 404 404 404 409 404", "hidden", "DELETE"),
    Door("portal:ticket", "200 200 200 200 200 200 200 200 200 200", "token"),
    Door("portal:ticket", "302 302 302 302 302 302 302 302 302 302", "token", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "token"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "token", "POST"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "altered"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "altered", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "altered"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "altered", "POST"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "x", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("portal:attachment", "200 200 200 200 200 200 200 200 200 200", "token file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "token note_file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "token hidden_file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "altered file"),
]
# fmt: on


def _all_views() -> Iterator[str]:
    def walk(patterns: Any, namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name or pattern.pattern}"
            elif pattern.namespace != "api":  # the operations of the API have a table of their own
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)

    return walk(get_resolver().url_patterns, "")


def test_every_door_is_in_the_table() -> None:
    known = {door.view for door in DOORS}

    assert sorted(set(_all_views()) - known) == []
    assert sorted(known - set(_all_views())) == []


_OF_NOTHING: dict[str, Any] = {"account_reset_password_from_key": {"uidb36": "1", "key": "wrong"}}


#: Doors whose address ends with a word instead of a key.
_NAMED_BY = {
    "account_invitation": "token",
    "account_new_address": "token",
    "accounts:session-end": "handle",
    "openid_connect_login": "provider_id",
    "openid_connect_callback": "provider_id",
}


def _address(door: Door, things: dict[str, Any]) -> str:
    query = {
        "teams:stage-fold": f"?team={things['team'].pk}",
        "screens:new-card": "?group=kind&value=internal",
        "contacts:list-cell": "?column=email",
        "tickets:list-cell": "?column=stage__name",
    }
    return reverse(door.view, kwargs=_arguments(door, things)) + query.get(door.view, "")


def _arguments(door: Door, things: dict[str, Any]) -> dict[str, Any]:
    if door.view.startswith("screens:"):
        screen, _, thing = door.thing.partition(" ")
        return {"screen": screen} | ({"pk": things[thing].pk} if thing else {})
    return _record_arguments(door, things)


def _record_arguments(door: Door, things: dict[str, Any]) -> dict[str, Any]:
    kwargs: dict[str, Any] = _OF_NOTHING.get(door.view) or _by_word(door, things)
    if door.view.startswith("portal:"):
        token, _, thing = door.thing.partition(" ")
        kwargs["token"] = things.get(token, token)
        if thing:
            kwargs |= {"pk": things[thing].pk, "name": things[thing].name}
    elif door.view.startswith(("chatter:", "activities:")) and door.thing in {"ticket", "hidden", "kind"}:
        kwargs = _in_conversation(door, things)
    elif door.view == "files:attachment":
        kwargs = {"pk": things[door.thing].pk, "name": things[door.thing].name}
    elif door.view == "tickets:quick-create":
        kwargs = {"team_pk": things["team"].pk, "stage_pk": things["stage"].pk}
    elif door.view == "tickets:board":
        kwargs = {"team_pk": things["team"].pk}
    elif door.view == "tickets:follower":
        kwargs = {"pk": things[door.thing].pk, "contact_pk": things["shared"].pk}
    elif door.view == "mail:template-preview":
        kwargs = {"about": door.thing}
    elif door.thing and not kwargs:
        kwargs = {"pk": things[door.thing].pk} | _more_keys(door, things)
    return kwargs


def _by_word(door: Door, things: dict[str, Any]) -> dict[str, Any]:
    return {_NAMED_BY[door.view]: things.get(door.thing, door.thing)} if door.view in _NAMED_BY else {}


def _in_conversation(door: Door, things: dict[str, Any]) -> dict[str, Any]:
    if door.thing == "kind":
        return {"kind": records.content_type_id(Ticket)}
    more = {"chatter:follower": ("contact_pk", "shared"), "chatter:unsent-file": ("file_pk", "file")}.get(door.view)
    kwargs = {"kind": records.content_type_id(Ticket), "pk": things[door.thing].pk}
    return kwargs | ({more[0]: things[more[1]].pk} if more else {})


def _more_keys(door: Door, things: dict[str, Any]) -> dict[str, int]:
    """Of doors inside a record."""
    if door.view in {"contacts:address", "contacts:address-deletion"}:
        return {"address_pk": things["address"].pk}
    return {"day_pk": 1} if door.view == "workforce:calendar-day" else {}


def _typed(door: Door, things: dict[str, Any]) -> str:
    """``@stage``: the key of that thing."""
    return urlencode([(name, things[text[1:]].pk if text.startswith("@") else text) for name, text in door.data])


def _answer(door: Door, person: User | None, things: dict[str, Any]) -> str:
    client = Client(raise_request_exception=False)
    cache.clear()  # what the public may do is counted there
    if person:
        client.force_login(person)
    url = _address(door, things)
    with transaction.atomic():
        response = client.generic(door.method, url, _typed(door, things), "application/x-www-form-urlencoded")
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/account/login/")
    return "sign" if to_sign_in else str(response.status_code)


APPS = sorted({door.app for door in DOORS})


@pytest.mark.parametrize("app", APPS)
def test_doors_open_to_those_they_are_for(app: str, world: World) -> None:
    doors = [door for door in DOORS if door.app == app]

    answers = {
        str(door): " ".join(_answer(door, world.people[name], world.things) for name in PEOPLE) for door in doors
    }

    assert answers == {str(door): door.says for door in doors}
