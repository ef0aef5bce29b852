"""Answers for many at once: what several conversations ask at the same time is asked of the database in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections

Question = TypeVar("Question")
Answer = TypeVar("Answer")
#: Asking each by itself would not help.
AWAY = (OperationalError, InterfaceError)


class Gathering(Generic[Question, Answer]):
    """Questions that come while others are answered wait, and are answered together, in a thread.

    So nobody waits longer than for two rounds, and the busier it is, the less each question costs. ``answer`` gets at
    least one question and gives as many answers, in their order. If it fails, each question is asked by itself, so that
    nobody suffers from another's.
    """

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer]], threads: Executor) -> None:
        self._answer, self._threads = answer, threads
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._is_answering = False

    async def ask(self, question: Question) -> Answer:
        """:raises Exception: whatever ``answer`` raises for this question."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if not self._is_answering:
            self._begin()
        return await future

    def _begin(self) -> None:
        asked, self._waiting = self._waiting, []
        self._is_answering = bool(asked)
        if asked:
            work = asyncio.get_running_loop().run_in_executor(self._threads, self._work, [one for one, _ in asked])
            work.add_done_callback(lambda done: self._hand_out(done, [future for _, future in asked]))

    def _hand_out(
        self, done: asyncio.Future[list[Answer | Exception]], futures: Sequence[asyncio.Future[Answer]]
    ) -> None:
        for future, answer in zip(futures, done.result(), strict=True):
            if future.done():  # who asked has hung up
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
        self._begin()

    def _work(self, questions: Sequence[Question]) -> list[Answer | Exception]:
        answers = self._answers(questions)
        close_old_connections()
        return answers

    def _answers(self, questions: Sequence[Question]) -> list[Answer | Exception]:
        try:
            return list(self._answer(questions))
        except AWAY as error:
            return [error] * len(questions)
        except Exception as error:  # noqa: BLE001  (it is raised where the question was asked)
            return [error] if len(questions) == 1 else [self._answers([one])[0] for one in questions]
