"""What files add to the house: whose they are, when contacts become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.public import CONTACT_REFERENCES, plain_reference
from deskhand.base.files.models import Attachment

CONTACT_REFERENCES.add(plain_reference(_("Files"), Attachment, "owner"))
