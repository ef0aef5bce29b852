"""The table complains: of doors, places and models that nobody put into it, of wrong cells, and of words that leak."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from deskhand.config import urls
from deskhand.kit import records
from deskhand.kit.live import topics
from deskhand.kit.live.topics import Topic
from deskhand.kit.panels import Place
from deskhand.kit.screens import registry
from deskhand.kit.search import ACTIONS, SEARCHES, Action, Found, Search
from deskhand.kit.shell import MenuEntry
from deskhand.support.teams.shell import HELPDESK_MENU
from deskhand.support.tickets.public import Ticket
from tests.rights import discovery
from tests.rights.checking import leaked, missing, not_there, wrong_cells
from tests.rights.lines import Door, Rows, Secret
from tests.rights.people import EVERYBODY, words_of
from tests.rights.world import World

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch
FAKE: Any = type("Fake", (), {"__module__": "deskhand.fake.models", "_meta": SimpleNamespace(label="fake.Fake")})


def _page(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("Everything about everybody")


def _with_panel(place: Place[Any], panel: Any) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(place, "_panels", [*place._panels, (99, panel)])


def _with_screen(patch: Patch) -> None:
    screen = SimpleNamespace(list_url="fake:list", model=Ticket, mass_actions=lambda: [SimpleNamespace(key="burn")])
    patch.setitem(registry._screens, "fake:list", screen)


def _with_operation(patch: Patch) -> None:
    described = discovery.description_of(discovery.api)
    paths = described["paths"] | {"/api/v1/fakes": {"get": {"operationId": "fakes-list"}}}
    patch.setattr(discovery, "description_of", lambda _api: {"paths": paths})


def _with_model(patch: Patch) -> None:
    known = apps.get_models()
    patch.setattr(apps, "get_models", lambda: [*known, FAKE])


@pytest.mark.parametrize(
    ("add", "complaints"),
    [
        (_with_operation, ["api fakes-list", "rows fakes"]),
        (_with_screen, ["export fake:list", "list fake:list", "mass fake:list burn"]),
        (
            _with_panel(SEARCHES, Search("fakes", "Fakes", "list", lambda *_: Found([], 0))),
            ["palette fakes", "search fakes"],
        ),
        (_with_panel(ACTIONS, Action("Fake", "list", "home:start")), ["action home:start"]),
        (_with_panel(HELPDESK_MENU, MenuEntry("Fake", "home:start")), ["menu home:start"]),
        (
            lambda patch: patch.setitem(topics._topics, "fake", Topic("fake", lambda *_: True, shows_presence=True)),
            ["presence fake", "socket fake"],
        ),
        (lambda patch: patch.setitem(records._types, FAKE, SimpleNamespace(model=FAKE)), ["record fake.Fake"]),
        (_with_model, ["model fake.Fake"]),
    ],
)
def test_what_somebody_adds_has_to_be_put_into_the_table(
    add: Callable[[Patch], None], complaints: list[str], monkeypatch: Patch
) -> None:
    before = set(missing())
    add(monkeypatch)

    assert sorted(set(missing()) - before) == complaints


def test_a_page_that_somebody_adds_has_to_be_put_into_the_table(monkeypatch: Patch) -> None:
    routes = ModuleType("fake_routes")
    routes.urlpatterns = [*urls.urlpatterns, path("everything/", _page, name="everything")]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fake_routes", routes)

    before = set(missing())

    with override_settings(ROOT_URLCONF="fake_routes"):
        assert set(missing()) - before == {"page everything"}


def test_a_place_that_somebody_leaves_open_has_to_be_put_into_the_table() -> None:
    before = set(missing())

    place: Place[str] = Place("fake.reports")

    assert set(missing()) - before == {f"place {place.name}"}


def test_what_somebody_removes_has_to_be_taken_out_of_the_table(monkeypatch: Patch) -> None:
    before = set(not_there())

    monkeypatch.setattr(SEARCHES, "_panels", [(order, one) for order, one in SEARCHES._panels if one.key != "contacts"])

    assert set(not_there()) - before == {"palette contacts", "search contacts"}


def test_a_cell_that_is_not_so_is_told(world: World) -> None:
    door = Door("teams:list", "200 404 404 404 404 403 200 403 403 200")
    rows = Rows("hidden", "- - - - - - - yes yes yes", ("model tickets.Ticket",))

    assert wrong_cells([door], world) == [
        "GET teams:list · stranger: sign, not 200",
        "GET teams:list · key: sign, not 200",
    ]
    assert wrong_cells([rows], world) == [
        "model tickets.Ticket hidden · member: -, not yes",
        "model tickets.Ticket hidden · admin: -, not yes",
    ]


def test_a_word_that_leaks_is_told(world: World) -> None:
    world.leaks.clear()
    list(Door("tickets:ticket", "", "hidden").answers(world))

    assert leaked([Secret("hidden", "- - - - - - - - yes -")], world) == []
    assert leaked([Secret("hidden", "- - - - - - - - - -")], world) == [
        ("Qzxhidden", "guest", "GET tickets:ticket hidden"),
        ("Qzxhidden", "watcher", "GET tickets:ticket hidden"),
    ]


def test_a_line_has_a_word_for_everybody() -> None:
    answers = words_of("1 2 3 4 5 6 7 8 9 10 watcher:11")

    assert list(answers) == list(EVERYBODY)
    assert (answers["stranger"], answers["admin"], answers["watcher"], answers["key"]) == ("1", "10", "11", "1")


@pytest.mark.parametrize("says", ["1 2 3", "1 2 3 4 5 6 7 8 9 10 11", "1 2 3 4 5 6 7 8 9 10 nobody:11"])
def test_a_line_that_has_not_is_refused(says: str) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        words_of(says)
