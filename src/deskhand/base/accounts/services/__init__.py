"""What changes users and their rights."""

from deskhand.base.accounts.services.preferences import Preferences, change_preferences, choose_theme
from deskhand.base.accounts.services.users import (
    AddressTaken,
    CompanyNotAmong,
    LastAdministrator,
    NewUser,
    NotOneself,
    UserDetails,
    change_user,
    create_user,
    deactivate_user,
    reactivate_user,
    set_password,
    set_roles,
)

__all__ = [
    "AddressTaken",
    "CompanyNotAmong",
    "LastAdministrator",
    "NewUser",
    "NotOneself",
    "Preferences",
    "UserDetails",
    "change_preferences",
    "change_user",
    "choose_theme",
    "create_user",
    "deactivate_user",
    "reactivate_user",
    "set_password",
    "set_roles",
]
