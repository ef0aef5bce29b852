from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from deskhand.base.companies.public import Company
from deskhand.kit.transactions import in_transaction


class Refused(Exception):
    pass


@in_transaction
def found(name: str) -> Company:
    return Company.objects.create(name=name)


@in_transaction
def found_two(first: str, second: str) -> None:
    found(first)
    found(second)


@in_transaction
def found_and_refuse(name: str) -> None:
    found(name)
    raise Refused


@pytest.mark.django_db
def test_all_of_it_or_nothing():
    with pytest.raises(Refused):
        found_and_refuse("Nordlys")

    assert not Company.objects.exists()


@pytest.mark.django_db
def test_services_in_a_service_need_no_savepoints():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found_two("One", "Two")

    assert sum("SAVEPOINT" in query["sql"] for query in queries) == 2  # the test's own transaction makes it one


@pytest.mark.django_db(transaction=True)
def test_what_is_called_after_the_commit_opens_a_transaction_of_its_own():
    seen: list[bool] = []

    @in_transaction
    def afterwards() -> None:
        seen.append(connection.in_atomic_block)

    @in_transaction
    def verb() -> None:
        transaction.on_commit(afterwards)

    verb()

    assert seen == [True]


@pytest.mark.django_db
def test_after_a_refusal_the_next_service_has_a_transaction_again():
    with pytest.raises(Refused):
        found_and_refuse("Nordlys")

    found("Sørlys")

    assert Company.objects.get().name == "Sørlys"
