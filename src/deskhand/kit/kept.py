"""Which files of the store are referred to by rows: said by the apps whose rows they are, asked for by backups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from deskhand.kit.panels import Place

#: Each answers names of files in the store, one query and no list in memory.
KEPT_FILES: Place[Callable[[], Iterable[str]]] = Place("files.kept")
