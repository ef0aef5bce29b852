from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.ui.middleware import PartsMiddleware, RefusalMiddleware
from deskhand.kit.ui.pages.errors import server_error


class TicketIsClosed(DomainError):
    message = "This ticket is closed. Reopen it first."


def asked(*, by_htmx: bool = False, **headers: Any) -> HttpRequest:
    request = RequestFactory().post("/tickets/1/", headers=headers | ({"HX-Request": "true"} if by_htmx else {}))
    request.user = AnonymousUser()
    return request


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    response = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, error)
    assert response is not None
    return response


def test_a_refusal_becomes_a_sentence_on_a_page_with_its_status() -> None:
    response = answer(asked(), TicketIsClosed())

    assert response.status_code == 409
    assert "This ticket is closed. Reopen it first." in response.content.decode()


def test_the_page_leads_back_to_where_the_person_was() -> None:
    response = answer(asked(referer="http://testserver/tickets/1/"), NotAllowed())

    assert response.status_code == 403
    assert 'href="http://testserver/tickets/1/"' in response.content.decode()


def test_the_page_does_not_lead_to_another_site() -> None:
    response = answer(asked(referer="https://elsewhere.example/"), NotAllowed())

    assert "elsewhere" not in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_htmx_gets_a_refusal_as_a_toast() -> None:
    response = answer(asked(by_htmx=True), TicketIsClosed())

    assert response.status_code == 409
    assert response.content == b""
    assert json.loads(response["HX-Trigger"])["dh:toast"] == {
        "text": "This ticket is closed. Reopen it first.",
        "tone": "bad",
    }


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("gone")])
def test_a_database_that_is_away_is_a_sentence_without_a_query_or_a_traceback(error: Exception) -> None:
    response = answer(asked(), error)

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Deskhand cannot reach its data" in response.content.decode()
    assert "gone" not in response.content.decode()


def test_htmx_is_told_that_the_database_is_away() -> None:
    response = answer(asked(by_htmx=True), OperationalError("gone"))

    assert response.status_code == 503
    assert "Nothing was changed" in response["HX-Trigger"]


def test_more_than_a_request_may_hold_is_refused_before_anybody_reads_it(settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 2_000_000
    request = asked()
    request.META["CONTENT_LENGTH"] = "2000001"
    reached: list[HttpRequest] = []

    response = RefusalMiddleware(lambda one: reached.append(one) or HttpResponse())(request)

    assert response.status_code == 413
    assert "This is more than 2 MB, so it was not taken." in response.content.decode()
    assert not reached


def test_the_api_says_so_as_a_problem(settings: Any, client: Client) -> None:
    settings.MAX_REQUEST_BYTES = 3

    response = client.post("/api/v1/tickets", {"title": "Oven"}, content_type="application/json")

    assert response.status_code == 413
    assert response.json()["code"] == "too_large"


def test_other_mistakes_are_left_to_the_page_for_mistakes() -> None:
    assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(asked(), ValueError("x")) is None


def answer_to_uncaught(error: Exception, *, by_htmx: bool = False) -> HttpResponse:
    try:
        raise error  # noqa: TRY301
    except Exception:  # noqa: BLE001  # Django calls the handler in just such a place
        return server_error(asked(by_htmx=by_htmx))


def test_the_page_for_mistakes_says_nothing_of_their_inside() -> None:
    response = answer_to_uncaught(ValueError("secret detail"))

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()


def test_a_database_that_goes_away_before_a_page_is_reached_is_told_the_same() -> None:
    assert answer_to_uncaught(OperationalError("gone")).status_code == 503


def test_htmx_is_told_so_too_before_a_page_is_reached() -> None:
    assert "Nothing was changed" in answer_to_uncaught(OperationalError("gone"), by_htmx=True)["HX-Trigger"]


def test_a_part_of_a_page_is_not_taken_for_the_page_when_one_goes_back() -> None:
    part, data = HttpResponse("<ul></ul>"), HttpResponse("{}", content_type="application/json")

    assert PartsMiddleware(lambda _: part)(asked(by_htmx=True))["Vary"] == "HX-Request, HX-Target"
    assert "Vary" not in PartsMiddleware(lambda _: data)(asked())
