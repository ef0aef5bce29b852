"""What no browser sends: a wrong number is not found, a wrong character is refused; nothing is a mistake of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin
from deskhand.base.mail.testing import make_template
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
LISTS = (
    "tickets:list", "contacts:list", "companies:companies", "accounts:users", "mail:templates", "mail:incoming",
    "mail:outgoing", "teams:list", "teams:stages", "teams:tags",
)  # fmt: skip


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket()


@pytest.fixture
def admin(ticket: Ticket) -> User:
    user = make_admin(ticket.company)
    user.role_grants.create(app="settings", role=Role.ADMINISTRATOR)
    return user


@pytest.fixture
def http(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", f"page={HUGE}", "page=x", "page=%F0%9F", "group=nothing&open=x", "sort=-nothing",
        "filter=nothing",
        "q=%00", "q=%ff%fe", f"q={'a+' * 3000}", f"q={'x' * 5000}", "q=%25_%5C", "q=%23" + HUGE,
        f"in=team.{HUGE}", "in=team.x", "in=team.%00", f"in=customer.{HUGE}", "in=created.9999-12",
        "in=created.0001-01", "in=created.0000-00", f"in=priority.{HUGE}", f"in=stage.{'9' * 5000}",
        "in=country.%00", f"in=parent.{HUGE}",
        "in=kind.x", f"in=company.{HUGE}", "in=outcome.%00", "in=received.9999-12", f"limit={HUGE}", f"open={HUGE}",
    ],
)  # fmt: skip
def test_no_query_breaks_a_list(http: Client, ticket: Ticket, query: str) -> None:
    pages = [reverse(name) for name in LISTS] + [reverse("tickets:board", args=[ticket.team_id])]

    answers = {page: http.get(f"{page}?{query}").status_code for page in pages}

    assert set(answers.values()) <= {200, 400}, answers


@pytest.mark.parametrize("number", [HUGE, "9" * 5000, "9223372036854775808", "0"])
def test_no_number_in_an_address_breaks_a_page(http: Client, ticket: Ticket, number: str) -> None:
    team, stage = ticket.team_id, ticket.stage_id
    pages = [
        f"/helpdesk/tickets/{number}/",
        f"/helpdesk/teams/{number}/",
        f"/helpdesk/teams/{number}/board/",
        f"/helpdesk/stages/{number}/",
        f"/helpdesk/tags/{number}/",
        f"/contacts/{number}/",
        f"/settings/users/{number}/",
        f"/settings/companies/{number}/",
        f"/mail/templates/{number}/",
        f"/mail/incoming/{number}/",
        f"/mail/outgoing/{number}/",
        f"/mail/incoming/{number}/original/",
        f"/helpdesk/tickets/new/?team={number}",
        f"/helpdesk/stages/{stage}/settings/?team={number}",
        f"/settings/companies/{number}/logo/",
        f"/helpdesk/teams/{team}/board/{number}/new/",
        f"/mail/templates/preview/ticket/?template={number}",
    ]

    answers = {page[:40]: http.get(page).status_code for page in pages}

    assert set(answers.values()) == {404}, answers


@pytest.mark.parametrize("number", [HUGE, "9" * 5000, "9223372036854775808", "-1", "x", "\0", "٣"])
def test_no_number_that_is_posted_breaks_a_page(http: Client, ticket: Ticket, number: str) -> None:
    team, at = ticket.team_id, f"/helpdesk/tickets/{ticket.pk}"
    sheet = {"title": "Oven", "team": team, "version": 1, "description": ""}
    posts: list[tuple[str, dict[str, Any]]] = [
        (f"{at}/", sheet | {"team": number}),
        (f"{at}/", sheet | {"tags": number}),
        (f"{at}/", sheet | {"assignee": number}),
        (f"{at}/", sheet | {"customer": number}),
        (f"{at}/", sheet | {"customer": "x", "customer_key": number, "customer_shown": "x"}),
        (f"{at}/", sheet | {"version": number}),
        (f"{at}/stage/", {"stage": number}),
        (f"{at}/stage/", {"stage": ticket.stage_id, "after": number, "before": number}),
        (f"{at}/priority/", {"priority": number}),
        (f"{at}/messages/", {"body": "Hello", "to": number}),
        ("/helpdesk/teams/order/", {"order": number}),
        ("/helpdesk/stages/order/", {"order": [str(ticket.stage_id), number]}),
        (f"/helpdesk/teams/{team}/", {"name": "T", "company": number, "followers": number, "stages": number}),
        (f"/helpdesk/stages/{ticket.stage_id}/", {"name": "S", "teams": number, "mail_template": number}),
        (f"/helpdesk/stages/{ticket.stage_id}/deletion/", {"move_to": number}),
        ("/helpdesk/tags/new/", {"name": "T", "color": number}),
        ("/contacts/new/", {"name": "C", "parent": number, "company": number}),
        ("/settings/users/new/", {"name": "U", "email": "u@x.example", "company": number, "companies": number}),
    ]

    answers = [(url, list(data), http.post(url, data).status_code) for url, data in posts]

    assert [answer for answer in answers if answer[2] >= 500] == []


@pytest.mark.parametrize("text", ["Nul\0byte", "x" * 10_000, "a" * 250 + "@home.example", "@", "a@b@c", "\u202e"])
def test_no_text_that_is_posted_breaks_a_page(http: Client, ticket: Ticket, text: str) -> None:
    at, team = f"/helpdesk/tickets/{ticket.pk}", f"/helpdesk/teams/{ticket.team_id}"
    board = f"{team}/board/"
    posts: list[tuple[str, dict[str, Any]]] = [
        (f"{at}/", {"title": text, "team": ticket.team_id}),
        (f"{at}/", {"title": "Oven", "customer": text, "customer_email": text, "customer_phone": text}),
        (f"{at}/messages/", {"body": text, "cc": text}),
        (f"{at}/notes/", {"body": text}),
        (f"{at}/followers/", {"email": text}),
        ("/contacts/quick/", {"text": text}),
        ("/contacts/new/", {"name": text, "email": text, "phone": text, "country": text, "parent": text, "note": text}),
        (f"{board}{ticket.stage_id}/new/", {"title": text, "customer": text}),
        (f"{board}{ticket.stage_id}/new/", {"title": "Oven", "customer": text}),
        (f"{team}/", {"name": text, "description": text, "add_follower": text, "new_stage": text}),
        ("/helpdesk/tags/options/", {"name": text}),
        ("/mail/templates/new/", {"name": text, "subject": text, "body": text, "about": text}),
        ("/mail/templates/preview/ticket/", {"subject": text, "body": text}),
        ("/settings/preferences/", {"name": text, "language": text, "time_zone": text, "signature": text}),
        ("/settings/", {"company-name": text, "email-alias_domain": text, "company-website": text}),
        ("/account/login/", {"login": text, "password": text}),
        ("/account/password/reset/", {"email": text}),
    ]  # fmt: skip
    make_template()

    answers = [(url, http.post(url, data).status_code) for url, data in posts]

    assert [answer for answer in answers if answer[1] >= 500] == []


def test_strangers_may_type_what_they_like(client: Client) -> None:
    tried = [
        client.post("/account/login/", {"login": text, "password": text}) for text in ("\0", "x" * 10_000, "\u202e@x")
    ]

    assert {answer.status_code for answer in tried} <= {200, 400}
    assert client.get("/t/%00/").status_code == 404
    assert client.get(f"/t/{'x' * 5000}/").status_code == 404


@pytest.mark.parametrize(
    ("url", "host"), [("/account/login/?next=%00", "testserver"), ("/account/login/", "somewhere-else.example")]
)
def test_what_cannot_be_read_gets_a_page_with_a_sentence(client: Client, url: str, host: str) -> None:
    answer = client.get(url, headers={"host": host})

    assert answer.status_code == 400
    assert "<h1>This cannot be read</h1>" in answer.content.decode()
