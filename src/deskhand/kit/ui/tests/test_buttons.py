from __future__ import annotations

from django.template import Context, Template

from deskhand.kit.ui.shapes import HeaderButton, MenuItem, SmartButton


def drawn(tag: str, shown: object) -> str:
    return Template(f"{{% {tag} shown %}}").render(Context({"shown": shown, "csrf_token": "t0ken"}))


def test_a_button_that_changes_something_is_a_form_of_its_own() -> None:
    html = drawn(
        "header_button", HeaderButton("Close", "/close/", method="post", fields={"stage": "5"}, confirm="Sure?")
    )

    assert '<form method="post" action="/close/" data-confirm="Sure?">' in html
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in html
    assert '<input type="hidden" name="stage" value="5">' in html


def test_a_button_that_opens_a_popup_asks_for_it_where_it_belongs() -> None:
    html = drawn("header_button", HeaderButton("Merge", "/merge/", opens_popup=True))

    assert 'hx-get="/merge/" hx-target="#dh-popup"' in html


def test_a_button_that_only_leads_somewhere_is_a_link() -> None:
    html = drawn("header_button", HeaderButton("Refunds", "/refunds/", is_primary=True))

    assert '<a class="btn btn-primary" href="/refunds/">' in html


def test_a_smart_button_shows_its_count_above_its_name() -> None:
    html = drawn("smart_button", SmartButton("ticket", "2 open", "Tickets", "/tickets/"))

    assert '<a href="/tickets/">' in html
    assert "<b>2 open</b>Tickets" in html


def test_a_menu_item_that_deletes_asks_first_and_looks_so() -> None:
    html = drawn(
        "menu_item", MenuItem("Delete", "/d/", "trash", method="post", confirm="Delete it?", is_destructive=True)
    )

    assert 'data-confirm="Delete it?" data-confirm-tone="bad"' in html
    assert 'class="it bad"' in html
