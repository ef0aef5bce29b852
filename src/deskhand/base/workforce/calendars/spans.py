"""Half-open stretches ``(start, end)`` of whole numbers: put together, taken away, cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: From ``start``, before ``end``.
Stretch = tuple[int, int]


def united(stretches: Iterable[Stretch]) -> list[Stretch]:
    """In order, those that overlap or touch as one, empty ones left out."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def without(stretches: Sequence[Stretch], holes: Sequence[Stretch]) -> list[Stretch]:
    """What is left of united stretches when united holes are taken out. One pass over both."""
    found: list[Stretch] = []
    first = 0
    for start, end in stretches:
        while first < len(holes) and holes[first][1] <= start:
            first += 1
        rest = start
        for hole_start, hole_end in holes[first:]:
            if hole_start >= end:
                break
            if hole_start > rest:
                found.append((rest, hole_start))
            rest = max(rest, hole_end)
        if rest < end:
            found.append((rest, end))
    return found


def within(stretches: Iterable[Stretch], start: int, end: int) -> list[Stretch]:
    """What of them lies from ``start`` to ``end``."""
    return [(max(low, start), min(high, end)) for low, high in stretches if low < end and high > start]


def length(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
