"""What is typed about teams, stages and tags."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import followers_of
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import MailTemplate
from deskhand.kit.hues import Hue
from deskhand.kit.keys import key_of, keys_of
from deskhand.kit.ui.parts import tag
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Stage, Tag, Team
from deskhand.support.teams.pages.fields import ContactsField
from deskhand.support.teams.services.stages import StageSettings
from deskhand.support.teams.services.teams import TeamSettings


def _plain_line(text: str) -> str:
    """One line without double spaces, however it was typed."""
    return " ".join(text.split())


class TeamForm(forms.Form):
    """What every team has, apart from the options of other apps.

    ``add_follower`` is how a follower is added without script. ``stages`` come in the order of the pipeline;
    ``shared_stage`` and ``new_stage`` add one.
    """

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Enter a name.")})
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    company = forms.ModelChoiceField(label=_("Company"), queryset=Company.objects.none(), empty_label=None)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=Visibility.choices, widget=forms.RadioSelect)
    followers = ContactsField(label=_("Followers"), queryset=Contact.objects.none(), required=False)
    add_follower = forms.CharField(label=_("Add a follower by mail address"), required=False, max_length=320)
    stages = forms.ModelMultipleChoiceField(label=_("Stages"), queryset=Stage.objects.none(), required=False)
    shared_stage = forms.ModelChoiceField(
        label=_("Share a stage"),
        queryset=Stage.objects.none(),
        required=False,
        empty_label=_("Share a stage of another team…"),
    )
    new_stage = forms.CharField(label=_("New stage"), required=False, max_length=80)

    def __init__(self, *args: Any, user: User, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.team = user, team
        self.fields["company"].queryset = Company.objects.filter(pk__in=user.company_ids)  # type: ignore[attr-defined]
        self._offer_followers()
        if team:
            self._offer_stages(team)
        else:
            self.initial = {"company": user.company_id, "visibility": Visibility.PUBLIC, **self.initial}
            for name in ("stages", "shared_stage", "new_stage"):
                del self.fields[name]

    def clean_name(self) -> str:
        return _plain_line(self.cleaned_data["name"])

    def clean_new_stage(self) -> str:
        return _plain_line(self.cleaned_data["new_stage"])

    def clean_add_follower(self) -> Contact | None:
        typed = self.cleaned_data["add_follower"].strip()
        if not typed:
            return None
        found = Contact.objects.visible_to(self.user).active()
        contact: Contact | None = found.with_address(typed).first() or found.named(typed).first()
        if contact is None:
            raise forms.ValidationError(_("No contact has this name or mail address. Make one under Contacts first."))
        return contact

    @property
    def pipeline(self) -> list[Stage]:
        """The stages as they are on the page now: what was typed, in its order, or what the team has."""
        if not self.team:
            return []
        known = {str(stage.pk): stage for stage in self.fields["stages"].queryset}  # type: ignore[attr-defined]
        if isinstance(self.data, QueryDict) and self.is_bound:
            return [known[pk] for pk in dict.fromkeys(self.data.getlist("stages")) if pk in known]
        return [stage for stage in known.values() if stage.pk in self._own_stages]

    def settings(self) -> TeamSettings:
        """What the services take."""
        data = self.cleaned_data
        followers = [contact.pk for contact in data["followers"]]
        if data["add_follower"]:
            followers.append(data["add_follower"].pk)
        return TeamSettings(
            name=data["name"],
            company=data["company"],
            description=data["description"].strip(),
            visibility=Visibility(data["visibility"]),
            stages=self._chosen_stages() if self.team else None,
            followers=list(dict.fromkeys(followers)),
        )

    def _offer_followers(self) -> None:
        contacts = Contact.objects.visible_to(self.user).active()
        before = followers_of(self.team) if self.team else []
        self.initial.setdefault("followers", before)
        asked = self.data.getlist("followers") if isinstance(self.data, QueryDict) and self.is_bound else before
        chosen = keys_of(map(str, asked))
        # Who follows already may stay, also if the person who edits would not find them.
        allowed = contacts | Contact.objects.filter(pk__in=before)
        field: Any = self.fields["followers"]
        field.offer(allowed, allowed.filter(pk__in=chosen))

    def _offer_stages(self, team: Team) -> None:
        stages: Any = Stage.objects.active().filter(company=team.company_id).with_team_count()
        self._own_stages = set(team.stages.active().values_list("pk", flat=True))
        self.initial.setdefault("stages", sorted(self._own_stages))
        self.fields["stages"].queryset = stages  # type: ignore[attr-defined]
        self.fields["shared_stage"].queryset = stages.exclude(pk__in=self._own_stages)  # type: ignore[attr-defined]

    def _chosen_stages(self) -> list[Stage]:
        stages, shared = self.pipeline, self.cleaned_data["shared_stage"]
        if shared and shared not in stages:
            after = next((place for place, stage in enumerate(stages) if stage.position > shared.position), len(stages))
            stages.insert(after, shared)
        return stages


class StageForm(forms.Form):
    """A stage, on its page and in the pop-up of the board."""

    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Enter a name.")})
    mail_template = forms.ModelChoiceField(
        label=_("Email Template"),
        queryset=MailTemplate.objects.none(),
        required=False,
        empty_label=_("No email"),
        help_text=_("Sent to the customer each time a ticket reaches this stage."),
    )
    is_folded = forms.BooleanField(
        label=_("Folded in Kanban"), required=False, help_text=_("Tickets in a folded stage are closed.")
    )
    for_new_teams = forms.BooleanField(
        label=_("Given to new teams"), required=False, help_text=_("A new team of the company starts with this stage.")
    )
    company = forms.ModelChoiceField(label=_("Company"), queryset=Company.objects.none(), empty_label=None)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever changes a shared stage changes it for all of its teams."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, instance: Stage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.visible_to(user).active()
        if instance:
            self.initial = {**self._values_of(instance), **self.initial}
            teams = teams.filter(company=instance.company_id)
        self.fields["mail_template"].queryset = MailTemplate.objects.filter(about="ticket")  # type: ignore[attr-defined]
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]
        if instance or len(user.company_ids) == 1:
            del self.fields["company"]
        else:
            self.fields["company"].queryset = Company.objects.filter(pk__in=user.company_ids)  # type: ignore[attr-defined]
            self.initial.setdefault("company", user.company_id)
        self._company = instance.company if instance else user.company

    def clean_name(self) -> str:
        return _plain_line(self.cleaned_data["name"])

    def settings(self) -> StageSettings:
        """What the services take."""
        data = self.cleaned_data
        return StageSettings(
            name=data["name"],
            is_folded=data["is_folded"],
            mail_template=data["mail_template"],
            description=data["description"].strip(),
            for_new_teams=data["for_new_teams"],
            teams=list(data["teams"]),
        )

    @property
    def template_key(self) -> int | None:
        """The template that the links beside the field lead to: what is chosen, or was typed."""
        return key_of(str(self["mail_template"].value() or ""))

    def chosen_company(self) -> Company:
        """The company of a new stage."""
        return self.cleaned_data.get("company") or self._company

    @staticmethod
    def _values_of(stage: Stage) -> dict[str, Any]:
        return {
            "name": stage.name,
            "mail_template": stage.mail_template_id,
            "is_folded": stage.is_folded,
            "for_new_teams": stage.for_new_teams,
            "teams": [team.pk for team in stage.teams.all()],
            "description": stage.description,
        }


class StageDeletionForm(forms.Form):
    """Where the tickets of a stage go when it is deleted."""

    move_to = forms.ModelChoiceField(
        label=_("Move its tickets to"),
        queryset=Stage.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the stage they go to.")},
    )

    def __init__(self, *args: Any, targets: Any, has_tickets: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_tickets:
            self.fields["move_to"].queryset = targets  # type: ignore[attr-defined]
        else:
            del self.fields["move_to"]


class TagForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, error_messages={"required": _("Enter a name.")})
    color = forms.TypedChoiceField(
        label=_("Color"), choices=Hue.choices, coerce=lambda value: Hue(int(value)), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, instance: Tag | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {"name": instance.name, "color": instance.color} if instance else {"color": Hue.GREY}
        self.initial = {**own, **self.initial}
        hues: Any = self.fields["color"]
        hues.choices = [(color.value, tag(Tag(name=str(color.label), color=color))) for color in Hue]

    def clean_name(self) -> str:
        return _plain_line(self.cleaned_data["name"])
