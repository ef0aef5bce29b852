"""The OpenAPI description put into the order in which people read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from deskhand.kit.api import once, problems
from deskhand.kit.api.door import Api, description_of
from deskhand.kit.errors import DomainError

_CODE = re.compile(r"`([^`]+)`")
_NOTHING = SafeString()


@dataclass(frozen=True)
class Value:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    about: SafeString = _NOTHING
    is_required: bool = False


@dataclass(frozen=True)
class Entry:
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    about: SafeString
    scope: str
    parameters: list[Value]
    body: list[Value]
    answer: list[Value]
    status: str


@dataclass(frozen=True)
class Chapter:
    title: str
    anchor: str
    entries: list[Entry]


@dataclass(frozen=True)
class Refusal:
    """A code that problems may have."""

    code: str
    status: int
    sentence: str


@lru_cache(maxsize=4)
def chapters_of(api: Api) -> list[Chapter]:
    """The operations by kind of record, in the order of the routes."""
    description = description_of(api)
    chapters: dict[str, list[Entry]] = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            title = operation["tags"][0]
            chapters.setdefault(title, []).append(_entry(path, method, operation, description))
    return [Chapter(title, entries[0].anchor.rpartition("-")[0], entries) for title, entries in chapters.items()]


def refusals() -> list[Refusal]:
    """Every code, with its status and sentence; those that say it in more words each time have none here."""
    known = {kind.code: kind for kind in _kinds(DomainError)}
    rules = [Refusal(code, kind.status, str(kind.message)) for code, kind in known.items() if kind is not DomainError]
    general = [Refusal(code, status, sentence) for status, (code, sentence) in problems.WORDS.items()]
    return sorted({entry.code: entry for entry in [*rules, *general]}.values(), key=lambda entry: entry.code)


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


def _entry(path: str, method: str, operation: Mapping[str, Any], description: Mapping[str, Any]) -> Entry:
    status = next(status for status in map(str, operation["responses"]) if status.startswith("2"))
    answer = operation["responses"].get(int(status), {})
    return Entry(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=_marked(operation.get("description", "")),
        scope=operation["x-scope"],
        parameters=[
            _parameter(found, description) for found in operation["parameters"] if found["name"] != once.HEADER
        ],
        body=_fields(_content(operation.get("requestBody", {})), description),
        answer=_fields(_content(answer), description),
        status=status,
    )


def _parameter(found: Mapping[str, Any], description: Mapping[str, Any]) -> Value:
    where = " (header)" if found["in"] == "header" else ""
    return Value(
        found["name"] + where,
        _kind(found["schema"], description),
        _marked(found.get("description", "")),
        found["required"],
    )


def _content(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    contents = holder.get("content", {}).values()
    return next((content.get("schema", {}) for content in contents), {})


def _fields(schema: Mapping[str, Any], description: Mapping[str, Any]) -> list[Value]:
    whole = _resolved(schema, description)
    required = set(whole.get("required", ()))
    return [
        Value(name, _kind(field, description), _marked(field.get("description", "")), name in required)
        for name, field in whole.get("properties", {}).items()
    ]


def _marked(text: str) -> SafeString:
    """Words between backticks as code."""
    return SafeString(_CODE.sub(r'<code dir="ltr">\1</code>', escape(text)))


def _resolved(schema: Mapping[str, Any], description: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _kind(schema: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    """A type in a few words: ``text``, ``list of number``, ``low | high``."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2].removesuffix("Answer"))
    if "enum" in schema:
        return " | ".join(str(choice) for choice in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        return " | ".join(_kind(choice, description) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}), description)}"
    return str(schema.get("format") or schema.get("type", "any"))
