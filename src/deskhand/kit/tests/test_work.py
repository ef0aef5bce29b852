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

    lasts = IncomingMail.objects.all().claim_lasts
    assert (
        lasts < CLAIM_EXPIRES_AFTER
    )  # what is read twice at the same time counts once; what is sent twice is sent twice
    assert not IncomingMail.objects.claim(row.pk, at=at + lasts)
    assert IncomingMail.objects.claim(row.pk, at=at + lasts + timedelta(seconds=1))


@pytest.mark.django_db
def test_what_is_not_due_yet_is_not_taken():
    row = make_work(due_at=now() + timedelta(minutes=5))

    assert not IncomingMail.objects.claim(row.pk, at=now())
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.WAITING, 0)


@pytest.mark.django_db
def test_a_batch_is_what_waits_longest_and_nobody_else_gets_it(django_assert_num_queries):
    at = now()
    rows = [make_work(due_at=at - timedelta(minutes=age)) for age in (1, 3, 2)]

    with django_assert_num_queries(4):  # a savepoint instead of a transaction
        first = IncomingMail.objects.claim_batch(at=at, most=2)
    second = IncomingMail.objects.claim_batch(at=at, most=2)

    assert [row.pk for row in first] == [rows[1].pk, rows[2].pk]
    assert [row.pk for row in second] == [rows[0].pk]
    assert IncomingMail.objects.claim_batch(at=at, most=2) == []
    stored = IncomingMail.objects.get(pk=rows[1].pk)
    assert (stored.state, stored.attempts, stored.claimed_at) == (WorkState.WORKING, 1, at)
    assert (first[0].state, first[0].attempts, first[0].claimed_at) == (WorkState.WORKING, 1, at)


@pytest.mark.django_db
def test_a_batch_of_a_dead_process_is_taken_when_nothing_waits():
    row, at = make_work(), now()
    IncomingMail.objects.claim_batch(at=at, most=5)

    late = at + CLAIM_EXPIRES_AFTER + timedelta(seconds=1)
    assert [one.pk for one in IncomingMail.objects.claim_batch(at=late, most=5)] == [row.pk]


@pytest.mark.django_db
def test_what_was_not_begun_is_given_back_unless_somebody_else_has_taken_it():
    kept, lost, at = make_work(), make_work(), now()
    rows = IncomingMail.objects.claim_batch(at=at, most=5)
    later = at + CLAIM_EXPIRES_AFTER + timedelta(seconds=1)
    assert IncomingMail.objects.claim(lost.pk, at=later)

    IncomingMail.objects.give_back(rows)

    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.state, kept.attempts, kept.claimed_at) == (WorkState.WAITING, 0, None)
    assert (lost.state, lost.attempts, lost.claimed_at) == (WorkState.WORKING, 2, later)


def test_waits_grow_until_it_is_given_up():
    at = now()

    assert next_attempt(1, at=at) == at + timedelta(minutes=1)
    assert next_attempt(len(BACKOFF), at=at) == at + timedelta(days=1)
    assert next_attempt(len(BACKOFF) + 1, at=at) is None
