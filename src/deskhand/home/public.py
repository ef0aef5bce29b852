"""What others may use of the surfaces."""

from deskhand.home.services import set_daily_target

__all__ = ["set_daily_target"]
