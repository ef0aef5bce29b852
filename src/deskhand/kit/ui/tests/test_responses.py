from __future__ import annotations

import json

from django.http import HttpResponse

from deskhand.kit.ui.responses import close_popup, toast


def test_a_popup_that_is_done_answers_nothing_but_close() -> None:
    response = close_popup(refresh=True)

    assert response.status_code == 204
    assert json.loads(response["HX-Trigger"]) == {"dh:close-popup": {}}
    assert response["HX-Refresh"] == "true"


def test_a_popup_can_lead_on_and_tell_the_page() -> None:
    response = close_popup(redirect="/tickets/1/", events={"dh:refresh": {}})

    assert response["HX-Redirect"] == "/tickets/1/"
    assert json.loads(response["HX-Trigger"]) == {"dh:close-popup": {}, "dh:refresh": {}}
    assert "HX-Refresh" not in response


def test_a_toast_says_what_happened_and_how_to_take_it_back() -> None:
    response = toast(HttpResponse(), "“Öl” archived.", undo="/undo/")

    assert json.loads(response["HX-Trigger"]) == {"dh:toast": {"text": "“Öl” archived.", "undo": "/undo/"}}
    assert response["HX-Trigger"].isascii()


def test_a_toast_joins_what_is_triggered_already() -> None:
    response = toast(close_popup(), "Done.")

    assert set(json.loads(response["HX-Trigger"])) == {"dh:close-popup", "dh:toast"}
