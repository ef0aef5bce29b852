"""Numbers of documents: each company counts each purpose from 1; none is given out twice, gaps are allowed."""

from __future__ import annotations

from django.db import connection

from deskhand.base.companies.models import Counter

#: A sequence is taken from without a lock: whoever writes a ticket does not wait for another one to be written.
_FROM_SEQUENCE = "SELECT companies_take_numbers(%s, %s, %s)"
#: SQLite has one writer at a time, so that a row that counts holds nobody up.
_FROM_ROW = "UPDATE companies_counter SET value = value + %s WHERE company_id = %s AND purpose = %s RETURNING value"


def next_number(company_id: int, purpose: str) -> int:
    """One statement. ``purpose``: what is numbered (``ticket``), in letters and underscores."""
    return next_numbers(company_id, purpose, 1)[0]


def next_numbers(company_id: int, purpose: str, count: int) -> list[int]:
    """So many numbers, rising; others may take some in between. One statement."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_FROM_SEQUENCE, [company_id, purpose, count])
            return [number for (number,) in cursor.fetchall()]
    last = _take(company_id, purpose, count)
    if last is None:
        Counter.objects.create(company_id=company_id, purpose=purpose, value=count)
        last = count
    return list(range(last - count + 1, last + 1))


def _take(company_id: int, purpose: str, count: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FROM_ROW, [count, company_id, purpose])
        row = cursor.fetchone()
    return row[0] if row else None
