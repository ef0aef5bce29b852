"""What the composition of the API takes from the API keys."""

from deskhand.base.keys.api.authentication import ApiKeyBearer

__all__ = ["ApiKeyBearer"]
