"""Customers' pages that change by themselves: what tells them, what does not, and whom (CLOSE-4, IN-6)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.chatter.public import add_followers, remove_follower
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.kit.live import consumers, transport
from deskhand.kit.live.testing import OpenPage
from deskhand.kit.live.topics import may_watch
from deskhand.support.teams.testing import make_stage, make_team
from deskhand.support.tickets.public import (
    Priority,
    Ticket,
    TicketLink,
    archive_ticket,
    assign_ticket,
    edit_ticket,
    make_link_token,
    move_ticket,
    note_on_ticket,
    reply_to_ticket,
    set_priority,
)
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _connection_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the test's own, in the midst of a transaction."""
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)


@pytest.fixture
def customer() -> User:
    return make_portal_user(make_company(), name="Ada Lind")


@pytest.fixture
def ticket(customer: User) -> Ticket:
    return make_ticket(team=make_team(company=customer.company), customer=customer.contact)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Callable[..., list[str]]:
    """Does something, and answers the addresses of what pages are told of by it."""
    found: list[str] = []
    monkeypatch.setattr(transport, "_send", lambda addresses: found.extend(addresses.split()))

    def tell(do: Callable[[], Any]) -> list[str]:
        transaction.get_connection().run_on_commit.clear()  # what the test has made before
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return found

    return tell


@pytest.mark.parametrize("what", ["answer", "stage", "assignee", "title"])
def test_what_the_customer_sees_tells_their_pages(what, ticket, telling):
    agent = make_agent(ticket.company)
    stage = make_stage(ticket.team, name="Waiting")
    doing = {
        "answer": lambda: reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now()),
        "stage": lambda: move_ticket(ticket.pk, stage.pk, by=agent, at=now()),
        "assignee": lambda: assign_ticket(ticket.pk, agent, by=agent, at=now()),
        "title": lambda: edit_ticket(ticket.pk, {"title": "Another"}, by=agent, at=now()),
    }

    told = telling(doing[what])

    assert f"letters.{ticket.pk}" in told


@pytest.mark.parametrize("what", ["note", "priority", "description"])
def test_what_they_do_not_see_tells_them_nothing(what, ticket, telling):
    agent = make_agent(ticket.company)
    doing = {
        "note": lambda: note_on_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now()),
        "priority": lambda: set_priority(ticket.pk, Priority.URGENT, by=agent, at=now()),
        "description": lambda: edit_ticket(ticket.pk, {"description": "secret"}, by=agent, at=now()),
    }

    told = telling(doing[what])

    assert f"ticket.{ticket.pk}" in told or f"team.{ticket.team_id}" in told
    assert not [address for address in told if "letters" in address or "mine" in address]


def test_a_new_ticket_tells_the_list_of_who_asked(customer, telling):
    team = make_team(company=customer.company)

    told = telling(lambda: make_ticket(team=team, customer=customer.contact))

    assert f"mine.{customer.contact_id}" in told
    assert may_watch(customer, f"mine.{customer.contact_id}")
    assert not may_watch(make_portal_user(customer.company), f"mine.{customer.contact_id}")


@pytest.mark.parametrize("what", ["unfollowed", "archived"])
def test_what_they_may_not_see_any_more_is_asked_about(what, customer, ticket, telling):
    agent = make_agent(ticket.company)
    doing = {
        "unfollowed": lambda: remove_follower(ticket, customer.contact_id),
        "archived": lambda: archive_ticket(ticket.pk, by=agent, at=now()),
    }

    told = telling(doing[what])

    assert f"?letters.{ticket.pk}" in told
    assert not may_watch(User.objects.get(pk=customer.pk), f"letters.{ticket.pk}")


def test_only_who_reads_the_ticket_in_my_account_watches_it(customer, ticket):
    follower, agent = make_portal_user(customer.company), make_agent(customer.company)
    add_followers(ticket, [follower.contact_id])

    assert may_watch(customer, f"letters.{ticket.pk}")
    assert may_watch(follower, f"letters.{ticket.pk}")
    assert not may_watch(make_portal_user(customer.company), f"letters.{ticket.pk}")
    assert not may_watch(agent, f"letters.{ticket.pk}")


def test_the_pages_say_what_they_watch(customer, ticket):
    client = Client()
    client.force_login(customer)
    token = make_link_token(ticket.pk, customer.contact_id, at=now())

    listed = client.get("/my/tickets/").content.decode()
    page = client.get(f"/my/tickets/{ticket.pk}/").content.decode()
    by_link = Client().get(f"/t/{token}/").content.decode()

    assert f'data-watch="mine.{customer.contact_id} letters.{ticket.pk}"' in listed
    assert f'data-watch="letters.{ticket.pk}"' in page
    assert "data-token" not in page
    assert f'data-token="{token}"' in by_link


# ---- behind a personal link -----------------------------------------------------------------------------------------


@pytest.fixture
def token(customer: User, ticket: Ticket) -> str:
    return make_link_token(ticket.pk, customer.contact_id, at=now())


def test_the_page_behind_a_link_hears_of_its_ticket_and_nothing_else(ticket, token):
    other = make_ticket(team=ticket.team)

    @async_to_sync
    async def heard() -> list[Any]:
        page = OpenPage()
        assert await page.is_let_in()
        await page.say({"token": token})
        watching = await page.hear()
        await transport.deliver(f"letters.{other.pk} ticket.{ticket.pk} letters.{ticket.pk}")
        told = await page.hear()
        await page.leave()
        return [watching, told]

    address = f"letters.{ticket.pk}"
    assert heard() == [{"watching": [address]}, {"changed": address}]


@pytest.mark.parametrize("asked", ["?letters.{pk}", "?everything", "letters.{pk}"])
@pytest.mark.parametrize("how", ["expired", "unfollowed"])
def test_a_link_that_opens_nothing_any_more_is_gone(asked, how, customer, ticket, token):
    address = f"letters.{ticket.pk}"

    def shut() -> None:
        if how == "expired":
            TicketLink.objects.update(expires_at=now() - timedelta(days=1))
        else:
            Ticket.objects.filter(pk=ticket.pk).update(customer=None)
            remove_follower(ticket, customer.contact_id)

    @async_to_sync
    async def heard() -> list[Any]:
        page = OpenPage()
        await page.is_let_in()
        await page.say({"token": token})
        await page.hear()
        await sync_to_async(shut)()
        await transport.deliver(asked.format(pk=ticket.pk))
        told = [await page.hear()]
        await transport.deliver(address)
        told.append(await page.hears_nothing())
        await page.leave()
        return told

    assert heard() == [{"gone": address}, True]


@pytest.mark.parametrize("said", [{"token": "x"}, {"token": 7}, {"watch": ["letters.1"]}, {"here": "ticket.1"}, [], 7])
def test_whoever_says_anything_else_is_hung_up_on(said):
    @async_to_sync
    async def code() -> Any:
        page = OpenPage()
        assert await page.is_let_in()
        await page.say(said)
        return await page.hear()

    assert code() == consumers.STRANGER


def test_whoever_says_nothing_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(consumers, "LINK_PATIENCE_SECONDS", 0.01)

    async def code() -> Any:
        page = OpenPage()
        assert await page.is_let_in()
        return await page.hear()

    assert async_to_sync(code)() == consumers.STRANGER


def test_a_token_is_said_once(token):
    @async_to_sync
    async def code() -> Any:
        page = OpenPage()
        await page.is_let_in()
        await page.say({"token": token})
        await page.hear()
        await page.say({"token": token})
        return await page.hear()

    assert code() == consumers.STRANGER


def test_nobody_opens_more_of_them_than_people_need(monkeypatch):
    monkeypatch.setattr(consumers, "LINKS_PER_MINUTE", 2)

    async def let_in() -> list[bool]:
        pages = [OpenPage() for _number in range(3)]
        found = [await page.is_let_in() for page in pages]
        await asyncio.gather(*(page.leave() for page in pages[:2]))
        return found

    assert async_to_sync(let_in)() == [True, True, False]
