"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.base.contacts.models import Contact

_numbers = count(1)


def make_contact(**fields: Any) -> Contact:
    number = next(_numbers)
    return Contact.objects.create(
        **{"name": f"Contact {number}", "email": f"contact{number}@customer.example"} | fields
    )
