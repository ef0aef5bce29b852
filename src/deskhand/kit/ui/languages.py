"""The language that remembered texts are remembered for."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def language() -> str:
    """The reader's language, as part of a key; asked only where there are several: the asking costs microseconds."""
    return get_language() or "" if len(settings.LANGUAGES) > 1 else ""
