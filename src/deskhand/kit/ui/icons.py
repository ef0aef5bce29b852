"""Tabler's outline icons, drawn into the page: no request, no font, the colour of the text."""

from __future__ import annotations

import json
import logging
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

logger = logging.getLogger(__name__)
_SIZES = frozenset({"", "xs", "s", "l"})
#: They point forwards or back: mirrored where one reads from right to left.
_POINTING = frozenset(
    f"{shape}-{side}" for shape in ("arrow", "arrow-narrow", "chevron", "chevrons") for side in ("left", "right")
) | {"arrow-back", "arrow-back-up", "arrow-forward-up", "message-reply", "send"}


class UnknownIcon(LookupError):
    """A name that ``data/icons.json`` does not hold: misspelt, or ``scripts/collect_icons.py`` was not run."""


def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon as SVG. Sizes: 18 px, ``s`` 16 px, ``xs`` 14 px, ``l`` 24 px.

    Without ``label`` it is decoration beside a word and hidden from screen readers.

    :raises UnknownIcon: the name is unknown and ``STRICT_ICONS`` is on; otherwise it is logged and nothing is drawn.
    """
    return _drawn(name, size, str(label))


@lru_cache(maxsize=1024)
def _drawn(name: str, size: str, label: str) -> SafeString:
    if size not in _SIZES:
        raise ValueError(f"An icon has no size {size!r}. Use one of {sorted(_SIZES)}.")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}{}{}" viewBox="0 0 24 24" {}><path d="{}"/></svg>',
        f" {size}" if size else "",
        " icon-filled" if name.endswith("-filled") else "",
        " turns" if name in _POINTING else "",
        spoken,
        path_of(name),
    )


def path_of(name: str) -> str:
    """The drawing itself, for parts that put several into one SVG.

    :raises UnknownIcon: as :func:`icon`.
    """
    path = _paths().get(name)
    if path is None:
        if settings.STRICT_ICONS:
            raise UnknownIcon(f"There is no icon {name!r}. Run scripts/collect_icons.py.")
        logger.error("There is no icon %r.", name)
    return path or ""


@cache
def _paths() -> dict[str, str]:
    paths: dict[str, str] = json.loads((Path(__file__).parent / "data" / "icons.json").read_text(encoding="utf-8"))
    return paths
