"""What the API of other apps may use of the tickets."""

from deskhand.support.tickets.api.resources import TICKETS_API

__all__ = ["TICKETS_API"]
