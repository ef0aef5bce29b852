"""What people set for themselves on the overview."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.home.models import DailyTarget
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction


class TargetOutOfReach(DomainError):
    code = "target_out_of_reach"
    message = _("Enter a number of tickets from 1 to 999, or nothing for no target.")
    field = "closed"


@in_transaction
def set_daily_target(user: User, closed: int | None) -> None:
    """Say how many tickets one wants to close in a day; None: no target any more (TEAM-8).

    :raises TargetOutOfReach: it is not from 1 to 999.
    """
    if closed is None:
        DailyTarget.objects.filter(user=user).delete()
        return
    if not 1 <= closed <= DailyTarget.MOST:
        raise TargetOutOfReach
    DailyTarget.objects.update_or_create(user=user, defaults={"closed": closed})
