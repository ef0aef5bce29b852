"""The option *Email Alias* of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import can_configure
from deskhand.kit.errors import DomainError
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.services.aliases import change_alias, check_alias, local_part_of
from deskhand.support.teams.public import TeamOptionForm


class LocalPartField(forms.CharField):
    """What stands in front of the @; capitals make no difference."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).lower()


class AliasForm(TeamOptionForm):
    """Whether mail to the team makes tickets, and its address (IN-1, IN-2)."""

    is_enabled = forms.BooleanField(label=_("Email Alias"), required=False)
    local_part = LocalPartField(
        label=_("Alias"),
        max_length=60,
        required=False,
        validators=TeamAlias._meta.get_field("local_part").validators[:1],  # noqa: SLF001
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alias = TeamAlias.objects.filter(team=self.team.pk).first()
        self.initial.setdefault("is_enabled", self.alias.is_enabled if self.alias else False)
        self.initial.setdefault("local_part", self.alias.local_part if self.alias else local_part_of(self.team.name))

    @property
    def domain(self) -> str:
        """What stands behind the @; empty: the company has no alias domain yet."""
        return self.team.company.alias_domain

    @property
    def domain_url(self) -> str:
        """Where the alias domain of the team's company is set (IN-2); empty for those who may not set it."""
        if not can_configure(self.user):
            return ""
        if self.team.company_id == self.user.company_id:
            return f"{reverse('companies:settings')}#alias-domain"
        return reverse("companies:company", args=[self.team.company_id])  # the settings are those of their own

    def clean_local_part(self) -> str:
        local_part = str(self.cleaned_data["local_part"])
        if not local_part:
            raise forms.ValidationError(_("Enter what stands in front of the @."))
        try:
            check_alias(self.team, local_part)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return local_part

    def save(self) -> None:
        change_alias(self.team, local_part=self.cleaned_data["local_part"], is_enabled=self.cleaned_data["is_enabled"])
