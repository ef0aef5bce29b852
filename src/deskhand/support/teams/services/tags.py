"""What a ticket can be about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError
from deskhand.kit.hues import Hue
from deskhand.kit.tags.naming import is_taken
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.models import Tag


class TagNameTaken(DomainError):
    code = "tag_name_taken"
    message = _("There is a tag of this name already.")
    field = "name"


@in_transaction
def create_tag(name: str, *, color: Hue | None = None) -> Tag:
    """Make a tag; without a ``color`` the hues take turns.

    :raises TagNameTaken: capitals make no other name.
    """
    _refuse_taken_name(name)
    return Tag.objects.create(name=name, color=_next_color() if color is None else color)


@in_transaction
def update_tag(tag_id: int, *, name: str, color: Hue) -> Tag:
    """Rename or recolour a tag, wherever it is used.

    :raises TagNameTaken: another tag is called so.
    """
    tag = Tag.objects.select_for_update().get(pk=tag_id)
    _refuse_taken_name(name, besides=tag)
    tag.name, tag.color = name, color
    tag.save(update_fields=["name", "color"])
    return tag


@in_transaction
def delete_tag(tag_id: int) -> None:
    """Delete a tag, also from every ticket that has it."""
    Tag.objects.select_for_update().get(pk=tag_id).delete()


def _refuse_taken_name(name: str, *, besides: Tag | None = None) -> None:
    if is_taken(name, Tag.objects.exclude(pk=besides.pk) if besides else Tag.objects.all()):
        raise TagNameTaken


def _next_color() -> Hue:
    hues = [color for color in Hue if color != Hue.GREY]
    return hues[Tag.objects.count() % len(hues)]
