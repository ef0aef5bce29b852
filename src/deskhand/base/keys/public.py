"""What other apps may use of the API keys."""

from deskhand.base.keys.services import MadeKey, make_key, revoke_key

__all__ = ["MadeKey", "make_key", "revoke_key"]
