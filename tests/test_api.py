"""The ways of the REST API, tried on tickets: parts, fields, preconditions, keys, limits, refusals."""

from __future__ import annotations

import json
import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deskhand.base.accounts.public import NewUser, Role, User, set_roles
from deskhand.base.accounts.services import invite_user
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_settings_admin
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import CannedText, Message, add_followers, save_canned
from deskhand.base.contacts.services import set_tags
from deskhand.base.contacts.testing import make_contact
from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.testing import make_secret
from deskhand.base.workforce.services.employees import save_department
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.kit.api.models import KeptAnswer
from deskhand.kit.api.once import ABANDONED_AFTER, KEPT_FOR, forget_old_answers
from deskhand.kit.clock import now
from deskhand.kit.screens.favorites import NewFavorite, save_favorite
from deskhand.kit.screens.runs.running import start_run
from deskhand.support.teams.pages.screens import TAGS
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def agent() -> User:
    return make_agent()


def client_of(user: User, *scopes: str) -> Client:
    return Client(headers={"authorization": f"Bearer {make_secret(user, *scopes)}"}, raise_request_exception=False)


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic(method, f"/api/v1/{path}", json.dumps(body), "application/json", headers=names)


# ---- lists ----------------------------------------------------------------------------------------------------------


def test_a_list_is_read_in_parts_that_stay_true_while_tickets_come(agent: User) -> None:
    team = make_team(company=agent.company)
    tickets = [make_ticket(team=team, priority=number % 2) for number in range(7)]
    client = client_of(agent)

    first = client.get("/api/v1/tickets?limit=3").json()
    make_ticket(team=team, priority=3)  # comes before what was read already
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    read = [item["id"] for part in (first, second, third) for item in part["items"]]
    expected = [ticket.pk for ticket in sorted(tickets, key=lambda ticket: (-ticket.priority, -ticket.pk))]
    assert read == expected
    assert third["next"] is None
    assert first["total"] is None


@pytest.mark.parametrize("sort", ["assignee__name", "-assignee__name", "-created_at", "stage__name", "-updated_at"])
def test_parts_of_any_order_hold_every_ticket_once(agent: User, sort: str) -> None:
    team = make_team(company=agent.company)
    colleague = make_agent(agent.company)
    pks = {make_ticket(team=team, assignee=(None, agent, colleague)[number % 3]).pk for number in range(7)}
    client = client_of(agent)

    page, read = client.get(f"/api/v1/tickets?limit=2&sort={sort}").json(), []
    while True:
        read += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()

    assert sorted(read) == sorted(pks)


def test_a_list_has_the_filters_of_its_page(agent: User) -> None:
    team, other = make_team(company=agent.company), make_team(company=agent.company)
    urgent = make_ticket(team=team, priority=3, title="Oven stays cold")
    make_ticket(team=team, title="Oven stays hot")
    make_ticket(team=other, priority=3, title="Oven stays lukewarm")
    client = client_of(agent)

    found = client.get(f"/api/v1/tickets?q=oven&filter=urgent&in=team.{team.pk}&count=true&fields=title").json()

    assert found == {"items": [{"id": urgent.pk, "title": "Oven stays cold"}], "next": None, "total": 1}


def test_archived_tickets_are_found_by_their_filter_only(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)

    send(client, "PUT", f"tickets/{ticket.pk}/archival")

    assert client.get("/api/v1/tickets").json()["items"] == []
    assert [item["id"] for item in client.get("/api/v1/tickets?filter=archived").json()["items"]] == [ticket.pk]
    assert send(client, "DELETE", f"tickets/{ticket.pk}/archival").json()["is_archived"] is False


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("wrong=1", "wrong"),
        ("filter=wrong", "filter.0"),
        ("sort=wrong", "sort"),
        ("limit=101", "limit"),
        ("limit=0", "limit"),
        ("fields=title,wrong", "fields"),
        ("in=wrong.1", "in.0"),
        ("in=team.x", "in.0"),
        ("in=created.yesterday", "in.0"),
        ("find=wrong.oven", "find.0"),
        ("find=title.", "find.0"),
        ("where=", "where.0"),
        ("where=any", "where.0"),
        ("where=all%26wrong.is%3D1", "where.0"),
        ("where=all%26title.above%3D1", "where.0"),
        ("where=all%26created.after%3Dyesterday", "where.0"),
        ("where=all%26team.is%3Dx", "where.0"),
        ("cursor=altered", "cursor"),
    ],
)
def test_what_a_list_does_not_know_is_refused_and_not_ignored(agent: User, query: str, field: str) -> None:
    refused = client_of(agent).get(f"/api/v1/tickets?{query}")

    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_list_takes_searches_in_fields_and_custom_filters(agent: User) -> None:
    team = make_team(company=agent.company)
    cold = make_ticket(team=team, title="Oven stays cold", priority=3)
    hot = make_ticket(team=team, title="Stove stays hot")
    make_ticket(team=team, title="Fridge is loud", priority=3)
    client = client_of(agent)

    def found(**asked: Any) -> set[int]:
        return {item["id"] for item in client.get("/api/v1/tickets", asked).json()["items"]}

    assert found(find=["title.oven", "title.stove"]) == {cold.pk, hot.pk}
    assert found(where="any&title.contains=oven&title.starts=stove") == {cold.pk, hot.pk}
    assert found(where=["any&title.contains=oven&title.starts=stove", "all&priority.is=3"]) == {cold.pk}
    assert found(**{"in": "priority.3", "where": "title.lacks=fridge"}) == {cold.pk}


def test_a_list_is_counted_by_groups_inside_groups(agent: User) -> None:
    team, other = make_team(company=agent.company, name="Alpha"), make_team(company=agent.company, name="Beta")
    for priority in (0, 3, 3):
        make_ticket(team=team, priority=priority)
    make_ticket(team=other, priority=3)
    client = client_of(agent)

    with CaptureQueriesContext(connection) as asked:
        found = client.get("/api/v1/tickets/groups?group=team&group=priority&filter=open").json()

    told = {
        (one["name"], one["count"]): sorted((inner["value"], inner["count"]) for inner in one["groups"])
        for one in found["items"]
    }
    assert sorted(told.items()) == [
        (("Alpha", 3), [("0", 1), ("3", 2)]),
        (("Beta", 1), [("3", 1)]),
    ]
    assert found["total"] == 2
    assert len(asked) <= 6


def test_groups_that_a_list_does_not_know_are_refused(agent: User) -> None:
    refused = client_of(agent).get("/api/v1/tickets/groups?group=wrong")

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "group.0")


def test_a_cursor_belongs_to_one_order(agent: User) -> None:
    team = make_team(company=agent.company)
    for _ in range(2):
        make_ticket(team=team)
    client = client_of(agent)
    following = client.get("/api/v1/tickets?limit=1&sort=title").json()["next"]

    assert client.get(following.replace("sort=title", "sort=-title")).json()["code"] == "invalid_values"


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("tickets", 4),
        ("teams", 4),
        ("stages", 4),
        ("tags", 3),
        ("contacts", 4),
        ("companies", 3),
        ("users", 5),
        ("activities", 3),
        ("activity-types", 3),
        ("notifications", 3),
        ("canned-responses", 3),
        ("employees", 3),
        ("departments", 3),
        ("time-off", 3),
        ("leave-types", 3),
        ("working-calendars", 4),
        ("invitations", 3),
        ("audit", 3),
        ("api-keys", 3),
        ("favorites", 3),
        ("runs", 3),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_three(path: str, queries: int) -> None:
    admin = make_admin()
    set_roles(admin, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.ADMINISTRATOR})
    admin = User.objects.get(pk=admin.pk)
    client = client_of(admin)
    costs = []
    for number in range(2):
        _records_of_each_kind(admin, number)
        client.get(f"/api/v1/{path}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/api/v1/{path}?limit=100").status_code == 200
        costs.append(len(asked))

    assert costs == [queries, queries], [query["sql"] for query in asked]


def _records_of_each_kind(admin: User, number: int) -> None:
    colleague, team = make_agent(admin.company), make_team(company=admin.company)
    ticket = make_ticket(team=team, tags=[make_tag()], assignee=colleague)
    set_tags(make_contact(), ["Dealer"])
    make_activity(ticket, admin, due_on=date(2026, 12, 4), by=colleague)
    save_canned(CannedText(f"hi-{number}", "Hello"), by=admin)
    save_department(f"Kitchen {number}", company=admin.company)
    make_calendar(admin.company)
    make_time_off(make_employee(colleague), by=colleague, first=date(2026, 12, 4))
    new = NewUser(email=f"new-{number}@desk.example", name="Newt", company=admin.company)
    invite_user(new, by=admin, at=now())
    save_favorite(NewFavorite(screen="tickets:list", name=f"Mine {number}", query="filter=mine"), by=admin)
    start_run(TAGS, TAGS.mass_actions()[0], by=admin, keys=[1])


# ---- one record -----------------------------------------------------------------------------------------------------


def test_a_ticket_is_made_changed_moved_assigned_closed_and_reopened(agent: User) -> None:
    team = make_team(company=agent.company)
    client, tag = client_of(agent), make_tag()

    made = send(
        client, "POST", "tickets", {"title": " Oven  dark ", "team": team.pk, "customer_email": "Zoe@Hall.example"}
    )
    pk = made.json()["id"]
    changed = send(client, "PATCH", f"tickets/{pk}", {"priority": 3, "card_state": "blocked", "tags": [tag.pk]}).json()
    assigned = send(client, "PUT", f"tickets/{pk}/assignment", {"user": agent.pk}).json()
    closed = send(client, "PUT", f"tickets/{pk}/closure").json()
    reopened = send(client, "DELETE", f"tickets/{pk}/closure").json()

    assert made.status_code == 201
    assert made["Location"] == f"/api/v1/tickets/{pk}"
    assert made.json()["title"] == "Oven dark"
    assert made.json()["channel"] == "api"
    assert made.json()["customer"]["name"] == "Zoe"
    assert (changed["priority"], changed["card_state"], changed["tags"]) == (
        3,
        "blocked",
        [{"id": tag.pk, "name": tag.name}],
    )
    assert assigned["assignee"] == {"id": agent.pk, "name": agent.name}
    assert closed["is_closed"]
    assert not reopened["is_closed"]
    told = Message.objects.filter(object_id=pk, kind="track").values_list("author_id", flat=True)
    assert set(told) == {agent.contact_id}  # who did it stands in the chatter


def test_refusals_are_the_sentences_of_the_pages_and_change_nothing(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)
    send(client, "PUT", f"tickets/{ticket.pk}/closure")
    before = Ticket.objects.values().get(pk=ticket.pk)

    refused = send(client, "PUT", f"tickets/{ticket.pk}/closure")

    assert refused.status_code == 409
    assert refused.json() | {"type": ""} == {
        "type": "",
        "title": "Conflict",
        "status": 409,
        "detail": "This ticket is already closed.",
        "code": "ticket_already_closed",
        "errors": [],
    }
    assert Ticket.objects.values().get(pk=ticket.pk) == before


def test_nobody_overwrites_what_they_have_not_seen(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)
    seen = client.get(f"/api/v1/tickets/{ticket.pk}")

    first = send(client, "PATCH", f"tickets/{ticket.pk}", {"title": "First"}, If_Match=seen["ETag"])
    second = send(client, "PATCH", f"tickets/{ticket.pk}", {"title": "Second"}, If_Match=seen["ETag"])
    third = send(client, "PATCH", f"tickets/{ticket.pk}", {"title": "Third"}, If_Match=first["ETag"])

    assert [answer.status_code for answer in (first, second, third)] == [200, 412, 200]
    assert second.json()["code"] == "changed_meanwhile"


def test_who_has_a_record_already_is_told_so(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)
    seen = client.get(f"/api/v1/tickets/{ticket.pk}")

    again = client.get(f"/api/v1/tickets/{ticket.pk}", headers={"If-None-Match": seen["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": "x", "team": 10**12}, "team"),
        ({"title": "x", "team": "1"}, "team"),
        ({"title": "", "team": 1}, "title"),
        ({"title": "x\0", "team": 1}, "title"),
        ({"title": "x", "team": 1, "wrong": 1}, "wrong"),
        ({"title": "x", "team": 1, "customer_email": "nobody"}, "customer_email"),
    ],
)
def test_what_is_wrong_with_a_body_is_said_field_by_field(agent: User, body: dict[str, Any], field: str) -> None:
    refused = send(client_of(agent), "POST", "tickets", body)

    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json()["errors"]]
    assert not Ticket.objects.exists()


def test_what_is_no_json_is_refused(agent: User) -> None:
    refused = client_of(agent).post("/api/v1/tickets", "{", content_type="application/json")

    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")


# ---- conversation, files --------------------------------------------------------------------------------------------


def test_a_message_with_a_file_goes_to_those_who_follow(agent: User, mailoutbox: Any) -> None:
    customer = make_contact(email="zoe@hall.example")
    ticket = make_ticket(team=make_team(company=agent.company), customer=customer)
    client = client_of(agent)

    upload = client.post("/api/v1/attachments", {"file": SimpleUploadedFile("plan.txt", b"0123456789")})
    said = send(
        client, "POST", f"tickets/{ticket.pk}/messages", {"text": "Hello", "attachments": [upload.json()["id"]]}
    )
    again = send(client, "POST", f"tickets/{ticket.pk}/notes", {"text": "x", "attachments": [upload.json()["id"]]})
    listed = client.get(f"/api/v1/tickets/{ticket.pk}/messages?limit=1").json()["items"]

    assert (upload.status_code, said.status_code) == (201, 201)
    assert said.json()["body_html"] == "<p>Hello</p>"
    assert listed == [said.json()]
    assert again.json()["code"] == "invalid_values"  # each upload once
    (file,) = said.json()["attachments"]
    content = client.get(file["content_url"])
    part = client.get(file["content_url"], headers={"Range": "bytes=2-4"})
    end = client.get(file["content_url"], headers={"Range": "bytes=-3"})
    beyond = client.get(file["content_url"], headers={"Range": "bytes=10-"})
    assert b"".join(content.streaming_content) == b"0123456789"
    assert (part.status_code, part["Content-Range"], b"".join(part)) == (206, "bytes 2-4/10", b"234")
    assert (end.status_code, b"".join(end)) == (206, b"789")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10")


def test_a_conversation_costs_the_same_for_one_message_and_three(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client, costs = client_of(agent), []
    for count in (1, 2):
        for _ in range(count):
            upload = client.post("/api/v1/attachments", {"file": SimpleUploadedFile("plan.txt", b"plan")}).json()
            send(client, "POST", f"tickets/{ticket.pk}/messages", {"text": "Hello", "attachments": [upload["id"]]})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/api/v1/tickets/{ticket.pk}/messages").status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_message_to_nobody_is_refused(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company), customer=make_contact(email=""))

    refused = send(client_of(agent), "POST", f"tickets/{ticket.pk}/messages", {"text": "Hello"})

    assert refused.json()["errors"][0]["field"] == "to"
    assert not Message.objects.filter(object_id=ticket.pk, kind="message").exists()


def test_somebody_follows_and_follows_no_more(agent: User) -> None:
    ticket, contact = make_ticket(team=make_team(company=agent.company)), make_contact()
    client = client_of(agent)

    followed = send(client, "PUT", f"tickets/{ticket.pk}/followers/{contact.pk}")
    names = [item["id"] for item in client.get(f"/api/v1/tickets/{ticket.pk}/followers").json()["items"]]
    send(client, "DELETE", f"tickets/{ticket.pk}/followers/{contact.pk}")
    after = [item["id"] for item in client.get(f"/api/v1/tickets/{ticket.pk}/followers").json()["items"]]

    assert followed.status_code == 204
    assert contact.pk in names
    assert contact.pk not in after


# ---- the same call twice --------------------------------------------------------------------------------------------


def test_the_same_call_twice_does_the_work_once(agent: User) -> None:
    team = make_team(company=agent.company)
    client, body = client_of(agent), {"title": "Once", "team": team.pk}

    first = send(client, "POST", "tickets", body, Idempotency_Key="a")
    second = send(client, "POST", "tickets", body, Idempotency_Key="a")
    other = send(client, "POST", "tickets", body | {"title": "Twice"}, Idempotency_Key="a")
    of_another = send(client_of(agent), "POST", "tickets", body, Idempotency_Key="a")

    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    assert second["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert of_another.status_code == 201  # another key of the API has its own
    assert Ticket.objects.count() == 2


def test_a_refused_call_may_be_sent_again_with_its_key(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)

    refused = send(client, "DELETE", f"tickets/{ticket.pk}/closure", Idempotency_Key="a")
    send(client, "PUT", f"tickets/{ticket.pk}/closure")
    done = send(client, "DELETE", f"tickets/{ticket.pk}/closure", Idempotency_Key="a")

    assert (refused.status_code, done.status_code) == (409, 200)


def test_a_call_that_is_being_answered_is_not_begun_again(agent: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("deskhand.kit.api.once._PATIENCE", 0.1)
    team = make_team(company=agent.company)
    client, body = client_of(agent), {"title": "Once", "team": team.pk}
    send(client, "POST", "tickets", body, Idempotency_Key="a")
    KeptAnswer.objects.update(status=0)

    meanwhile = send(client, "POST", "tickets", body, Idempotency_Key="a")
    KeptAnswer.objects.update(started_at=now() - ABANDONED_AFTER - timedelta(seconds=1))
    after_death = send(client, "POST", "tickets", body, Idempotency_Key="a")

    assert (meanwhile.status_code, meanwhile["Retry-After"]) == (409, "1")
    assert after_death.status_code == 201


def test_answers_are_forgotten_after_a_day(agent: User) -> None:
    send(
        client_of(agent),
        "POST",
        "tickets",
        {"title": "x", "team": make_team(company=agent.company).pk},
        Idempotency_Key="a",
    )

    assert forget_old_answers(at=now()) == 0
    assert forget_old_answers(at=now() + KEPT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_equal_calls_at_the_same_time_make_one_ticket() -> None:
    agent = make_agent()
    team = make_team(company=agent.company)
    secret, answers = make_secret(agent), []

    def call() -> None:
        client = Client(headers={"authorization": f"Bearer {secret}"})
        answers.append(send(client, "POST", "tickets", {"title": "x", "team": team.pk}, Idempotency_Key="a"))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert Ticket.objects.count() == 1


# ---- who calls ------------------------------------------------------------------------------------------------------


def test_without_a_key_nobody_comes_in() -> None:
    refused = Client().get("/api/v1/tickets")
    wrong = Client(headers={"authorization": "Bearer dhk_0000000000_x"}).get("/api/v1/tickets")

    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")
    assert wrong.status_code == 401
    assert "Bearer" in wrong["WWW-Authenticate"]


@pytest.mark.parametrize("end", ["revoked_at", "expires_at", "user"])
def test_a_key_that_is_over_opens_nothing(agent: User, end: str) -> None:
    client = client_of(agent)
    if end == "user":
        User.objects.filter(pk=agent.pk).update(is_active=False)
    else:
        ApiKey.objects.update(**{end: now()})

    assert client.get("/api/v1/tickets").status_code == 401


def test_a_narrow_key_does_no_more_than_it_may(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent, "tickets:read", "tickets:closure")

    assert client.get("/api/v1/tickets").status_code == 200
    assert send(client, "PUT", f"tickets/{ticket.pk}/closure").status_code == 200
    refused = send(client, "PATCH", f"tickets/{ticket.pk}", {"title": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert "tickets:write" in refused.json()["detail"]
    assert client.get("/api/v1/contacts").status_code == 403
    assert Ticket.objects.get(pk=ticket.pk).title == ticket.title


def test_writing_holds_the_verbs_but_not_reading(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent, "tickets:write")

    assert send(client, "PUT", f"tickets/{ticket.pk}/closure").status_code == 200
    assert client.get("/api/v1/tickets").status_code == 403


def test_customers_have_their_pages_and_not_the_api() -> None:
    customer = make_portal_user()
    client = Client()
    client.force_login(customer)

    refused = client.get("/api/v1/tickets")

    assert (refused.status_code, refused.json()["code"]) == (403, "only_for_colleagues")


def test_a_page_reads_with_its_session_and_writes_with_its_token(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    client.get("/settings/preferences/")  # brings the token
    token = client.cookies["csrftoken"].value

    read = client.get(f"/api/v1/tickets/{ticket.pk}")
    elsewhere = client.get(f"/api/v1/tickets/{ticket.pk}", headers={"Sec-Fetch-Site": "cross-site"})
    without = send(client, "PUT", f"tickets/{ticket.pk}/closure")
    with_token = send(client, "PUT", f"tickets/{ticket.pk}/closure", X_CSRFToken=token)

    assert read.status_code == 200
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "csrf_failed")
    assert (without.status_code, without.json()["code"]) == (403, "csrf_failed")
    assert with_token.status_code == 200


def test_calls_are_counted_and_too_many_refused(agent: User, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 2
    client = client_of(agent)

    answers = [client.get("/api/v1/tickets") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0]["RateLimit-Limit"] == "2"
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["code"] == "too_many_calls"


def test_who_looks_for_a_key_is_stopped(settings: Any) -> None:
    settings.API_STRANGERS_PER_MINUTE = 2

    answers = [Client(headers={"authorization": f"Bearer dhk_{n}"}).get("/api/v1/tickets") for n in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]


# ---- rights ---------------------------------------------------------------------------------------------------------


def test_users_show_their_rights_to_administrators_only(agent: User) -> None:
    settings_admin = make_settings_admin(agent.company)

    seen = client_of(agent).get(f"/api/v1/users/{agent.pk}").json()
    managed = client_of(settings_admin).get(f"/api/v1/users/{agent.pk}").json()

    assert (seen["name"], seen["roles"], seen["companies"]) == (agent.name, None, None)
    assert managed["roles"] == {"helpdesk": "user"}


def test_an_administrator_makes_a_user_who_cannot_be_a_stranger_to_the_company(agent: User) -> None:
    client = client_of(make_settings_admin(agent.company))
    body = {"name": "Maja", "email": "maja@desk.example", "company": agent.company_id, "roles": {"helpdesk": "user"}}

    made = send(client, "POST", "users", body)
    refused = send(client, "POST", "users", body)

    assert (made.status_code, made.json()["roles"]) == (201, {"helpdesk": "user"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "email")


def test_followers_of_a_foreign_contact_are_not_made(agent: User) -> None:
    ticket, foreign = make_ticket(team=make_team(company=agent.company)), make_agent()
    hidden = make_contact(company=foreign.company)

    refused = send(client_of(agent), "PUT", f"tickets/{ticket.pk}/followers/{hidden.pk}")

    assert refused.status_code == 422
    add_followers(ticket, [hidden.pk])  # a mail may have done so, and it can be undone
    assert send(client_of(agent), "DELETE", f"tickets/{ticket.pk}/followers/{hidden.pk}").status_code == 204


# ---- description ----------------------------------------------------------------------------------------------------


def test_every_operation_declares_its_refusals_and_its_scope() -> None:
    described = Client().get("/api/openapi.json").json()

    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            declared = set(operation["responses"])
            assert {"401", "403", "404", "409", "412", "422", "429"} <= declared, f"{method} {path}"
            assert ":" in operation["x-scope"]


def test_the_description_is_a_page_of_ours_and_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = Client().get("/api/docs/")

    assert page.status_code == 200
    text = page.content.decode()
    assert 'id="tickets-close"' in text
    assert 'id="ticket_already_closed"' in text
    assert (
        re.findall(r"<script(?![^>]* src=\"/static/)|https?://(?!testserver|deskhand)[^\s<]*\.(?:js|css)", text) == []
    )
