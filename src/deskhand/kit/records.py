"""What kinds of records there are, for those who hold a reference without knowing the app: messages, files, mails.

An app registers its model once, in ``AppConfig.ready``; from then on its records can have messages, files, followers
and mails, and every door that serves these asks here who may see the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class RecordType:
    """One kind of record.

    ``visible_to`` is the only way to list it for a user. ``url`` is its page for agents. ``title`` is what it is
    called in a sentence (``#00042 Oven display stays dark``).
    """

    model: type[Model]
    visible_to: Callable[[Any], QuerySet[Any]]
    url: Callable[[Any], str]
    title: Callable[[Any], str]


_types: dict[type[Model], RecordType] = {}


def register(record_type: RecordType) -> None:
    _types[record_type.model] = record_type


def registered() -> Iterator[RecordType]:
    return iter(_types.values())


def type_of(record: Model | type[Model]) -> RecordType:
    """The registered type of a record or model.

    :raises KeyError: nobody registered it; a mistake in the code, not of a person.
    """
    return _types[record if isinstance(record, type) else type(record)]


def content_type_id(record: Model | type[Model]) -> int:
    """The id under which references to this kind of record are stored. Cached by Django: no query but the first."""
    model = record if isinstance(record, type) else type(record)
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk


def find(content_type: int, object_id: int) -> Model | None:
    """The record behind a reference, whoever asks. For work that no person does; pages use :func:`find_visible`."""
    record_type = _by_content_type(content_type)
    return record_type.model._default_manager.filter(pk=object_id).first() if record_type else None  # noqa: SLF001


def find_visible(user: Any, content_type: int, object_id: int) -> Model | None:
    """The record behind a reference, if the user may see it. One query."""
    record_type = _by_content_type(content_type)
    if record_type is None:
        return None
    found: Model | None = record_type.visible_to(user).filter(pk=object_id).first()
    return found


def _by_content_type(content_type: int) -> RecordType | None:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return _types.get(model) if model else None
