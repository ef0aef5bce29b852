"""Answers about contacts that are not just filters: who may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from unicodedata import combining, normalize

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactDistinction

#: Names that are alike to so many percent are shown as duplicates.
ALIKE = 90
#: A word that more names have, says nothing about who is the same; a number or address that so many share, neither.
_COMMON_WORD, _COMMON_KEY = 40, 12
_COMPARED_DIGITS = 7
_LEGAL_FORMS = frozenset(
    {
        "ab", "ag", "and", "as", "bv", "co", "company", "gmbh", "inc", "kg", "llc", "ltd", "nv", "oy", "plc", "sa",
        "sarl", "sas", "se", "spa", "srl", "the", "und",
    }
)  # fmt: skip
SAME_MAIL, SAME_PHONE, SIMILAR_NAME = _("Same mail address"), _("Same phone"), _("Similar name")


@dataclass(frozen=True, slots=True)
class _Line:
    pk: int
    name: str
    words: frozenset[str]
    email: str
    phone: str
    is_company: bool


@dataclass(frozen=True)
class Duplicates:
    """Contacts that may be one, the oldest first, and why."""

    contacts: Sequence[Contact]
    reasons: Sequence[Any]

    @property
    def key(self) -> int:
        return self.contacts[0].pk


def duplicates_for(user: Any, *, most: int = 50) -> list[Duplicates]:
    """Groups of contacts that a user sees and that may be the same, at most ``most``. Three queries.

    Two that somebody told apart are not suggested, unless both may be a third.
    Only names that share an uncommon word are compared, found by an index of words: time grows with the contacts, not
    with their pairs.
    """
    rows = Contact.objects.visible_to(user).active().order_by("pk")
    lines = [_line(*row) for row in rows.values_list("pk", "name", "email", "phone", "is_company")]
    apart = set(ContactDistinction.objects.values_list("one", "other"))
    groups = _grouped(pair for pair in _pairs(lines) if pair[:2] not in apart)[:most]
    wanted = [pk for pks, _reasons in groups for pk in pks]
    found = rows.filter(pk__in=wanted).select_related("parent").in_bulk()
    return [Duplicates([found[pk] for pk in pks if pk in found], reasons) for pks, reasons in groups]


def _line(pk: int, name: str, email: str, phone: str, is_company: bool) -> _Line:  # noqa: FBT001
    plain = plain_name(name)
    digits = "".join(char for char in phone if char.isdigit())
    number = digits[-_COMPARED_DIGITS:] if len(digits) >= _COMPARED_DIGITS else ""
    return _Line(pk, plain, frozenset(plain.split()), email, number, is_company)


def plain_name(name: str) -> str:
    """A name as it is compared: small letters without accents, without what only says how a company is founded."""
    letters = "".join(char for char in normalize("NFKD", name.casefold()) if not combining(char))
    words = "".join(char if char.isalnum() else " " for char in letters).split()
    return " ".join([word for word in words if word not in _LEGAL_FORMS] or words)


def _pairs(lines: Sequence[_Line]) -> Iterator[tuple[int, int, Any]]:
    yield from _sharing(lines, lambda line: [line.email], SAME_MAIL, _COMMON_KEY)
    yield from _sharing(lines, lambda line: [line.phone], SAME_PHONE, _COMMON_KEY, alike=_may_share_phone)
    yield from _sharing(lines, lambda line: line.words, SIMILAR_NAME, _COMMON_WORD, alike=_names_alike)


def _sharing(
    lines: Sequence[_Line],
    keys_of: Callable[[_Line], Iterable[Hashable]],
    reason: Any,
    common: int,
    *,
    alike: Callable[[_Line, _Line], bool] = lambda _one, _other: True,
) -> Iterator[tuple[int, int, Any]]:
    index: dict[Hashable, list[_Line]] = defaultdict(list)
    for line in lines:
        for key in keys_of(line):
            if key:
                index[key].append(line)
    seen: set[tuple[int, int]] = set()
    for sharing in index.values():
        if 2 <= len(sharing) <= common:
            for one, other in combinations(sharing, 2):
                if one.is_company == other.is_company and (one.pk, other.pk) not in seen and alike(one, other):
                    yield one.pk, other.pk, reason
                seen.add((one.pk, other.pk))


def _names_alike(one: _Line, other: _Line) -> bool:
    """Alike by their letters, the same by their numbers: *Shop 1* is not *Shop 2*."""
    if _numbers(one) != _numbers(other):
        return False
    from rapidfuzz.fuzz import token_sort_ratio  # here: 4 MB that most processes never need

    return token_sort_ratio(one.name, other.name, score_cutoff=ALIKE) > 0


def _numbers(line: _Line) -> frozenset[str]:
    return frozenset(word for word in line.words if word.isdigit())


def _may_share_phone(one: _Line, other: _Line) -> bool:
    """Colleagues share the number of their office; the same number and a word in common are one person."""
    return one.is_company or bool(one.words & other.words)


def _grouped(pairs: Iterable[tuple[int, int, Any]]) -> list[tuple[list[int], list[Any]]]:
    """Pairs that have a contact in common are one group."""
    root: dict[int, int] = {}
    reasons: dict[int, list[Any]] = defaultdict(list)

    def find(pk: int) -> int:
        while root.setdefault(pk, pk) != pk:
            root[pk] = pk = root[root[pk]]
        return pk

    told = list(pairs)
    for one, other, _reason in told:
        root[max(find(one), find(other))] = min(find(one), find(other))
    for one, _other, reason in told:
        if reason not in reasons[find(one)]:
            reasons[find(one)].append(reason)
    members: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(root):
        members[find(pk)].append(pk)
    return [(pks, reasons[first]) for first, pks in sorted(members.items())]
