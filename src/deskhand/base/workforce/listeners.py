"""What employees do when something happens elsewhere."""

from __future__ import annotations

from deskhand.base.companies.public import CompanyFounded
from deskhand.base.workforce.services.working_calendars import create_standard_calendar
from deskhand.kit.events import on


@on(CompanyFounded)
def give_calendar(fact: CompanyFounded) -> None:
    create_standard_calendar(fact.company)
