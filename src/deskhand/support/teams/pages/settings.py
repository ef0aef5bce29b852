"""The settings page of a team: its own form and those of all options, checked and saved together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.http import QueryDict

from deskhand.base.accounts.public import User
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.seen import SEEN, changed_since, seen_in, tell_what_changed
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Team
from deskhand.support.teams.pages.forms import TeamForm
from deskhand.support.teams.places import TEAM_OPTIONS, TeamOption, TeamOptionForm, TeamSection
from deskhand.support.teams.queries import portal_followers
from deskhand.support.teams.services.stages import StageSettings, create_stage
from deskhand.support.teams.services.teams import update_team


class _Refused(Exception):
    """Rolls back what the other forms have saved already."""


@dataclass(frozen=True)
class OptionOnPage:
    """An option with its form, ready to be drawn."""

    option: TeamOption
    form: TeamOptionForm


@dataclass(frozen=True)
class SectionOnPage:
    """A section that has something to show."""

    section: TeamSection
    options: list[OptionOnPage]

    @property
    def key(self) -> str:
        return self.section.value

    @property
    def title(self) -> str:
        return str(self.section.label)


class AllFields:
    """The fields of several forms as if they were one form's: each is called as in the page that is sent."""

    def __init__(self, forms_of_page: Sequence[forms.Form]) -> None:
        self._forms = forms_of_page
        self.fields = {form.add_prefix(name): form for form in forms_of_page for name in form.fields}

    def __iter__(self) -> Iterator[BoundField]:
        return (self[name] for name in self.fields)

    def __getitem__(self, name: str) -> BoundField:
        form = self.fields[name]
        bound = copy(form[self._own_name(name)])
        bound.initial = form.get_initial_for_field(bound.field, bound.name)  # before it is called otherwise
        bound.name = name
        return bound

    def full_clean(self) -> None:
        for form in self._forms:
            form.full_clean()

    def add_error(self, name: str | None, error: str) -> None:
        if name is None:
            self._forms[0].add_error(None, error)
        else:
            self.fields[name].add_error(self._own_name(name), error)

    def _own_name(self, name: str) -> str:
        prefix = self.fields[name].prefix
        return name.removeprefix(f"{prefix}-") if prefix else name


class TeamPage:
    """All forms of the page as one: ``is_valid``, ``save``, the errors of all of them."""

    def __init__(self, team: Team, user: User, data: QueryDict | None = None) -> None:
        self.team, self.user = team, user
        self._before = Visibility(team.visibility)
        self._is_confirmed = bool(data and data.get("confirm_visibility"))
        self.form = TeamForm(data, user=user, team=team, initial=_initial(team))
        self.seen = data.get(SEEN, "") if data else ""
        self.options = [
            OptionOnPage(option, option.form(data, prefix=option.key, team=team, user=user)) for option in TEAM_OPTIONS
        ]
        if data is None:
            self.seen = seen_in(self._all_fields)

    @property
    def sections(self) -> list[SectionOnPage]:
        """In the order of the page; the first one always, of the others those with options."""
        found = [
            SectionOnPage(section, [one for one in self.options if one.option.section == section])
            for section in TeamSection
        ]
        return [one for one in found if one.options or one.section == TeamSection.VISIBILITY]

    # ---- one form, for the templates that show errors ---------------------------------------------------------------

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self._forms for field in form)

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self._forms if form.errors]

    def non_field_errors(self) -> list[str]:
        return [str(error) for form in self._forms for error in form.non_field_errors()]

    @property
    def _forms(self) -> list[forms.Form]:
        return [self.form, *(one.form for one in self.options)]

    # ---- somebody else is faster ------------------------------------------------------------------------------------

    def tells_what_changed(self, stored: TeamPage) -> bool:
        """Whether what is stored is not what this page showed any more. It says so beside each field then."""
        changed = changed_since(self.seen, stored._all_fields)
        if changed:
            tell_what_changed(self._all_fields, stored._all_fields, changed, seen=self.seen)
            self.seen = stored.seen
        return bool(changed)

    @property
    def _all_fields(self) -> AllFields:
        return AllFields(self._forms)

    # ---- saving -----------------------------------------------------------------------------------------------------

    @property
    def asks_to_confirm(self) -> bool:
        """Whether all is right but the portal users would be taken away, and nobody agreed to it yet (TEAM-4)."""
        if not self.form.is_bound or self._is_confirmed or not self.is_valid():
            return False
        return self._before == Visibility.PUBLIC and self.form.cleaned_data["visibility"] != Visibility.PUBLIC.value

    @property
    def removed_followers(self) -> list[Contact]:
        """Whom that would take away."""
        return portal_followers(self.team)

    def is_valid(self) -> bool:
        """Every form says what is wrong with it, not only the first."""
        return not [form for form in self._forms if not form.is_valid()]

    def save(self, *, at: datetime) -> bool:
        """Save everything, or nothing: what a service refuses stands beside its field. False: refused."""
        try:
            with transaction.atomic():
                self._save_team(at)
                for one in self.options:
                    self._guarded(one.form, one.form.save)
        except _Refused:
            return False
        return True

    def _save_team(self, at: datetime) -> None:
        form = self.form
        self._guarded(form, lambda: update_team(self.team.pk, form.settings(), by=self.user, at=at))
        name = form.cleaned_data["new_stage"]
        if name:
            new = StageSettings(name=name, teams=[Team.objects.get(pk=self.team.pk)])
            company = form.cleaned_data["company"]
            self._guarded(form, lambda: create_stage(new, company=company, beside=self.team), field="new_stage")

    @staticmethod
    def _guarded(form: forms.Form, save: Any, *, field: str = "") -> None:
        try:
            save()
        except DomainError as refusal:
            beside = field or refusal.field
            form.add_error(beside if beside in form.fields else None, str(refusal))
            raise _Refused from refusal


def _initial(team: Team) -> dict[str, Any]:
    return {
        "name": team.name,
        "description": team.description,
        "company": team.company_id,
        "visibility": team.visibility,
    }
