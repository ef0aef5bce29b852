"""What the browser loads: tags and addresses of what Vite built, made once per process."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString
from django_vite.core.asset_loader import DjangoViteAssetLoader


def asset(path: str) -> SafeString:
    """The tags that load an entry, with its styles and what it imports.

    :raises DjangoViteAssetNotFoundError: the manifest does not know it; ``make build``.
    """
    return _remembered(f"tags {path}", lambda loader: loader.generate_vite_asset(path, "default"))


def asset_url(path: str) -> SafeString:
    """The address of a picture or font.

    :raises DjangoViteAssetNotFoundError: as :func:`asset`.
    """
    return _remembered(f"url {path}", lambda loader: loader.generate_vite_asset_url(path, "default"))


def _remembered(key: str, make: Callable[[DjangoViteAssetLoader], str]) -> SafeString:
    """As long as the loader lives, which reads the manifest once."""
    loader = DjangoViteAssetLoader.instance()
    known: dict[str, SafeString] = loader.__dict__.setdefault("_deskhand_tags", {})
    if key not in known:
        known[key] = SafeString(make(loader))
    return known[key]
