"""The words in which the API's answers and bodies are declared."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from ninja import Body as JsonBody
from ninja import File, Path, Query
from pydantic import BaseModel, ConfigDict, Field, create_model

from deskhand.kit.keys import LARGEST_KEY

#: No text has a NUL, and no database takes one.
NO_NUL = r"^[^\x00]*$"

Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Text = Annotated[str, Field(pattern=NO_NUL, max_length=100_000)]
Line = Annotated[str, Field(pattern=NO_NUL, max_length=200)]
#: A text that must say something.
Name = Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=120)]

Kind = TypeVar("Kind", bound=BaseModel)


def _only_id_is_sure(schema: dict[str, Any]) -> None:
    """``fields`` leaves out what is not asked for; the id always comes along."""
    schema["required"] = [name for name in ("id",) if name in schema.get("properties", {})]


class Answer(BaseModel):
    """What a record looks like. With ``fields`` only those that were asked for, and the id."""

    model_config = ConfigDict(json_schema_extra=_only_id_is_sure)


class Body(BaseModel):
    """What is sent. Types are taken at their word, and what nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Ref(BaseModel):
    """Another record: its id, and what it is called."""

    id: int
    name: str


class Page(BaseModel, Generic[Kind]):
    """A part of a list."""

    items: list[Kind]
    next: str | None = Field(description="Where the list goes on; null: this is its end.")
    total: int | None = Field(default=None, description="How many there are, if you asked with `count=true`.")


def ref(record: Any) -> dict[str, Any] | None:
    return None if record is None else {"id": record.pk, "name": str(record)}


def changes_of(new: type[Body], name: str, *, without: tuple[str, ...] = ()) -> type[Body]:
    """The body that changes what ``new`` makes: every field may be left out."""
    fields: dict[str, Any] = {}
    for field_name, info in new.model_fields.items():
        if field_name not in without:
            annotation: Any = info.annotation
            for mark in info.metadata:
                annotation = Annotated[annotation, mark]
            fields[field_name] = (annotation, Field(default_factory=_nothing, description=info.description))
    made = create_model(name, __base__=Body, **fields)
    made.__doc__ = "What shall change; what is left out stays as it is."
    return made


def _nothing() -> None:
    """Never looked at: only what was sent is used."""


def sent(body: BaseModel) -> dict[str, Any]:
    """What somebody sent, without what they left out."""
    return {name: getattr(body, name) for name in body.model_fields_set}


def in_path(kind: Any) -> Any:
    """A value of the address, as an operation takes it."""
    mark: Any = Path
    return Annotated[kind, mark()]


def in_query(kind: Any) -> Any:
    """What may stand behind the question mark, as an operation takes it."""
    mark: Any = Query
    return Annotated[kind, mark()]


def in_body(kind: Any) -> Any:
    """What is sent as JSON, as an operation takes it."""
    mark: Any = JsonBody
    return Annotated[kind, mark()]


def in_upload(kind: Any) -> Any:
    """A file that is sent, as an operation takes it."""
    mark: Any = File
    return Annotated[kind, mark()]
