"""The environment: every variable that Deskhand reads, in one place. `docs/operation.md` lists them for people."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SOURCE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("DESKHAND_HOME", "data")).resolve()


def text(name: str, default: str = "") -> str:
    """What is set but empty is not set: that is how a line of an ``.env`` file is left open."""
    return os.environ.get(name) or default


def switch(name: str, *, default: bool) -> bool:
    """``1/true/yes/on`` and ``0/false/no/off``.

    :raises ImproperlyConfigured: anything else.
    """
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Use 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number.

    :raises ImproperlyConfigured: anything else.
    """
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number.")
    return int(value) if value else default


def choice(name: str, *known: str) -> str:
    """One of the known words; the first of them, if none is given.

    :raises ImproperlyConfigured: anything else.
    """
    value = os.environ.get(name, "").strip().lower() or known[0]
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use {' or '.join(known)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key() -> str:
    """``SECRET_KEY``, or one that is made at the first start and kept, readable by the owner only."""
    if key := text("SECRET_KEY"):
        return key
    kept = HOME / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        HOME.mkdir(parents=True, exist_ok=True)
    # Written aside and then linked: another process that starts now sees a whole key or none.
    draft = HOME / f"secret_key.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(draft, kept)
    draft.unlink()
    return kept.read_text().strip()
