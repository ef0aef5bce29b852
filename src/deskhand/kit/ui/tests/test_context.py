from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import include, path
from pytest_django import Settings

from deskhand.kit.panels import Place
from deskhand.kit.shell import App, MenuEntry
from deskhand.kit.ui.context import Shell, current_app, menu_of


def page(_request: HttpRequest) -> Any: ...


desk = ([path("list/", page, name="list"), path("stages/", page, name="stages"), path("1/", page, name="one")], "desk")
urlpatterns = [path("desk/", include(desk)), path("", page, name="start")]

HELPDESK: Place[MenuEntry] = Place("test.helpdesk")
HELPDESK.add(MenuEntry("Overview", "start"))
HELPDESK.add(MenuEntry("Mine", "desk:list", under="Tickets", query="filter=mine&filter=open"))
HELPDESK.add(MenuEntry("All", "desk:list", under="Tickets", query="filter=open"))
HELPDESK.add(MenuEntry("Stages", "desk:stages", under="Configuration", shown_to=lambda user: user.is_admin))
DESK = App("helpdesk", "Helpdesk", "lifebuoy", "start", HELPDESK)
OTHER = App("contacts", "Contacts", "users", "start", Place("test.contacts"))


@pytest.fixture(autouse=True)
def _urls(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def asked(address: str, *, is_admin: bool = True) -> HttpRequest:
    from django.urls import resolve

    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path)
    request.user = SimpleNamespace(is_admin=is_admin, is_internal=True, is_authenticated=True)  # type: ignore[assignment]
    return request


def test_the_page_finds_its_app_by_itself_or_by_its_namespace() -> None:
    assert current_app(asked("/desk/stages/"), [OTHER, DESK]) == DESK
    assert current_app(asked("/desk/1/"), [OTHER, DESK]) == DESK


def test_a_page_can_name_its_app() -> None:
    assert current_app(asked("/desk/1/"), [OTHER, DESK], "contacts") == OTHER


def test_an_app_that_the_user_may_not_open_is_never_the_current_one() -> None:
    assert current_app(asked("/desk/1/"), [OTHER]) is None


def test_entries_of_one_drop_down_stand_together_in_their_order() -> None:
    menu = menu_of(asked("/"), DESK)

    assert [(group.title, [link.title for link in group.links]) for group in menu] == [
        ("", ["Overview"]),
        ("Tickets", ["Mine", "All"]),
        ("Configuration", ["Stages"]),
    ]
    assert menu[1].links[0].url == "/desk/list/?filter=mine&filter=open"


def test_an_entry_is_shown_to_those_only_who_may_open_it() -> None:
    assert [group.title for group in menu_of(asked("/", is_admin=False), DESK)] == ["", "Tickets"]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/desk/list/?filter=open&filter=mine", "Mine"),
        ("/desk/list/?filter=open&q=oven", "All"),
        ("/desk/stages/", "Stages"),
        ("/", "Overview"),
        ("/desk/list/", None),
        ("/desk/1/", None),
    ],
)
def test_the_menu_marks_the_entry_that_is_open(address: str, current: str | None) -> None:
    links = [link for group in menu_of(asked(address), DESK) for link in group.links]

    assert [link.title for link in links if link.is_current] == ([current] if current else [])


def test_a_page_that_is_not_in_the_menu_marks_the_drop_down_it_belongs_to() -> None:
    marked = [group.title for group in menu_of(asked("/desk/1/"), DESK) if group.is_current]

    assert marked == ["Tickets"]


def test_the_frame_of_a_stranger_has_no_apps_and_follows_the_device() -> None:
    shell = Shell(RequestFactory().get("/"))

    assert (shell.apps, shell.theme, shell.language, shell.direction) == ([], "auto", "en", "ltr")


def test_the_frame_has_the_theme_of_the_person() -> None:
    request = asked("/")
    request.user.theme = "dark"  # type: ignore[union-attr]

    assert Shell(request).theme == "dark"
