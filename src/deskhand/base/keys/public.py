"""What other apps may use of the API keys."""

from deskhand.base.keys.api.authentication import ApiKeyBearer
from deskhand.base.keys.services import MadeKey, make_key, revoke_key

__all__ = ["ApiKeyBearer", "MadeKey", "make_key", "revoke_key"]
