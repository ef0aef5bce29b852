"""What other apps may use of the accounts."""

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.querysets import Viewer
from deskhand.base.accounts.services import NewUser, create_user, set_roles

__all__ = ["NewUser", "Role", "User", "UserKind", "Viewer", "create_user", "set_roles"]
