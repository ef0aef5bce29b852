"""What the contacts' pages leave open for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskhand.base.contacts.models import Contact
from deskhand.kit.panels import Place
from deskhand.kit.ui.shapes import SmartButton

#: Each gets the contact and the user and answers a button, or None when there is nothing to show.
CONTACT_SMART_BUTTONS: Place[Callable[[Contact, Any], SmartButton | None]] = Place("contacts.smart_buttons")
