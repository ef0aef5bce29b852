"""Lists are told of whatever is written to their tables, by whatever way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.live.topics import may_watch
from deskhand.kit.screens.live import rows_address
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

CONTACTS = rows_address(Contact)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was nudged, also by transactions that the test will roll back."""
    heard: list[str] = []
    monkeypatch.setattr("deskhand.kit.screens.live.nudge", heard.append)
    return heard


WRITES: list[Callable[[Contact], object]] = [
    lambda contact: contact.save(),
    lambda contact: Contact.objects.filter(pk=contact.pk).update(name="Bo"),
    lambda contact: Contact.objects.bulk_create([Contact(name="New", company=contact.company)]),
    lambda contact: Contact.objects.bulk_update([contact], ["name"]),
    lambda contact: contact.delete(),
    lambda contact: contact.tags.create(name="VIP"),
]


@pytest.mark.parametrize("write", WRITES)
def test_every_way_of_writing_tells_the_lists(told, write):
    contact = make_contact()
    told.clear()

    write(contact)

    assert CONTACTS in told


def test_reading_and_looking_for_what_is_not_there_tells_nobody(told):
    contact = make_contact()
    told.clear()

    Contact.objects.get(pk=contact.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('UPDATE "contacts_contact" SET "nothing" = 1')

    assert told == []


def test_a_ticket_that_is_moved_tells_lists_of_tickets_alone(told):
    ticket = make_ticket()
    told.clear()

    Ticket.objects.filter(pk=ticket.pk).update(title="Oven")

    assert set(told) == {rows_address(Ticket)}


def test_only_who_may_open_a_list_may_watch_it():
    company = make_company()
    agent, portal = make_agent(company), make_portal_user(company)
    internal = make_user(company=company, role=Role.NONE)

    assert may_watch(agent, rows_address(Ticket))
    assert not may_watch(internal, rows_address(Ticket))
    assert not may_watch(portal, rows_address(Ticket))
    assert not may_watch(portal, CONTACTS)
    assert not may_watch(agent, "rows.1")


@pytest.mark.parametrize("address", ["/helpdesk/tickets/", "/helpdesk/tickets/?view=kanban", "/contacts/?filter="])
def test_every_list_and_kanban_says_what_it_watches(address):
    http = Client()
    http.force_login(make_agent(make_ticket().company))

    shown = http.get(address).content.decode()

    assert f'data-live="{CONTACTS if "contacts" in address else rows_address(Ticket)}"' in shown
