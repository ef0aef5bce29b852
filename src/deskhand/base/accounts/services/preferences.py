"""What users choose for themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from deskhand.base.accounts.enums import Theme
from deskhand.base.accounts.models import User
from deskhand.base.contacts.public import Contact, change_contact
from deskhand.kit.transactions import in_transaction


@dataclass(frozen=True)
class Preferences:
    """What people choose for themselves."""

    name: str
    language: str
    time_zone: str
    theme: Theme
    signature: str


@dataclass(frozen=True)
class OwnDetails:
    """What customers say of themselves; it stands on their contact. Their company is for those who work here to say."""

    phone: str
    street: str
    postal_code: str
    city: str
    country: str


@in_transaction
def change_profile(user_id: int, chosen: Preferences, about: OwnDetails) -> User:
    """Keep what a customer chose and says of themselves."""
    user = change_preferences(user_id, chosen)
    change_contact(user.contact_id, asdict(about) | {"language": chosen.language})
    return user


@in_transaction
def change_preferences(user_id: int, chosen: Preferences) -> User:
    """Keep what a user chose; the contact that stands for the user gets the same name."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.name = chosen.name
    user.language = chosen.language
    user.time_zone = chosen.time_zone
    user.theme = chosen.theme
    user.signature = chosen.signature
    user.save(update_fields=["name", "language", "time_zone", "theme", "signature"])
    Contact.objects.filter(pk=user.contact_id).update(name=chosen.name)
    return user


def choose_theme(user_id: int, theme: Theme) -> None:
    """Light, dark or as the device. One statement."""
    User.objects.filter(pk=user_id).update(theme=theme)
