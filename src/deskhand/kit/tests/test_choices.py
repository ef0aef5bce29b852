from __future__ import annotations

from django import forms
from django.utils import translation

from deskhand.kit.choices import countries, country_name, currencies, time_zones
from deskhand.kit.ui.widgets import LongSelect


def test_countries_have_their_names_in_the_readers_language_and_stand_in_its_order() -> None:
    assert country_name("NO") == "Norway"
    with translation.override("de"):
        assert country_name("NO") == "Norwegen"
        assert [name for code, name in countries() if code in {"NO", "DE", "AT"}] == [
            "Deutschland",
            "Norwegen",
            "Österreich",
        ]


def test_a_code_that_nobody_knows_stays_as_it_is() -> None:
    assert country_name("QQ") == "QQ"
    assert country_name("") == ""


def test_unions_and_unused_codes_are_no_countries() -> None:
    assert {"EU", "UN", "ZZ"}.isdisjoint(code for code, _ in countries())
    assert 240 < len(countries()) < 260


def test_currencies_are_those_in_use() -> None:
    codes = {code for code, _ in currencies()}

    assert {"EUR", "NOK", "USD"} <= codes
    assert {"DEM", "XAU"}.isdisjoint(codes)


def test_time_zones_are_places() -> None:
    zones = [code for code, _ in time_zones()]

    assert zones[0] == "UTC"
    assert "Europe/Berlin" in zones
    assert not any(zone.startswith("Etc/") for zone in zones)


class Form(forms.Form):
    place = forms.ChoiceField(choices=[("", "-"), ("a&b", "<A>"), ("c", "C")], widget=LongSelect(attrs={"id": "x"}))


def test_a_long_select_is_a_select_with_what_was_chosen_and_everything_escaped() -> None:
    assert str(Form(initial={"place": "a&b"})["place"]) == (
        '<select name="place" id="x" required><option value="">-</option>'
        '<option value="a&amp;b" selected>&lt;A&gt;</option><option value="c">C</option></select>'
    )
