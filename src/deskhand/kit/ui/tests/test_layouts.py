from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from deskhand.kit.panels import Place
from deskhand.kit.shell import App
from deskhand.kit.ui import context


def asked() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(  # type: ignore[assignment]
        pk=1,
        is_authenticated=True,
        is_internal=True,
        name="Amara <b>Okafor",
        email="amara@nordlys.example",
        theme="dark",
        company=SimpleNamespace(name="Nordlys Home AS"),
        works_in={1: "Nordlys Home AS"},
        has_role=lambda *_: True,
    )
    return request


@pytest.fixture(autouse=True)
def _one_app(monkeypatch: pytest.MonkeyPatch) -> None:
    apps: Place[App] = Place("test.apps")
    apps.add(App("helpdesk", "Helpdesk", "lifebuoy", "account_login", Place("test.menu")))
    monkeypatch.setattr(context, "APPS", apps)


def test_an_agent_page_has_the_apps_the_person_and_the_way_out() -> None:
    html = render_to_string("shell/agent.html", {"app_key": "helpdesk"}, asked())

    assert '<html lang="en" dir="ltr" data-bs-theme="dark" data-at=' in html
    assert "Nordlys Home AS" in html
    assert "Amara &lt;b&gt;Okafor" in html
    assert 'action="/account/logout/"' in html
    assert 'aria-current="true"' in html


def test_an_agent_page_holds_what_its_script_needs() -> None:
    html = render_to_string("shell/agent.html", {}, asked())

    for part in ('id="dh-popup"', 'id="dh-confirm"', 'id="dh-toasts"', 'id="dh-toast"', 'id="dh-progress"'):
        assert part in html


def test_messages_are_toasts_and_those_that_went_wrong_look_so() -> None:
    messages = [Message(constants.SUCCESS, "Saved."), Message(constants.ERROR, "Not saved.")]

    html = render_to_string("shell/agent.html", {"messages": messages}, asked())

    assert html.count('<div class="dh-toast">') == 2, "one message and the model that the script copies"
    assert '<div class="dh-toast bad">' in html


def test_a_customer_page_names_the_company_and_nothing_of_the_agents() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    company = SimpleNamespace(public_name="Nordlys Home", logo="")

    html = render_to_string("shell/customer.html", {"company": company}, request)

    assert "<title>Nordlys Home</title>" in html
    assert 'class="dh-customer"' in html
    assert "dh-top" not in html


@pytest.mark.parametrize("page", ["400", "404", "403", "403_csrf", "500", "503"])
def test_error_pages_need_neither_person_nor_database(page: str) -> None:
    html = render_to_string(f"{page}.html")

    assert "<h1>" in html
    assert 'data-bs-theme="auto"' in html


def test_a_popup_has_a_title_and_a_way_out() -> None:
    html = render_to_string("shell/popup.html")

    assert 'id="dh-popup-title"' in html
    assert "data-close" in html


def test_a_field_of_a_popup_is_not_taken_for_that_of_the_page_beneath() -> None:
    form = AuthenticationForm()
    render_to_string("shell/popup.html", {"form": form})

    assert 'id="popup_username"' in str(form["username"])
    assert form["username"].id_for_label == "popup_username"
