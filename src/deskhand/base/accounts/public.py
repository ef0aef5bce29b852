"""What other apps may use of the accounts."""

from deskhand.base.accounts.enums import AuditKind, Role, SignUp, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.accounts.queries import language_of, portal_contacts
from deskhand.base.accounts.querysets import Viewer
from deskhand.base.accounts.services import (
    AddressTaken,
    NewUser,
    ProviderDetails,
    UserDetails,
    allow_sign_up,
    ask_to_sign_up,
    change_user,
    create_user,
    deactivate_user,
    grant_portal_access,
    invite_user,
    revoke_portal_access,
    save_provider,
    send_invitation,
    set_provider_active,
    set_roles,
    sign_up_of,
    withdraw_invitation,
)
from deskhand.base.accounts.services import note as note_in_audit
from deskhand.base.accounts.shell import PERSONAL, PERSONAL_MENU

__all__ = [
    "ABILITIES",
    "PERSONAL",
    "PERSONAL_MENU",
    "PREFERENCE_SECTIONS",
    "Ability",
    "AddressTaken",
    "AuditKind",
    "NewUser",
    "PreferenceSection",
    "ProviderDetails",
    "Role",
    "SignUp",
    "User",
    "UserDetails",
    "UserKind",
    "Viewer",
    "allow_sign_up",
    "ask_to_sign_up",
    "change_user",
    "create_user",
    "deactivate_user",
    "grant_portal_access",
    "invite_user",
    "language_of",
    "note_in_audit",
    "portal_contacts",
    "revoke_portal_access",
    "save_provider",
    "send_invitation",
    "set_provider_active",
    "set_roles",
    "sign_up_of",
    "withdraw_invitation",
]
