"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.base.companies.models import Company

_numbers = count(1)


def make_company(**fields: Any) -> Company:
    number = next(_numbers)
    return Company.objects.create(**{"name": f"Nordlys {number}", "alias_domain": f"nordlys{number}.example"} | fields)
