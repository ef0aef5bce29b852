"""Addresses of pages, for those who need a hundred of them: found once, then only filled in."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

#: Stands for the id while the address is found; no route has it in its words.
_MARK = 987_654_321


def page_address(url_name: str) -> str:
    """``reverse`` of a route without arguments."""
    return _found(url_name, settings.ROOT_URLCONF)


def record_address(url_name: str, pk: int) -> str:
    """``reverse`` of a route whose one argument is an id."""
    before, after = _halves(url_name, settings.ROOT_URLCONF)
    return f"{before}{pk}{after}"


@lru_cache(maxsize=512)
def _found(url_name: str, _urlconf: str) -> str:
    return reverse(url_name)


@lru_cache(maxsize=512)
def _halves(url_name: str, _urlconf: str) -> tuple[str, str]:
    before, _, after = reverse(url_name, args=[_MARK]).partition(str(_MARK))
    return before, after
