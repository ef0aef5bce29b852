"""What other apps may use of the accounts."""

from deskhand.base.accounts.enums import AuditKind, Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.accounts.querysets import Viewer
from deskhand.base.accounts.services import (
    AddressTaken,
    NewUser,
    ProviderDetails,
    create_user,
    invite_user,
    save_provider,
    send_invitation,
    set_provider_active,
    set_roles,
    withdraw_invitation,
)
from deskhand.base.accounts.services import note as note_in_audit

__all__ = [
    "ABILITIES",
    "PREFERENCE_SECTIONS",
    "Ability",
    "AddressTaken",
    "AuditKind",
    "NewUser",
    "PreferenceSection",
    "ProviderDetails",
    "Role",
    "User",
    "UserKind",
    "Viewer",
    "create_user",
    "invite_user",
    "note_in_audit",
    "save_provider",
    "send_invitation",
    "set_provider_active",
    "set_roles",
    "withdraw_invitation",
]
