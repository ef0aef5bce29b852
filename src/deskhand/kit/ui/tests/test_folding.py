"""Folded templates draw what unfolded ones draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine
from django.test import override_settings
from django.utils import translation

Draw = Callable[[str, dict[str, Any]], str]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Draws a text twice by the same loader: as found, and as kept."""
    files = ("django.template.loaders.filesystem.Loader", [str(tmp_path)])
    engine = Engine(
        loaders=[("deskhand.kit.ui.folding.Loader", [files])],
        builtins=["django.templatetags.i18n", "deskhand.kit.ui.templatetags.ui"],
    )

    def drawn(text: str, values: dict[str, Any]) -> str:
        (tmp_path / f"{abs(hash(text))}.html").write_text(text)
        first, second = (engine.get_template(f"{abs(hash(text))}.html").render(Context(values)) for _ in range(2))
        assert first == second
        return first

    return drawn


def test_what_never_changes_stands_around_what_does(draw: Draw) -> None:
    text = '<b>{% translate "Close" %}</b>{{ name }}{% if shown %}{% icon "check" %}{% translate "Yes" %}{% endif %}'

    assert draw(text, {"name": "<A>", "shown": False}) == "<b>Close</b>&lt;A&gt;"
    assert draw(text, {"name": "B", "shown": True}).startswith('<b>Close</b>B<svg class="icon"')


def test_what_never_changes_is_made_once_for_each_language(draw: Draw) -> None:
    text = '<i>{% translate "Sunday" %}</i>'
    with override_settings(LANGUAGES=[("en", "English"), ("de", "Deutsch")]):
        assert draw(text, {}) == "<i>Sunday</i>"
        with translation.override("de"):
            assert draw(text, {}) == "<i>Sonntag</i>"


def test_words_and_addresses_that_depend_on_the_page_are_found_for_each(draw: Draw) -> None:
    text = '{% translate word %} {% url "tickets:ticket" pk %} {% url "tickets:list" as here %}{{ here }}'

    assert draw(text, {"word": "Yes", "pk": 7}) == "Yes /helpdesk/tickets/7/ /helpdesk/tickets/"
    assert draw(text, {"word": "No", "pk": "8"}) == "No /helpdesk/tickets/8/ /helpdesk/tickets/"


def test_the_address_of_a_record_can_be_kept_for_later(draw: Draw) -> None:
    text = '{% url "tickets:ticket" pk as there %}{% for n in "ab" %}<a href="{{ there }}">{{ n }}</a>{% endfor %}'

    assert draw(text, {"pk": 7}) == '<a href="/helpdesk/tickets/7/">a</a><a href="/helpdesk/tickets/7/">b</a>'


def test_the_page_that_a_template_extends_is_folded_too(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "frame.html").write_text('<p>{% translate "Yes" %}{% block inner %}{% endblock %}</p>')
    text = '{% extends "frame.html" %}{% block inner %}{% translate "No" %}{{ name }}{% endblock %}'

    assert draw(text, {"name": "A"}) == "<p>YesNoA</p>"
