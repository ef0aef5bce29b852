"""The shapes of small parts that apps hand to pages of others; ``kit/ui`` draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Tone = Literal["", "ok", "soon", "bad", "info"]


@dataclass(frozen=True)
class SmartButton:
    """A count that leads somewhere, on top of the sheet: icon, ``value`` in bold, ``label`` below."""

    icon: str
    value: str
    label: str | StrPromise
    url: str


@dataclass(frozen=True)
class HeaderButton:
    """Something that can be done now. With ``method`` post it is a small form, with get a link or a pop-up.

    ``is_primary``: at most one per page. ``confirm``: a sentence to agree to first. ``opens_popup``: the url answers
    a pop-up, which is shown on the page.
    """

    label: str | StrPromise
    url: str
    icon: str = ""
    method: Literal["get", "post"] = "get"
    fields: Mapping[str, str] = field(default_factory=dict)
    confirm: str | StrPromise = ""
    is_primary: bool = False
    opens_popup: bool = False


@dataclass(frozen=True)
class Badge:
    """A word with an icon, on a card or in a row; the tone never stands alone."""

    label: str | StrPromise
    icon: str = ""
    tone: Tone = ""
    title: str | StrPromise = ""


@dataclass(frozen=True)
class MenuItem:
    """An entry of a gear menu."""

    label: str | StrPromise
    url: str
    icon: str = ""
    method: Literal["get", "post"] = "get"
    confirm: str | StrPromise = ""
    is_destructive: bool = False
    opens_popup: bool = False
