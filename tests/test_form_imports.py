"""Lists that declare no import of their own take files by the form of their page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_agent, make_settings_admin
from deskhand.base.activities.models import ActivityType
from deskhand.base.chatter.enums import Sharing
from deskhand.base.chatter.models import CannedResponse
from deskhand.base.companies.models import Company
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.work.models import WorkState
from deskhand.support.teams.models import Stage
from deskhand.support.teams.testing import make_stage, make_team

pytestmark = pytest.mark.django_db


def imported(client: Client, name: str, text: str, **typed: Any) -> Import:
    """Upload a table to a list and import it, with the columns as they were guessed."""
    client.post(reverse(f"{name}-import"), {"file": SimpleUploadedFile("table.csv", text.encode())})
    work = Import.objects.latest("pk")
    columns = {f"column-{place}": field for place, field in enumerate(work.mapping)}
    client.post(f"/imports/{work.pk}/", columns | {"import": "1"} | typed)
    work.refresh_from_db()
    assert work.state == WorkState.DONE, work.last_error
    return work


def signed_in(client: Client, user: User) -> User:
    client.force_login(user)
    return user


def test_companies_come_and_are_known_by_name(client: Client) -> None:
    own = signed_in(client, make_settings_admin()).company

    work = imported(
        client,
        "companies:companies",
        f"Name,Email,Time zone,Currency\n{own.name},new@x.example,,\nSkagen,hi@s.example,Europe/Oslo,NOK\n",
        key="name",
    )

    own.refresh_from_db()
    made = Company.objects.get(name="Skagen")
    assert (work.problems, work.created, work.updated) == ([], 1, 1)
    assert (own.email, made.email, made.time_zone, made.currency) == (
        "new@x.example",
        "hi@s.example",
        "Europe/Oslo",
        "NOK",
    )


def test_activity_types_have_numbers_and_icons_in_words(client: Client) -> None:
    signed_in(client, make_settings_admin())

    work = imported(client, "activities:types", "Name,Icon,Due after (days)\nVisit,Meeting,14\nParcel,,\n")

    assert work.problems == []
    assert ActivityType.objects.get(name="Visit").default_days == 14
    assert ActivityType.objects.get(name="Parcel").default_days == 1


def test_a_number_that_is_none_is_told_and_nothing_imported(client: Client) -> None:
    signed_in(client, make_settings_admin())

    work = imported(client, "activities:types", "Name,Due after (days)\nVisit,soon\nParcel,2\n")

    assert [problem[:3] for problem in work.problems] == [[2, "Due after (days)", "soon"]]
    assert not ActivityType.objects.filter(name__in=["Visit", "Parcel"]).exists()


def test_canned_responses_are_known_by_their_shortcut_with_or_without_colon(client: Client) -> None:
    user = signed_in(client, make_agent())
    imported(client, "chatter:canned-responses", "Shortcut,Text\nrefund,Money back.\n")

    work = imported(
        client, "chatter:canned-responses", "Shortcut,Text\n:refund,It is on its way.\n:hello,Hi!\n", key="shortcut"
    )

    assert (work.problems, work.created, work.updated) == ([], 1, 1)
    own = CannedResponse.objects.filter(owner=user, sharing=Sharing.OWN)
    assert dict(own.values_list("shortcut", "text")) == {"refund": "It is on its way.", "hello": "Hi!"}


def test_nobody_changes_a_response_of_somebody_else(client: Client) -> None:
    admin, agent = make_admin(), make_agent()
    agent.companies.set([admin.company])
    theirs = CannedResponse.objects.create(owner=admin, shortcut="refund", text="No.", sharing=Sharing.ALL)
    signed_in(client, agent)

    work = imported(client, "chatter:canned-responses", "Shortcut,Text\nrefund,Yes.\n", key="shortcut")

    theirs.refresh_from_db()
    assert (work.problem_count, work.updated, theirs.text) == (1, 0, "No.")


def test_stages_name_their_teams_and_keep_what_has_no_column(client: Client) -> None:
    admin = signed_in(client, make_admin())
    care, sales = make_team(company=admin.company, name="Care"), make_team(company=admin.company, name="Sales")
    known = make_stage(care, name="Waiting", description="For parts")

    work = imported(
        client, "teams:stages", 'Name,Teams,Folded in Kanban\nTriage,"care, Sales",no\nWaiting,Care,yes\n', key="name"
    )

    known.refresh_from_db()
    assert (work.problems, work.created, work.updated) == ([], 1, 1)
    assert set(Stage.objects.get(name="Triage").teams.all()) == {care, sales}
    assert (known.is_folded, known.description, list(known.teams.all())) == (True, "For parts", [care])


def test_the_template_holds_what_a_cell_can_hold(client: Client) -> None:
    signed_in(client, make_settings_admin())

    client.post(reverse("companies:companies-import"), {"file": SimpleUploadedFile("t.csv", b"Name,Logo\nA,x.png\n")})

    assert Import.objects.get().mapping == ["name", ""]
    assert client.get(reverse("companies:companies-import"), {"template": ""}).status_code == 200
