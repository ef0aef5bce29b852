"""Values that must be something: mail addresses, codes, records. What they are not is said as on the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from deskhand.kit import choices
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.shapes import NO_NUL

Found = TypeVar("Found", bound=Model)


def checked_by(validator: Callable[[str], None]) -> AfterValidator:
    """What a validator of Django's says; nothing typed is nothing wrong."""

    def check(text: str) -> str:
        try:
            if text:
                validator(text)
        except ValidationError as error:
            raise PydanticCustomError("invalid", "{sentence}", {"sentence": " ".join(error.messages)}) from error
        return text

    return AfterValidator(check)


def one_of(known: Callable[[], Iterable[tuple[str, str]]]) -> AfterValidator:
    """A code of a list that is too long for the description of the API; nothing typed is nothing wrong."""

    def check(code: str) -> str:
        if code and code not in dict(known()):
            raise PydanticCustomError("unknown_code", "{sentence}", {"sentence": _("There is no such code.")})
        return code

    return AfterValidator(check)


Email = Annotated[str, Field(max_length=254, pattern=NO_NUL), checked_by(EmailValidator())]
WebAddress = Annotated[str, Field(max_length=200, pattern=NO_NUL), checked_by(URLValidator(schemes=["http", "https"]))]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$"), one_of(choices.countries)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), one_of(choices.currencies)]
TimeZone = Annotated[str, Field(pattern=NO_NUL, max_length=60), one_of(choices.time_zones)]


def named(rows: QuerySet[Found], pk: Any, field: str) -> Found:
    """The record that a body names by its id.

    :raises InvalidValues: there is none among the rows.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise _no_such(field)
    return found


def all_named(rows: QuerySet[Found], pks: Iterable[Any], field: str) -> list[Found]:
    """The records that a body names, in its order. One query.

    :raises InvalidValues: one is not among the rows.
    """
    wanted = list(dict.fromkeys(pks))
    found = {record.pk: record for record in rows.filter(pk__in=wanted)} if wanted else {}
    if len(found) < len(wanted):
        raise _no_such(field)
    return [found[pk] for pk in wanted]


def _no_such(field: str) -> Exception:
    return invalid(field, _("There is no such record, or you may not see it."), code="no_such_record")


def one_line(text: str) -> str:
    """One line without double spaces, however it was typed."""
    return " ".join(text.split())
