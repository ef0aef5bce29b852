"""What files add to the house: whose they are, when contacts become one; which bytes have to be kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.public import CONTACT_REFERENCES, plain_reference
from deskhand.base.files.models import Attachment
from deskhand.base.files.services import kept_files
from deskhand.kit.kept import KEPT_FILES

CONTACT_REFERENCES.add(plain_reference(_("Files"), Attachment, "owner"))
KEPT_FILES.add(kept_files)
