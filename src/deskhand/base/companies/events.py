from __future__ import annotations

from dataclasses import dataclass

from deskhand.base.companies.models import Company


@dataclass(frozen=True)
class CompanyFounded:
    """A company uses Deskhand from now on."""

    company: Company
