"""Sorts the lines of a mail into what is new, what is quoted and what is signature.

The rule above all rules: never lose what a customer wrote. What is doubtful is new; a reply is never empty if the
mail has text; a forwarded mail is what its sender wants us to read, and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from deskhand.base.mail.parsing.attributions import (
    attribution_ending_at,
    header_block_end,
    is_forward_line,
    is_marker_line,
    is_original_line,
    is_rule,
)
from deskhand.base.mail.parsing.languages import FORWARD_PREFIXES, REPLY_PREFIXES
from deskhand.base.mail.parsing.lines import Lines, Mark, Role
from deskhand.base.mail.parsing.signatures import mark_signatures


def sort_lines(lines: Lines, *, is_reply: bool, is_forward: bool) -> list[Role]:
    """The role of every line. ``is_reply``/``is_forward``: what headers and subject say about the whole mail."""
    kept = [Role.NEW] * len(lines.texts)
    if is_forward:
        return kept
    sorting = _Sorting(lines, is_reply=is_reply)
    roles = sorting.roles()
    if not _has_new(lines, roles):
        return kept
    quoted_only = list(roles)
    mark_signatures(lines, roles, len(roles) if sorting.kept_from is None else sorting.kept_from)
    if not _has_new(lines, roles):
        roles = quoted_only
    _trim(lines, roles)
    return roles


def _trim(lines: Lines, roles: list[Role]) -> None:
    """Blank lines before and after what is new belong to what was cut off there."""
    for numbers in (range(len(roles)), range(len(roles) - 1, -1, -1)):
        for number in numbers:
            if roles[number] is Role.NEW:
                if lines.texts[number] and not lines.texts[number].isspace():
                    break
                roles[number] = Role.QUOTE


def is_reply_subject(subject: str) -> bool:
    """The first prefix is one of an answer: Re, AW, SV, …"""
    return _prefix(subject) in REPLY_PREFIXES


def is_forward_subject(subject: str) -> bool:
    """The first prefix is one of a forward: Fwd, WG, TR, …"""
    return _prefix(subject) in FORWARD_PREFIXES


def _prefix(subject: str) -> str:
    subject = subject[:200].strip()
    while subject.startswith("[") and "]" in subject:
        subject = subject.partition("]")[2].strip()
    head, colon, _ = subject.replace("：", ":").partition(":")
    return re.split(r"[\[(^]", head)[0].strip().rstrip("0123456789").lower() if colon else ""


def _has_new(lines: Lines, roles: list[Role]) -> bool:
    return any(role is Role.NEW and _says_something(text) for role, text in zip(roles, lines.texts, strict=True))


def _says_something(text: str) -> bool:
    return bool(text) and not text.isspace() and not is_rule(text)


@dataclass
class _Sorting:
    """One pass over the lines of one mail.

    ``cut``: from this line on all is quote. ``kept_from``: from this line on nothing is judged any more.
    """

    lines: Lines
    is_reply: bool
    result: list[Role] = field(init=False)
    first_new: int | None = None
    is_introduced: bool = False
    introduced: int | None = None  #: The line that the last introduction leads to.
    cut: int | None = None
    kept_from: int | None = None

    def roles(self) -> list[Role]:
        lines = self.lines
        self.result = [Role.QUOTE if quoted else Role.NEW for quoted in lines.quoted]
        number = 0
        while number < len(lines.texts) and self.cut is None and self.kept_from is None:
            number = self._quoted(number) if lines.is_quoted(number) else self._unquoted(number)
        if self.cut is not None:
            self._cut(self.cut)
        elif self.kept_from is not None:
            self._assign(self.kept_from, len(self.result), Role.NEW)
        if not (self.is_reply or self.is_introduced or self.cut is not None):
            self._doubt()
        return self.result

    def _quoted(self, number: int) -> int:
        """At the first line of a quote: on to its end, unless it is a forwarded mail that a program marked as quote."""
        if self.introduced != number and is_forward_line(self.lines.texts[number]):
            self.kept_from = number
        while number < len(self.lines.quoted) and self.lines.is_quoted(number):
            number += 1
        return number

    def _unquoted(self, number: int) -> int:
        text = self.lines.texts[number]
        mark = self.lines.marks.get(number)
        if mark is Mark.FORWARD or (text and is_forward_line(text)):
            self.kept_from = number
        elif mark is Mark.BELOW:
            self._end_at(number)
        elif mark is Mark.ATTRIBUTION:
            self._introduce(number, number)
        elif text and not text.isspace():
            return self._written(number, text)
        return number + 1

    def _written(self, number: int, text: str) -> int:
        if is_marker_line(text):
            if self._is_after_new(number):
                self.cut = number
            self.result[number] = Role.QUOTE
            return number + 1
        end = number if is_original_line(text) else header_block_end(self.lines, number)
        if end is not None:
            if end == number:
                end = self._headers_after(number)
            if self._leads_to_quote(end):
                self._introduce(number, end)
                return end + 1
            self._end_at(number)
            return number
        if found := attribution_ending_at(self.lines, number):
            if self._leads_to_quote(found.last):
                self._introduce(found.first, found.last)
                return number + 1
            if found.is_sure and self._is_after_new(found.first):
                self.cut = found.first
                return number
        if self.first_new is None and not is_rule(text):
            self.first_new = number
        return number + 1

    def _end_at(self, number: int) -> None:
        """An earlier mail without quote marks begins. If nothing stands above it, what is new may be anywhere in it."""
        if self._is_after_new(number):
            self.cut = number
        else:
            self.kept_from = number

    def _headers_after(self, number: int) -> int:
        following = self.lines.following(number)
        end = header_block_end(self.lines, following) if following is not None else None
        return number if end is None else end

    def _leads_to_quote(self, number: int) -> bool:
        following = self.lines.following(number)
        return following is not None and (self.lines.is_quoted(following) or self.lines.is_indented(following))

    def _introduce(self, first: int, last: int) -> None:
        """These lines introduce a quote; what is indented after them is one, whatever program indented it."""
        self.is_introduced = True
        self._assign(first, last + 1, Role.QUOTE)
        if self.first_new is not None and self.first_new >= first:
            self.first_new = None
        following = self.introduced = self.lines.following(last)
        while following is not None and following < len(self.result) and self.lines.is_indented(following):
            self.result[following] = Role.QUOTE
            self.lines.quoted[following] = True
            following += 1

    def _is_after_new(self, number: int) -> bool:
        return self.first_new is not None and self.first_new < number

    def _cut(self, number: int) -> None:
        """All from here on is the earlier conversation; a rule or an introduction just above it belongs to it."""
        self._assign(number, len(self.result), Role.QUOTE)
        above = number - 1
        while above > 0 and (not self.lines.texts[above].strip() or is_rule(self.lines.texts[above])):
            above -= 1
        if above < number - 1:
            self._assign(above + 1, number, Role.QUOTE)
        introduction = attribution_ending_at(self.lines, above) if above > 0 else None
        if introduction is not None and self._is_after_new(introduction.first):
            self._assign(introduction.first, number, Role.QUOTE)

    def _doubt(self) -> None:
        """Nothing says that this mail answers another: only a block of quoted lines at its end is taken for a quote.

        Not if a colon announces it: then it is something that the sender wants to show.
        """
        lines = self.lines
        end = len(lines.texts)
        while end and not (lines.texts[end - 1] and not lines.texts[end - 1].isspace()):
            end -= 1
        begin = end
        while begin and (lines.quoted[begin - 1] or not lines.texts[begin - 1].strip()):
            begin -= 1
        announced = begin > 0 and lines.texts[begin - 1].rstrip().endswith((":", "："))
        self._assign(0, len(self.result) if announced else begin, Role.NEW)

    def _assign(self, first: int, end: int, role: Role) -> None:
        self.result[first:end] = [role] * (end - first)
