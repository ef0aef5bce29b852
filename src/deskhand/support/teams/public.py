"""What other apps may use of the teams."""

from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.events import StageFoldingChanged, TeamChanged, TeamClosedToPortal, TeamCreated, TeamDeleted
from deskhand.support.teams.models import FoldedColumn, Stage, Tag, Team
from deskhand.support.teams.pages.fields import TagsField
from deskhand.support.teams.pages.screens import TEAMS
from deskhand.support.teams.places import (
    PORTAL_FOLLOWERS,
    STAGE_USES,
    TEAM_COLUMNS,
    TEAM_OPTIONS,
    TEAM_SMART_BUTTONS,
    StageUse,
    TeamOption,
    TeamOptionForm,
    TeamSection,
)
from deskhand.support.teams.policies import can_configure
from deskhand.support.teams.queries import entrance_of, pipeline_of
from deskhand.support.teams.services.pipelines import reorder_stages
from deskhand.support.teams.services.stages import StageSettings, create_stage, delete_stage, update_stage
from deskhand.support.teams.services.tags import create_tag
from deskhand.support.teams.services.teams import (
    TeamHasTickets,
    TeamSettings,
    archive_team,
    create_team,
    delete_team,
    duplicate_team,
    restore_team,
    update_team,
)
from deskhand.support.teams.shell import HELPDESK_MENU

__all__ = [
    "HELPDESK_MENU",
    "PORTAL_FOLLOWERS",
    "STAGE_USES",
    "TEAMS",
    "TEAM_COLUMNS",
    "TEAM_OPTIONS",
    "TEAM_SMART_BUTTONS",
    "FoldedColumn",
    "Stage",
    "StageFoldingChanged",
    "StageSettings",
    "StageUse",
    "Tag",
    "TagsField",
    "Team",
    "TeamChanged",
    "TeamClosedToPortal",
    "TeamCreated",
    "TeamDeleted",
    "TeamHasTickets",
    "TeamOption",
    "TeamOptionForm",
    "TeamSection",
    "TeamSettings",
    "Visibility",
    "archive_team",
    "can_configure",
    "create_stage",
    "create_tag",
    "create_team",
    "delete_stage",
    "delete_team",
    "duplicate_team",
    "entrance_of",
    "pipeline_of",
    "reorder_stages",
    "restore_team",
    "update_stage",
    "update_team",
]
