"""What the files leave open for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskhand.base.files.models import Attachment
from deskhand.kit.panels import Place

#: Each says whether a user who sees the record of a file may have the file; one no is enough. One query at most.
FILE_RULES: Place[Callable[[Any, Attachment], bool]] = Place("files.rules")
