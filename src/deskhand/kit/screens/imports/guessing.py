"""Which field a column of a file is meant for, by its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from django import forms


def guessed(headings: Sequence[str], fields: Mapping[str, forms.Field]) -> list[str]:
    """A field for each heading, each field once; empty: none is meant."""
    names: dict[str, str] = {}
    for name, field in fields.items():
        for known in (str(field.label), name):
            names.setdefault(_plain(known), name)
    taken: set[str] = set()
    chosen = []
    for heading in headings:
        name = names.get(_plain(heading), "")
        chosen.append("" if name in taken else name)
        taken.add(name)
    return chosen


def _plain(text: str) -> str:
    """Without capitals, accents, blanks and signs: ``E-Mail`` is ``email``."""
    return re.sub(r"[^\w]|_", "", normalize("NFKD", text).casefold())
