"""A list costs the same number of queries for one row and for many: every list of the house, also one that somebody
adds tomorrow."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deskhand.base.accounts.public import NewUser, Role, User, invite_user, set_roles
from deskhand.base.accounts.testing import make_admin, make_agent, make_provider
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import CannedText, save_canned
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.services import set_tags
from deskhand.base.contacts.testing import make_contact
from deskhand.base.keys.testing import make_api_key
from deskhand.base.mail.testing import (
    deliver,
    make_incoming_server,
    make_mail,
    make_outgoing_server,
    make_template,
)
from deskhand.base.notifications.testing import make_notification
from deskhand.base.webhooks.testing import make_webhook
from deskhand.base.workforce.public import save_department
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.kit.clock import now
from deskhand.kit.screens import ListScreen
from deskhand.kit.screens.registry import screens
from deskhand.support.intake.testing import make_acknowledging_alias
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.public import Ticket, assign_ticket, edit_ticket


@pytest.fixture
def admin() -> User:
    """Somebody who opens every list."""
    found = make_admin()
    set_roles(found, dict.fromkeys(("helpdesk", "settings", "employees"), Role.ADMINISTRATOR))
    return User.objects.get(pk=found.pk)


def add_one_of_each(admin: User, number: int) -> None:
    """One more row in every list, with whatever a row may lead to."""
    company = admin.company
    colleague, alias = make_agent(company), make_acknowledging_alias(team=make_team(company=company))
    deliver(make_mail(to=alias.address), to=alias.address)
    ticket = Ticket.objects.latest("pk")
    assign_ticket(ticket.pk, colleague, by=None, at=now())
    edit_ticket(ticket.pk, {"tags": [make_tag()]}, by=None, at=now())
    set_tags(make_contact(company=company, parent=make_contact(is_company=True)), [f"Dealer {number}"])
    make_activity(ticket, admin, due_on=date(2026, 12, 4), kind=f"Visit {number}", by=colleague)
    make_notification(ticket, admin)
    save_canned(CannedText(f"hi-{number}", "Hello"), by=admin)
    employee = make_employee(colleague, department=save_department(f"Kitchen {number}", company=company))
    make_time_off(employee, by=admin, first=date(2026, 12, 4))
    make_calendar(company)
    invite_user(NewUser(email=f"new{number}@desk.example", name="Newt", company=company), by=admin, at=now())
    make_provider(company)
    make_api_key(colleague)
    make_webhook(colleague)
    make_template()
    make_outgoing_server()
    make_incoming_server()
    make_company()


def asked_by(http: Client, screen: ListScreen) -> tuple[int, int]:
    """How many rows a list has when nothing is filtered, and what it costs."""
    address = reverse(screen.list_url) + "?filter="
    http.get(address)
    with CaptureQueriesContext(connection) as queries:
        listing = http.get(address).context["listing"]
    return listing.pager.total, len(queries)


@pytest.mark.django_db
def test_every_list_costs_the_same_for_one_row_and_for_many(admin: User) -> None:
    http = Client()
    http.force_login(admin)
    lists = {type(one).__name__: one for one in screens() if ".tests." not in type(one).__module__}
    add_one_of_each(admin, 1)
    before = {name: asked_by(http, screen) for name, screen in lists.items()}

    add_one_of_each(admin, 2)
    add_one_of_each(admin, 3)
    after = {name: asked_by(http, screen) for name, screen in lists.items()}

    assert [name for name in lists if after[name][0] < before[name][0] + 2] == [], "add one of it to add_one_of_each"
    assert {name: cost for name, (_, cost) in after.items()} == {name: cost for name, (_, cost) in before.items()}
