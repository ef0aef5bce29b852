"""Questions of many conversations, asked of the database in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError

from deskhand.base.mail.management.gathering import Gathering


def asked(answer: Callable[[Sequence[int]], Sequence[int]], *questions: int) -> list[int | BaseException]:
    """What each of many who ask at the same time gets."""

    async def ask() -> list[int | BaseException]:
        gathering = Gathering(answer, threads)
        return await asyncio.gather(*map(gathering.ask, questions), return_exceptions=True)

    with ThreadPoolExecutor(1) as threads:
        return asyncio.run(ask())


def test_what_comes_while_others_are_answered_is_answered_together():
    rounds: list[list[int]] = []

    def double(numbers: Sequence[int]) -> list[int]:
        rounds.append(list(numbers))
        return [2 * number for number in numbers]

    assert asked(double, 1, 2, 3, 4) == [2, 4, 6, 8]
    assert rounds == [[1], [2, 3, 4]]


def test_one_that_cannot_be_answered_spoils_nothing_for_the_others():
    def divide(numbers: Sequence[int]) -> list[int]:
        return [12 // number for number in numbers]

    first, second, third, fourth = asked(divide, 1, 2, 0, 3)

    assert (first, second, fourth) == (12, 6, 4)
    assert isinstance(third, ZeroDivisionError)


def test_while_the_database_is_away_it_is_asked_once_a_round():
    rounds: list[list[int]] = []

    def away(numbers: Sequence[int]) -> list[int]:
        rounds.append(list(numbers))
        raise OperationalError("the connection was lost")

    answers = asked(away, 1, 2, 3)

    assert [type(answer) for answer in answers] == [OperationalError] * 3
    assert rounds == [[1], [2, 3]]


def test_who_hangs_up_does_not_keep_the_others_from_their_answer():
    may_answer = Event()

    def slowly(numbers: Sequence[int]) -> Sequence[int]:
        may_answer.wait(10)
        return numbers

    async def ask() -> int:
        gathering = Gathering(slowly, threads)
        gone, patient = asyncio.create_task(gathering.ask(1)), asyncio.create_task(gathering.ask(2))
        await asyncio.sleep(0)
        gone.cancel()
        may_answer.set()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await patient

    with ThreadPoolExecutor(1) as threads:
        assert asyncio.run(ask()) == 2
