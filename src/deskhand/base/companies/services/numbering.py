"""Numbers of documents: each company counts each purpose from 1; none is given out twice, gaps are allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from deskhand.base.companies.models import Counter

#: A sequence is taken from without a lock: whoever writes a ticket does not wait for another one to be written.
_FROM_SEQUENCE = "SELECT companies_take_numbers(%s, %s, %s)"
_SEQUENCE = "companies_numbers_"
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences"
    " WHERE schemaname = current_schema() AND starts_with(sequencename, %s) AND last_value IS NOT NULL"
)
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


@dataclass(frozen=True)
class LastNumber:
    """The last number that a company has given out for a purpose."""

    company_id: int
    purpose: str
    value: int


def last_numbers() -> list[LastNumber]:
    """All counts, wherever this database keeps them: for a copy that another database can go on from."""
    found = {(row.company_id, row.purpose): row.value for row in Counter.objects.all()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SEQUENCES, [_SEQUENCE])
            for name, value in cursor.fetchall():
                company_id, _, purpose = name.removeprefix(_SEQUENCE).partition("_")
                found[int(company_id), purpose] = value
    return [LastNumber(company_id, purpose, value) for (company_id, purpose), value in found.items()]


def go_on_from(numbers: Iterable[LastNumber]) -> None:
    """Count from there, in a database that has given out none yet: sequences begin where the rows say."""
    for last in numbers:
        Counter.objects.update_or_create(
            company_id=last.company_id, purpose=last.purpose, defaults={"value": last.value}
        )


def _take(company_id: int, purpose: str, count: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FROM_ROW, [count, company_id, purpose])
        row = cursor.fetchone()
    return row[0] if row else None
