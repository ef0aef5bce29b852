"""Answers about users that are not just filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.models import RoleGrant
from deskhand.kit.shell import APPS


def roles_in_words(user_ids: Sequence[int]) -> Mapping[int, str]:
    """``Helpdesk: Administrator, Settings: Administrator`` per user; who has no role is left out. One query."""
    titles = {app.key: str(app.title) for app in APPS}
    words: dict[int, list[str]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(user__in=user_ids).order_by("app"):
        if grant.app in titles:
            words[grant.user_id].append(
                _("%(app)s: %(role)s") % {"app": titles[grant.app], "role": Role(grant.role).label}
            )
    return {user_id: ", ".join(roles) for user_id, roles in words.items()}
