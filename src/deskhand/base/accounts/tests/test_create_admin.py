from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.models import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def create_admin(*options: str, email: str = "amara@nordlys.example", name: str = "Amara Okafor") -> str:
    out = io.StringIO()
    call_command("create_admin", "--email", email, "--name", name, *options, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_ADMIN_PASSWORD", PASSWORD)


def test_the_first_administrator_gets_a_company_and_every_role() -> None:
    said = create_admin("--company", "Nordlys Home AS", email="Amara@Nordlys.example")

    user = User.objects.get()
    assert user.email == "amara@nordlys.example"
    assert user.company.name == "Nordlys Home AS"
    assert user.has_role("settings", Role.ADMINISTRATOR)
    assert user.has_role("helpdesk", Role.ADMINISTRATOR)
    assert user.check_password(PASSWORD)
    assert said == "Amara Okafor signs in with amara@nordlys.example and administers Nordlys Home AS.\n"


def test_without_a_company_named_the_only_one_is_taken_and_the_first_one_made() -> None:
    create_admin()
    create_admin(email="second@nordlys.example")

    assert Company.objects.count() == 1


def test_one_more_administrator_works_in_all_companies() -> None:
    first, second = make_company(name="Nordlys"), make_company(name="Sørlys")

    create_admin("--company", "sørlys")

    user = User.objects.get()
    assert user.company == second
    assert set(user.companies.all()) == {first, second}


def test_the_password_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKHAND_ADMIN_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    create_admin()

    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"email": "nonsense"}, "'nonsense' is no mail address"),
        ({"name": "  "}, "--name is empty"),
        ({"email": "taken@nordlys.example"}, "Choose another address"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_nothing_is_made(options: dict[str, str], sentence: str) -> None:
    make_agent(email="taken@nordlys.example")

    with pytest.raises(CommandError, match=sentence) as refusal:
        create_admin(**options)

    assert refusal.value.returncode == 65
    assert User.objects.count() == 1


def test_among_several_companies_one_must_be_named() -> None:
    make_company(name="Nordlys")
    make_company(name="Sørlys")

    with pytest.raises(CommandError, match=r"several companies \(Nordlys, Sørlys\)"):
        create_admin()

    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "password123"])
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("DESKHAND_ADMIN_PASSWORD", password)

    with pytest.raises(CommandError, match="password"):
        create_admin()

    assert not User.objects.exists()
    assert not Company.objects.exists()


def test_without_any_password_it_says_where_to_put_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_ADMIN_PASSWORD", "")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(CommandError, match="Set DESKHAND_ADMIN_PASSWORD"):
        create_admin()
