from __future__ import annotations

import time

from django.core.cache import cache

from deskhand.kit.limits import CountingCache, within_limit


def test_what_is_more_than_the_limit_is_said_so() -> None:
    cache.clear()

    assert [within_limit("a", times=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert within_limit("b", times=2, seconds=60)


def test_while_redis_is_away_nobody_is_kept_out_and_nobody_waits() -> None:
    away = CountingCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1}})
    started = time.monotonic()

    answers = [away.add("a", 0), away.incr("a"), away.get("a", 7), away.get("a"), away.delete("a"), away.set("a", 1)]

    assert answers == [True, 1, 7, None, False, None]
    assert time.monotonic() - started < 5
