"""Mailboxes in From, To and the like: RFC 5322 with comments, groups, routes, and what programs make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from deskhand.base.mail.parsing.shapes import Mailbox
from deskhand.base.mail.parsing.texts import one_line
from deskhand.base.mail.parsing.words import decode_words

_TOKEN = re.compile(r'=\?[^?\s<>]{0,60}\?[bBqQ]\?[^?<>"]*\?=|[^"(<>,;:\\=]+|\\.?|.', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,320}@(?:[^\s@<>()\[\],;:\"']{1,255}|\[[^\s\]]{1,60}\])")
_PLAIN_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"]+")
_DOMAIN = re.compile(r"@[^\s,;<>()\"]*")
_PARENTHESES = re.compile(r"\\.|[()]", re.DOTALL)
_BRACKET_ENDS = re.compile(r"[>,;<]")
#: Nobody writes longer headers, longer lists and longer names; the rest is left unread.
_LONGEST_HEADER = 1_000_000
_MOST_TOKENS = 200_000
_MOST_MAILBOXES = 20_000
_LONGEST_NAME = 1_000


@dataclass
class _Draft:
    """One mailbox while it is read: words outside and inside the angle brackets, and what was in parentheses."""

    words: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.address and not self.comments and not any(word.strip() for word in self.words)

    @property
    def may_be_group(self) -> bool:
        return not self.address and len(self.words) < 50 and "@" not in "".join(self.words)


def parse_addresses(value: str) -> tuple[Mailbox, ...]:
    """All mailboxes of a header's value in order, each address once.

    If there is no address at all, one mailbox with nothing but the name that stands there.
    """
    boxes: dict[str, Mailbox] = {}
    carried = ""
    for draft in _Reader(value[:_LONGEST_HEADER]).drafts():
        found = _mailboxes(draft)
        if found[0].address:
            first = Mailbox(found[0].address, f"{carried}, {found[0].name}") if carried and found[0].name else found[0]
            carried = ""
            for box in (first, *found[1:]):
                boxes.setdefault(box.address, box)
        elif len(carried) < _LONGEST_NAME and found[0].name:
            carried = f"{carried}, {found[0].name}" if carried else found[0].name  # Doe, John <john@…>
    return tuple(boxes.values()) or ((Mailbox("", carried),) if carried else ())


def _mailboxes(draft: _Draft) -> list[Mailbox]:
    """At least one; several if addresses follow each other without a separator."""
    words = one_line(decode_words("".join(draft.words)[:_LONGEST_NAME]))
    name = words
    addresses = [clean_address("".join(draft.address)[:_LONGEST_NAME])]
    if "@" not in addresses[0] and "@" in words:
        addresses = _ADDRESS.findall(words) or _ADDRESS.findall(re.sub(r" ?([@.]) ?", r"\1", words)) or [""]
        name = words[: max(0, words.find(addresses[0]))]
        addresses = [clean_address(address) for address in addresses]
    elif " " in addresses[0] and not addresses[0].startswith('"'):
        addresses = ["".join(addresses[0].split())] if "@" in addresses[0] else [""]
    name = unquoted(name) or unquoted(one_line(decode_words(" ".join(draft.comments)[:_LONGEST_NAME])))
    if name.lower() == addresses[0]:
        name = ""
    return [Mailbox(addresses[0], name), *(Mailbox(address) for address in addresses[1:])]


def clean_address(address: str) -> str:
    """An address without what does not belong to it: blanks, quotes, ``mailto:``, a source route, a last dot."""
    address = one_line(decode_words(address)).strip("<> '").lower().removeprefix("mailto:").removeprefix("smtp:")
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]
    local, at, domain = address.rpartition("@")
    local = local.strip()
    if not at:
        return address.strip('" ')
    if _PLAIN_LOCAL.fullmatch(local.strip('" ')):
        local = local.strip('" ')
    return local + at + re.sub(r"\s+", "", domain).rstrip('."')


def unquoted(name: str) -> str:
    """A name without the quotes and brackets that programs put around it, some of them twice."""
    name = name.strip(" ,;").lstrip(">])").rstrip("<[(").strip()
    while len(name) > 1 and name[0] + name[-1] in {'""', "''", "<>"}:
        name = name[1:-1].strip()
    return name.strip('" ') if name.count('"') == 1 else name


class _Reader:
    """Reads mailboxes as they are separated: by commas, by semicolons, or by nothing but the next angle bracket."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._position = 0
        self._drafts = [_Draft()]
        self._has_comments = True

    def drafts(self) -> list[_Draft]:
        for _ in range(_MOST_TOKENS):
            if self._position >= len(self._value) or len(self._drafts) > _MOST_MAILBOXES:
                break
            self._step(self._value[self._position], self._drafts[-1])
        return [draft for draft in self._drafts if not draft.is_empty]

    def _step(self, char: str, draft: _Draft) -> None:
        begin = self._position + 1
        if char == '"':
            self._position = _read_quoted(draft, self._value, begin)
        elif char == "(" and self._has_comments:
            text, self._position = _until_parenthesis(self._value, begin)
            self._has_comments = bool(text)
            draft.comments.append(text)
        elif char == "<":
            self._bracket(begin, draft)
        elif char in ",;":
            self._position = begin
            if not draft.is_empty:
                self._drafts.append(_Draft())
        elif char == ":" and draft.may_be_group:
            self._position = begin
            self._drafts[-1] = _Draft()  # what stood before it is the name of a group
        else:
            found = _TOKEN.match(self._value, begin - 1)
            text = found[0] if found else char
            draft.words.append("" if draft.address else text)
            self._position += len(text)

    def _bracket(self, begin: int, draft: _Draft) -> None:
        text, self._position = _until_bracket(self._value, begin)
        if not text and self._value[self._position : self._position + 1] == "<":
            return  # "<<ann@example.com>>"
        if draft.address:
            self._drafts.append(draft := _Draft())
        draft.address.append(text)


def _read_quoted(draft: _Draft, value: str, begin: int) -> int:
    """A name in quotes, or the first half of an address: ``"ann lee"@example.com``."""
    text, position = _until_quote(value, begin)
    domain = _DOMAIN.match(value, position)
    if domain is None or draft.address:
        draft.words.append(text)
        return position
    draft.address.append(f'"{text}"{domain[0]}')
    return domain.end()


def _until_quote(value: str, begin: int) -> tuple[str, int]:
    """A quoted string; one that never ends, ends before the next bracket."""
    end = value.find('"', begin)
    while end != -1 and end > begin and value[end - 1] == "\\":
        end = value.find('"', end + 1)
    if end == -1:
        bracket = value.find("<", begin)
        end = bracket if bracket != -1 else len(value)
        return value[begin:end], end
    return re.sub(r"\\(.)", r"\1", value[begin:end]), end + 1


def _until_parenthesis(value: str, begin: int) -> tuple[str, int]:
    """A comment, others inside it included. One that never ends is none: nothing, and on after the parenthesis."""
    depth = 1
    for found in _PARENTHESES.finditer(value, begin):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0:
            return value[begin : found.start()] or " ", found.end()
    return "", begin


def _until_bracket(value: str, begin: int) -> tuple[str, int]:
    """What is in angle brackets; without the closing one, what is before the next mailbox."""
    if value[begin : begin + 1] in {"@", '"'}:
        end = value.find(">", begin, begin + _LONGEST_NAME)
        if end != -1:
            return value[begin:end], end + 1
    stop = _BRACKET_ENDS.search(value, begin)
    if stop is None:
        return value[begin:], len(value)
    return value[begin : stop.start()], stop.end() if stop[0] == ">" else stop.start()
