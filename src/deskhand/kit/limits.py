"""How often the public may do something: counted in the cache, per key and window of time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import redis
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def within_limit(key: str, *, times: int, seconds: int) -> bool:
    """Count one more; False when it is more than ``times`` in the present window of ``seconds``."""
    window = f"limit:{key}:{int(time.time() // seconds)}"
    cache.add(window, 0, timeout=seconds)
    try:
        return cache.incr(window) <= times
    except ValueError:  # the window ended between the two calls
        return True


def _or(otherwise: Answer) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    def forgiving(ask: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(ask)
        def asked(*args: Any, **kwargs: Any) -> Answer:
            try:
                return ask(*args, **kwargs)
            except redis.RedisError as error:
                logger.warning("Redis is away; what the public does is not counted until it is back: %s", error)
                return otherwise

        return asked

    return forgiving


class CountingCache(RedisCache):
    """A cache that forgets while Redis is away: nobody is kept from signing in or writing because nobody counts."""

    add = _or(True)(RedisCache.add)
    set = _or(None)(RedisCache.set)
    incr = _or(1)(RedisCache.incr)
    touch = _or(False)(RedisCache.touch)
    delete = _or(False)(RedisCache.delete)
    has_key = _or(False)(RedisCache.has_key)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _or(default)(super().get)(key, default, version)
