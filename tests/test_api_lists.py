"""What the API does besides records: files, pictures, mass actions, imports, favourites, time off, activities."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_agent, make_settings_admin, make_user
from deskhand.base.chatter.public import Message
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.base.keys.testing import make_secret
from deskhand.base.mail.testing import deliver, make_mail
from deskhand.base.workforce.models import Employee, TimeOff
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type
from deskhand.config import api as config_api
from deskhand.kit.screens.imports.working import work_on as work_on_import
from deskhand.kit.screens.registry import screens
from deskhand.kit.screens.runs.running import work_on as work_on_run
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def agent() -> User:
    return make_agent()


def client_of(user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {make_secret(user)}"}, raise_request_exception=False)


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(method, f"/api/v1/{path}", "" if body is None else json.dumps(body), "application/json")


# ---- files ----------------------------------------------------------------------------------------------------------


def test_every_list_can_be_asked_for_by_programs() -> None:
    """FOUND-6: every model of the screens."""
    resources = map(import_string, config_api._RESOURCES)
    asked = {type(resource.screen) for resource in resources if hasattr(resource, "screen")}

    assert {type(one) for one in screens() if ".tests." not in type(one).__module__} - asked == set()


def test_a_list_is_exported_with_its_filters_and_the_columns_one_names(agent: User) -> None:
    team = make_team(company=agent.company)
    make_ticket(team=team, title="Oven stays cold", priority=3)
    make_ticket(team=team, title="Fridge is loud")

    answer = client_of(agent).get("/api/v1/tickets/export?format=csv&filter=urgent&col=title")

    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert answer["Content-Type"].startswith("text/csv")
    assert [row[0] for row in rows[1:]] == ["Oven stays cold"]


def test_a_photo_is_put_read_and_taken_away_by_administrators_only(agent: User) -> None:
    employee = make_employee(agent)
    admin = make_user(company=agent.company, app="employees", role=Role.ADMINISTRATOR)
    path = f"/api/v1/employees/{employee.pk}/photo"

    assert client_of(agent).put(path, PNG, "image/png").status_code == 403
    assert not Employee.objects.get().photo
    assert client_of(admin).put(path, PNG, "image/png").status_code == 204
    assert b"".join(client_of(agent).get(path).streaming_content) == PNG
    assert client_of(admin).delete(path).status_code == 204
    assert client_of(agent).get(path).status_code == 404


def test_what_is_no_picture_is_refused_and_the_logo_stays(agent: User) -> None:
    admin = make_settings_admin(agent.company)
    path = f"/api/v1/companies/{agent.company_id}/logo"
    client_of(admin).put(path, PNG, "image/png")

    refused = client_of(admin).put(path, b"<svg/>", "image/png")

    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_picture")
    assert b"".join(client_of(agent).get(path).streaming_content) == PNG


def test_administrators_get_a_mail_byte_for_byte(agent: User) -> None:
    admin = make_settings_admin(agent.company)
    alias = make_alias(team=make_team(company=agent.company))
    mail = deliver(make_mail(to="nobody-knows@desk.example", subject="Ofen"), to=alias.address)
    path = f"/api/v1/incoming-mails/{mail.pk}/content"

    answer = client_of(make_user(company=agent.company, role=Role.ADMINISTRATOR)).get(path)

    assert answer["Content-Type"] == "message/rfc822"
    assert b"".join(answer.streaming_content) == bytes(mail.raw)
    assert client_of(agent).get(path).status_code == 403
    assert client_of(admin).get(path).status_code in {200, 404}


# ---- mass actions ---------------------------------------------------------------------------------------------------


def test_a_mass_action_is_begun_watched_and_taken_back(agent: User) -> None:
    contacts = [make_contact(name=f"Zoe {number}") for number in range(3)]
    make_contact(name="Somebody else")
    client = client_of(agent)

    begun = send(client, "POST", "runs", {"list": "contacts", "action": "archive", "query": "q=zoe"})
    work_on_run(begun.json()["id"])
    run = client.get(f"/api/v1/runs/{begun.json()['id']}").json()
    undoing = send(client, "POST", f"runs/{run['id']}/undo")
    archived = Contact.objects.filter(is_active=False).count()
    work_on_run(undoing.json()["id"])

    assert begun.status_code == 201
    assert (run["state"], run["total"], run["changed"]) == ("done", 3, 3)
    assert sorted(step["name"] for step in client.get(f"/api/v1/runs/{run['id']}/steps").json()["items"]) == [
        contact.name for contact in contacts
    ]
    assert archived == 3
    assert undoing.json()["undoes"] == run["id"]
    assert not Contact.objects.filter(is_active=False).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"list": "wrong", "action": "archive"}, "list"),
        ({"list": "contacts", "action": "wrong"}, "action"),
        ({"list": "contacts", "action": "archive", "records": [999]}, "records"),
    ],
)
def test_a_mass_action_that_nobody_knows_is_refused(agent: User, body: Any, field: str) -> None:
    refused = send(client_of(agent), "POST", "runs", body)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


# ---- imports --------------------------------------------------------------------------------------------------------


def test_a_file_is_sent_tried_and_imported(agent: User) -> None:
    client = client_of(agent)
    file = SimpleUploadedFile("people.csv", b"Name,Mail\nZoe,zoe@hall.example\nBob,bob\n")

    sent = client.post("/api/v1/imports?list=contacts", {"file": file}).json()
    mapped = send(client, "PATCH", f"imports/{sent['id']}", {"mapping": ["name", "email"]}).json()
    send(client, "PUT", f"imports/{sent['id']}/start")
    work_on_import(sent["id"])
    failed = client.get(f"/api/v1/imports/{sent['id']}").json()

    assert (sent["mapping"], mapped["mapping"]) == (["name", ""], ["name", "email"])
    assert [(problem["row"], problem["value"]) for problem in failed["problems"]] == [(3, "bob")]
    assert not Contact.objects.filter(name="Zoe").exists()


def test_an_import_without_problems_makes_records(agent: User) -> None:
    client = client_of(agent)
    file = SimpleUploadedFile("people.csv", b"Name\nZoe\n")
    sent = client.post("/api/v1/imports?list=contacts", {"file": file}).json()

    assert send(client, "PUT", f"imports/{sent['id']}/start").json()["is_busy"] is True
    assert send(client, "PATCH", f"imports/{sent['id']}", {"key": "name"}).status_code == 409
    work_on_import(sent["id"])

    assert client.get(f"/api/v1/imports/{sent['id']}").json()["created"] == 1
    assert Contact.objects.filter(name="Zoe").exists()


# ---- favourites -----------------------------------------------------------------------------------------------------


def test_a_favorite_is_kept_for_the_list_it_names(agent: User) -> None:
    client = client_of(agent)

    made = send(client, "POST", "favorites", {"list": "tickets", "name": "Mine", "query": "filter=mine&wrong=1"}).json()

    assert (made["list"], made["query"]) == ("tickets", "filter=mine")
    assert client.get(f"/api/v1/tickets?{made['query']}").status_code == 200
    assert send(client, "DELETE", f"favorites/{made['id']}").status_code == 204
    assert client.get("/api/v1/favorites").json()["items"] == []


# ---- people ---------------------------------------------------------------------------------------------------------


def test_time_off_is_asked_for_changed_approved_and_not_changed_any_more() -> None:
    boss = make_agent()
    worker = make_agent(boss.company)
    make_calendar(boss.company)
    make_employee(worker, manager=make_employee(boss))
    mine, theirs = client_of(worker), client_of(boss)
    wish = {"type": make_leave_type().pk, "first_day": "2026-12-04"}

    asked = send(mine, "POST", "time-off", wish).json()
    changed = send(mine, "PATCH", f"time-off/{asked['id']}", {"last_day": "2026-12-07"}).json()
    own = send(mine, "PUT", f"time-off/{asked['id']}/approval")
    approved = send(theirs, "PUT", f"time-off/{asked['id']}/approval").json()
    late = send(mine, "PATCH", f"time-off/{asked['id']}", {"last_day": "2026-12-08"})
    said = mine.get(f"/api/v1/time-off/{asked['id']}/messages").json()["items"]

    assert (asked["state"], asked["hours"], changed["hours"]) == ("requested", 8, 16)
    assert own.status_code == 403
    assert approved["state"] == "approved"
    assert late.status_code == 403
    assert TimeOff.objects.get().last_day == date(2026, 12, 7)
    assert "Time off is approved." in said[0]["body_html"]


def test_an_activity_is_scheduled_done_and_stands_in_the_conversation(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company))
    client = client_of(agent)
    kind = client.get("/api/v1/activity-types").json()["items"][0]

    plan = {"about": {"kind": "tickets", "id": ticket.pk}, "type": kind["id"], "summary": "Ask for the bill"}
    made = send(client, "POST", "activities", plan).json()
    done = send(client, "PUT", f"activities/{made['id']}/completion", {"feedback": "It is on its way"}).json()
    again = send(client, "PUT", f"activities/{made['id']}/completion", {})

    assert made["about"] == {"kind": "tickets", "id": ticket.pk}
    assert made["due_on"] >= timezone.localdate().isoformat()
    assert done["done_at"]
    assert again.json()["code"] == "activity_done"
    assert "It is on its way" in Message.objects.of(ticket).latest("pk").body_html


def test_nothing_is_scheduled_about_what_one_does_not_see(agent: User) -> None:
    foreign = make_ticket(team=make_team())
    kind = client_of(agent).get("/api/v1/activity-types").json()["items"][0]["id"]

    refused = send(
        client_of(agent), "POST", "activities", {"about": {"kind": "tickets", "id": foreign.pk}, "type": kind}
    )

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "about.id")
    assert Ticket.objects.get(pk=foreign.pk).version == foreign.version


def test_contacts_have_tags_and_further_addresses(agent: User) -> None:
    client = client_of(agent)

    made = send(client, "POST", "contacts", {"name": "Zoe", "tags": ["Dealer", "VIP"]}).json()
    address = send(client, "POST", f"contacts/{made['id']}/addresses", {"city": "Oslo"}).json()
    moved = send(client, "PATCH", f"contacts/{made['id']}/addresses/{address['id']}", {"city": "Bergen"}).json()
    empty = send(client, "PATCH", f"contacts/{made['id']}/addresses/{address['id']}", {"city": ""})
    retagged = send(client, "PATCH", f"contacts/{made['id']}", {"tags": ["dealer"]}).json()

    assert sorted(made["tags"]) == ["Dealer", "VIP"]
    assert (moved["kind"], moved["city"]) == ("invoice", "Bergen")
    assert empty.json()["code"] == "contact_address_is_empty"
    assert retagged["tags"] == ["Dealer"]
    assert [tag["name"] for tag in client.get("/api/v1/contact-tags").json()["items"]] == ["Dealer", "VIP"]


def test_contacts_of_one_person_become_one(agent: User) -> None:
    admin = make_settings_admin(agent.company)
    kept, double = make_contact(name="Zoe"), make_contact(name="Zoe Hall")

    answer = send(client_of(admin), "POST", f"contacts/{kept.pk}/merges", {"contacts": [double.pk]})

    double.refresh_from_db()
    assert answer.status_code == 200
    assert (double.is_active, double.merged_into_id) == (False, kept.pk)


def test_contacts_that_only_look_alike_are_told_apart(agent: User) -> None:
    client = client_of(make_settings_admin(agent.company))
    zoe, other = make_contact(name="Zoe"), make_contact(name="Zoe")
    path = f"contacts/{zoe.pk}/distinctions"

    told = send(client, "PUT", f"{path}/{other.pk}")
    listed = client.get(f"/api/v1/{path}").json()["items"]
    taken_back = send(client, "DELETE", f"{path}/{other.pk}")

    assert (told.status_code, taken_back.status_code) == (204, 204)
    assert listed == [{"id": other.pk, "name": "Zoe"}]
    assert send(client, "DELETE", f"{path}/{other.pk}").status_code == 404
    assert send(client, "PUT", f"{path}/{zoe.pk}").status_code == 404


def test_a_role_in_an_app_that_has_none_hinders_no_change(agent: User) -> None:
    admin = make_settings_admin(agent.company)
    agent.role_grants.create(app="contacts", role=Role.USER)
    client = client_of(admin)

    changed = send(client, "PATCH", f"users/{agent.pk}", {"name": "Zoe"})

    assert (changed.status_code, changed.json()["roles"]) == (200, {"helpdesk": "user"})


def test_somebody_who_becomes_a_customer_keeps_their_tickets_and_comes_in_by_no_key(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company), assignee=agent)
    theirs, admin = client_of(agent), make_settings_admin(agent.company)

    changed = send(client_of(admin), "PATCH", f"users/{agent.pk}", {"kind": "portal"}).json()

    assert (changed["kind"], changed["roles"]) == ("portal", {})
    assert theirs.get("/api/v1/tickets").json()["code"] == "only_for_colleagues"
    assert Ticket.objects.get(pk=ticket.pk).assignee_id == agent.pk


def test_somebody_who_is_archived_keeps_their_tickets(agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company), assignee=agent)
    theirs, admin = client_of(agent), make_settings_admin(agent.company)

    assert send(client_of(admin), "PUT", f"users/{agent.pk}/archival").json()["is_active"] is False

    assert theirs.get("/api/v1/tickets").status_code == 401
    assert Ticket.objects.get(pk=ticket.pk).assignee_id == agent.pk


@pytest.mark.parametrize("query", ["in=companies.1", "where=all%26companies.is%3D1", "filter=invited"])
def test_what_colleagues_are_not_shown_they_do_not_find_out_by_asking(agent: User, query: str) -> None:
    admin = make_settings_admin(agent.company)

    assert client_of(agent).get(f"/api/v1/users?{query}").json()["errors"][0]["code"] == "not_for_you"
    assert client_of(admin).get(f"/api/v1/users?{query}").status_code == 200
