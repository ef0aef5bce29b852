from __future__ import annotations

from django.urls import reverse

from deskhand.kit.addresses import page_address, record_address


def test_addresses_are_those_of_reverse():
    assert page_address("tickets:list") == reverse("tickets:list")
    assert record_address("tickets:ticket", 42) == reverse("tickets:ticket", args=[42])
    assert record_address("tickets:messages", 7) == reverse("tickets:messages", args=[7])
