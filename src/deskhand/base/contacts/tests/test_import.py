"""Contacts out of files: mapped, checked, and written whole or not at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.screens.imports import pages, reading
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.working import work_on
from deskhand.kit.work.models import WorkState

pytestmark = pytest.mark.django_db
IMPORT = "/contacts/import/"


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent(name="Zora Agent")
    client.force_login(user)
    return user


def upload(client: Client, content: str | bytes, name: str = "people.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def do(client: Client, button: str, **typed: Any) -> Any:
    """Press a button on the page of the latest import, with the columns as they were guessed."""
    work = Import.objects.latest("pk")
    columns = {f"column-{place}": name for place, name in enumerate(work.mapping)}
    return client.post(f"/imports/{work.pk}/", columns | {button: "1"} | typed, follow=True)


def names() -> list[str]:
    return [contact.name for contact in Contact.objects.order_by("name") if contact.name != "Zora Agent"]


def book(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


# ---- writing --------------------------------------------------------------------------------------------------------


def test_rows_become_contacts(client: Client, agent: User) -> None:
    firm = make_contact(name="Nordlys", is_company=True)
    upload(client, "Name;E-Mail;Company;Country\nÅse Berg;ASE@nordlys.example;nordlys;Norway\nBo;;;\n")

    page = do(client, "import").content.decode()

    ase = Contact.objects.get(name="Åse Berg")
    assert (ase.email, ase.parent, ase.country) == ("ase@nordlys.example", firm, "NO")
    assert names() == ["Bo", "Nordlys", "Åse Berg"]
    assert "2 records created, 0 updated." in page


def test_a_check_says_what_would_happen_and_changes_nothing(client: Client, agent: User) -> None:
    upload(client, "Name\nAda\nBen\n")

    page = do(client, "check").content.decode()

    assert "All is well. The import will say: 2 records created, 0 updated." in page
    assert names() == []


def test_records_are_recognised_by_a_key_and_updated(client: Client, agent: User) -> None:
    ada = make_contact(name="Ada", email="ada@x.example", city="London")
    upload(client, "Email,Phone,Name\nADA@x.example,123,Ada L\nnew@x.example,,New\n")

    do(client, "import", key="email")

    ada.refresh_from_db()
    assert (ada.name, ada.phone, ada.city) == ("Ada L", "123", "London")
    assert names() == ["Ada L", "New"]


def test_nothing_is_half_imported_and_problems_stand_beside_their_rows(client: Client, agent: User) -> None:
    upload(client, "Name,Email\nAda,ada@x.example\nBen,no address\n,c@x.example\n")

    page = do(client, "import").content.decode()
    work = Import.objects.get()
    report = client.get(f"/imports/{work.pk}/problems/").content.decode("utf-8-sig")

    assert names() == []
    assert [problem[:3] for problem in work.problems] == [[3, "Email", "no address"], [4, "Name", ""]]
    assert "2 problems were found, so nothing was imported." in page
    assert "Enter a valid email address." in page
    assert report.splitlines()[1] == "3,Email,no address,Enter a valid email address."


def test_what_a_service_refuses_undoes_the_rows_before_it(client: Client, agent: User) -> None:
    make_contact(name="Nordlys", is_company=True)
    upload(client, "Name,Is a company,Company\nAda,no,Nordlys\nFirm,yes,Nordlys\n")

    page = do(client, "import").content.decode()

    assert names() == ["Nordlys"]
    assert "A company does not belong to another one." in page


def test_a_new_record_without_what_it_needs_is_refused(client: Client, agent: User) -> None:
    upload(client, "Email,Phone\nnobody@x.example,1\n")

    assert "New records need these columns: Name." in do(client, "import").content.decode()
    assert "This is a new record, and it needs: Name." in do(client, "import", key="email").content.decode()
    assert names() == []


def test_a_name_that_two_have_is_no_key(client: Client, agent: User) -> None:
    make_contact(name="Ada")
    make_contact(name="ADA")
    upload(client, "Name,City\nada,London\n")

    assert "More than one record has this value" in do(client, "import", key="name").content.decode()


def test_contacts_that_one_does_not_see_are_not_updated(client: Client, agent: User) -> None:
    theirs = make_contact(name="Theirs", email="t@x.example", company=make_company())
    upload(client, "Name,Email\nMine,t@x.example\n")

    do(client, "import", key="email")

    theirs.refresh_from_db()
    assert theirs.name == "Theirs"
    assert names() == ["Mine", "Theirs"]


def test_what_was_exported_can_be_imported(client: Client, agent: User) -> None:
    make_contact(name="Ada", phone="+47 22 33", country="NO", email="a@x.example")
    response = client.post("/contacts/export/?q=ada", {"format": "csv", "every_column": "1"})
    exported = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    Contact.objects.filter(name="Ada").update(phone="", country="")

    upload(client, exported)
    do(client, "import", key="email")

    ada = Contact.objects.get(name="Ada")
    assert (ada.phone, ada.country) == ("+47 22 33", "NO")


def test_people_find_their_company_in_another_row_of_the_file(client: Client, agent: User) -> None:
    upload(client, "Name;Is a company;Company\nGrete;;café sol\nCafé Sol;yes;\nÅsa;no;Café Sol\n")

    page = do(client, "import").content.decode()

    firm = Contact.objects.get(name="Café Sol")
    assert "3 records created, 0 updated." in page
    assert set(firm.people.values_list("name", flat=True)) == {"Grete", "Åsa"}


def test_a_company_that_is_nowhere_is_a_problem_of_its_row(client: Client, agent: User) -> None:
    upload(client, "Name,Is a company,Company,Email\nAda,no,Ben,\nBen,no,,\nFirm,yes,,no address\n")

    page = do(client, "import").content.decode()

    assert [problem[:3] for problem in Import.objects.get().problems] == [
        [2, "Company", "Ben"],
        [4, "Email", "no address"],
    ]
    assert "There is no company “Ben” yet. Give it a row of its own" in page
    assert names() == []


def test_a_company_that_two_rows_have_is_not_guessed(client: Client, agent: User) -> None:
    upload(client, "Name,Is a company,Company\nFirm,yes,\nFirm,yes,\nAda,no,Firm\n")

    assert "There is more than one “Firm”." in do(client, "import").content.decode()
    assert names() == []


def test_tags_and_the_website_come_along(client: Client, agent: User) -> None:
    ada = make_contact(name="Ada", email="a@x.example")
    upload(client, 'Name,Email,Website,Tags\nAda,a@x.example,ada.example,"Dealer, New One"\nBo,,,dealer\n')

    do(client, "import", key="email")

    ada.refresh_from_db()
    assert ada.website == "https://ada.example"
    assert [tag.name for tag in ada.tags.order_by("name")] == ["Dealer", "New One"]
    assert [tag.name for tag in Contact.objects.get(name="Bo").tags.all()] == ["Dealer"]


def test_a_tag_may_not_be_a_sentence(client: Client, agent: User) -> None:
    upload(client, f"Name,Tags\nAda,{'long ' * 20}\n")

    assert "A tag has up to 60 letters." in do(client, "import").content.decode()


@pytest.mark.parametrize(
    ("country", "language"), [("Poland", "German"), ("Polen", "Deutsch"), ("pl", "DE"), ("POLEN", "german")]
)
def test_countries_and_languages_by_their_names_in_any_language_of_the_desk(
    client: Client, agent: User, country: str, language: str
) -> None:
    upload(client, f"Name,Country,Language\nAda,{country},{language}\n")

    do(client, "import")

    ada = Contact.objects.get(name="Ada")
    assert (ada.country, ada.language) == ("PL", "de")


# ---- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "Name;City\nJürgen;Köln\n".encode("cp1252"),
        "\ufeffName\tCity\r\nJürgen\tKöln\r\n".encode(),
        "Name|City\nJürgen|Köln\n".encode("utf-16"),
        '"Name","City"\n"Jürgen","Köln"\n'.encode(),
        "\n\nName,City\n,,\nJürgen,Köln\n".encode(),
    ],
)
def test_text_of_any_usual_encoding_and_delimiter(client: Client, agent: User, data: bytes) -> None:
    upload(client, data)
    do(client, "import")

    assert Contact.objects.filter(name="Jürgen", city="Köln").exists()


def test_spreadsheets_with_several_sheets(client: Client, agent: User) -> None:
    data = book(["Nothing"], ["here"], People=[["Name", "Postal code"], ["Ada", 7010], ["Ben", 7011.0]])
    upload(client, data, "people.xlsx")

    do(client, "look", sheet="People")
    do(client, "import", sheet="People")

    assert names() == ["Ada", "Ben"]
    assert Contact.objects.get(name="Ben").postal_code == "7011"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "people.csv", "There is nothing in this file."),
        (b"\n\n", "people.csv", "There is nothing in this file."),
        (b"PK\x03\x04 no", "people.xlsx", "This is not an Excel file (XLSX), or it is damaged."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "people.csv", "This is neither a text file (CSV) nor an Excel file (XLSX)."),
    ],
)
def test_what_cannot_be_read_is_said_at_once(
    client: Client, agent: User, data: bytes, name: str, sentence: str
) -> None:
    response = upload(client, data, name)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Import.objects.exists()


def test_a_file_with_too_many_rows_is_refused(client: Client, agent: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    upload(client, "Name\na\nb\nc\n")

    assert "This file has more than 2 rows." in do(client, "import").content.decode()
    assert names() == []


def test_the_template_can_be_filled_in_and_imported(client: Client, agent: User) -> None:
    response = client.get(f"{IMPORT}?template")
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]

    assert load_workbook(io.BytesIO(data)).active["A1"].value == "Name"
    upload(client, data, "template.xlsx")
    do(client, "import")
    assert names() == ["Ada Example"]


# ---- who and when ---------------------------------------------------------------------------------------------------


def test_large_files_are_done_by_the_worker(client: Client, agent: User, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    monkeypatch.setattr(pages, "_SMALL", 0)
    monkeypatch.setattr(pages, "take_up", called.append)
    upload(client, "Name\nAda\n")

    page = do(client, "import").content.decode()
    assert "The file is being worked on." in page
    assert names() == []

    work_on(called[0])
    assert names() == ["Ada"]
    response = client.get(f"/imports/{called[0]}/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/contacts/"


def test_who_may_not_any_more_imports_nothing(client: Client, agent: User) -> None:
    upload(client, "Name\nAda\n")
    work = Import.objects.get()
    Import.objects.update(is_wanted=True, is_trial=False)
    agent.is_active = False
    agent.save()

    work_on(work.pk)

    work.refresh_from_db()
    assert work.state == WorkState.FAILED
    assert not Contact.objects.filter(name="Ada").exists()


def test_files_of_others_are_not_there(client: Client, agent: User) -> None:
    upload(client, "Name\nAda\n")
    client.force_login(make_agent(agent.company))

    assert client.get(f"/imports/{Import.objects.get().pk}/").status_code == 404
