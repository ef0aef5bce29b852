"""A list as a file: what is on the page, for whom it is on the page, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.screens import exporting

pytestmark = pytest.mark.django_db
EXPORT = "/contacts/export/"


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent(name="Zora Agent")
    client.force_login(user)
    return user


def exported(client: Client, query: str = "", **posted: Any) -> list[list[str]]:
    """The lines of a CSV file without those of the agent; columns: name and mail address, if nothing else is asked."""
    response = client.post(EXPORT + query, {"format": "csv", "columns": ["name", "email"]} | posted)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return [line for line in csv.reader(io.StringIO(text)) if line[0] != "Zora Agent"]


def test_a_file_holds_what_the_list_shows(client: Client, agent: User) -> None:
    firm = make_contact(name="Nordlys", is_company=True, email="post@nordlys.example")
    make_contact(name="Åse", email="ase@nordlys.example", parent=firm)
    make_contact(name="Gone", is_active=False)

    assert exported(client) == [
        ["Name", "Email"],
        ["Nordlys", "post@nordlys.example"],
        ["Åse", "ase@nordlys.example"],
    ]
    assert exported(client, "?filter=people")[1:] == [["Åse", "ase@nordlys.example"]]
    assert exported(client, "?q=nordlys&sort=-name", columns=["name"])[1:] == [["Åse"], ["Nordlys"]]


def test_ticked_records_only(client: Client, agent: User) -> None:
    first, _second, third = (make_contact(name=name) for name in ("Ada", "Ben", "Cem"))

    assert exported(client, pk=[third.pk, first.pk], columns=["name"]) == [["Name"], ["Ada"], ["Cem"]]


def test_records_that_one_does_not_see_cannot_be_exported_by_their_keys(client: Client, agent: User) -> None:
    theirs = make_contact(name="Theirs", company=make_company())

    assert exported(client, pk=[theirs.pk]) == [["Name", "Email"]]


def test_all_columns_are_more_than_the_list_shows(client: Client, agent: User) -> None:
    make_contact(name="Ada", street="Storgata 1", is_company=True)

    headings, line = exported(client, every_column="1")

    assert dict(zip(headings, line, strict=True))["Street"] == "Storgata 1"
    assert dict(zip(headings, line, strict=True))["Is a company"] == "Yes"


@pytest.mark.parametrize("name", ["=1+1", "+47 22 33", "-1", "@here", "\tx", "＝1"])
def test_nothing_in_a_file_is_a_formula(client: Client, agent: User, name: str) -> None:
    contact = make_contact(name="x")
    Contact.objects.filter(pk=contact.pk).update(name=name)

    assert exported(client, columns=["name"])[1:] == [[f"'{name}"]]
    cell = _sheet(client, columns=["name"])[1][0]
    assert (cell.value, cell.data_type) == (name, "s")


def test_a_spreadsheet_has_moments_in_the_readers_time_zone(client: Client, agent: User) -> None:
    agent.time_zone = "Europe/Oslo"
    agent.save()
    Contact.objects.filter(pk=make_contact(name="Ada").pk).update(created_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

    headings, line = _sheet(client, "?q=ada", columns=["name", "created_at"])

    assert [cell.value for cell in headings] == ["Name", "Created on"]
    assert [cell.value for cell in line] == ["Ada", datetime(2026, 7, 2, 0, 30)]  # noqa: DTZ001  # a sheet knows no zones


def test_an_empty_list_has_its_headings(client: Client, agent: User) -> None:
    assert exported(client, "?q=nobody") == [["Name", "Email"]]
    assert len(_sheet(client, "?q=nobody", columns=["name"])) == 1


def test_the_popup_counts_and_offers_the_columns_of_the_list(client: Client, agent: User) -> None:
    contact = make_contact(name="Ada")

    page = client.get(f"{EXPORT}?q=ada").content.decode()
    ticked = client.post(EXPORT, {"pk": [contact.pk]}).content.decode()

    assert "Export 1 record" in page
    assert _box(page, "email") == "checked"
    assert _box(page, "street") == ""
    assert f'<input type="hidden" name="pk" value="{contact.pk}">' in ticked


def test_without_a_column_there_is_no_file(client: Client, agent: User) -> None:
    response = client.post(f"{EXPORT}?q=ada", {"format": "csv"}, follow=True)

    assert response.redirect_chain == [("/contacts/?q=ada", 302)]
    assert "Choose at least one column." in response.content.decode()


def test_a_file_costs_the_same_number_of_queries_for_each_batch(
    client: Client, agent: User, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        make_contact(name=name, parent=make_contact(name=f"Firm {name}", is_company=True))
    exported(client)

    with django_assert_num_queries(4 + 2):  # session, user, default favourite, rows; for the batch tags and access
        exported(client, every_column="1")
    monkeypatch.setattr(exporting, "BATCH", 2)

    with django_assert_num_queries(4 + 2 * 4):
        assert len(exported(client, every_column="1")) == 7


def _sheet(client: Client, query: str = "?q=", **posted: Any) -> list[tuple[Any, ...]]:
    response = client.post(EXPORT + query, {"format": "xlsx"} | posted)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="contacts-')
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return [row for row in book.active.iter_rows() if row[0].value != "Zora Agent"]


def _box(page: str, column: str) -> str:
    """Whether the box of a column is ticked; fails if there is none."""
    found = re.search(rf'<input type="checkbox"[^>]*value="{column}"[^>]*>', page)
    assert found
    return "checked" if "checked" in found[0] else ""
