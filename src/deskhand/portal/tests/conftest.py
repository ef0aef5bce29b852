"""A customer with an account."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_portal_user
from deskhand.base.companies.testing import make_company


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def customer() -> User:
    return make_portal_user(make_company(), name="Ada Lind")
