"""What a list can be asked: the parameters of its page, taken at their word. What a list does not know is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, create_model

from deskhand.kit.api.problems import FieldProblem, InvalidValues
from deskhand.kit.api.shapes import NO_NUL
from deskhand.kit.screens import ListScreen, ListState
from deskhand.kit.screens.conditions import LONGEST_VALUE, MOST_CONDITIONS, OPERATORS, Condition, CustomFilter
from deskhand.kit.screens.fields import EMPTY, KnownField
from deskhand.kit.screens.periods import INTERVALS, read_period
from deskhand.kit.screens.state import LONGEST_SEARCH, MOST_LEVELS, MOST_SEARCHES

MOST_AT_ONCE, USUALLY = 100, 50
_NAMES = r"^[a-z_]+(,[a-z_]+)*$"
_MOST_CHOSEN, _LONGEST_WHERE = 20, 4000

Limit = Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)$")]
Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_:.\-]+$", max_length=2000)] | None
FieldNames = Annotated[str, Field(pattern=_NAMES, max_length=500)] | None
_Word = Annotated[str, Field(pattern=NO_NUL, max_length=LONGEST_SEARCH)]
_Where = Annotated[str, Field(pattern=NO_NUL, max_length=_LONGEST_WHERE)]


class PartQuery(BaseModel):
    """The parameters of a list below a record."""

    limit: Limit = Field(str(USUALLY), description="How many at most, 1 to 100.")
    cursor: Cursor = Field(None, description="Where to go on; `next` of an answer holds it.")


def list_query(key: str, screen: ListScreen[Any], sorts: Iterable[str]) -> type[BaseModel]:
    """The parameters of a list; what can be chosen from stands in the description of the API."""
    signed = [sign + name for name in sorts for sign in ("", "-")]
    fields: dict[str, Any] = {
        **choosing(screen),
        "fields": (FieldNames, Field(None, description=_("Only these fields; the id comes along."))),
        "sort": (one_of(signed) | None, Field(None, description=_("What to sort by; with - in front downwards."))),
        "limit": (Limit, Field(str(USUALLY), description=_("How many at most, 1 to 100."))),
        "cursor": (Cursor, Field(None, description=_("Where to go on; `next` of an answer holds it."))),
        "count": (Literal["true", "false"], Field("false", description=_("Also say how many there are."))),
    }
    return create_model(f"{name_of(key)}Query", __config__=ConfigDict(extra="ignore"), **fields)


def groups_query(key: str, screen: ListScreen[Any]) -> type[BaseModel]:
    """The parameters of a list's groups."""
    about = _("What to group by, the outermost first. Moments also by `:day`, `:week`, `:month`, `:quarter`, `:year`.")
    group = Field(..., min_length=1, max_length=MOST_LEVELS, description=about)
    fields: dict[str, Any] = {"group": (list_of(one_of(list(_groupings(screen)))), group), **choosing(screen)}
    return create_model(f"{name_of(key)}GroupsQuery", __config__=ConfigDict(extra="ignore"), **fields)


def record_query(key: str) -> type[BaseModel]:
    """The parameters of one record."""
    about = _("Only these fields; the id comes along.")
    return create_model(f"{name_of(key)}Fields", fields=(FieldNames, Field(None, description=about)))


def names_of(query: type[BaseModel]) -> list[str]:
    """What may stand behind the question mark."""
    return [info.alias or name for name, info in query.model_fields.items()]


def state_asked(screen: ListScreen[Any], asked: Any) -> ListState:
    """What the parameters choose.

    :raises InvalidValues: a value that its field could never have, a condition that nobody can ask.
    """
    return ListState(
        words=tuple(word.strip() for word in asked.q if word.strip()),
        found=tuple(dict.fromkeys(_split(text) for text in getattr(asked, "find", ()))),
        filters=tuple(dict.fromkeys(asked.filter)),
        within=tuple(dict.fromkeys(_within(screen, getattr(asked, "in_", ())))),
        custom=tuple(_custom(screen, asked.where)),
        groups=tuple(dict.fromkeys(getattr(asked, "group", ()))),
    )


# ---- the description ------------------------------------------------------------------------------------------------


def choosing(screen: ListScreen[Any]) -> dict[str, Any]:
    """What narrows the list."""
    words = _("Words to search for. Several: all of them.")
    fields: dict[str, Any] = {"q": (list[_Word], Field([], max_length=MOST_SEARCHES, description=words))}
    texts = [key for key, known in screen.known_fields.items() if known.kind == "text"]
    if texts:
        about = _("A search in one field, such as %(example)s.oven: %(all)s. Several in one field widen each other.")
        said = about % {"example": texts[0], "all": ", ".join(texts)}
        within: Any = Annotated[str, Field(pattern=rf"^({_any(texts)})\.[^\x00]*[^\x00\s][^\x00]*$", max_length=200)]
        fields["find"] = (list_of(within), Field([], max_length=MOST_SEARCHES, description=said))
    filters = [known.key for known in screen.all_filters]
    if filters:
        about = _("Filters of the list. Of one section they widen, of several they narrow.")
        fields["filter"] = (list_of(one_of(filters)), Field([], max_length=_MOST_CHOSEN, description=about))
    else:
        fields["filter"] = (list[Literal[""]], Field([], max_length=0, description=_("This list has no filters.")))
    keys = list(screen.known_fields)
    if keys:
        about = _("A value of a field, such as %(example)s.1; `none` is without one: %(all)s.")
        said = about % {"example": next(iter(screen.groups_by_key), keys[0]), "all": ", ".join(keys)}
        value: Any = Annotated[str, Field(pattern=rf"^({_any(keys)})\.[^\x00]*$", max_length=200)]
        fields["in_"] = (list_of(value), Field([], alias="in", max_length=_MOST_CHOSEN, description=said))
    about = _("A custom filter as in the address of the page, encoded as one value: `%(example)s`.")
    example = f"any&{texts[0]}.contains=oven" if texts else f"all&{next(iter(keys), 'id')}.set="
    where: Any = Field([], max_length=MOST_SEARCHES, description=about % {"example": example})
    fields["where"] = (list[_Where], where)
    return fields


def _groupings(screen: ListScreen[Any]) -> Iterator[str]:
    for key in screen.groups_by_key:
        known = screen.known_fields.get(key)
        if known is not None:
            yield key
            if _is_time(known):
                yield from (f"{key}:{interval}" for interval in INTERVALS)


def _any(keys: Sequence[str]) -> str:
    return "|".join(keys)


def one_of(words: Sequence[str]) -> Any:
    return Literal[tuple(words)]


def list_of(kind: Any) -> Any:
    return list[kind]


def name_of(key: str) -> str:
    return "".join(word.title() for word in key.split("-"))


# ---- what was asked -------------------------------------------------------------------------------------------------


def _split(text: str) -> tuple[str, str]:
    name, _dot, value = text.partition(".")
    return name, value


def _within(screen: ListScreen[Any], asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(asked):
        name, value = _split(text)
        if not _may_have(screen.known_fields[name], value):
            raise _refusal(f"in.{place}", _no_such_value(name, value), "invalid_value")
        yield name, value


def _may_have(known: KnownField, value: str) -> bool:
    if value == EMPTY:
        return True
    return read_period(value) is not None if _is_time(known) else known.python_value(value) is not None


def _is_time(known: KnownField) -> bool:
    return known.kind in {"moment", "day"}


def _custom(screen: ListScreen[Any], asked: Sequence[str]) -> Iterator[CustomFilter]:
    for place, text in enumerate(asked):
        pairs = parse_qsl(text, keep_blank_values=True)
        match = pairs.pop(0)[0] if pairs[:1] in ([("any", "")], [("all", "")]) else "all"
        if not 1 <= len(pairs) <= MOST_CONDITIONS:
            sentence = _("Write all or any, then 1 to %(most)s conditions, with & between them.")
            raise _refusal(f"where.{place}", sentence % {"most": MOST_CONDITIONS}, "invalid_condition")
        read = [_condition(screen.known_fields, name, value, f"where.{place}") for name, value in pairs]
        yield CustomFilter("any" if match == "any" else "all", tuple(read))


def _condition(fields: Mapping[str, KnownField], name: str, value: str, at: str) -> Condition:
    """:raises InvalidValues: no such field, no such question, no such value."""
    key, _dot, operator = name.rpartition(".")
    known = fields.get(key)
    if known is None:
        sentence = _("There is no field %(name)s. Use one of: %(known)s.")
        raise _refusal(at, sentence % {"name": (key or name)[:60], "known": ", ".join(fields)}, "unknown_field")
    if operator not in OPERATORS[known.kind]:
        sentence = _("%(field)s takes no %(operator)s. Use one of: %(known)s.")
        about = {"field": key, "operator": operator[:60], "known": ", ".join(OPERATORS[known.kind])}
        raise _refusal(at, sentence % about, "unknown_operator")
    condition = Condition(key, operator, value.strip())
    if len(value) > LONGEST_VALUE or not condition.makes_sense(known):
        raise _refusal(at, _no_such_value(key, value), "invalid_value")
    return condition


def _no_such_value(field: str, value: str) -> str:
    return _("“%(value)s” is nothing that %(field)s can be compared with.") % {"value": value[:60], "field": field}


def _refusal(field: str, detail: str, code: str) -> InvalidValues:
    return InvalidValues([FieldProblem(field=field, detail=detail, code=code)])
