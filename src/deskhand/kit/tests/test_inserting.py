from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from deskhand.base.chatter.public import Message
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.public import IncomingMail
from deskhand.kit.clock import now
from deskhand.kit.inserting import insert

pytestmark = pytest.mark.django_db


def incoming(digest: str) -> IncomingMail:
    return IncomingMail(
        raw=b"\0\xff", digest=digest, size=2, recipients=["ä@x.example"], received_at=now(), due_at=now()
    )


def test_a_row_is_written_as_create_writes_it(django_assert_num_queries):
    with CaptureQueriesContext(connection) as create:
        incoming("a").save(force_insert=True)
    with CaptureQueriesContext(connection) as quick:
        row = insert(incoming("b"))

    assert [one["sql"][:100] for one in quick] == [one["sql"][:100] for one in create]
    stored = IncomingMail.objects.get(pk=row.pk)
    assert (bytes(stored.raw), stored.recipients, stored.received_at) == (b"\0\xff", ["ä@x.example"], row.received_at)
    assert (row._state.adding, row._state.db) == (False, "default")


def test_each_row_has_its_own_values_and_id():
    record, at = make_company(), now()

    rows = [
        insert(Message(content_type_id=1, object_id=record.pk, kind="note", body_html=text, created_at=at))
        for text in ("first", "second")
    ]

    assert rows[0].pk != rows[1].pk
    assert list(Message.objects.order_by("pk").values_list("body_html", flat=True)) == ["first", "second"]


def test_what_is_set_while_saving_is_set():
    company = insert(Company(name="Nordlys"))

    company.refresh_from_db()
    assert company.name == "Nordlys"
    message = insert(Message(content_type_id=1, object_id=1, kind="note", created_at=now() - timedelta(days=1)))
    assert message.changes == []


def test_a_row_that_the_database_refuses_is_refused():
    insert(incoming("a"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(incoming("a"))

    assert IncomingMail.objects.count() == 1
