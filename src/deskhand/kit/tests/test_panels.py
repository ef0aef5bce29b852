from __future__ import annotations

from deskhand.kit.panels import Place


def test_panels_stand_in_order_then_as_they_came():
    place: Place[str] = Place("test")
    place.add("late", order=90)
    place.add("first of two")
    place.add("second of two")
    place.add("early", order=10)

    assert list(place) == ["early", "first of two", "second of two", "late"]
    assert len(place) == 4
