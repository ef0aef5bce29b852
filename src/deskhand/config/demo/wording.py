"""Sentences with choices: ``[since yesterday|since Sunday] our {model} …`` becomes one of its variants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from inspect import cleandoc
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def worded(text: str, slots: Mapping[str, str], random: Random) -> str:
    """A variant of ``text``.

    :raises KeyError: it names a slot that nobody fills.
    """
    chosen = _CHOICE.sub(lambda found: random.choice(found[1].split("|")), cleandoc(text))
    filled = _SLOT.sub(lambda found: slots[found[1]], chosen)
    return "\n\n".join(_one_line(part) for part in filled.split("\n\n"))


def _one_line(paragraph: str) -> str:
    """Left-over spaces of empty choices go; lists keep their lines."""
    return "\n".join(re.sub(r" +", " ", line).strip() for line in paragraph.splitlines()).strip()


def make_slots(models: Sequence[str], city: str, random: Random) -> dict[str, str]:
    """What stands in the sentences of one ticket: a model of the product it is about, numbers, an amount."""
    return {
        "model": random.choice(models) if models else "",
        "serial": f"{random.randint(1000, 9899)}-{random.randint(10, 25)}-{random.randint(10000, 99999)}",
        "order": f"S{random.randint(10000, 99999)}",
        "invoice": f"F-{random.randint(20000, 89999)}",
        "code": f"E-{random.randint(11, 79)}",
        "version": f"{random.randint(3, 5)}.{random.randint(0, 9)}.{random.randint(0, 4)}",
        "amount": f"{random.randint(24, 899)}.{random.choice(('00', '50', '90', '95'))}",
        "days": str(random.randint(3, 9)),
        "city": city,
    }
