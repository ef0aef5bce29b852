"""Which addresses an alias domain makes, for the settings."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from deskhand.base.companies.public import Company
from deskhand.support.intake.models import TeamAlias

_SHOWN = 8


def domain_addresses(company: Company, domain: str) -> SafeString:
    """The teams of the company with the addresses they have, or would have. One query."""
    aliases = TeamAlias.objects.filter(team__company=company, team__is_active=True).select_related("team")
    found = [
        (f"{alias.local_part}@{domain}", alias.team.name, alias.is_enabled)
        for alias in aliases.order_by("team__name", "pk")
    ]
    context = {
        "addresses": found[:_SHOWN],
        "others": len(found[_SHOWN:]),
        "was": company.alias_domain if company.alias_domain != domain else "",
    }
    return SafeString(render_to_string("intake/domain_addresses.html", context))
