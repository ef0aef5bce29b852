"""What the address of the list of tickets says, and the links that say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from deskhand.kit.keys import key_of
from deskhand.portal.queries import FIELDS, GROUPS, ORDERS, SHOWN, Found, Wish

_LONGEST = 200
#: What is always offered; the others only if they would leave something out.
_PLAIN = ("open", "closed", "all")


@dataclass(frozen=True)
class Choice:
    """A link that shows the list another way."""

    title: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Menu:
    """A drop-down of choices. ``title`` says what is chosen, ``name`` what it is about."""

    name: str
    title: str
    choices: list[Choice]


def wish_of(query: QueryDict) -> Wish:
    """What an address asks for; what it does not know it leaves as it is."""
    return Wish(
        words=query.get("q", "").strip()[:_LONGEST],
        within=_known(query.get("in", ""), FIELDS, "all"),
        show=_known(query.get("show", ""), SHOWN, "open"),
        sort=_known(query.get("sort", ""), ORDERS, "newest"),
        by=_known(query.get("by", ""), GROUPS, ""),
        page=key_of(query.get("page", "")) or 1,
    )


def address_of(wish: Wish) -> str:
    """The query that asks for it; what goes without saying is left out."""
    said = {_NAMES.get(name, name): value for name, value in asdict(wish).items() if value != _USUAL[name]}
    return f"?{urlencode(said)}"


_NAMES = {"words": "q", "within": "in"}
_USUAL = {field.name: field.default for field in fields(Wish)}


def menus_of(wish: Wish, found: Found) -> list[Menu]:
    """*Show*, *Sort by* and *Group by*."""
    return [
        Menu(_("Show"), f"{SHOWN[wish.show]} ({found.counts[wish.show]})", list(_shows(wish, found))),
        Menu(_("Sort by"), str(ORDERS[wish.sort][0]), list(_sorts(wish))),
        Menu(_("Group by"), str(GROUPS[wish.by].title) if wish.by else _("Not grouped"), list(_groups(wish))),
    ]


def other_page(wish: Wish, page: int) -> str:
    return address_of(replace(wish, page=page))


def _shows(wish: Wish, found: Found) -> Iterator[Choice]:
    for name, title in SHOWN.items():
        count = found.counts[name]
        if name in _PLAIN or name == wish.show or 0 < count < found.counts["all"]:
            yield _choice(f"{title} ({count})", wish, show=name)


def _sorts(wish: Wish) -> Iterator[Choice]:
    for name, (title, _order) in ORDERS.items():
        yield _choice(str(title), wish, sort=name)


def _groups(wish: Wish) -> Iterator[Choice]:
    yield _choice(_("Not grouped"), wish, by="")
    for name, grouping in GROUPS.items():
        yield _choice(str(grouping.title), wish, by=name)


def _choice(title: str, wish: Wish, **change: Any) -> Choice:
    other = replace(wish, page=1, **change)
    return Choice(title, address_of(other), other == replace(wish, page=1))


def _known(value: str, among: Any, otherwise: str) -> str:
    return value if value in among else otherwise
