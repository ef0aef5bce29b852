from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.public import IncomingMail
from deskhand.kit.clock import now
from deskhand.kit.inserting import insert
from deskhand.kit.updating import update
from deskhand.kit.work.models import WorkState

pytestmark = pytest.mark.django_db


def incoming(digest: str) -> IncomingMail:
    return insert(IncomingMail(raw=b"\0\xff", digest=digest, size=2, recipients=[], received_at=now(), due_at=now()))


def test_a_row_is_changed_as_a_queryset_changes_it():
    row, values = incoming("a"), {"state": WorkState.DONE, "subject": "Léaks", "claimed_at": None, "recipients": ["é"]}
    with CaptureQueriesContext(connection) as slow:
        IncomingMail.objects.filter(pk=row.pk).filter(state="waiting").update(**values)
    IncomingMail.objects.filter(pk=row.pk).update(state="waiting", subject="")

    with CaptureQueriesContext(connection) as quick:
        assert update(row, values, state="waiting")

    assert [one["sql"] for one in quick] == [one["sql"] for one in slow]
    assert list(IncomingMail.objects.values_list("state", "subject", "claimed_at", "recipients")) == [
        ("done", "Léaks", None, ["é"])
    ]


def test_only_this_row_and_only_if_it_fits():
    row, other = incoming("a"), incoming("b")

    assert not update(row, {"subject": "Changed"}, state=WorkState.WORKING, claimed_at=now())
    assert not update(row, {"subject": "Changed"}, claimed_at=now() - timedelta(days=1))
    assert update(row, {"subject": "Changed"}, state=WorkState.WAITING, claimed_at=None)

    assert dict(IncomingMail.objects.values_list("pk", "subject")) == {row.pk: "Changed", other.pk: ""}


def test_a_row_that_is_gone_is_told():
    row = incoming("a")
    IncomingMail.objects.all().delete()

    assert not update(row, {"subject": "Changed"})


def test_what_a_row_belongs_to_is_named_by_its_id():
    company = make_company()
    row = incoming("a")

    assert update(row, {"chatter_message": None, "object_id": company.pk})

    row.refresh_from_db()
    assert (row.chatter_message_id, row.object_id) == (None, company.pk)
    assert Company.objects.count() == 1
