"""Controls drawn as strings are those that Django's templates draw."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from deskhand.kit.ui.forms import QuickRenderer

CHOICES = [("", "Nobody"), (1, "O’Connell & <Sons>"), ("More", [(2, "Weber"), (3, mark_safe("<b>bold</b>"))])]


def plainly(html: str) -> str:
    """White space between tags is no difference."""
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html.strip())


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(attrs={"maxlength": 40, "required": True, "hidden": False}), 'He said "5 < 6"'),
        (forms.TextInput(), None),
        (forms.EmailInput(attrs={"class": "form-control"}), "a@b.example"),
        (forms.NumberInput(attrs={"min": 0}), 1234),
        (forms.HiddenInput(), 7),
        (forms.PasswordInput(), "secret"),
        (forms.DateInput(), "2026-01-02"),
        (forms.CheckboxInput(attrs={"class": "form-check-input"}), True),
        (forms.Textarea(attrs={"rows": 3}), "two\nlines & <tags>"),
        (forms.Textarea(), None),
        (forms.Select(choices=CHOICES), 1),
        (forms.Select(choices=CHOICES, attrs={"data-x": 'a"b'}), None),
        (forms.SelectMultiple(choices=CHOICES), [1, 3]),
    ],
)
def test_a_control_is_the_same_as_from_its_template(widget, value):
    slow = widget.render("field", value, {"id": "id_field"}, renderer=DjangoTemplates())
    quick = widget.render("field", value, {"id": "id_field"}, renderer=QuickRenderer())

    assert plainly(quick) == plainly(slow)


def test_nothing_chosen_is_a_dash_as_in_lists():
    widget = forms.Select(choices=[*BLANK_CHOICE_DASH, (1, "One")])

    drawn = widget.render("field", "", renderer=QuickRenderer())

    assert '<option value="" selected>–</option>' in drawn
    assert "---" not in drawn


def test_what_has_a_template_of_its_own_is_drawn_by_it():
    widget = forms.RadioSelect(choices=[(1, "One")])

    assert widget.render("field", 1, renderer=QuickRenderer()) == widget.render("field", 1, renderer=DjangoTemplates())
