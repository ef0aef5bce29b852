"""What other apps may use of the accounts."""

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.accounts.querysets import Viewer
from deskhand.base.accounts.services import (
    AddressTaken,
    NewUser,
    create_user,
    invite_user,
    send_invitation,
    set_roles,
    withdraw_invitation,
)

__all__ = [
    "ABILITIES",
    "PREFERENCE_SECTIONS",
    "Ability",
    "AddressTaken",
    "NewUser",
    "PreferenceSection",
    "Role",
    "User",
    "UserKind",
    "Viewer",
    "create_user",
    "invite_user",
    "send_invitation",
    "set_roles",
    "withdraw_invitation",
]
