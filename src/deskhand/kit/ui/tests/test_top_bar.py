from __future__ import annotations

from types import SimpleNamespace

from django.test import RequestFactory

from deskhand.kit.panels import Place
from deskhand.kit.shell import App
from deskhand.kit.ui.context import Shell
from deskhand.kit.ui.top_bar import drawn_top_bar

CONTACTS = App("contacts", "Contacts", "users", "account_login", Place("test.contacts"))


def bar(name: str, token: str) -> str:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(  # type: ignore[assignment]
        name=name,
        email="a@b.example",
        theme="auto",
        company=None,
        works_in={},
        is_authenticated=True,
        is_internal=True,
        pk=1,
    )
    shell = Shell(request)
    shell.apps = [CONTACTS]
    return drawn_top_bar(request, shell, app_key="contacts", csrf_token=token)


def test_each_page_has_its_own_token_in_the_bar_that_is_kept() -> None:
    assert bar("Amara", "t0ken1").count('name="csrfmiddlewaretoken" value="t0ken1"') == 2
    assert bar("Amara", "t0ken2").count('name="csrfmiddlewaretoken" value="t0ken2"') == 2
    assert "t0ken1" not in bar("Amara", "t0ken2")


def test_nobody_sees_the_bar_of_somebody_else() -> None:
    bar("Amara", "t0ken1")

    assert "Amara" not in bar("Bram", "t0ken2")


def test_a_name_cannot_take_the_place_of_the_token() -> None:
    assert bar("<token>", "secret").count("secret") == 2
