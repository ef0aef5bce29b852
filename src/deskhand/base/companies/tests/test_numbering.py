from __future__ import annotations

import pytest
from django.db import transaction

from deskhand.base.companies.services.numbering import next_number, next_numbers
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db


def test_numbers_count_up_from_one_per_company_and_purpose() -> None:
    first, second = make_company(), make_company()

    assert [next_number(first.pk, "ticket") for _ in range(3)] == [1, 2, 3]
    assert next_number(second.pk, "ticket") == 1
    assert next_number(first.pk, "invoice") == 1


def test_several_numbers_at_once() -> None:
    company = make_company()
    next_number(company.pk, "ticket")

    assert next_numbers(company.pk, "ticket", 10) == list(range(2, 12))
    assert next_number(company.pk, "ticket") == 12


def test_a_number_whose_transaction_fails_is_not_given_out_twice_at_most_lost() -> None:
    company = make_company()
    next_number(company.pk, "ticket")
    with transaction.atomic():
        next_number(company.pk, "ticket")
        transaction.set_rollback(True)

    assert next_number(company.pk, "ticket") in {2, 3}
