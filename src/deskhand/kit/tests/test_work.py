from __future__ import annotations

from datetime import timedelta

import pytest

from deskhand.base.mail.public import IncomingMail
from deskhand.kit.clock import now
from deskhand.kit.work.models import CLAIM_EXPIRES_AFTER, WorkState
from deskhand.kit.work.retrying import BACKOFF, next_attempt


def make_work(**fields):
    return IncomingMail.objects.create(
        **{"raw": b"x", "digest": str(IncomingMail.objects.count()), "size": 1, "received_at": now(), "due_at": now()}
        | fields
    )


@pytest.mark.django_db
def test_a_row_is_claimed_once():
    row, at = make_work(), now()

    assert IncomingMail.objects.claim(row.pk, at=at)
    assert not IncomingMail.objects.claim(row.pk, at=at)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.WORKING, 1)


@pytest.mark.django_db
def test_the_claim_of_a_dead_process_expires():
    row, at = make_work(), now()
    IncomingMail.objects.claim(row.pk, at=at)

    assert IncomingMail.objects.claim(row.pk, at=at + CLAIM_EXPIRES_AFTER + timedelta(seconds=1))


@pytest.mark.django_db
def test_what_is_not_due_yet_is_not_taken():
    row = make_work(due_at=now() + timedelta(minutes=5))

    assert not IncomingMail.objects.claim(row.pk, at=now())
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.WAITING, 0)


def test_waits_grow_until_it_is_given_up():
    at = now()

    assert next_attempt(1, at=at) == at + timedelta(minutes=1)
    assert next_attempt(len(BACKOFF), at=at) == at + timedelta(days=1)
    assert next_attempt(len(BACKOFF) + 1, at=at) is None
