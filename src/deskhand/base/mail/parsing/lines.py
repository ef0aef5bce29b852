"""A body as lines, whether it came as text or as HTML: what the search for quotes works on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

#: Nobody writes more lines by hand.
_MOST_LINES = 10_000
_UNQUOTED_LINE = re.compile(r"^(?!>)[ \t]*[^\s>]", re.MULTILINE)


class Role(Enum):
    """What a line turned out to be."""

    NEW = auto()
    QUOTE = auto()
    SIGNATURE = auto()


class Mark(Enum):
    """What the program that wrote the HTML says a line is."""

    ATTRIBUTION = auto()
    BELOW = auto()  #: From this line on everything is the earlier conversation.
    FORWARD = auto()  #: From this line on everything is a forwarded mail.
    SIGNATURE = auto()


@dataclass
class Lines:
    """Parallel lists. ``quoted``: a program marked it so; ``indented``: a quote, or a person's indentation."""

    texts: list[str]
    quoted: list[bool]
    indented: list[bool] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)

    def is_quoted(self, number: int) -> bool:
        return self.quoted[number]

    def is_indented(self, number: int) -> bool:
        return bool(self.indented) and self.indented[number]

    def following(self, number: int) -> int | None:
        """The next line with text after this one."""
        for candidate in range(number + 1, min(number + 40, len(self.texts))):
            if self.texts[candidate] and not self.texts[candidate].isspace():
                return candidate
        return None


def lines_of_text(text: str) -> Lines:
    """Lines of plain text; quoted are those that begin with ``>``. ``>From`` alone is how mailboxes write ``From``.

    After very many lines the rest counts as one, which is quoted if all of it is.
    """
    texts = text.split("\n", _MOST_LINES)
    if ">" not in text:
        return Lines(texts, [False] * len(texts))
    quoted = [line[:4].lstrip().startswith(">") for line in texts]
    if len(texts) > _MOST_LINES:
        quoted[-1] = _UNQUOTED_LINE.search(texts[-1]) is None
    for number, line in enumerate(texts):
        if line.startswith(">From ") and not any(quoted[max(0, number - 1) : number] + quoted[number + 1 : number + 2]):
            quoted[number] = False
    return Lines(texts, quoted)
