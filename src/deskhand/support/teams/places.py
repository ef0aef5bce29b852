"""What teams and their stages leave open for others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.kit.panels import Place
from deskhand.kit.screens import Column
from deskhand.kit.ui.shapes import SmartButton
from deskhand.support.teams.models import Stage, Team


class TeamSection(models.TextChoices):
    """The sections of the settings page, in its order. A section without options is not shown."""

    VISIBILITY = "visibility", _("Visibility & Assignment")
    CHANNELS = "channels", _("Channels")
    HELP_CENTER = "help-center", _("Help Center")
    TRACK_AND_BILL = "track-and-bill", _("Track & Bill Time")
    AFTER_SALES = "after-sales", _("After-Sales")
    PERFORMANCE = "performance", _("Performance")
    SELF_SERVICE = "self-service", _("Self-Service")


class TeamOptionForm(forms.Form):
    """The fields of one option. All options of the page are checked and saved together, in one transaction."""

    def __init__(self, *args: Any, team: Team, user: User, **kwargs: Any) -> None:
        self.team = team
        self.user = user
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        """Call the service that changes the option."""
        raise NotImplementedError


@dataclass(frozen=True)
class TeamOption:
    """An option of a team. ``template`` gets ``form`` and ``team`` and draws one ``.dh-opt`` block."""

    key: str
    section: TeamSection
    form: type[TeamOptionForm]
    template: str


class StageUse(Protocol):
    """Records that stand in stages, of an app that teams do not know."""

    def count(self, stage: Stage) -> Mapping[int, int]:
        """Team id → how many records of the team stand in the stage, archived ones too. One query."""
        ...

    def move(self, stage: Stage, to: Stage, *, team_ids: Collection[int], by: User | None, at: datetime) -> None:
        """Move the records of these teams out of the stage into another. Called inside a transaction."""
        ...


TEAM_OPTIONS: Place[TeamOption] = Place("teams.options")
#: Each gets the team and the user and answers a button, or None when there is nothing to show.
TEAM_SMART_BUTTONS: Place[Callable[[Team, User], SmartButton | None]] = Place("teams.smart_buttons")
#: Each gets a team and answers the contact ids of portal users who follow something of it. One query each.
PORTAL_FOLLOWERS: Place[Callable[[Team], Collection[int]]] = Place("teams.portal_followers")
STAGE_USES: Place[StageUse] = Place("teams.stage_uses")
#: Columns of the teams' list, after its own: asked once for all rows of a page (``Column(load=…)``).
TEAM_COLUMNS: Place[Column] = Place("teams.columns")
