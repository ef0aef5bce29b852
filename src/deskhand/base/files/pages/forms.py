"""A form field for several files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from deskhand.base.files.services import check_upload
from deskhand.kit.errors import DomainError


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """Any number of files; each is checked for type and size, and what is wrong is said beside the field."""

    widget = _SeveralFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)  # refused with its name

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        uploads = [super(UploadField, self).clean(upload, initial) for upload in data or [] if upload]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        for upload in uploads:
            try:
                check_upload(upload)
            except DomainError as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return uploads
