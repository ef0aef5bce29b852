"""What other apps may use of the companies."""

from deskhand.base.companies.events import CompanyFounded
from deskhand.base.companies.models import Company
from deskhand.base.companies.pages.access import settings_page
from deskhand.base.companies.places import ALIAS_DOMAIN_NOTES, SETTINGS_SECTIONS, SettingsForm, SettingsSection
from deskhand.base.companies.policies import can_configure
from deskhand.base.companies.services.companies import NewCompany, create_company
from deskhand.base.companies.services.numbering import LastNumber, go_on_from, last_numbers, next_number, next_numbers
from deskhand.base.companies.shell import SETTINGS_MENU

__all__ = [
    "ALIAS_DOMAIN_NOTES",
    "SETTINGS_MENU",
    "SETTINGS_SECTIONS",
    "Company",
    "CompanyFounded",
    "LastNumber",
    "NewCompany",
    "SettingsForm",
    "SettingsSection",
    "can_configure",
    "create_company",
    "go_on_from",
    "last_numbers",
    "next_number",
    "next_numbers",
    "settings_page",
]
