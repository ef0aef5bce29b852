"""Tags out of a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from deskhand.kit.hues import Hue
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer, LabelledField, Values
from deskhand.support.teams.models import Tag
from deskhand.support.teams.services.tags import create_tag, update_tag


def _fields(user: Any) -> dict[str, forms.Field]:
    del user
    longest = Tag._meta.get_field("name").max_length  # noqa: SLF001
    return {
        "name": forms.CharField(label=_("Name"), max_length=longest),
        "color": LabelledField(lambda: Hue.choices, label=_("Color"), required=False),
    }


def _create(values: Values, doing: Doing) -> Tag:
    del doing
    color = values.get("color", "")
    return create_tag(values["name"], color=None if color == "" else Hue(color))


def _update(tag: Tag, values: Values, doing: Doing) -> Tag:
    del doing
    color = values.get("color", "")
    return update_tag(tag.pk, name=values["name"], color=Hue(tag.color if color == "" else color))


TAG_IMPORTER = Importer(
    fields=_fields,
    create=_create,
    update=_update,
    keys=("name",),
    paths={"name": "name__iexact"},
    examples={"name": "Warranty"},
)
