from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from deskhand.kit.events import after, on, publish


@dataclass(frozen=True)
class Happened:
    what: str


@pytest.mark.django_db
def test_on_hears_at_once_and_after_only_once_it_is_committed(django_capture_on_commit_callbacks):
    heard: list[str] = []
    on(Happened)(lambda fact: heard.append(f"at once {fact.what}"))
    after(Happened)(lambda fact: heard.append(f"afterwards {fact.what}"))

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        publish(Happened("x"))
        assert heard == ["at once x"]

    assert heard == ["at once x", "afterwards x"]


def test_one_listener_can_hear_several_facts():
    @dataclass(frozen=True)
    class Other:
        pass

    heard: list[object] = []
    listener = on(Happened, Other)(heard.append)

    publish(Other())

    assert heard == [Other()]
    assert callable(listener)
