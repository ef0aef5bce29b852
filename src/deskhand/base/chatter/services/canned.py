"""Canned responses: texts that a shortcut puts into a composer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.enums import Sharing
from deskhand.base.chatter.models import CannedResponse
from deskhand.base.chatter.places import AUDIENCES, WORDINGS
from deskhand.base.chatter.policies import can_change_canned
from deskhand.base.chatter.queries import PLACEHOLDER
from deskhand.kit import records
from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.transactions import in_transaction

_SHORTCUT = re.compile(r"[\w-]+")


class NoShortcut(DomainError):
    code = "no_shortcut"
    message = _("A shortcut is one word of letters, digits, - and _, such as “refund-3”. The colon is added by itself.")
    status = 422
    field = "shortcut"


class ShortcutTaken(DomainError):
    code = "shortcut_taken"
    message = _("Another response that the same people use has this shortcut already. Choose a different one.")
    status = 422
    field = "shortcut"


class UnknownPlaceholder(DomainError):
    code = "unknown_placeholder"
    status = 422
    field = "text"

    def __init__(self, name: str) -> None:
        known = ", ".join(sorted({known for wording in WORDINGS for known in wording.names}))
        super().__init__(
            _("“%(name)s” is no placeholder. Use one of: %(known)s.") % {"name": f"{{{{ {name} }}}}", "known": known}
        )


class NoSuchAudience(DomainError):
    code = "no_such_audience"
    message = _("Choose the team that shall use it.")
    status = 422
    field = "audience"


@dataclass(frozen=True)
class CannedText:
    """What somebody typed. ``audience`` is the group it is shared in, where ``sharing`` says so."""

    shortcut: str
    text: str
    sharing: Sharing = Sharing.OWN
    audience: Model | None = None


@in_transaction
def save_canned(typed: CannedText, *, by: User, pk: int | None = None) -> CannedResponse:
    """Make a response, or change the one with ``pk``.

    :raises NoShortcut: the shortcut is no word.
    :raises ShortcutTaken: the same people would have two of this name.
    :raises UnknownPlaceholder: the text holds one that nobody can fill.
    :raises NoSuchAudience: it shall be a group's, but of none that ``by`` may share in.
    :raises NotAllowed: it is somebody else's.
    """
    response = CannedResponse.objects.select_for_update().get(pk=pk) if pk else CannedResponse(owner=by)
    if pk and not can_change_canned(by, response):
        raise NotAllowed
    response.shortcut = typed.shortcut.strip().removeprefix(":").lower()
    response.text, response.sharing = typed.text.strip(), typed.sharing
    _set_audience(response, typed.audience if typed.sharing == Sharing.GROUP else None, by)
    _check(response)
    response.save()
    return response


@in_transaction
def delete_canned(pk: int, *, by: User) -> None:
    """Remove a response.

    :raises NotAllowed: it is somebody else's.
    """
    response = CannedResponse.objects.select_for_update().get(pk=pk)
    if not can_change_canned(by, response):
        raise NotAllowed
    response.delete()


def _set_audience(response: CannedResponse, audience: Model | None, by: User) -> None:
    response.audience_type_id = response.audience_id = None
    if response.sharing != Sharing.GROUP:
        return
    kind = next((one for one in AUDIENCES if audience is not None and one.model is type(audience)), None)
    if audience is None or kind is None or not kind.choices(by).filter(pk=audience.pk).exists():
        raise NoSuchAudience
    response.audience_type_id, response.audience_id = records.content_type_id(audience), audience.pk


def _check(response: CannedResponse) -> None:
    if not _SHORTCUT.fullmatch(response.shortcut):
        raise NoShortcut
    known = {name for wording in WORDINGS for name in wording.names}
    for name in PLACEHOLDER.findall(response.text):
        if name not in known:
            raise UnknownPlaceholder(name)
    same = CannedResponse.objects.filter(shortcut=response.shortcut, sharing=response.sharing).exclude(pk=response.pk)
    if response.sharing == Sharing.OWN:
        same = same.filter(owner=response.owner)
    elif response.sharing == Sharing.GROUP:
        same = same.filter(audience_type=response.audience_type_id, audience_id=response.audience_id)
    if same.exists():
        raise ShortcutTaken
