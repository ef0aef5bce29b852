"""Small parts that stand a hundred times on a page: strings made once, no template.

Every function escapes what it is given and answers HTML that is safe to put into a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol
from zlib import crc32

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from deskhand.kit.ui.icons import icon, path_of
from deskhand.kit.ui.languages import language
from deskhand.kit.ui.shapes import Badge

_HUES = ("", " a", " b", " c", " d", " e")
_HIGHEST_PRIORITY = 3


class Tag(Protocol):
    """What :func:`tag` draws: a name, and a hue from 0 (grey) to 6."""

    name: str
    color: int


def avatar(name: str, size: str = "", *, beside: bool = False) -> SafeString:
    """The initials of a person on the person's own hue; without a name a dashed circle: unassigned.

    Sizes: 24 px, ``s`` 20 px, ``m`` 28 px, ``l`` 32 px, ``xl`` 40 px. ``beside``: the name stands beside it already.
    """
    return _avatar(str(name or ""), size, beside, language())


@lru_cache(maxsize=4096, typed=True)  # text that is safe and text that is not are two things
def _avatar(name: str, size: str, beside: bool, _language: str) -> SafeString:  # noqa: FBT001
    title = name or gettext("Unassigned")
    return format_html(
        '<span class="av{}{}"{}>{}</span>',
        f" {size}" if size else "",
        _HUES[crc32(name.encode()) % len(_HUES)] if name else " none",
        mark_safe(' aria-hidden="true"') if beside else format_html(' role="img" aria-label="{0}" title="{0}"', title),
        initials(name) if name else icon("user", "xs"),
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word: ``Amara Ngozi Okafor`` → ``AO``."""
    words = [letters for word in name.split() if (letters := [char for char in word if char.isalnum()])]
    if not words:
        return name.strip()[:1]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def stars(priority: int) -> SafeString:
    """A priority from 0 to 3 as that many filled stars, with its name for those who do not see them."""
    return _stars(max(0, min(int(priority), _HIGHEST_PRIORITY)), language())


@lru_cache(maxsize=256)
def _stars(priority: int, _language: str) -> SafeString:
    names = (gettext("Low"), gettext("Medium"), gettext("High"), gettext("Urgent"))
    label = gettext("Priority: %(name)s") % {"name": names[priority]}
    drawn = "".join(
        f'<path{" class=on" if place < priority else ""} transform="translate({24 * place})" d="{path_of("star")}"/>'
        for place in range(_HIGHEST_PRIORITY)
    )
    return format_html(
        '<svg class="stars" viewBox="0 0 72 24" role="img" aria-label="{0}"><title>{0}</title>{1}</svg>',
        label,
        mark_safe(drawn),
    )


def badge(shown: Badge) -> SafeString:
    """A word with an icon; the tone never stands alone."""
    return _badge(str(shown.label), shown.icon, shown.tone, str(shown.title))


@lru_cache(maxsize=4096, typed=True)  # text that is safe and text that is not are two things
def _badge(label: str, icon_name: str, tone: str, title: str) -> SafeString:
    return format_html(
        '<span class="dh-b{}"{}>{}{}</span>',
        f" {tone}" if tone else "",
        format_html(' title="{}"', title) if title else "",
        icon(icon_name, "xs") if icon_name else "",
        label,
    )


#: Letters from which on a text may not find room where it stands; then it is read by pointing at it.
LONG = 24


def tag(shown: Tag) -> SafeString:
    """A tag with its hue."""
    return _tag(shown.name, shown.color)


@lru_cache(maxsize=2048, typed=True)  # text that is safe and text that is not are two things
def _tag(name: str, color: int) -> SafeString:
    return format_html(
        '<span class="dh-tag{}"{}><bdi class="cut">{}</bdi></span>',
        f" h{color}c" if color else "",
        format_html(' title="{}"', name) if len(name) > LONG else "",
        name,
    )


def bar(label: str, **counts: int) -> SafeString:
    """Shares of a whole in the order given: ``ok``, ``bad``, ``n`` (neutral), ``acc`` (accent), ``rest`` (empty).

    ``label`` says the same in words, for those who do not see it.
    """
    whole = sum(counts.values())
    drawn, start = [], 0.0
    for tone, count in counts.items():
        if count:
            share = 100 * count / whole
            drawn.append(f'<rect class="{tone}" x="{start:.4g}%" y="-2" width="{share:.4g}%" height="10"/>')
            start += share
    return format_html(
        '<svg class="dh-bar" role="img" aria-label="{0}"><title>{0}</title>{1}</svg>', label, mark_safe("".join(drawn))
    )


def upload_words() -> SafeString:
    """The attributes of a ``<dh-upload>``: what it says of chosen files, and how many megabytes one may have."""
    most = settings.MAX_UPLOAD_BYTES // 1_000_000
    too_large = gettext("Too large: up to %(max_upload_mb)s MB") % {"max_upload_mb": most}
    return format_html('data-max-mb="{}" data-remove="{}" data-too-large="{}"', most, gettext("Remove %s"), too_large)
