from __future__ import annotations

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.public import Contact

#: What browsers show as pictures. SVG is not among them: it can hold script.
IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
PDF_TYPE = "application/pdf"
UNKNOWN_TYPE = "application/octet-stream"


class Attachment(models.Model):
    """A file of a record. The bytes lie in the store under their hash; this row says whose they are.

    Whoever may see the record may see the file, unless a rule of the app it stands in says no (``FILE_RULES``); a file
    without a record yet (an upload on its way) only its owner.
    ``content_id`` is set for pictures that stand in the text of a mail (RFC 2392).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=255)
    mime_type = models.CharField(_("Type"), max_length=127)
    size = models.PositiveBigIntegerField(_("Size in bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    content_id = models.CharField(max_length=255, blank=True, editable=False)
    is_inline = models.BooleanField(default=False, editable=False)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    owner = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachment_record")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Its address for those who may see the record."""
        return reverse("files:attachment", args=[self.pk, self.name.replace("/", "_")])

    @property
    def is_image(self) -> bool:
        """Whether a browser may show it as a picture."""
        return self.mime_type in IMAGE_TYPES

    @property
    def is_shown(self) -> bool:
        """Whether a browser shows it instead of saving it: pictures, PDF and plain text."""
        return self.is_image or self.mime_type in {PDF_TYPE, "text/plain"}
