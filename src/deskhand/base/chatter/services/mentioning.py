"""Who is called by name in what somebody writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.queries import admitted_by_following, colleagues, readers_among
from deskhand.kit.errors import DomainError


class CannotBeMentioned(DomainError):
    code = "cannot_be_mentioned"
    status = 422
    field = "body"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s may not see this, so a mention would not reach them.") % {"name": name})


@dataclass(frozen=True)
class Mentions:
    """Colleagues who are called by name. ``admitted`` are those of them who see the record only as followers."""

    people: Sequence[User] = ()
    admitted: Collection[int] = ()

    @property
    def contact_ids(self) -> list[int]:
        return [user.contact_id for user in self.people]

    @property
    def admitted_contact_ids(self) -> list[int]:
        return [user.contact_id for user in self.people if user.pk in self.admitted]

    def marked(self, html: str) -> str:
        """The text with their names in bold, the longest first: one name may begin with another."""
        for user in sorted(self.people, key=lambda one: -len(one.name)):
            called = f"@{escape(user.name)}"
            html = html.replace(called, f"<b>{called}</b>").replace(f"<b><b>{called}</b></b>", f"<b>{called}</b>")
        return html


def mentions_in(text: str, user_ids: Collection[int], *, record: Model, by: User) -> Mentions:
    """Those of the users who still stand in the text as ``@Name``. Nothing is asked where nobody is mentioned.

    :raises CannotBeMentioned: somebody would not see the record even as a follower, or not by ``by``'s doing.
    """
    if not user_ids:
        return Mentions()
    people = [user for user in colleagues(by).filter(pk__in=user_ids) if f"@{user.name}" in text]
    if not people:
        return Mentions()
    readers = set(readers_among(record, people))
    others = [user for user in people if user.pk not in readers]
    admitted = set(admitted_by_following(record, others)) if others else set()
    for user in others:
        if user.pk not in admitted:
            raise CannotBeMentioned(user.name)
    return Mentions(people, admitted)
