"""What changes types of time off."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from deskhand.base.workforce.models import LeaveType
from deskhand.kit.errors import DomainError
from deskhand.kit.hues import Hue
from deskhand.kit.transactions import in_transaction


class LeaveTypeNameTaken(DomainError):
    code = "leave_type_name_taken"
    message = _("There is a type of this name already. Choose another name.")
    field = "name"


@dataclass(frozen=True)
class LeaveTypeDetails:
    name: str
    color: Hue = Hue.BLUE
    needs_approval: bool = True


@in_transaction
def save_leave_type(details: LeaveTypeDetails, *, pk: int | None = None) -> LeaveType:
    """Make a type, or change the one with ``pk``; what was asked for by it stays as it is.

    :raises LeaveTypeNameTaken: another one is called so.
    """
    if LeaveType.objects.filter(name__iexact=details.name).exclude(pk=pk or 0).exists():
        raise LeaveTypeNameTaken
    leave_type = LeaveType.objects.select_for_update().get(pk=pk) if pk else LeaveType()
    leave_type.name, leave_type.color = details.name, details.color
    leave_type.needs_approval = details.needs_approval
    leave_type.save()
    return leave_type


def set_leave_type_active(type_id: int, *, is_active: bool) -> None:
    """Offer a type, or no longer. One statement."""
    LeaveType.objects.filter(pk=type_id).update(is_active=is_active)
