"""What other apps may use of the intake."""

from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.queries import team_addresses
from deskhand.support.intake.services.aliases import change_alias

__all__ = ["TeamAlias", "change_alias", "team_addresses"]
