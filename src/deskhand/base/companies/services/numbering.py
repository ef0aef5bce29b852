"""Numbers of documents: one counter per company and purpose."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction

from deskhand.base.companies.models import Counter

_TAKE = "UPDATE companies_counter SET value = value + %s WHERE company_id = %s AND purpose = %s RETURNING value"


def next_number(company_id: int, purpose: str, *, count: int = 1) -> int:
    """The next number, or the last of the next ``count``; never given out twice. One statement.

    The counter's row stays locked until the surrounding transaction ends: call this late in it. A number whose
    transaction fails is free again.
    """
    number = _take(company_id, purpose, count)
    if number is None:
        _start_counter(company_id, purpose)
        number = _take(company_id, purpose, count)
    assert number is not None  # noqa: S101
    return number


def _take(company_id: int, purpose: str, count: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [count, company_id, purpose])
        row = cursor.fetchone()
    return row[0] if row else None


def _start_counter(company_id: int, purpose: str) -> None:
    try:
        with transaction.atomic():
            Counter.objects.create(company_id=company_id, purpose=purpose)
    except IntegrityError:
        pass  # another transaction was faster: its counter serves as well
